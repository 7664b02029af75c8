"""Damages good site files as people do in Notepad, and remembers which lines were damaged.

A statement of several lines, such as a list, counts as one: if one of its lines was damaged, all of them were.
Where a line was doubled, both were damaged, as nobody can tell which of them is the good one.
"""

import random
import re
from collections.abc import Callable
from typing import NamedTuple

from pilot_cli.site.field import all_fields

LABELS = {str(field.keys[-1]): field.label for field in all_fields()}


class Line(NamedTuple):
    """A line, the number of the statement that it belongs to, and whether it was damaged."""

    text: str
    statement: int
    is_damaged: bool = False


Damage = Callable[[str, random.Random], str | None]
"""Returns the damaged line, or None where there is nothing to damage in this way."""


def _sub(pattern: str, new: str) -> Damage:
    def damage(line: str, _chance: random.Random) -> str | None:
        changed = re.sub(pattern, new, line, count=1)
        return changed if changed != line else None

    return damage


def _label(line: str, _chance: random.Random) -> str | None:
    key = re.match(r"\w+", line)
    return LABELS[key[0]] + line[key.end() :] if key and key[0] in LABELS else None


def _wide_digits(line: str, _chance: random.Random) -> str | None:
    match = re.fullmatch(r"(\w+ = )(\d+)", line)
    return match[1] + "".join(chr(ord(digit) + 0xFEE0) for digit in match[2]) if match else None


def _insert(character: str) -> Damage:
    def damage(line: str, _chance: random.Random) -> str | None:
        return line.replace(" = ", f" {character}= ", 1) if " = " in line else None

    return damage


DAMAGES: dict[str, Damage] = {
    "no opening quote": _sub(r'^(\w+ = )"', r"\1"),
    "no closing quote": _sub(r'^(\w+ = ".*)"$', r"\1"),
    "no quotes": _sub(r'^(\w+ = )"(.*)"$', r"\1\2"),
    "Chinese quotes": _sub(r'^(\w+ = )"(.*)"$', r"\1“\2”"),
    "Chinese opening quote": _sub(r'^(\w+ = )"', r"\1“"),
    "Chinese closing quote": _sub(r'^(\w+ = ".*)"$', r"\1”"),
    "wide equals": _sub(r"^(\w+) = ", r"\1＝"),
    "colon": _sub(r"^(\w+) = ", r"\1："),
    "no equals": _sub(r"^(\w+) = ", r"\1 "),
    "no value": _sub(r"^(\w+ =) .*[^\[,]$", r"\1"),
    "no key": _sub(r"^\w+ = ", "= "),
    "label": _label,
    "slashes in date": _sub(r"^(\w+ = \d{4})-(\d\d)-(\d\d)$", r"\1/\2/\3"),
    "Chinese date": _sub(r"^(\w+ = \d{4})-(\d\d)-(\d\d)$", r"\1年\2月\3日"),
    "no such day": _sub(r"^(\w+ = \d{4})-\d\d-\d\d$", r"\1-02-31"),
    "unit": _sub(r"^(\w+ = \d+)$", r"\1名"),
    "wide digits": _wide_digits,
    "wide comma at the end": _sub(r"([^,\[])$", r"\1，"),
    "text at the end": _sub(r'("|\d|\])$', r"\1 已核对"),
    "slash remark": _sub(r'("|\d)$', r"\1 // 待核"),
    "no closing bracket": _sub(r"\]$", ""),
    "no opening bracket": _sub(r"^((?:\w+ = )?)\[", r"\1"),
    "no closing brace": _sub(r" \},?$", ""),
    "no opening brace": _sub(r"\{ ", ""),
    "wide brackets": _sub(r"^((?:\w+ = )?)\[(.*)\]$", r"\1［\2］"),
    "lenticular brackets": _sub(r"^\[(.*)\]$", r"【\1】"),
    "wide opening bracket": _sub(r"\[", "［"),
    "no comma": _sub(r'", "', '" "'),
    "wide comma": _sub(r'", "', '"，"'),
    "enumeration comma": _sub(r'", "', '"、"'),
    "no quote in list": _sub(r'", "', '", '),
    "quotes in quotes": _sub(r'^(\w+ = ".)(.)(.*")$', r'\1"\2"\3'),
    "no-break space": _insert("\u00a0"),
    "wide space": _insert("\u3000"),
    "zero width": _insert("\u200b"),
    "mark of byte order": _insert("\ufeff"),
    "slashes for hash": _sub("^#", "//"),
    "no hash": _sub("^# ", ""),
    "wide hash": _sub("^#", "＃"),
    "Chinese header": lambda line, _chance: "[党支部]" if line.startswith("[") else None,
}
INSERTED = ("// 待补充", "这是备注，还没有办完", "备注：材料待补", "\u200b", "\ufeff", "-- 以下未核", "\u3000")


def damage(source: str, chance: random.Random, places: int) -> tuple[str, list[set[int]]]:
    """Damage a text at some places; for each damaged statement, return the numbers of its lines, from 1."""
    lines = _lines(source)
    while places:
        places -= _damage_one(lines, chance)
    damaged = sorted({line.statement for line in lines if line.is_damaged})
    rows = [{row for row, line in enumerate(lines, 1) if line.statement == statement} for statement in damaged]
    return "\n".join(line.text for line in lines), rows


def _lines(source: str) -> list[Line]:
    """Number the statements: a list of several lines is one, a remark or blank line is one of its own."""
    lines: list[Line] = []
    statement = 0
    is_open = False
    for text in source.split("\n"):
        statement += not is_open
        lines.append(Line(text, statement))
        is_open = text != "]" and (is_open or text.endswith("["))
    return lines


def _damage_one(lines: list[Line], chance: random.Random) -> bool:
    row = chance.randrange(len(lines))
    text, statement, is_damaged = lines[row]
    if is_damaged or not text:
        return False
    is_list = sum(line.statement == statement for line in lines) > 1
    kind = chance.randrange(12)
    if kind == 0 and not is_list:
        number = max(line.statement for line in lines) + 1
        lines.insert(row, Line(chance.choice(INSERTED), number, True))
    elif kind == 1 and re.match(r"\w+ = ", text) and not is_list:
        lines[row : row + 1] = [Line(text, statement, True), Line(text, statement, True)]
    elif kind == 2 and text[0] != "#" and not is_list and row + 1 < len(lines):
        following = lines[row + 1]
        if following.is_damaged or following.text[:1] in ("", "#") or following.text[-1] == "[":
            return False
        lines[row : row + 2] = [Line(text + following.text, statement, True)]
    elif kind == 3 and re.fullmatch(r'\w+ = ".{6,}"', text):
        middle = text.index('"') + 3
        lines[row : row + 1] = [Line(text[:middle], statement, True), Line(text[middle:], statement, True)]
    elif kind > 3:
        changed = chance.choice(list(DAMAGES.values()))(text, chance)
        if changed is None:
            return False
        lines[row] = Line(changed, statement, True)
    else:
        return False
    return True
