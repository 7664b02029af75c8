"""The report on rectification as a workbook: figures with a chart, the whole ledger, and what was struck off."""

from typing import BinaryIO

from pilot_cli.formats.ledger import content, tables, trend_charts
from pilot_cli.formats.ledger.content import LedgerDocument
from pilot_cli.formats.ledger.problems import ledger_headers, ledger_row
from pilot_cli.formats.ledger.workbook import write_charts, write_list, write_overview
from pilot_cli.formats.registry import View
from pilot_cli.formats.report.content import Column, Section
from pilot_cli.formats.report.word.wording import official
from pilot_cli.formats.xlsx import WorkbookWriter
from pilot_cli.locale import gettext as _

LEDGER_WIDTHS = (6, 12, 12, 20, 16, 12, 9, 30, 22, 22, 22, 9, 12, 10, 12, 20, 14, 12, 18, 10, 10, 18, 12, 14)
CLOSED_WIDTHS = (12, 20, 28, 22, 18, 10, 10, 20, 16)


def write_xlsx(document: LedgerDocument, out: BinaryIO, _view: View) -> None:
    """Write the sheets."""
    rectification = document.rectification
    with WorkbookWriter(out, content.progress_title(), rectification.as_of) as book:
        sections = tables.rankings(rectification)
        write_overview(book, _("Rectification"), content.as_of_line(rectification), sections)
        columns = tuple(map(Column, ledger_headers()))
        rows = [
            tuple(official(value) if isinstance(value, str) else value for value in ledger_row(index, problem))
            for index, problem in enumerate(rectification.entries, 1)
        ]
        write_list(book, _("Ledger of rectification"), Section("", columns, rows), LEDGER_WIDTHS)
        write_list(book, _("Closures"), tables.closed_list(rectification), CLOSED_WIDTHS)
        write_charts(book, trend_charts.charts_of([rectification.trend]))
