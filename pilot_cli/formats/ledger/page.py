"""Pages on rectification for a browser and for the printer: figures to be seen first, lines over time, and tables."""

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import NamedTuple, TextIO

import pilot_cli
from pilot_cli.formats.ledger.trend_charts import described
from pilot_cli.formats.line_chart import LineChart
from pilot_cli.formats.page import content_policy, page_language, page_source
from pilot_cli.formats.report.content import Section
from pilot_cli.formats.report.page_content import Figure
from pilot_cli.formats.report.page_template import report_template
from pilot_cli.locale import gettext as _

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 60, 60, 12, 28
"""The margins around the lines of a chart, in units of the drawing."""
GRID_LINES = 4
MAX_TIMES = 8
"""The most times that are named below a chart."""


class Page(NamedTuple):
    """What a page says, from top to bottom."""

    title: str
    basis: str
    figures: Sequence[Figure]
    paragraphs: Sequence[str]
    charts: Sequence[LineChart]
    sections: Sequence[Section]


class Label(NamedTuple):
    """A text beside the lines, and the line that it belongs to."""

    label: str
    x: float
    y: float
    path: str = ""


class DrawnLine(NamedTuple):
    """A line of a chart."""

    name: str
    path: str
    points: list[tuple[float, float]]
    last: str
    """The figure at its end."""


class DrawnChart(NamedTuple):
    """A chart as the page has it."""

    title: str
    description: str
    width: int
    height: int
    grid: list[Label]
    times: list[Label]
    lines: list[DrawnLine]


def write_page(page: Page, out: TextIO) -> None:
    """Write one self-contained file."""
    styles = [page_source("pilot_cli.formats.report", name) for name in ("style.css", "tables.css", "print.css")]
    style = "".join([*styles, page_source(__package__, "ledger.css")])
    stream = report_template("page.html.jinja", __package__).stream(
        language=page_language(),
        policy=content_policy(style),
        style=style,
        page=page,
        charts=list(map(draw, page.charts)),
        words={
            "skip": _("Skip to the content"),
            "none": _("None."),
            "producer": _("Made by {producer}.").format(producer=f"pilot {pilot_cli.__version__}"),
        },
    )
    out.writelines(stream)


def draw(chart: LineChart) -> DrawnChart:
    """Find the places of all that a chart shows."""
    greatest = max(value for line in chart.lines for value in line.values if value is not None)
    step = _step(greatest - chart.least)
    top = chart.least + step * max(1, ceil((greatest - chart.least) / step))

    def x(index: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * index / max(1, len(chart.times) - 1), 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - chart.least) / (top - chart.least), 1)

    ticks = [chart.least + step * number for number in range(round((top - chart.least) / step) + 1)]
    grid = [Label(f"{tick:g}", LEFT - 8, y(tick) + 4, f"M{LEFT} {y(tick)}H{WIDTH - RIGHT}") for tick in ticks]
    every = ceil(len(chart.times) / MAX_TIMES)
    times = [Label(name, x(index), HEIGHT - 8) for index, name in enumerate(chart.times) if index % every == 0]
    lines = []
    for line in chart.lines:
        points = [(x(index), y(value)) for index, value in enumerate(line.values) if value is not None]
        path = "M" + "L".join(f"{left} {height}" for left, height in points)
        lines.append(DrawnLine(line.name, path, points, f"{line.values[-1] or 0:g}"))
    return DrawnChart(chart.title, described(chart), WIDTH, HEIGHT, grid, times, lines)


def _step(span: float) -> float:
    """Return a round number that goes about so many times into a span as there are to be lines of the grid."""
    if span <= GRID_LINES:
        return 1
    power = 10.0 ** floor(log10(span / GRID_LINES))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= span / GRID_LINES)
