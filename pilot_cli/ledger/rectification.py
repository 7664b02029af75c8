"""Asks the ledger for all that documents on rectification say: sites as the last audit saw them, and their problems."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import Connection, select

from pilot_cli.audit.filter import id_key, place_key
from pilot_cli.audit.order import city_place, name_place
from pilot_cli.ledger.audits import ALL_COMPLETE, Audit, SiteOutcome, find_audit, list_audits, site_outcomes
from pilot_cli.ledger.faults import LedgerError
from pilot_cli.ledger.problem_filter import NO_SUCH_SITE, ProblemFilter
from pilot_cli.ledger.problems import Problem, list_problems
from pilot_cli.ledger.standing import ProblemTally
from pilot_cli.ledger.states import State
from pilot_cli.ledger.tables import sites
from pilot_cli.ledger.trend import Trend, TrendScope, trend
from pilot_cli.site.rule_info import Severity


class SiteChoice(NamedTuple):
    """Which sites a document is about: all that fit, by id and by city as people write them; empty is all."""

    ids: Sequence[str] = ()
    cities: Sequence[str] = ()

    def fits(self, id: str, city: str | None) -> bool:
        """Whether a site is one of them."""
        return (not self.ids or id_key(id) in set(map(id_key, self.ids))) and (
            not self.cities or place_key(city or "") in set(map(place_key, self.cities))
        )


class LedgerSite(NamedTuple):
    """A site of the ledger, with what was found there."""

    id: str
    name: str | None
    city: str | None
    organization: str | None
    branch: str | None
    superior: str | None
    """The Party organization above the branch."""
    outcome: SiteOutcome | None
    """What the last audit said of it; None where it was not part of that."""
    entries: tuple[Problem, ...]
    """Problems and advice, in the order of their numbers."""
    tally: ProblemTally

    @property
    def problems(self) -> list[Problem]:
        """What is to be put right, or was."""
        return [one for one in self.entries if one.severity is not Severity.INFO]

    @property
    def advice(self) -> list[Problem]:
        """What is only suggested."""
        return [one for one in self.entries if one.severity is Severity.INFO]


@dataclass(frozen=True)
class Rectification:
    """How far what was found has been put right, as of a day."""

    as_of: date
    audit: Audit
    """The last one."""
    sites: list[LedgerSite]
    """City by city in their official order."""
    trend: Trend
    """Over all audits, of these sites; problems without advice."""

    @cached_property
    def entries(self) -> list[Problem]:
        """The problems and advice of all sites, in the order of their numbers."""
        return sorted((one for site in self.sites for one in site.entries), key=lambda one: one.number)

    @cached_property
    def problems(self) -> list[Problem]:
        """The problems of all sites, without advice."""
        return [one for one in self.entries if one.severity is not Severity.INFO]

    @cached_property
    def tally(self) -> ProblemTally:
        """What the problems of all sites come to."""
        return ProblemTally(self.entries)


def by_city(listed: Iterable[LedgerSite]) -> dict[str, list[LedgerSite]]:
    """Put sites together by city, in the order of the sites; the name of a city that is not given is empty."""
    cities: dict[str, list[LedgerSite]] = {}
    for site in listed:
        cities.setdefault(site.city or "", []).append(site)
    return cities


def judged(listed: Iterable[LedgerSite]) -> list[SiteOutcome]:
    """Return what the last audit said of those of the sites that were part of it."""
    return [site.outcome for site in listed if site.outcome]


def all_complete(listed: Iterable[LedgerSite]) -> int:
    """How many of the sites have all five ones."""
    return sum(outcome.statuses == ALL_COMPLETE for outcome in judged(listed))


def mean_score(listed: Iterable[LedgerSite]) -> float | None:
    """The mean of the scores of the sites, where any has one."""
    scores = [outcome.score for outcome in judged(listed) if outcome.score is not None]
    return sum(scores) / len(scores) if scores else None


def read_rectification(connection: Connection, as_of: date, choice: SiteChoice) -> Rectification:
    """Ask for the sites that are meant, with all of their problems.

    Raises:
        LedgerError: there is no audit, or no such site.
    """
    audit = find_audit(list_audits(connection), None)
    outcomes = site_outcomes(connection, audit.number)
    entries: dict[str, list[Problem]] = defaultdict(list)
    for one in list_problems(connection, ProblemFilter(as_of, tuple(State))).problems:
        entries[one.site].append(one)
    columns = (sites.c.code, sites.c.name, sites.c.city, sites.c.organization, sites.c.branch, sites.c.superior)
    found = [
        LedgerSite(*row, outcomes.get(row.code), tuple(entries[row.code]), ProblemTally(entries[row.code]))
        for row in connection.execute(select(*columns))
        if choice.fits(row.code, row.city) and (row.code in outcomes or row.code in entries)
    ]
    if not found:
        raise LedgerError(NO_SUCH_SITE)
    found.sort(key=lambda site: (city_place(site.city), name_place(site.name), site.id))
    scope = TrendScope(
        [site.id for site in found] if choice.ids else (),
        {site.city or "" for site in found} if choice.cities else (),
        with_advice=False,
    )
    (of_them,) = trend(connection, scope)
    return Rectification(as_of, audit, found, of_them)
