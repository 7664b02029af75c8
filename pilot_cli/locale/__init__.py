"""The language of pilot: Chinese by default, or English.

Messages are written in English in the code and translated through the gettext catalogue ``pilot``.
The language is chosen once, before anything is said; ``N_`` marks a text that is translated later.
"""

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from pathlib import Path

DIRECTORY = Path(__file__).parent
DOMAIN = "pilot"


class Language(StrEnum):
    """A language that every text of pilot exists in."""

    CHINESE = "zh"
    ENGLISH = "en"


_current = Language.CHINESE


def use_language(language: Language) -> None:
    """Speak this language from now on."""
    global _current
    _current = language


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak another language for a while."""
    before = _current
    use_language(language)
    try:
        yield
    finally:
        use_language(before)


def current_language() -> Language:
    """Return the language spoken now."""
    return _current


@cache
def _catalogue(language: Language) -> _gettext.NullTranslations:
    if language is Language.ENGLISH:
        return _gettext.NullTranslations()
    # In a checkout whose catalogue has not been compiled yet, English is better than nothing.
    return _gettext.translation(DOMAIN, DIRECTORY, [language], fallback=True)


def gettext(message: str) -> str:
    """Translate a message into the current language."""
    return _catalogue(_current).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate a message that depends on a number into the current language."""
    return _catalogue(_current).ngettext(singular, plural, count)


def in_every_language(message: str) -> tuple[str, ...]:
    """Return a message in each language."""
    return tuple(_catalogue(language).gettext(message) for language in Language)


def N_(message: str) -> str:
    """Mark a message for translation where it is used, not where it is written."""
    return message
