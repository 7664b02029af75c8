"""The rows that a site is in a book."""

from collections.abc import Callable
from functools import cache
from typing import Any

from pilot_cli.exchange.cells import Cell, cell_of_date, cell_of_number, cell_of_text, cell_of_texts
from pilot_cli.exchange.layout import SheetLayout, sheets
from pilot_cli.site.field import Field, Kind
from pilot_cli.site.model import One, Site

Row = tuple[Cell | None, ...]

_WRITERS: dict[Kind, Callable[[Any], Cell]] = {
    Kind.TEXT: cell_of_text,
    Kind.NUMBER: cell_of_number,
    Kind.DATE: cell_of_date,
}


def rows_of(site: Site) -> list[list[Row]]:
    """Return the rows of a site in each sheet."""
    return [list(map(tuple, _rows(layout, site))) for layout in sheets()]


def _rows(layout: SheetLayout, site: Site) -> list[list[Cell | None]]:
    if layout.rows is None:
        absent = {one for one in One if not site.given(one)}
        return [[None if table in absent else read(site) for table, read in _site_readers()]]
    id = site.site.id
    return [[id, *(read(entry) for read in _entry_readers(layout))] for entry in layout.rows.get(site)]


@cache
def _site_readers() -> tuple[tuple[str, Callable[[Any], Cell | None]], ...]:
    """For each column, the table that it is from, and what takes its cell out of a site."""
    return tuple((str(column.field.keys[0]), _reader(column.field)) for column in sheets()[0].columns)


@cache
def _entry_readers(layout: SheetLayout) -> tuple[Callable[[Any], Cell | None], ...]:
    """For each column after the id, what takes its cell out of a table of the list."""
    return tuple(_reader(column.field) for column in layout.columns[1:])


def _reader(field: Field) -> Callable[[Any], Cell | None]:
    get = field.get
    if field.words and not field.is_list:
        return get
    write = cell_of_texts if field.is_list else _WRITERS[field.kind]

    def read(holder: Any) -> Cell | None:
        value = get(holder)
        return None if value is None else write(value)

    return read
