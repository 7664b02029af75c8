"""What trends are drawn as: lines over the audits."""

from collections.abc import Sequence
from itertools import pairwise

from pilot_cli.formats.labels import long_date
from pilot_cli.formats.line_chart import LINE_STYLES, Line, LineChart
from pilot_cli.formats.scores import rounded
from pilot_cli.ledger.trend import Trend, TrendPoint
from pilot_cli.locale import gettext as _

MIN_AUDITS = 2
"""One audit makes no line."""


def can_be_drawn(trends: Sequence[Trend]) -> bool:
    """Whether there are enough audits for a line."""
    return bool(trends) and len(trends[0].points) >= MIN_AUDITS


def problem_chart(trend: Trend) -> LineChart:
    """How many problems were open, overdue, new and struck off."""
    points = trend.points
    lines = (
        Line(_("Open"), [point.open for point in points]),
        Line(_("Overdue"), [point.overdue for point in points]),
        Line(_("New problems"), [point.opened for point in points]),
        Line(_("Struck off"), [point.closed for point in points]),
    )
    return LineChart(_("Problems from audit to audit"), _times(points), _drawn(lines))


def site_chart(trend: Trend) -> LineChart:
    """How many sites there were, and how many of them had all five ones."""
    points = trend.points
    lines = (
        Line(_("Sites"), [point.sites for point in points]),
        Line(_("All five ones"), [point.complete for point in points]),
    )
    return LineChart(_("Sites from audit to audit"), _times(points), _drawn(lines))


def score_chart(trend: Trend) -> LineChart:
    """The mean scores."""
    scores = [rounded(point.mean_score) for point in trend.points]
    known = [score for score in scores if score is not None]
    # Scores are near each other: an axis from nought would show a flat line.
    least = int(min(known, default=0) // 10 * 10)
    title = _("Mean score from audit to audit")
    return LineChart(title, _times(trend.points), [Line(_("Mean score"), scores)] if known else [], least)


def city_chart(trends: Sequence[Trend]) -> LineChart:
    """How many problems were open in each city; of many cities, in those that have the most now."""
    most = sorted(trends, key=lambda trend: -trend.points[-1].open)[: len(LINE_STYLES)]
    drawn = [trend for trend in trends if trend in most]
    lines = [Line(trend.city or _("(not given)"), [point.open for point in trend.points]) for trend in drawn]
    title = _("Problems open in each city") if len(most) == len(trends) else _("Problems open where most are")
    return LineChart(title, _times(trends[0].points), _drawn(lines))


def charts_of(trends: Sequence[Trend]) -> list[LineChart]:
    """What is drawn of trends: of all sites three charts, of cities one."""
    if not can_be_drawn(trends):
        return []
    if any(trend.city is not None for trend in trends):
        charts = [city_chart(trends)]
    else:
        (trend,) = trends
        charts = [problem_chart(trend), site_chart(trend), score_chart(trend)]
    return [chart for chart in charts if chart.lines]


def described(chart: LineChart) -> str:
    """Tell a chart to those who cannot see it."""
    lines = (
        _("{name}: {text}").format(name=line.name, text=_(" → ").join(f"{value or 0:g}" for value in line.values))
        for line in chart.lines
    )
    return _("{title} ({times}). {lines}").format(
        title=chart.title, times=_(", ").join(chart.times), lines=_("; ").join(lines)
    )


def _drawn(lines: Sequence[Line]) -> list[Line]:
    """Leave out lines of nothing."""
    return [line for line in lines if any(line.values)]


def _times(points: Sequence[TrendPoint]) -> list[str]:
    """Name the days, each year once."""
    days = [point.as_of for point in points]
    is_new_year = [True, *(day.year != before.year for before, day in pairwise(days))]
    return [
        long_date(day) if is_new else _("{month:02}-{day:02}").format(month=day.month, day=day.day)
        for day, is_new in zip(days, is_new_year, strict=True)
    ]
