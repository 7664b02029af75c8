"""Says where a duplicate key or table was first defined."""

import re

from pilot_cli.locale.message import message
from pilot_cli.site.field import find_field
from pilot_cli.site.mistakes.statements import MAX_STATEMENT_LENGTH, without_texts
from pilot_cli.site.mistakes.told import Report, Told

_HEADER = re.compile(r"\s*+(\[{1,2})([^\[\]]*+)(\]{1,2})")
_KEY = re.compile(r"\s*+([^=\[\]{}]*[^=\[\]{}\s])\s*=")


def duplicate(report: Report) -> Told | None:
    """Tell both places of a key or table that is given a second time."""
    if not report.error.startswith("duplicate key"):
        return None
    above = _above(report)
    header = _HEADER.match(report.line)
    if header:
        name = _squeezed(header[2])
        for row in range(report.row - 1, -1, -1):
            first = _HEADER.match(above[row])
            if first and _squeezed(first[2]) == name:
                return _table(report, row, name, first[1], header[1])
        return None
    key = _KEY.match(report.line)
    for row in range(report.row - 1, -1, -1):
        if not key or above[row].lstrip().startswith("["):
            break
        first = _KEY.match(above[row])
        if first and _squeezed(first[1]) == _squeezed(key[1]):
            return _told(report, row)
    return None


def _above(report: Report) -> list[str]:
    """The lines before, without what stands in texts."""
    text = "\n".join(report.lines[: report.row])
    return (without_texts(text) if len(text) <= MAX_STATEMENT_LENGTH else "\n" * report.row).split("\n")


def _squeezed(name: str) -> str:
    return re.sub(r"\s", "", name)


def _table(report: Report, first: int, name: str, first_bracket: str, bracket: str) -> Told:
    """Where one header is that of a list and the other is not, the format tells which of them is wrong."""
    try:
        is_list = find_field(name, report.within).is_list
    except KeyError:
        return _told(report, first)
    right = f"[[{name}]]" if is_list else f"[{name}]"
    opening = "[[" if is_list else "["
    if first_bracket == bracket == opening or (first_bracket == bracket and not is_list):
        return _told(report, first)
    row = report.row if bracket != opening else first
    column = report.column if row == report.row else report.lines[row].index("[") + 1
    what = message("The header of this table needs other brackets")
    if is_list:
        what = message("Each entry of this list needs double brackets")
    return Told(what, message("Write: {line}", line=right), row, column)


def _told(report: Report, first: int) -> Told:
    what = message("The same key or table is given a second time; the first stands in line {line}", line=first + 1)
    advice = message("Keep one of them; give the entries of a list as [[…]] tables.")
    return Told(what, advice, report.row, report.column)
