"""Recognizes the example rows that show how to fill in a ledger."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path

from pilot_cli.exchange.books.details import FailedCell
from pilot_cli.exchange.layout import sheets
from pilot_cli.exchange.ledger_row import LedgerRow
from pilot_cli.exchange.row_kinds import is_blank
from pilot_cli.exchange.rows import rows_of
from pilot_cli.site.find import is_inspections_file_name
from pilot_cli.site.inspections import Inspections
from pilot_cli.site.inspections_reader import load_inspections
from pilot_cli.site.model import Site
from pilot_cli.site.reader import load_site

EXAMPLES = Path(__file__).with_name("examples")
"""The sites that show how to fill in a ledger."""


def example_sites() -> list[tuple[Site, Inspections]]:
    """Return the sites that show how to fill in a ledger, and what was seen there."""
    files = sorted(path for path in EXAMPLES.iterdir() if not is_inspections_file_name(path.name))
    return [(site, load_inspections(str(path)).inspections) for path in files if (site := load_site(path).site)]


def is_example(row: LedgerRow) -> bool:
    """Whether a row is one of the examples, and nobody has written anything else into it."""
    # The name of the site is looked up, and may have come to nothing.
    cells = {path: row.cells[place] for path, place in row.table.positions.items()}
    filled = {
        path: _value(cell) for path, cell in cells.items() if not is_blank(cell) and not isinstance(cell, FailedCell)
    }
    return any(filled.items() <= example.items() for example in _examples()[row.table.layout.title])


@cache
def _examples() -> Mapping[str, list[dict[str, object]]]:
    """Return the values of the rows of examples by the path of their fields, for each sheet by its title."""
    found: dict[str, list[dict[str, object]]] = {layout.title: [] for layout in sheets()}
    for example in example_sites():
        for layout, rows in zip(sheets(), rows_of(*example), strict=True):
            for row in rows:
                values = zip(layout.columns, row, strict=True)
                found[layout.title].append({column.path: _value(cell) for column, cell in values if cell is not None})
    return found


def _value(cell: object) -> object:
    """Make values comparable: what is a day or a number is one however it is stored."""
    match cell:
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case bool():
            return cell
        case int() | float():
            return float(cell)
        case _:
            return str(cell).strip()
