"""Finds out by their names which sheets and columns of a workbook belong to a ledger; people name them freely."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple
from unicodedata import normalize

from pilot_cli.exchange.layout import GUIDE, SheetColumn, SheetLayout, sheets
from pilot_cli.exchange.workbook_reader import ReadCell
from pilot_cli.locale import Language, in_every_language

HEADER_SEARCH_ROWS = 20
"""How many rows are searched for the headers: titles and remarks may stand above them."""
_SUFFIX = re.compile(r"\((必填|选填|required|optional|人|名|个)\)$")
"""What people add to a header without meaning another column."""


class Headers(NamedTuple):
    """The headers of a sheet, in one row or in two."""

    row: int
    """The last row of headers, counted from 0 in the rows that were searched."""
    columns: dict[int, SheetColumn]
    """By their position in the row, counted from 0."""
    unknown: dict[int, str]
    """Headers that name no column of a ledger, by position."""
    repeated: dict[int, SheetColumn]
    """Columns that an earlier header names already, by position."""
    width: int
    """How many cells the row has."""

    def headerless(self, limit: int) -> list[int]:
        """Return the positions of the first columns without a header, no more than a limit."""
        named = {*self.columns, *self.unknown, *self.repeated}
        return list(islice((position for position in range(self.width) if position not in named), limit))


def find_sheet(name: str) -> SheetLayout | None:
    """Return the sheet of a ledger that has a name, in either language; a full one goes on in others, as 站点（2）.

    A copy that Excel made of a sheet, as 站点 (2), belongs to no ledger.
    """
    return _layouts_by_name().get(_normalized(re.sub("（[0-9]+）$", "", name.strip())))


def is_guide(name: str) -> bool:
    """Whether a sheet explains the others."""
    return _normalized(name) in map(_normalized, in_every_language(GUIDE))


def find_headers(layout: SheetLayout, rows: Sequence[Sequence[ReadCell]]) -> Headers | None:
    """Find the row that names the most columns, and the one above or below if that names others; None if none does.

    Of two rows, a cell in the upper one may be the name of a group to which several columns in the lower one belong.
    """
    known = _columns_by_name(layout)
    counts = [sum(_find_column(known, cell) is not None for cell in row) for row in rows]
    if not any(counts):
        return None
    best = counts.index(max(counts))
    pairs = ((best, best + 1), (best - 1, best))
    upper, lower = next((pair for pair in pairs if _are_headers_together(known, rows, pair)), (best, best))
    headers = Headers(lower, {}, {}, {}, len(rows[lower]))
    group = ""
    for index, (above, below) in enumerate(zip(rows[upper], rows[lower], strict=True)):
        group = str(above) if _normalized(above) else group
        names = [name for name in (f"{group}{below}" if upper != lower else "", below, above) if _normalized(name)]
        column = next((found for name in names if (found := _find_column(known, name))), None)
        if column is None:
            if names:
                headers.unknown[index] = str(below if _normalized(below) else above)
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
    named = [_find_column(known, cell) for cell in upper]
    is_more = any(_find_column(known, cell) for cell, above in zip(lower, named, strict=True) if above is None)
    return is_more and not any(_normalized(cell) for cell, above in zip(lower, named, strict=True) if above is not None)


def _find_column(known: dict[str, SheetColumn], cell: ReadCell) -> SheetColumn | None:
    name = _normalized(cell)
    return known.get(name) or known.get(_SUFFIX.sub("", name))


@cache
def _layouts_by_name() -> dict[str, SheetLayout]:
    names: dict[str, SheetLayout] = {}
    for layout in sheets():
        titles = [layout.title] if layout.rows is None else [layout.title, layout.rows.title]
        names |= {_normalized(name): layout for title in titles for name in in_every_language(title)}
    return names


@cache
def _columns_by_name(layout: SheetLayout) -> dict[str, SheetColumn]:
    """Map headers in both languages, with and without what is in brackets, and paths to the columns that they name."""
    names = {column: set(_column_names(column)) for column in layout.columns}
    short = Counter(_without_brackets(name) for each in names.values() for name in each)
    known = {_without_brackets(name): column for column, each in names.items() for name in each}
    unique = {name: column for name, column in known.items() if short[name] == 1}
    return unique | {name: column for column, each in names.items() for name in (*each, _normalized(column.path))}


def _column_names(column: SheetColumn) -> Iterator[str]:
    tables = in_every_language(column.table.title) if column.table else [""] * len(Language)
    for table, title in zip(tables, in_every_language(column.field.title), strict=True):
        yield _normalized(table + title)


def _without_brackets(name: str) -> str:
    return re.sub(r"\([^()]*\)", "", name)


def _normalized(cell: ReadCell) -> str:
    """Take off what people write differently: spaces, full-width forms, punctuation, asterisks, upper case."""
    return re.sub(r"[\s*:·.,、_“”\"'-]", "", normalize("NFKC", str(cell))).lower()
