"""Finds out what the sheets and columns of a book are for, as people really name them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple
from unicodedata import normalize

from pilot_cli.exchange.layout import GUIDE, SheetColumn, SheetLayout, sheets
from pilot_cli.exchange.workbook_reader import ReadCell
from pilot_cli.locale import in_every_language

HEADER_SEARCH_ROWS = 20
"""Among so many rows the heads are looked for: titles and remarks may stand above them."""


_REMARK = re.compile(r"\((必填|选填|required|optional|人|名|个)\)$")
"""What people add to a head without meaning another one."""


class Headers(NamedTuple):
    """The heads of a sheet, in one row or in two."""

    row: int
    """The last row of heads, counted from 0 in the rows that were searched."""
    columns: dict[int, SheetColumn]
    """By where they stand, counted from 0."""
    unknown: dict[int, str]
    """Heads that say nothing to pilot."""
    repeated: dict[int, SheetColumn]
    """Columns that are there already."""
    width: int

    def headerless(self, most: int) -> list[int]:
        """List columns without a head, the first ones of many."""
        named = {*self.columns, *self.unknown, *self.repeated}
        return list(islice((position for position in range(self.width) if position not in named), most))


def find_sheet(name: str) -> SheetLayout | None:
    """Return the sheet that a name stands for, in either language; a full one goes on in others, as 站点（2）.

    A sheet that was copied in Excel is none: its name is written as 站点 (2).
    """
    return _by_name().get(_plain(re.sub("（[0-9]+）$", "", name.strip())))


def is_guide(name: str) -> bool:
    """Whether a sheet explains the others."""
    return _plain(name) in map(_plain, in_every_language(GUIDE))


def find_headers(layout: SheetLayout, rows: Sequence[Sequence[ReadCell]]) -> Headers | None:
    """Find the row that names the most columns of a sheet, and the one beside it that names others; none if none does.

    Where there are two, the upper one may name what several columns of the lower one belong to.
    """
    known = _columns(layout)
    counts = [sum(_column(known, cell) is not None for cell in row) for row in rows]
    if not any(counts):
        return None
    best = counts.index(max(counts))
    upper, lower = next(
        (pair for pair in ((best, best + 1), (best - 1, best)) if _are_headers_together(known, rows, pair)),
        (best, best),
    )
    headers = Headers(lower, {}, {}, {}, len(rows[lower]))
    group = ""
    for index, (above, below) in enumerate(zip(rows[upper], rows[lower], strict=True)):
        group = str(above) if _plain(above) else group
        names = [name for name in (f"{group}{below}" if upper != lower else "", below, above) if _plain(name)]
        column = next((found for name in names if (found := _column(known, name))), None)
        if column is None:
            if names:
                headers.unknown[index] = str(below if _plain(below) else above)
        elif column in headers.columns.values():
            headers.repeated[index] = column
        else:
            headers.columns[index] = column
    return headers


def _are_headers_together(
    known: dict[str, SheetColumn], rows: Sequence[Sequence[ReadCell]], pair: tuple[int, int]
) -> bool:
    """Whether two rows name columns, each where the other does not."""
    if pair[0] < 0 or pair[1] >= len(rows):
        return False
    upper, lower = (rows[row] for row in pair)
    named = [_column(known, cell) for cell in upper]
    is_more = any(_column(known, cell) for cell, above in zip(lower, named, strict=True) if above is None)
    return is_more and not any(_plain(cell) for cell, above in zip(lower, named, strict=True) if above is not None)


def _column(known: dict[str, SheetColumn], cell: ReadCell) -> SheetColumn | None:
    name = _plain(cell)
    return known.get(name) or known.get(_REMARK.sub("", name))


@cache
def _by_name() -> dict[str, SheetLayout]:
    names: dict[str, SheetLayout] = {}
    for layout in sheets():
        titles = [layout.title] if layout.rows is None else [layout.title, layout.rows.title]
        names |= {_plain(name): layout for title in titles for name in in_every_language(title)}
    return names


@cache
def _columns(layout: SheetLayout) -> dict[str, SheetColumn]:
    """Columns by their heads in both languages, whole and without what is in brackets, and by their paths."""
    names = {column: set(_names(column)) for column in layout.columns}
    short = Counter(_without_brackets(name) for each in names.values() for name in each)
    known = {_without_brackets(name): column for column, each in names.items() for name in each}
    unique = {name: column for name, column in known.items() if short[name] == 1}
    return unique | {name: column for column, each in names.items() for name in (*each, _plain(column.path))}


def _names(column: SheetColumn) -> Iterator[str]:
    tables = in_every_language(column.table.title) if column.table else ("", "")
    for table, title in zip(tables, in_every_language(column.field.title), strict=True):
        yield _plain(table + title)


def _without_brackets(name: str) -> str:
    return re.sub(r"\([^()]*\)", "", name)


def _plain(cell: ReadCell) -> str:
    """Take off what people write differently: spaces, full-width brackets, punctuation, marks of what is required."""
    return re.sub(r"[\s*:·.,、_“”\"'-]", "", normalize("NFKC", str(cell))).lower()
