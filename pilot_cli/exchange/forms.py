"""Finds the form of a site in a sheet: labels, each with its value in the cell to the right."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pilot_cli.exchange.books.details import CellRange, ReadCell
from pilot_cli.exchange.column_finder import ColumnFinder, NamedColumn, OwnNames
from pilot_cli.exchange.failed_cells import NumberedRow
from pilot_cli.exchange.layout import sheets
from pilot_cli.exchange.row_kinds import is_blank
from pilot_cli.site.model import REQUIRED_FIELDS

MAX_FORM_ROWS = 200
"""The most rows of a sheet in which a form is looked for."""
MIN_LABELS = len(REQUIRED_FIELDS)
"""The fewest labels of a form: those of what a site file needs, or another one in place of the id."""

_Cell = tuple[int, int]
"""The row and column of a cell."""


class Form(NamedTuple):
    """A form of a site."""

    columns: dict[int, NamedColumn]
    """What each value belongs to, by the number of the value."""
    labels: dict[int, str]
    """What its label says, by the number of the value."""
    cells: list[_Cell]
    """Where each value stands."""
    values: list[ReadCell]
    left_out: int
    """How many cells have something in them beside labels that the office wants to be left out."""
    others: dict[_Cell, ReadCell]
    """The cells from the first label on that hold something else."""


def find_form(numbered: Sequence[NumberedRow], merges: Sequence[CellRange], own_names: OwnNames) -> Form | None:
    """Find a form; None if the labels of what a site needs are not there.

    Args:
        numbered: The rows of the sheet, from the first that has something.
        merges: What is merged in it.
        own_names: What an office calls columns, besides all known names.
    """
    rows: list[list[ReadCell]] = [*([] for _ in range(numbered[0][0])), *(cells for _row, cells in numbered)]
    finder = ColumnFinder(sheets()[0], own_names)
    areas = {(area.first_row, area.first_column): area for area in merges}
    labels = {
        (row, column): named
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if isinstance(cell, str)
        and not is_blank(cell)
        and (named := _find(finder, cell, _group(rows, merges, row, column)))
    }
    own = dict(_left_out(finder, rows, areas))
    beside_own = {*own.values()}.difference(labels, own)
    left_out = sum(not all(map(is_blank, rows[row][column : column + 1])) for row, column in beside_own)
    form = Form({}, {}, [], [], left_out, {})
    for (row, column), named in labels.items():
        beside = _beside(areas, (row, column))
        is_value = beside not in labels and beside not in own and beside[1] < len(rows[row])
        if is_value and all((each.column, each.word) != (named.column, named.word) for each in form.columns.values()):
            form.columns[len(form.cells)] = named
            form.labels[len(form.cells)] = " ".join(str(rows[row][column]).split())
            form.cells.append(beside)
            form.values.append(rows[row][beside[1]])
    known = {named.column.path for named in form.columns.values()}
    if len(form.cells) < MIN_LABELS or not known.issuperset(REQUIRED_FIELDS[1:]):
        return None
    first_row = min(row for row, _column in form.cells)
    used = {*form.cells, *labels, *own, *own.values()}
    others = _filled(rows, first_row, used, merges, labels)
    form.others.update(((row, column), rows[row][column]) for row, column in others)
    return form


def _beside(areas: Mapping[_Cell, CellRange], label: _Cell) -> _Cell:
    """Return the cell to the right of a label, which may be merged over several."""
    row, column = label
    return row, (areas[label].last_column if label in areas else column) + 1


def _left_out(
    finder: ColumnFinder, rows: Sequence[Sequence[ReadCell]], areas: Mapping[_Cell, CellRange]
) -> Iterator[tuple[_Cell, _Cell]]:
    """Yield the labels that the office wants to be left out, each with the cell beside it."""
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and finder.leaves_out(cell):
                yield (row, column), _beside(areas, (row, column))


def _find(finder: ColumnFinder, label: str, group: str) -> NamedColumn | None:
    return finder.find_in_group(group, label) if group else finder.find(label)


def _group(rows: Sequence[Sequence[ReadCell]], merges: Sequence[CellRange], row: int, column: int) -> str:
    """Return what stands to the left of several rows, and so over all labels in them."""
    for area in merges:
        is_left = area.last_column < column and area.first_row <= row <= area.last_row
        if is_left and area.last_row > area.first_row and area.first_column < len(rows[area.first_row]):
            return str(rows[area.first_row][area.first_column])
    return ""


def _filled(
    rows: Sequence[Sequence[ReadCell]],
    first_row: int,
    used: set[_Cell],
    merges: Sequence[CellRange],
    labels: Mapping[_Cell, NamedColumn],
) -> list[_Cell]:
    groups = {
        (area.first_row, area.first_column)
        for area in merges
        if area.last_row > area.first_row and any(area.first_row <= row <= area.last_row for row, _column in labels)
    }
    return [
        (row, column)
        for row in range(first_row, len(rows))
        for column, cell in enumerate(rows[row])
        if not is_blank(cell) and (row, column) not in used and (row, column) not in groups
    ]
