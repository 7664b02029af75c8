"""Figures over time, to be drawn as lines: by Word, by Excel, or on a page."""

from collections.abc import Sequence
from typing import Any, NamedTuple


class Line(NamedTuple):
    """One figure over time."""

    name: str
    values: Sequence[float | None]
    """None where there is nothing to tell."""


class LineChart(NamedTuple):
    """Lines over the same times."""

    title: str
    times: Sequence[str]
    lines: Sequence[Line]
    least: int = 0
    """Where the axis of the figures begins."""


class LineStyle(NamedTuple):
    """How a line looks: lines are told apart without colours too."""

    colour: str
    dash: str
    marker: str
    """Dash and marker as XlsxWriter calls them."""

    def options(self) -> dict[str, Any]:
        """Tell XlsxWriter."""
        colour = {"color": self.colour}
        return {
            "line": {**colour, "width": 1.75, "dash_type": self.dash},
            "marker": {"type": self.marker, "size": 6, "fill": colour, "border": colour},
        }


def figure_axis(least: int) -> dict[str, Any]:
    """Tell XlsxWriter how the axis of the figures looks."""
    grid = {"visible": True, "line": {"color": "#D9D9D9"}}
    return {"min": least, "major_gridlines": grid, "major_tick_mark": "none", "minor_tick_mark": "none"}


LINE_STYLES = (
    LineStyle("#A61C1C", "solid", "circle"),
    LineStyle("#B36B00", "dash", "triangle"),
    LineStyle("#1F4E79", "solid", "square"),
    LineStyle("#2E7D4F", "dash", "diamond"),
    LineStyle("#5B3E8C", "round_dot", "circle"),
    LineStyle("#595959", "round_dot", "square"),
)
"""The styles of lines, in their order; there are no more lines than these."""
