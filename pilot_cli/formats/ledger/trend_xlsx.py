"""A trend as a workbook."""

from collections.abc import Sequence
from typing import BinaryIO

from pilot_cli.formats.ledger import trend_charts, trend_tables
from pilot_cli.formats.ledger.workbook import write_charts, write_overview
from pilot_cli.formats.registry import View
from pilot_cli.formats.xlsx import WorkbookWriter
from pilot_cli.ledger.trend import Trend
from pilot_cli.locale import gettext as _


def write_xlsx(trends: Sequence[Trend], out: BinaryIO, _view: View) -> None:
    """Write the figures, with charts beside them."""
    with WorkbookWriter(out, trend_tables.title(), trends[0].points[-1].as_of) as book:
        write_overview(book, _("Trend"), trend_tables.basis(trends), [trend_tables.table(trends)])
        write_charts(book, trend_charts.charts_of(trends))
