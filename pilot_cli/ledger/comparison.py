"""Asks the ledger what changed from one audit to another: sites, their scores, and problems."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from pilot_cli.ledger.audits import Audit, Change, SiteChange, site_changes, site_outcomes
from pilot_cli.ledger.numbers import ProblemNumber
from pilot_cli.ledger.states import EventKind
from pilot_cli.ledger.tables import events, problems, sites
from pilot_cli.ledger.trend import TrendPoint, trend


class CityChange(NamedTuple):
    """What changed in a city."""

    city: str
    """Empty where it is not given."""
    sites: Counter[Change]
    new: int
    closed: int
    before: TrendPoint
    after: TrendPoint


@dataclass(frozen=True)
class Comparison:
    """What changed from one audit to a later one."""

    before: Audit
    after: Audit
    sites: list[SiteChange]
    new: list[ProblemNumber]
    """The problems that were found first in between, or by the later audit."""
    rebounded: list[ProblemNumber]
    """Those of them that had been struck off."""
    closed: list[ProblemNumber]
    """Those that were struck off after the day of the earlier audit and by that of the later."""
    cities: list[CityChange]
    """In their official order."""

    @property
    def open_before(self) -> int:
        """How many problems were open as of the earlier audit."""
        return sum(city.before.open for city in self.cities)

    @property
    def open_after(self) -> int:
        """How many problems were open as of the later audit."""
        return sum(city.after.open for city in self.cities)


class _Located(NamedTuple):
    """A problem, and in which city it is."""

    number: ProblemNumber
    city: str


def compare(connection: Connection, before: Audit, after: Audit) -> Comparison:
    """Say what changed from one audit to another."""
    first = (before.number < problems.c.first_audit_id, problems.c.first_audit_id <= after.number)
    closings = (
        select(events.c.problem_id)
        .where(events.c.kind == EventKind.CLOSED.value)
        .where(events.c.day > before.as_of, events.c.day <= after.as_of)
    )
    new, closed = _ask(connection, *first), _ask(connection, problems.c.id.in_(closings))
    rebounded = _ask(connection, *first, problems.c.rebound_of.is_not(None))
    changes = list(site_changes(site_outcomes(connection, before.number), site_outcomes(connection, after.number)))
    of_sites: dict[str, Counter[Change]] = defaultdict(Counter)
    for site in changes:
        of_sites[site.city or ""][site.change] += 1
    newly, off = (Counter(one.city for one in listed) for listed in (new, closed))
    cities = []
    for of_city in trend(connection, by_city=True):
        city, points = of_city.city or "", {point.audit: point for point in of_city.points}
        ends = points[before.number], points[after.number]
        cities.append(CityChange(city, of_sites[city], newly[city], off[city], *ends))
    return Comparison(before, after, changes, _numbers(new), _numbers(rebounded), _numbers(closed), cities)


def _numbers(listed: list[_Located]) -> list[ProblemNumber]:
    return [one.number for one in listed]


def _ask(connection: Connection, *conditions: ColumnElement[bool]) -> list[_Located]:
    """Return the problems that fit, in the order of their numbers."""
    query = select(problems.c.year, problems.c.number, sites.c.city).join_from(problems, sites).where(*conditions)
    rows = connection.execute(query.order_by(problems.c.year, problems.c.number))
    return [_Located(ProblemNumber(year, number), city or "") for year, number, city in rows]
