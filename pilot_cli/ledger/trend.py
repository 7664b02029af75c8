"""What the audits come to over time: sites, scores, and problems opened, closed, open and overdue as of each."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, select

from pilot_cli.audit.order import city_place
from pilot_cli.ledger.audits import ALL_COMPLETE, Audit, list_audits
from pilot_cli.ledger.states import EventKind, State
from pilot_cli.ledger.tables import events, outcomes, problems, results, rules, sites
from pilot_cli.site.rule_info import Severity


class TrendPoint(NamedTuple):
    """What stood as of an audit."""

    audit: int
    as_of: date
    sites: int
    complete: int
    """How many sites had all five ones."""
    mean_score: float | None
    opened: int
    """How many problems it recorded."""
    closed: int
    """How many times one was struck off since the audit before."""
    open: int
    overdue: int


class Trend(NamedTuple):
    """The audits in order, of all sites or of a city."""

    city: str | None
    points: list[TrendPoint]


class TrendScope(NamedTuple):
    """What is counted: sites of these ids and of these cities, as the ledger has them; empty is all."""

    ids: Collection[str] = ()
    cities: Collection[str] = ()
    with_advice: bool = True
    """Whether advice counts as problems do."""

    def of_sites(self) -> list[ColumnElement[bool]]:
        """Tell the database which sites."""
        pairs = (sites.c.code, self.ids), (sites.c.city, self.cities)
        return [column.in_(values) for column, values in pairs if values]

    def of_problems(self) -> list[ColumnElement[bool]]:
        """Tell the database which problems."""
        advice = [] if self.with_advice else [rules.c.severity != Severity.INFO.value]
        return [*self.of_sites(), *advice]


EVERYTHING = TrendScope()


class _Happened(NamedTuple):
    """An event as far as a trend has a say in it."""

    kind: str
    day: date
    state: str
    due: date | None
    audit_id: int | None


class _Counts:
    """What is counted of a group of sites, for each audit."""

    def __init__(self, number: int) -> None:
        self.opened, self.closed, self.open, self.overdue = ([0] * number for _column in range(4))


def trend(connection: Connection, scope: TrendScope = EVERYTHING, *, by_city: bool = False) -> list[Trend]:
    """Return the trend of all sites, or one for each city; the name of a city that is not given is empty."""
    listed = list_audits(connection)
    counts = _count_problems(connection, scope, listed, by_city=by_city)
    judged = _judged(connection, scope, by_city=by_city)
    cities = sorted({city for city, _audit in judged} | counts.keys(), key=city_place) if by_city else [""]
    trends = []
    for city in cities:
        of_city = counts.get(city) or _Counts(len(listed))
        points = []
        for index, audit in enumerate(listed):
            number, complete, mean = judged.get((city, audit.number), (0, 0, None))
            columns = (of_city.opened, of_city.closed, of_city.open, of_city.overdue)
            told = (column[index] for column in columns)
            points.append(TrendPoint(audit.number, audit.as_of, number, complete, mean, *told))
        trends.append(Trend(city if by_city else None, points))
    return trends


def _judged(
    connection: Connection, scope: TrendScope, *, by_city: bool
) -> dict[tuple[str, int], tuple[int, int, float | None]]:
    """Return by city and audit: the sites, those with all five ones, and the mean score."""
    query = (
        select(
            sites.c.city,
            outcomes.c.audit_id,
            results.c.statuses,
            func.count(),
            func.count(results.c.score),
            func.sum(results.c.score),
        )
        .select_from(outcomes)
        .join(sites)
        .join(results, results.c.id == outcomes.c.result_id)
        .where(*scope.of_sites())
        .group_by(sites.c.city, outcomes.c.audit_id, results.c.statuses)
    )
    sums: dict[tuple[str, int], list[float]] = defaultdict(lambda: [0, 0, 0, 0])
    for city, audit, statuses, number, scored, score in connection.execute(query):
        of_group = sums[(city or "") if by_city else "", audit]
        for index, value in enumerate((number, number if statuses == ALL_COMPLETE else 0, scored, score or 0)):
            of_group[index] += value
    return {
        key: (int(number), int(complete), score / scored if scored else None)
        for key, (number, complete, scored, score) in sums.items()
    }


def _count_problems(
    connection: Connection, scope: TrendScope, listed: Sequence[Audit], *, by_city: bool
) -> dict[str, _Counts]:
    """Go through the events of every problem once; the same happened to most, which is then counted once for all."""
    columns = ("problem_id", *_Happened._fields)
    query = (
        select(*(events.c[name] for name in columns), sites.c.city)
        .join_from(events, problems, problems.c.id == events.c.problem_id)
        .join(sites)
        .join(rules, and_(rules.c.standard_id == problems.c.standard_id, rules.c.id == problems.c.rule))
        .where(*scope.of_problems())
        .order_by(events.c.problem_id, events.c.sequence)
    )
    alike: Counter[tuple[str, tuple[_Happened, ...]]] = Counter()
    for _problem, rows in groupby(connection.execute(query), itemgetter(0)):
        of_problem = list(rows)
        city = (of_problem[0][-1] or "") if by_city else ""
        alike[city, tuple([_Happened(*row[1:-1]) for row in of_problem])] += 1
    counts: dict[str, _Counts] = defaultdict(lambda: _Counts(len(listed)))
    for (city, happened), number in alike.items():
        _count(happened, number, listed, counts[city])
    return counts


def _count(happened: Sequence[_Happened], number: int, listed: Sequence[Audit], counts: _Counts) -> None:
    """Count so many problems to which the same happened."""
    for index, audit in enumerate(listed):
        counted = [row for row in happened if _is_by(row, audit)]
        if not counted:
            continue
        last = counted[-1]
        counts.opened[index] += number * (happened[0].audit_id == audit.number)
        since = listed[index - 1].as_of if index else date.min
        counts.closed[index] += number * sum(row.kind == EventKind.CLOSED and row.day > since for row in counted)
        is_open = last.state != State.CLOSED
        counts.open[index] += number * is_open
        is_late = last.due is not None and last.due < audit.as_of and last.state in (State.PENDING, State.IN_PROGRESS)
        counts.overdue[index] += number * is_late


def _is_by(row: _Happened, audit: Audit) -> bool:
    """Whether an event had happened when an audit was made: another audit before, or a move up to its day."""
    return row.day <= audit.as_of if row.audit_id is None else row.audit_id <= audit.number
