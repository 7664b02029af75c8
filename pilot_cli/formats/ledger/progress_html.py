"""The report on rectification as a page."""

from typing import TextIO

from pilot_cli.formats.labels import sentences
from pilot_cli.formats.ledger import content, tables, trend_charts
from pilot_cli.formats.ledger.content import LedgerDocument
from pilot_cli.formats.ledger.page import Page, write_page
from pilot_cli.formats.registry import View
from pilot_cli.formats.report.page_content import Figure
from pilot_cli.ledger.standing import Standing
from pilot_cli.locale import gettext as _

MAX_ROWS = 1_000
"""The most rows of a table; the workbook has all of them."""


def write_html(document: LedgerDocument, out: TextIO, _view: View) -> None:
    """Write how far problems have been put right, how that went, and which are open and struck off."""
    rectification = document.rectification
    tally = rectification.tally
    figures = (
        Figure(_("Problems found"), tally.found or None),
        Figure(Standing.DONE.label, tally.done.part or None, tally.done if tally.done.part else None),
        Figure(Standing.UNDER_WAY.label, tally.by_standing[Standing.UNDER_WAY] or None),
        Figure(Standing.NOT_BEGUN.label, tally.by_standing[Standing.NOT_BEGUN] or None),
        Figure(_("Overdue"), tally.overdue or None, is_bad=tally.overdue > 0),
    )
    sections = (
        *tables.rankings(rectification, MAX_ROWS),
        tables.overdue_list(rectification, MAX_ROWS),
        tables.open_list(rectification, MAX_ROWS),
        tables.closed_list(rectification, MAX_ROWS),
    )
    paragraphs = (
        sentences(*content.inspected_sentences(rectification)),
        sentences(*content.progress_sentences(rectification)),
    )
    charts = trend_charts.charts_of([rectification.trend])
    told = [section for section in sections if section.rows]
    page = Page(content.progress_title(), content.as_of_line(rectification), figures, paragraphs, charts, told)
    write_page(page, out)
