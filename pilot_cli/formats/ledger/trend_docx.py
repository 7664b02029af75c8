"""A trend as a Word document, to be enclosed with others."""

from collections.abc import Sequence
from typing import BinaryIO

from pilot_cli.formats.ledger import trend_charts, trend_tables
from pilot_cli.formats.registry import View
from pilot_cli.formats.report.word.chart import draw_lines
from pilot_cli.formats.report.word.official_document import OfficialDocument, Style
from pilot_cli.formats.report.word.table import TableText
from pilot_cli.ledger.trend import Trend


def write_docx(trends: Sequence[Trend], out: BinaryIO, _view: View) -> None:
    """Write the figures, then the charts."""
    title, table = trend_tables.title(), trend_tables.table(trends)
    paper = OfficialDocument(title, trends[0].points[-1].as_of)
    paper.paragraph(title, Style.TITLE)
    paper.paragraph(trend_tables.basis(trends))
    paper.table(table.title, TableText(table.columns, table.rows))
    for chart in trend_charts.charts_of(trends):
        paper.figure_caption(chart.title)
        draw_lines(paper.paragraph("", Style.FIGURE), chart, trend_charts.described(chart))
    paper.write(out)
