"""A trend as a page."""

from collections.abc import Sequence
from typing import TextIO

from pilot_cli.formats.ledger import trend_charts, trend_tables
from pilot_cli.formats.ledger.page import Page, write_page
from pilot_cli.formats.registry import View
from pilot_cli.formats.report.page_content import Figure
from pilot_cli.formats.scores import rounded
from pilot_cli.ledger.trend import Trend
from pilot_cli.locale import gettext as _


def write_html(trends: Sequence[Trend], out: TextIO, _view: View) -> None:
    """Write how things stand now, the charts and the figures."""
    last = [trend.points[-1] for trend in trends]
    overdue = sum(point.overdue for point in last)
    figures = [
        Figure(_("Pilot sites"), sum(point.sites for point in last) or None),
        Figure(_("All five complete"), sum(point.complete for point in last) or None),
        Figure(_("New problems"), sum(point.opened for point in last) or None),
        Figure(_("Open"), sum(point.open for point in last) or None),
        Figure(_("Overdue"), overdue or None, is_bad=overdue > 0),
    ]
    if len(last) == 1:
        figures[2] = Figure(_("Mean score"), rounded(last[0].mean_score))
    charts = trend_charts.charts_of(trends)
    page = Page(trend_tables.title(), trend_tables.basis(trends), figures, (), charts, [trend_tables.table(trends)])
    write_page(page, out)
