"""The texts of a standard: in both languages, with the parameters of their rule in braces."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import PLACE, BilingualText
from pilot_cli.standard.parameter import Declared, ParameterError, parameter, text, with_near

MAX_LENGTH = 2000
"""The longest text of a standard, in characters: every finding may repeat it."""
_BETWEEN_CHINESE_AND_FIGURES = re.compile(r"(?<=[\u3400-\u9fff]) +(?=[0-9{])|(?<=[0-9%}]) +(?=[\u3400-\u9fff])")
"""Chinese typography has no blanks there; a brace is where a figure will stand."""
_SLIP = re.compile(r"\{(?![a-z_0-9]+\})\s*[A-Za-z_]\w*\s*(?:[:.!][^{}]*)?\}")
"""What looks like the place of a value, and is none."""


class _TextTable(Declared):
    """A text in both languages, as it is written."""

    zh: str = parameter(text)
    en: str = parameter(text, "")


def bilingual_text(value: Any) -> BilingualText:
    """Read a text in both languages; a standard of an office's own may leave English out.

    However the Chinese is typed, all that repeats it has no blanks between Chinese and figures.
    """
    table = _TextTable(value)
    return _not_too_long(BilingualText(closed_up(table.zh), table.en))


def closed_up(text: str) -> str:
    """Leave out the blanks between Chinese and figures."""
    return _BETWEEN_CHINESE_AND_FIGURES.sub("", text)


def _not_too_long(written: BilingualText) -> BilingualText:
    if max(len(written.zh), len(written.en)) > MAX_LENGTH:
        raise ParameterError(_("the text is longer than {number} characters").format(number=MAX_LENGTH))
    return written


def _worded(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def with_parameters(written: BilingualText, values: Mapping[str, Any], facts: Iterable[str] = ()) -> BilingualText:
    """Put the values of a rule's parameters where their names stand in braces; facts are filled in later.

    Raises:
        ParameterError: a name in braces is neither, or the text becomes too long.
    """
    filled: list[str] = []
    for language in (written.zh, written.en):
        for name in PLACE.findall(language):
            if name not in values and name not in facts:
                what = _("{place} is no parameter of the rule").format(place=f"{{{name}}}")
                raise ParameterError(with_near(what, name, [*values, *facts]))
        if stray := _SLIP.search(language):
            raise ParameterError(_("{place} is no parameter of the rule").format(place=stray[0]))
        filled.append(PLACE.sub(lambda found: _worded(values.get(found[1], found[0])), language))
    return _not_too_long(BilingualText(filled[0], filled[1]))
