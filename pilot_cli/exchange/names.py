"""Separates the names in a cell, and removes what people add to names for appearance."""

import re
from collections.abc import Iterator
from enum import Enum

from pilot_cli.exchange.cell_error import CellError, Mistake
from pilot_cli.exchange.marks import meaning, refuse_shortened
from pilot_cli.locale.message import message
from pilot_cli.site.texts import is_invisible

_HAN = r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
_REMARK = r"(?:[（(][^（()）]*[)）])?"
"""What may stand in brackets behind a name: 张甲（组长）."""
_SINGLE = re.compile(_HAN)
_PERSON = re.compile(rf"(?:{_HAN}{{2,4}}|{_HAN}+(?:[·•・]{_HAN}+)+){_REMARK}")
_UNIT = re.compile(
    rf".*{_HAN}.*(?:公司|集团|局|厅|委|办|部|院|所|站|中心|街道|社区|会|党委|总支|银行|学校|厂|队|处|段){_REMARK}"
)
_FILE = re.compile(r".+\.[A-Za-z][A-Za-z0-9]{1,4}")
_ALWAYS = "、；;\r\n"
"""What separates names in every list."""
_PAIRS = dict(zip("（(【[《“〔「『", ("）)", "）)", "】", "]", "》", "”", "〕", "」", "』"), strict=True))
"""What opens and what closes, in whichever width."""
_SPECIAL = re.compile('["（(【\\[《“〔「『]')
MAX_JOINED = 4
"""The most characters of a name whose characters stand apart: 欧 阳 小 红."""


class TextKind(Enum):
    """What the texts of a field are, as far as it matters for how people write them."""

    TEXT = "text"
    PERSON = "person"
    UNIT = "unit"
    FILE = "file"

    def read(self, cell: str) -> str | None:
        """Return what a cell says, or None if it says nothing.

        Raises:
            CellError: it is no text that anybody meant.
        """
        text = meaning(cell)
        refuse_shortened(cell)
        return text if text is None or self is not TextKind.PERSON else _person(text)


_LOOKS = {
    TextKind.PERSON: (re.compile(r"[,，/]|\s+"), _PERSON),
    TextKind.UNIT: (re.compile(r"[,，/]|\s+"), _UNIT),
    TextKind.FILE: (re.compile(r"[,，]"), _FILE),
}
"""What may separate names, and what each of them has to look like for that."""


def split_names(cell: str, kind: TextKind) -> Iterator[str]:
    """Yield the names in a cell; what stands in brackets or quotation marks is never taken apart.

    Raises:
        CellError: where one ends and the next begins cannot be told.
    """
    for part in _split(cell):
        if part.startswith('"'):
            if not re.fullmatch('"(?:[^"]|"")*"', part.strip(), re.DOTALL):
                problem = message("a quotation mark has no partner")
                raise CellError(
                    Mistake.OTHER, problem, message("write each name in a pair of quotation marks, or in none")
                )
            yield part
        else:
            yield from _split_further(part, kind)


def _split_further(part: str, kind: TextKind) -> Iterator[str]:
    """Split by what stands in names too, if all that comes out looks like names."""
    if kind not in _LOOKS:
        yield part
        return
    separators, look = _LOOKS[kind]
    names = [name for name in separators.split(part.strip()) if name]
    if len(names) > 1 and all(look.fullmatch(name.replace('"', "")) for name in names):
        yield from names
    elif kind is TextKind.PERSON and len(names) > MAX_JOINED and all(map(_SINGLE.fullmatch, names)):
        problem = message("it cannot be told where one name ends")
        raise CellError(Mistake.OTHER, problem, message("put 、 between the names"))
    else:
        yield part


def _split(cell: str) -> list[str]:
    """Split where no bracket or quotation mark is open; those without a partner do not count."""
    if not _SPECIAL.search(cell):
        return re.split(f"[{_ALWAYS}]+", cell)
    parts: list[str] = []
    closing: list[str] = []
    start = 0
    for place, character in enumerate(cell):
        if closing and character in closing[-1]:
            closing.pop()
        elif closing == ['"']:
            continue
        elif character == '"':
            closing.append('"')
        elif character in _PAIRS:
            closing.append(_PAIRS[character])
        elif character in _ALWAYS and not closing:
            parts.append(cell[start:place])
            start = place + 1
    last = cell[start:]
    if closing and not last.lstrip().startswith('"'):
        return [*parts, *re.split(f"[{_ALWAYS}]+", last)]
    return [part.lstrip() for part in (*parts, last)]


def _person(name: str) -> str:
    """Leave out what is to be seen as nothing, and blanks that only spread a name: 张　甲."""
    seen = name if name.isprintable() else "".join(letter for letter in name if not is_invisible(letter))
    parts = seen.split()
    if len(parts) == 1:
        return parts[0]
    is_spread = any(map(_SINGLE.fullmatch, parts)) and re.fullmatch(f"{_HAN}{{2,{MAX_JOINED}}}", "".join(parts))
    return "".join(parts) if is_spread else seen.strip()
