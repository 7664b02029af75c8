"""Texts that are put into words only when they are shown, in the language of whoever reads them.

They can be compared, stored and sent to another process before that.
"""

from typing import NamedTuple

from pilot_cli.locale import Language, current_language, gettext, ngettext


class Message(NamedTuple):
    """A text as its English template and the values that this names; see ``message`` and ``counted``."""

    template: str
    values: tuple[tuple[str, object], ...] = ()
    plural: str = ""
    """The template for other numbers than 1, where the text depends on a number."""
    number: int = 0

    def __str__(self) -> str:
        """Return the text in the current language."""
        text = ngettext(self.template, self.plural, self.number) if self.plural else gettext(self.template)
        return text.format_map({name: _name(value) for name, value in self.values}) if self.values else text


class NameList(NamedTuple):
    """Names that are listed one after the other."""

    names: tuple[object, ...]
    separator: str = ", "
    """What stands between two of them; a message."""

    def __str__(self) -> str:
        """Return the names in the current language."""
        return gettext(self.separator).join(str(_name(name)) for name in self.names)


class BilingualText(NamedTuple):
    """A text of a standard; one of an office's own may leave English out."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        """Return the text in the current language."""
        return self.en if self.en and current_language() is Language.ENGLISH else self.zh


Text = Message | BilingualText
"""A text that can be shown in every language."""


def message(template: str, **values: object) -> Message:
    """Make a message; values that have a ``label``, such as words of closed lists and fields, are shown by it."""
    return Message(template, tuple(values.items()))


def counted(singular: str, plural: str, number: int, **values: object) -> Message:
    """Make a message that depends on a number."""
    return Message(singular, tuple(values.items()), plural, number)


def _name(value: object) -> object:
    return getattr(value, "label", value)
