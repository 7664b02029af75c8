"""Finds the table of a ledger in a sheet: by the name of the sheet, or by its headers."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pilot_cli.exchange.books.details import CellRange, ReadCell
from pilot_cli.exchange.column_finder import ColumnFinder, NamedColumn, OwnNames
from pilot_cli.exchange.header_names import SHEET_NAMES, normalized
from pilot_cli.exchange.headers import Headers, find_headers
from pilot_cli.exchange.layout import (
    GUIDE,
    INSPECTED_ITEM,
    INSPECTIONS,
    PROBLEMS,
    SITE_ID,
    SITE_NAME,
    SheetLayout,
    sheets,
)
from pilot_cli.locale import in_every_language

MIN_COLUMNS = 2
"""The fewest columns by which a sheet is known for a table of a ledger: which site it is, and one more."""
TELLING_COLUMNS = 3
"""So many columns make a sheet a table of a ledger even if none says which site it is."""

MAX_SHEET_NAME = 255
"""So much is looked at of the name of a sheet, or of the file in its place."""

_COPY = re.compile(r"\s\((\d+)\)$")
"""What Excel adds to the name of a sheet that it copies."""
_BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_OTHER_SHEETS = re.compile("汇总|统计|分析|目录|封面|说明|字典|选项|数据源|下拉|图表|参考|summary|chart", re.IGNORECASE)
"""What sheets are called that sum up others or help to fill them in."""


class FoundTable(NamedTuple):
    """The table of a sheet."""

    layout: SheetLayout
    finder: ColumnFinder
    headers: Headers[NamedColumn] | None
    """None if the sheet has the name of a table, but no headers."""


def is_help(name: str) -> bool:
    """Whether a sheet explains the others, or lists what was wrong with them."""
    return normalized(name) in {normalized(title) for each in (GUIDE, PROBLEMS) for title in in_every_language(each)}


def copied_sheet(name: str, names: Sequence[str]) -> str | None:
    """Return the sheet that another one is a copy of, as Excel names them: 责任清单 (2)."""
    original = _COPY.sub("", name)
    return original if original != name and original in names else None


def find_table(
    name: str, rows: Sequence[Sequence[ReadCell]], first_row: int, merges: Sequence[CellRange], own_names: OwnNames
) -> FoundTable | None:
    """Find the table of a sheet; None if it belongs to no ledger.

    Args:
        name: The name of the sheet.
        rows: Its first rows, without those that are blank at the top.
        first_row: The number of the first of them.
        merges: What is merged in the sheet.
        own_names: What an office calls columns, besides all known names.
    """
    layout = layout_called(name)
    found = [
        FoundTable(each, finder, find_headers(finder, rows, first_row, merges))
        for each in ([layout] if layout else sheets())
        for finder in [ColumnFinder(each, own_names)]
    ]
    if layout:
        return found[0]
    best = max(filter(_is_likely, found), key=lambda table: table.headers.known if table.headers else 0)
    if best.headers is None or best.headers.known < MIN_COLUMNS:
        return None
    names_site = any(best.headers.position(path) is not None for path in (SITE_ID, SITE_NAME))
    is_table = names_site or (best.headers.known >= TELLING_COLUMNS and not _OTHER_SHEETS.search(name))
    return best if is_table else None


def _is_likely(table: FoundTable) -> bool:
    """Whether a sheet may be the table by its headers: results and notes, as of inspections, are in many others."""
    is_of_inspections = table.layout.rows is not None and table.layout.rows.path == INSPECTIONS
    return not is_of_inspections or (table.headers is not None and table.headers.position(INSPECTED_ITEM) is not None)


def layout_called(name: str) -> SheetLayout | None:
    """Return the sheet of a ledger that has a name, in either language; brackets behind it do not count."""
    name = name[:MAX_SHEET_NAME]
    return _layouts_by_name().get(normalized(name)) or _layouts_by_name().get(normalized(_BRACKETS.sub("", name)))


@cache
def _layouts_by_name() -> dict[str, SheetLayout]:
    names: dict[str, SheetLayout] = {}
    for layout in sheets():
        titles = [layout.title] if layout.rows is None else [layout.title, layout.rows.title]
        known = [name for title in titles for name in in_every_language(title)]
        known += SHEET_NAMES[layout.rows.path if layout.rows else ""]
        names |= {normalized(name): layout for name in known}
    return names
