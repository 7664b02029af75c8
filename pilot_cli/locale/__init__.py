"""The language that pilot speaks: Chinese unless asked for English.

Messages are written in English in the code and translated through the gettext catalogue ``pilot``.
The language is chosen once, before anything is said; ``N_`` marks a text that is translated later.
"""

import gettext as _gettext
from enum import StrEnum
from pathlib import Path

DIRECTORY = Path(__file__).parent
DOMAIN = "pilot"


class Language(StrEnum):
    """A language that every text of pilot exists in."""

    CHINESE = "zh"
    ENGLISH = "en"


_current = Language.CHINESE
_translations: _gettext.NullTranslations | None = None


def use_language(language: Language) -> None:
    """Speak this language from now on."""
    global _current, _translations
    _current = language
    _translations = None


def current_language() -> Language:
    """Return the language spoken now."""
    return _current


def _catalogue() -> _gettext.NullTranslations:
    global _translations
    if _translations is None:
        if _current is Language.ENGLISH:
            _translations = _gettext.NullTranslations()
        else:
            # In a checkout whose catalogue has not been compiled yet, English is better than nothing.
            _translations = _gettext.translation(DOMAIN, DIRECTORY, [_current], fallback=True)
    return _translations


def gettext(message: str) -> str:
    """Translate a message into the current language."""
    return _catalogue().gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate a message that depends on a number into the current language."""
    return _catalogue().ngettext(singular, plural, count)


def in_every_language(message: str) -> tuple[str, ...]:
    """Return a message in each language."""
    chinese = _gettext.translation(DOMAIN, DIRECTORY, [Language.CHINESE], fallback=True)
    return message, chinese.gettext(message)


def N_(message: str) -> str:
    """Mark a message for translation where it is used, not where it is written."""
    return message
