"""Turns a site into the rows of a ledger."""

from collections.abc import Callable
from functools import cache
from typing import Any

from pilot_cli.exchange.cells import NOTHING, SEPARATOR, date_to_cell, number_to_cell
from pilot_cli.exchange.inspection_rows import inspection_rows
from pilot_cli.exchange.layout import SheetLayout, sheets
from pilot_cli.exchange.values import text_cells, text_kind
from pilot_cli.formats.excel_limits import CellValue
from pilot_cli.site.field import Field, FieldKind
from pilot_cli.site.inspections import NO_INSPECTIONS, Inspections
from pilot_cli.site.model import Pillar, Site

SheetRow = tuple[CellValue | None, ...]

_WRITERS: dict[FieldKind, Callable[[Any], CellValue]] = {
    FieldKind.NUMBER: number_to_cell,
    FieldKind.DATE: date_to_cell,
}


def rows_of(site: Site, inspections: Inspections = NO_INSPECTIONS) -> list[list[SheetRow]]:
    """Return the rows of a site, and of what was seen there, in each sheet."""
    absent = {pillar for pillar in Pillar if not site.has(pillar)}
    columns, lists, seen = _readers()
    row = tuple(None if table in absent else read(site) for table, read in columns)
    return [
        [row],
        *([(*row[:2], *(read(entry) for read in readers)) for entry in entries(site)] for entries, readers in lists),
        [(*row[:2], *(read(entry) for read in seen)) for entry in inspection_rows(inspections)],
    ]


_Read = Callable[[Any], Any]


@cache
def _readers() -> tuple[list[tuple[str, _Read]], list[tuple[_Read, list[_Read]]], list[_Read]]:
    """Return what makes the cells of a site, each with its table; the same for each list; and for what was seen."""
    first, *others, seen = sheets()
    sites = [(str(column.field.keys[0]), _reader(column.field)) for column in first.columns]
    lists = [(sheet.rows.get, _row_readers(sheet)) for sheet in others if sheet.rows]
    return sites, lists, _row_readers(seen)


def _row_readers(sheet: SheetLayout) -> list[_Read]:
    return [_reader(column.field) for column in sheet.columns[2:]]


def _reader(field: Field) -> _Read:
    get = field.get
    if field.words and not field.is_list:
        return get
    write = writer(field)

    def read(holder: Any) -> CellValue | None:
        value = get(holder)
        return None if value is None else write(value)

    return read


def writer(field: Field) -> Callable[[Any], CellValue]:
    """Return the function that makes the cells of a field."""
    if field.is_list and field.words:
        return lambda words: SEPARATOR.join(words) or NOTHING
    if field.kind is not FieldKind.TEXT:
        return _WRITERS[field.kind]
    cells = text_cells(text_kind(field))
    return cells.write_list if field.is_list else cells.write
