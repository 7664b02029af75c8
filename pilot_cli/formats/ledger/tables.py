"""The tables of the documents on rectification."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import Any, NamedTuple

from pilot_cli.formats.labels import sentences
from pilot_cli.formats.ledger.content import concerns, found_text, name_of, rate, site_of
from pilot_cli.formats.ledger.figures import kept_text, late_text
from pilot_cli.formats.report.content import Column, Row, Section, Value, left_out
from pilot_cli.formats.report.word.wording import listed, official
from pilot_cli.formats.scores import rounded
from pilot_cli.ledger.problems import Problem
from pilot_cli.ledger.rectification import LedgerSite, Rectification, by_city, mean_score
from pilot_cli.ledger.standing import ProblemTally, Standing, standing_of
from pilot_cli.ledger.states import State
from pilot_cli.ledger.trend import Trend, TrendPoint
from pilot_cli.locale import gettext as _

MAX_ROWS = 200
"""The most rows of a table on paper; workbooks have all of them."""
MAX_SITES_LISTED = 1_000
"""The most sites that are listed of a kind of problem."""
SITES_IN_A_ROW = 25
"""So many of them stand in one row, which is kept on one page."""
MIN_RANKED = 4
"""Of fewer nobody is named as first or last."""
MAX_NAMED = 3
"""So many are named."""


def _nil(number: int) -> int | None:
    """What is nil is not told."""
    return number or None


def _tally_columns() -> tuple[Column, ...]:
    titles = (_("Problems found"), *(standing.label for standing in Standing), _("Overdue"), _("Share put right"))
    return tuple(Column(title, is_number=True) for title in titles)


def _tally_values(tally: ProblemTally) -> Row:
    standings = (_nil(tally.by_standing[standing]) for standing in Standing)
    return (_nil(tally.found), *standings, _nil(tally.overdue), tally.done if tally.done.part else None)


class _Ranked(NamedTuple):
    place: int
    name: str
    sites: list[LedgerSite]
    tally: ProblemTally


def _ranked(groups: dict[str, list[LedgerSite]]) -> list[_Ranked]:
    """Rank groups of sites by the share put right, then by what is overdue, then by the score; equals share a place."""
    merits = []
    for name, sites in groups.items():
        tally = ProblemTally(one for site in sites for one in site.entries)
        share = Fraction(tally.done.part, tally.found) if tally.found else Fraction(1)
        merits.append(((-share, tally.overdue, -(_score(sites) or 0)), name, sites, tally))
    merits.sort(key=itemgetter(0))
    places: dict[Any, int] = {}
    for place, (merit, *_rest) in enumerate(merits, 1):
        places.setdefault(merit, place)
    return [_Ranked(places[merit], name, sites, tally) for merit, name, sites, tally in merits]


def ranking_note() -> str:
    """Say what a ranking goes by."""
    return _("Ranked by the share put right, then by the problems overdue, then by the score.")


def city_ranking(rectification: Rectification) -> Section:
    """The cities, the best first, and all of them together."""
    columns = (
        *(Column(_("Place"), is_number=True), Column(_("City")), Column(_("Sites"), is_number=True)),
        *(Column(_("Mean score"), is_number=True), *_tally_columns()),
    )
    rows: list[Row] = [
        (one.place, one.name or _("(not given)"), len(one.sites), _score(one.sites), *_tally_values(one.tally))
        for one in _ranked(by_city(rectification.sites))
    ]
    everything = rectification.sites
    rows.append(
        ("", _("Total"), len(everything), _score(everything), *_tally_values(rectification.tally)),
    )
    return Section(_("How rectification stands, by city"), columns, rows, ranking_note(), has_totals=True)


def site_ranking(rectification: Rectification, limit: int | None = None) -> Section:
    """The sites, the best first, up to a limit."""
    columns = (
        *(Column(_("Place"), is_number=True), Column(_("Pilot site"), is_long=True), Column(_("City"))),
        *(Column(_("Score"), is_number=True), Column(_("Ones complete"), is_number=True), *_tally_columns()),
    )
    sites = {site.id: [site] for site in rectification.sites}
    rows: list[Row] = []
    for one in _ranked(sites)[:limit]:
        (site,) = one.sites
        complete = _nil(site.outcome.complete) if site.outcome else None
        rows.append((one.place, name_of(site), site.city, _score(one.sites), complete, *_tally_values(one.tally)))
    return Section(
        _("How rectification stands, by site"),
        columns,
        rows,
        sentences(*filter(None, (ranking_note(), left_out(len(sites) - len(rows))))),
    )


def rankings(rectification: Rectification, limit: int | None = None) -> list[Section]:
    """The rankings that there are: of cities, where the sites are of several, and of sites."""
    of_cities = [city_ranking(rectification)] if len(by_city(rectification.sites)) > 1 else []
    return [*of_cities, site_ranking(rectification, limit)]


def ranking_sentences(rectification: Rectification) -> Iterator[str]:
    """Name the cities, or the sites of one city, that have come furthest, and those where most is overdue."""
    cities = by_city(rectification.sites)
    are_cities = len(cities) > 1
    ranked = _ranked(cities if are_cities else {site.id: [site] for site in rectification.sites})
    if len(ranked) < MIN_RANKED:
        return

    def named(one: _Ranked, value: object) -> str:
        name = one.name or _("(not given)") if are_cities else name_of(one.sites[0])
        return _("{name} ({value})").format(name=name, value=value)

    first = [named(one, rate(one.tally.done)) for one in ranked[:MAX_NAMED] if one.tally.done.part]
    latest = sorted(ranked, key=lambda one: -one.tally.overdue)
    late = [
        named(one, _("{number} overdue").format(number=one.tally.overdue))
        for one in latest[:MAX_NAMED]
        if one.tally.overdue
    ]
    if first:
        yield _("The largest shares have been put right in: {names}.").format(names=listed(first))
    if late:
        yield _("The most problems are overdue in: {names}.").format(names=listed(late))


def _score(sites: list[LedgerSite]) -> float | None:
    return rounded(mean_score(sites))


def _listing(title: str, columns: Sequence[Column], rows: Sequence[Row], limit: int | None) -> Section:
    return Section(title, tuple(columns), rows[:limit], left_out(len(rows) - len(rows[:limit])))


def overdue_list(rectification: Rectification, limit: int | None = None) -> Section:
    """The problems that are overdue, the latest first."""
    late = sorted((one for one in rectification.problems if one.days_overdue), key=lambda one: -one.days_overdue)
    columns = (
        *(Column(_("Problem number")), Column(_("Pilot site"), is_long=True), Column(_("Problem"), is_long=True)),
        *(Column(_("To be put right by")), Column(_("Deadline for it")), Column(_("Days over"), is_number=True)),
    )
    rows: list[Row] = [
        (str(one.number), site_of(one), found_text(one), one.owner, one.due, one.days_overdue) for one in late
    ]
    return _listing(_("Problems overdue"), columns, rows, limit)


def open_list(rectification: Rectification, limit: int | None = None) -> Section:
    """The problems that are not struck off, and why."""
    columns = (
        *(Column(_("Problem number")), Column(_("Pilot site"), is_long=True), Column(_("Problem"), is_long=True)),
        *(Column(_("To be put right by")), Column(_("Deadline for it")), Column(_("How it stands"))),
        Column(_("Progress and reasons"), is_long=True),
    )
    rows: list[Row] = [
        (
            *(str(one.number), site_of(one), found_text(one), one.owner, one.due, open_standing(one)),
            official(one.progress or one.note or ""),
        )
        for one in rectification.problems
        if one.state is not State.CLOSED
    ]
    return _listing(_("Problems still open"), columns, rows, limit)


def open_standing(problem: Problem) -> str:
    """Say how far an open problem has been put right, and whether it is late."""
    standing = standing_of(problem).label
    if problem.state is State.TO_VERIFY and not problem.is_watched:
        standing = problem.state.label
    if problem.days_overdue:
        return late_text(standing, problem.days_overdue)
    if problem.is_watched and problem.kept:
        return kept_text(standing, problem.kept)
    return standing


def kinds_list(problems: Sequence[Problem]) -> Section:
    """The kinds of problem, the most serious and frequent first, each with its sites; many sites take several rows."""
    columns = (
        *(Column(_("Severity")), Column(_("Problem"), is_long=True), Column(_("Sites"), is_number=True)),
        Column(_("Pilot sites"), is_long=True),
    )
    rows: list[Row] = []
    note = ""
    for one in concerns(problems):
        sites = one.sites
        if len(sites) > MAX_SITES_LISTED:
            note = _("Of a kind of problem, the first {number} sites are listed.").format(number=MAX_SITES_LISTED)
        for start in range(0, min(len(sites), MAX_SITES_LISTED), SITES_IN_A_ROW):
            title = _("{problem} (continued)").format(problem=one.title) if start else one.title
            names = listed(sites[start : start + SITES_IN_A_ROW])
            rows.append((one.severity, title, len(sites), names))
    return Section(_("Problems by kind, and the sites concerned"), columns, rows, note)


def closed_list(rectification: Rectification, limit: int | None = None) -> Section:
    """The problems that were struck off, with who verified it."""
    columns = (
        *(Column(_("Problem number")), Column(_("Pilot site"), is_long=True), Column(_("Problem"), is_long=True)),
        *(Column(_("Measures"), is_long=True), Column(_("Evidence"), is_long=True), Column(_("Verified how"))),
        *(Column(_("Verified by")), Column(_("Opinion"), is_long=True), Column(_("Struck off on"))),
    )
    rows: list[Row] = [
        (
            *(str(one.number), site_of(one), found_text(one), _("; ").join(one.measures), one.evidence or ""),
            *(one.method and one.method.label, one.verified_by, one.opinion, one.closed_on),
        )
        for one in rectification.problems
        if one.state is State.CLOSED
    ]
    return _listing(_("Problems struck off"), columns, rows, limit)


def trend_table(trend: Trend, title: str) -> Section:
    """A row for each audit."""
    columns = (
        *(Column(_("Audit")), Column(_("As of")), Column(_("Sites"), is_number=True)),
        *(Column(_("All five ones"), is_number=True), Column(_("Mean score"), is_number=True)),
        *(Column(_("New problems"), is_number=True), Column(_("Struck off"), is_number=True)),
        *(Column(_("Open"), is_number=True), Column(_("Overdue"), is_number=True)),
    )
    return Section(title, columns, [_trend_row(point) for point in trend.points])


def _trend_row(point: TrendPoint) -> Row:
    figures: tuple[Value, ...] = (_nil(point.sites), _nil(point.complete), rounded(point.mean_score))
    problems = map(_nil, (point.opened, point.closed, point.open, point.overdue))
    return (audit_label(point.audit), point.as_of, *figures, *problems)


def audit_label(number: int) -> str:
    """What to call an audit."""
    return _("Audit {number}").format(number=number)
