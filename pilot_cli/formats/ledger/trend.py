"""How sites and problems went from audit to audit."""

from collections.abc import Sequence
from typing import TextIO

from pilot_cli.formats.csv import cell as csv_cell
from pilot_cli.formats.csv import new_rows
from pilot_cli.formats.json import dump
from pilot_cli.formats.ledger.figures import score_text, sparkline
from pilot_cli.formats.registry import View
from pilot_cli.formats.scores import rounded
from pilot_cli.formats.terminal import cell, console_for, new_table
from pilot_cli.ledger.trend import Trend, TrendPoint
from pilot_cli.locale import gettext as _


def _headers() -> tuple[str, ...]:
    return (
        *(_("Audit"), _("As of"), _("Sites"), _("All five ones"), _("Mean score")),
        *(_("New problems"), _("Struck off"), _("Open"), _("Overdue")),
    )


def _cells(point: TrendPoint) -> tuple[str, ...]:
    figures = (point.audit, point.as_of, point.sites, point.complete, score_text(point.mean_score))
    return tuple(map(str, (*figures, point.opened, point.closed, point.open, point.overdue)))


def _columns(trend: Trend) -> list[list[float | None]]:
    """The figures that are drawn, each over all audits."""
    names = ("sites", "complete", "mean_score", "opened", "closed", "open", "overdue")
    return [[getattr(point, name) for point in trend.points] for name in names]


def write_table(trends: Sequence[Trend], out: TextIO, view: View) -> None:
    """Write a row an audit and a line of bars below; of cities, the last audit and the bars alone."""
    console = console_for(out)
    table = new_table(ascii_borders=view.ascii_borders)
    of_cities = any(trend.city is not None for trend in trends)
    headers = (_("City"), *_headers()[2:]) if of_cities else _headers()
    for index, header in enumerate(headers):
        table.add_column(header, justify="left" if index == (0 if of_cities else 1) else "right")
    for trend in trends:
        bars = [sparkline(values, ascii=view.ascii_borders) for values in _columns(trend)]
        if of_cities:
            last = _cells(trend.points[-1])[2:]
            table.add_row(cell(trend.city or ""), *(f"{bar} {value}" for bar, value in zip(bars, last, strict=True)))
            continue
        for point in trend.points:
            table.add_row(*_cells(point))
        if len(trend.points) > 1:
            table.add_section()
            table.add_row("", "", *bars)
    console.print(table)


def write_csv(trends: Sequence[Trend], out: TextIO, _view: View) -> None:
    """Write a row an audit, and of cities one each."""
    rows = new_rows(out)
    of_cities = any(trend.city is not None for trend in trends)
    rows.writerow((_("City"), *_headers()) if of_cities else _headers())
    for trend in trends:
        for point in trend.points:
            rows.writerow([*([csv_cell(trend.city)] if of_cities else []), *_cells(point)])


def write_json(trends: Sequence[Trend], out: TextIO, _view: View) -> None:
    """Write one JSON document."""
    document = [
        {
            **({} if trend.city is None else {"city": trend.city}),
            "audits": [
                {**point._asdict(), "as_of": point.as_of.isoformat(), "mean_score": rounded(point.mean_score)}
                for point in trend.points
            ],
        }
        for trend in trends
    ]
    out.write(dump({"trends": document}, indent=1) + "\n")
