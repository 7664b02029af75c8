"""Texts that are put into words only when they are shown, in the language of whoever reads them.

They can be compared, stored and sent to another process before that.
"""

import re
from datetime import date
from typing import NamedTuple

from pilot_cli.locale import Language, current_language, gettext, ngettext

PLACE = re.compile(r"\{([a-z_0-9]+)\}")
"""Where a value stands in a text of a standard."""


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
    values: tuple[tuple[str, object], ...] = ()
    """What stands for ``{name}`` in the text; other braces are braces."""

    def __str__(self) -> str:
        """Return the text in the current language."""
        text = self.en if self.en and current_language() is Language.ENGLISH else self.zh
        if not self.values:
            return text
        values = dict(self.values)
        return PLACE.sub(lambda found: str(_name(values.get(found[1], found[0]))), text)

    def fill(self, **values: object) -> "BilingualText":
        """Say what stands for some names."""
        return self._replace(values=(*self.values, *values.items()))

    def places(self) -> set[str]:
        """The names in braces in either language."""
        return {*PLACE.findall(self.zh), *PLACE.findall(self.en)}


Text = Message | BilingualText
"""A text that can be shown in every language."""


def message(template: str, **values: object) -> Message:
    """Make a message; values that have a ``label``, such as words of closed lists and fields, are shown by it."""
    return Message(template, tuple(values.items()))


def counted(singular: str, plural: str, number: int, **values: object) -> Message:
    """Make a message that depends on a number."""
    return Message(singular, tuple(values.items()), plural, number)


def _name(value: object) -> object:
    if isinstance(value, date) and current_language() is Language.CHINESE:
        return f"{value.year}年{value.month}月{value.day}日"
    return getattr(value, "label", value)
