"""Finds out what the sheets and columns of a book are for, as people really name them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from pilot_cli.exchange.layout import GUIDE, Column, SheetLayout, sheets
from pilot_cli.exchange.reading import ReadCell
from pilot_cli.locale import in_every_language

ROWS_SEARCHED = 20
"""Among so many rows the heads are looked for: titles and remarks may stand above them."""


class Heads(NamedTuple):
    """The row of heads of a sheet."""

    row: int
    """Counted from 0."""
    columns: dict[int, Column]
    """By where they stand, counted from 0."""
    unknown: dict[int, str]
    """Heads that say nothing to pilot."""
    repeated: dict[int, Column]
    """Columns that are there already."""


def find_sheet(name: str) -> SheetLayout | None:
    """Return the sheet that a name stands for, in either language; a full one goes on in others, as 站点（2）."""
    return _by_name().get(re.sub(r"\(\d+\)$", "", _plain(name)))


def is_guide(name: str) -> bool:
    """Whether a sheet explains the others."""
    return _plain(name) in map(_plain, in_every_language(GUIDE))


def find_heads(layout: SheetLayout, rows: Sequence[Sequence[ReadCell]]) -> Heads | None:
    """Find the row that names the most columns of a sheet; none if none names any."""
    known = _columns(layout)
    found = [[_column(known, cell) for cell in row] for row in rows[:ROWS_SEARCHED]]
    counts = [sum(column is not None for column in row) for row in found]
    most = max(counts, default=0)
    if not most:
        return None
    heads = Heads(counts.index(most), {}, {}, {})
    for index, (cell, column) in enumerate(zip(rows[heads.row], found[heads.row], strict=True)):
        if column is None:
            if _plain(cell):
                heads.unknown[index] = str(cell)
        elif column in heads.columns.values():
            heads.repeated[index] = column
        else:
            heads.columns[index] = column
    return heads


def _column(known: dict[str, Column], cell: ReadCell) -> Column | None:
    name = _plain(cell)
    return known.get(name) or known.get(_without_brackets(name))


@cache
def _by_name() -> dict[str, SheetLayout]:
    names: dict[str, SheetLayout] = {}
    for layout in sheets():
        titles = [layout.title] if layout.rows is None else [layout.title, layout.rows.title]
        names |= {_plain(name): layout for title in titles for name in in_every_language(title)}
    return names


@cache
def _columns(layout: SheetLayout) -> dict[str, Column]:
    """Columns by their heads in both languages, whole and without what is in brackets, and by their paths."""
    names = {column: set(_names(column)) for column in layout.columns}
    short = Counter(_without_brackets(name) for each in names.values() for name in each)
    known = {_without_brackets(name): column for column, each in names.items() for name in each}
    unique = {name: column for name, column in known.items() if short[name] == 1}
    return unique | {name: column for column, each in names.items() for name in (*each, _plain(column.path))}


def _names(column: Column) -> Iterator[str]:
    tables = in_every_language(column.table.title) if column.table else ("", "")
    for table, title in zip(tables, in_every_language(column.field.title), strict=True):
        yield _plain(table + title)


def _without_brackets(name: str) -> str:
    return re.sub(r"\([^()]*\)", "", name)


def _plain(cell: ReadCell) -> str:
    """Take off what people write differently: spaces, full-width brackets, punctuation, marks of what is required."""
    return re.sub(r"[\s*:·.,、_“”\"'-]", "", normalize("NFKC", str(cell))).lower()
