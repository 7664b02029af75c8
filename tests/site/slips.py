"""Makes slips in good site files, line by line, that ``pilot fix`` puts right for certain."""

import random
import re
from collections.abc import Callable
from typing import Any, NamedTuple

import rtoml

from pilot_cli.site.field import all_fields, find_field
from pilot_cli.site.fixes.values import NOT_SEEN
from pilot_cli.site.mistakes.key_names import find_named, holds_list, is_date, is_number, is_text
from pilot_cli.site.mistakes.statements import texts_and_remarks
from pilot_cli.site.writer import site_text

REMARKS = ("备注", "材料待补，下周补齐", 'city = "广州市"', "TODO", "【重要】“两新”组织；见附件", "http://a.b//c", "")
BARE_REMARKS = ("这是备注，还没有办完", "材料待补，下周补齐", "备注：见附件", "（以下未核）")
WORDS = {word for field in all_fields() for word in field.words or ()}
LOOKALIKES = str.maketrans("日人生小工支", "⽇⼈⽣⼩⼯⽀")
TYPING_ERRORS = {
    "district": "distirct",
    "established_on": "establishd_on",
    "full_members": "full_member",
    "opening_hours": "openning_hours",
    "recorder": "recoder",
    "satisfied": "satisfyed",
    "approval_no": "aproval_no",
}


class Line(NamedTuple):
    """A line of a site file, with the table that it stands in and the key of the statement that it belongs to."""

    text: str
    table: str
    key: str


Slip = Callable[[Line, random.Random], str | None]
"""Returns the line with a slip; None where it cannot be made, or is not certain to be put right."""


def _sub(pattern: str, new: str, fits: Callable[[str], bool] = lambda _key: True) -> Slip:
    def slip(line: Line, _chance: random.Random) -> str | None:
        changed = re.sub(pattern, new, line.text, count=1)
        return changed if changed != line.text and fits(line.key) else None

    return slip


def _wide(digits: str) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in digits)


def _number(line: Line, chance: random.Random) -> str | None:
    match = re.fullmatch(r"(\w+ = )(\d{1,12})(  #.*)?", line.text)
    if not match or not is_number(line.key) or (line.key, match[2]) == ("format", "1"):
        return None
    unit = {"area_m2": "㎡", "term_years": "年", "year": "年"}.get(line.key, "名")
    number = match[2]
    spelled = chance.choice(
        [f'"{number}"', f'"{number}{unit}"', f"{number}{unit}", _wide(number), f'"{_wide(number)}"']
    )
    return match[1] + spelled + (match[3] or "")


def _date(line: Line, chance: random.Random) -> str | None:
    match = re.fullmatch(r"(\w+ = )(\d{4})-(\d\d)-(\d\d)(  #.*)?", line.text)
    if not match or not is_date(line.key):
        return None
    year, month, day = match[2], match[3], match[4]
    spelled = chance.choice(
        (
            f"{year}/{month}/{day}",
            f"{year}.{int(month)}.{int(day)}",
            f"{year}年{int(month)}月{int(day)}日",
            f"{year}/{month}-{day}",
        )
    )
    spelled = f'"{_wide(year)}{spelled[4:]}"' if chance.random() < 0.2 else spelled
    spelled = f'"{spelled}"' if chance.random() < 0.4 and spelled[0] != '"' else spelled
    return match[1] + spelled + (match[5] or "")


def _no_quotes(line: Line, _chance: random.Random) -> str | None:
    match = re.fullmatch(r'(\w+ = )"([\w·（）-]{1,40})"(  #.*)?', line.text)
    if not match or not is_text(line.key) or all(map(holds_list, [find_field(f"{line.table}.{line.key}")])):
        return None
    if match[2].lower() in ("true", "false", "null", "none", "nil", "undefined", "nan", "inf"):
        return None
    try:
        rtoml.loads(f"x = {match[2]}")
    except ValueError:
        return match[1] + match[2] + (match[3] or "")
    return None


def _word(line: Line, chance: random.Random) -> str | None:
    match = re.fullmatch(r'(\s*(?:\w+ = )?)"(\w+)"(,?(?:  #.*)?)', line.text)
    if not match or match[2] not in WORDS or find_field(f"{line.table}.{line.key}").words is None:
        return None
    word = match[2]
    spelled = {
        "临时": "临时党支部",
        "联合": "联合支部",
        "每月": "每月一次",
        "每季度": "季度",
        "建筑工地": "建筑工地类",
        "书记": "支部书记",
    }
    changed = chance.choice(
        (
            f"{word[0]}\u200b{word[1:]}",
            f" {word}",
            f"{word}\u00a0",
            word.translate(LOOKALIKES),
            spelled.get(word, f"\ufeff{word}"),
        )
    )
    return None if changed == word else f'{match[1]}"{changed}"{match[3]}'


def _key(line: Line, chance: random.Random) -> str | None:
    match = re.match(r"(\w+)( = .*)", line.text, re.DOTALL)
    if not match or line.table.startswith("_"):
        return None
    key = match[1]
    try:
        label = find_field(f"{line.table}.{key}" if line.table else key).label
    except KeyError:
        return None
    spellings = [key.upper(), f'"{label}"', label, TYPING_ERRORS.get(key, key.upper())]
    return chance.choice(spellings) + match[2]


def _header(line: Line, chance: random.Random) -> str | None:
    match = re.fullmatch(r"(\[+)([\w.]+)(\]+)", line.text)
    if not match:
        return None
    field = find_field(match[2])
    named = find_named(field.label)
    spellings = [
        f"【{match[2]}】" if len(match[1]) == 1 else f"［［{match[2]}］］",
        f"{match[1][:-1]}［{match[2]}{match[3]}",
    ]
    if named and named.path == match[2]:
        spellings.append(f"{match[1]}{field.label}{match[3]}")
    return chance.choice(spellings)


def _bare_remark(line: Line, _chance: random.Random) -> str | None:
    if line.key:
        return None  # In a list it may as well be an entry.
    bare = line.text.removeprefix("# ")
    return bare if bare in BARE_REMARKS and line.text.startswith("# ") else None


def _space(line: Line, chance: random.Random) -> str | None:
    odd = chance.choice("\u3000\u00a0\u2003\u200b\ufeff\u2060")
    return line.text.replace(" = ", f" {odd}= ", 1) if re.match(r"\w+ = ", line.text) else None


SLIPS: tuple[Slip, ...] = (
    _sub(r"^(\w+) = ", r"\1＝"),
    _sub(r"^(\w+) = ", r"\1 ＝ "),
    _sub(r'^(\w+ = )"([\w·（）-]*)"', r"\1“\2”"),
    _sub(r'^(    )"([\w·（）-]*)",', r"\1“\2”，"),
    _sub(r'^(    ".*"),$', r"\1，"),
    _sub("^# ?", "// "),
    _sub("^#", "＃"),
    _sub(r"^(\w+ = \d+)  # ?", r"\1  // "),
    _sub(r'^(    "[^"\\]*)/([^"\\]*",)$', r"\1\\\2", lambda key: key == "documents"),
    _sub(r'^(\w+ = "\w)(\w*")', "\\1\u200b\\2", lambda key: key in ("name", "city", "title", "owner")),
    *(_number, _date, _no_quotes, _word, _key, _header, _bare_remark, _space),
)


def without_slips(value: Any, key: str = "") -> Any:
    """Take out of good data what is valid, but would be mended as well."""
    if isinstance(value, dict):
        return {step: without_slips(below, step) for step, below in value.items()}
    if isinstance(value, list):
        return [without_slips(below, key) for below in value]
    if not isinstance(value, str):
        return value
    text = re.sub(f"[{NOT_SEEN}]", "", value)
    return re.sub(r"[\\\x00-\x1f\x7f]", "", text) if key == "documents" else text


def written(data: dict[str, Any], chance: random.Random) -> list[Line]:
    """Write a site file with remarks of its own in lines, and behind values."""
    lines: list[Line] = []
    table = key = ""
    for text in site_text(data).split("\n"):
        header = re.fullmatch(r"\[+([\w.]+)\]+", text)
        table = header[1] if header else table
        begun = re.match(r"(\w+) = ", text)
        key = begun[1] if begun else key if text.startswith((" ", "]")) else ""
        while chance.random() < 0.15:
            in_list = key if text.startswith((" ", "]")) else ""
            lines.append(Line(f"# {chance.choice([*REMARKS, *BARE_REMARKS])}".rstrip(), table, in_list))
        if begun and not text.endswith("[") and chance.random() < 0.15:
            text += f"  # {chance.choice(REMARKS)}".rstrip()
        lines.append(Line(text, table, key))
    return lines


def remarks(text: str) -> list[str]:
    """Return all remarks of a text, without their signs."""
    return [found[0][1:].strip() for found in texts_and_remarks(text) if found[0][0] == "#"]
