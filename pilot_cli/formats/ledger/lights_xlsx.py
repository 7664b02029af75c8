"""Three colours as a workbook."""

from typing import BinaryIO

from pilot_cli.formats.ledger import lights
from pilot_cli.formats.ledger.content import LedgerDocument
from pilot_cli.formats.registry import View
from pilot_cli.formats.report.sheet_sections import cells
from pilot_cli.formats.xlsx import PLAIN, ListColumn, PagedTable, WorkbookWriter
from pilot_cli.ledger.lights import Light

FILLS = {Light.RED: "#FFC7CE", Light.YELLOW: "#FFEB9C", Light.GREEN: "#C6EFCE"}
WIDTHS = (36, 8, 10, 10, 10, 10, 10, 12, 12)


def write_xlsx(document: LedgerDocument, out: BinaryIO, _view: View) -> None:
    """Write a row for each site."""
    lit = lights.site_lights(document)
    section = lights.lights_table(lit, document.thresholds)
    with WorkbookWriter(out, section.title, document.rectification.as_of) as book:
        columns = (ListColumn(column.title, width) for column, width in zip(section.columns, WIDTHS, strict=True))
        table = PagedTable(book, section.title, list(columns))
        for row, one in zip(section.rows, lit, strict=True):
            name, light, *others = row
            colour = PLAIN._replace(fill=FILLS[one.light], centred=True, indent=0)
            table.add([*cells([name]), *cells([light], colour), *cells(others)])
        table.finish(section.note)
