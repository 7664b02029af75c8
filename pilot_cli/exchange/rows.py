"""The rows that a site is in a book."""

from collections.abc import Callable
from functools import cache
from typing import Any

from pilot_cli.exchange.cells import Cell, cell_of_date, cell_of_number, cell_of_text, cell_of_texts
from pilot_cli.exchange.layout import sheets
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
    absent = {one for one in One if not site.given(one)}
    columns, lists = _readers()
    id = site.site.id
    return [
        [tuple(None if table in absent else read(site) for table, read in columns)],
        *([(id, *(read(entry) for read in readers)) for entry in entries(site)] for entries, readers in lists),
    ]


_Read = Callable[[Any], Any]


@cache
def _readers() -> tuple[list[tuple[str, _Read]], list[tuple[_Read, list[_Read]]]]:
    """What takes the cells out of a site, each with the table that it is from; and what does so for each list."""
    sites, *lists = sheets()
    return (
        [(str(column.field.keys[0]), _reader(column.field)) for column in sites.columns],
        [
            (layout.rows.get, [_reader(column.field) for column in layout.columns[1:]])
            for layout in lists
            if layout.rows
        ],
    )


def _reader(field: Field) -> _Read:
    get = field.get
    if field.words and not field.is_list:
        return get
    write = cell_of_texts if field.is_list else _WRITERS[field.kind]

    def read(holder: Any) -> Cell | None:
        value = get(holder)
        return None if value is None else write(value)

    return read
