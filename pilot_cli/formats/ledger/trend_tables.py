"""The tables of a trend that is handed on: a row for each audit or, of cities, for each city as of the last one."""

from collections.abc import Sequence

from pilot_cli.formats.labels import long_date
from pilot_cli.formats.ledger.tables import trend_table
from pilot_cli.formats.report.content import Column, Row, Section
from pilot_cli.formats.scores import rounded
from pilot_cli.ledger.trend import Trend
from pilot_cli.locale import gettext as _


def title() -> str:
    """What the document is called."""
    return _("Rectification from audit to audit")


def basis(trends: Sequence[Trend]) -> str:
    """Over which days it is."""
    points = trends[0].points
    first, last = long_date(points[0].as_of), long_date(points[-1].as_of)
    counted = _("Advice is counted as problems are.")
    if len(points) == 1:
        return _("As of {day}. {counted}").format(day=first, counted=counted)
    return _("From {first} to {last}; audits: {number}. {counted}").format(
        first=first, last=last, number=len(points), counted=counted
    )


def table(trends: Sequence[Trend]) -> Section:
    """The figures."""
    if trends[0].city is None:
        return trend_table(trends[0], title())
    columns = (
        *(Column(_("City")), Column(_("Sites"), is_number=True), Column(_("All five ones"), is_number=True)),
        *(Column(_("Mean score"), is_number=True), Column(_("New problems"), is_number=True)),
        *(Column(_("Struck off"), is_number=True), Column(_("Open"), is_number=True)),
        Column(_("Overdue"), is_number=True),
    )
    rows: list[Row] = []
    for trend in trends:
        last = trend.points[-1]
        problems = (last.opened, last.closed, last.open, last.overdue)
        figures = (last.sites or None, last.complete or None, rounded(last.mean_score))
        rows.append((trend.city or _("(not given)"), *figures, *(number or None for number in problems)))
    return Section(_("The cities as of the last audit"), columns, rows)
