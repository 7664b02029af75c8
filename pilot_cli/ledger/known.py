"""What the ledger knows before an audit is recorded, or another ledger is merged into it."""

from collections import defaultdict
from itertools import count
from typing import NamedTuple

from sqlalchemy import Column, Connection, func, select

from pilot_cli.ledger.follow import KnownProblem
from pilot_cli.ledger.lines import EventIdentity, ProblemName
from pilot_cli.ledger.numbers import ProblemNumber
from pilot_cli.ledger.outcome import SiteProfile
from pilot_cli.ledger.states import EventKind, State
from pilot_cli.ledger.tables import audits, events, problems, results, sites


class KnownSite(NamedTuple):
    """A site that some audit has seen."""

    id: int
    profile: SiteProfile
    result: int
    """The latest result."""
    fingerprint: bytes


def known_sites(connection: Connection) -> dict[str, KnownSite]:
    """Return all sites by the id that their files give."""
    latest = select(func.max(results.c.id)).group_by(results.c.site_id)
    columns = (sites.c.id, results.c.id, results.c.fingerprint, *(sites.c[name] for name in SiteProfile._fields))
    query = select(*columns).join_from(sites, results).where(results.c.id.in_(latest))
    return {
        profile[0]: KnownSite(id, SiteProfile(*profile), result, bytes(fingerprint))
        for id, result, fingerprint, *profile in connection.execute(query)
    }


def known_problems(connection: Connection) -> dict[int, list[KnownProblem]]:
    """Return all problems by site, the earliest first."""
    columns = ("id", "rule", "subject", "state", "is_watched", "moved_on", "owner", "due", "version")
    texts = (problems.c.found_zh, problems.c.found_en)
    query = select(problems.c.site_id, *(problems.c[name] for name in columns), *texts).order_by(problems.c.id)
    known: dict[int, list[KnownProblem]] = defaultdict(list)
    for site, id, rule, subject, state, *others in connection.execute(query):
        known[site].append(KnownProblem(id, rule, subject, State(state), *others))
    return known


class NamedProblem(NamedTuple):
    """A problem as far as another ledger may have it too."""

    id: int
    number: ProblemNumber
    version: int
    is_open: bool
    happened: list[EventIdentity]
    """All that happened to it, but that it got another number."""


def named_problems(connection: Connection) -> dict[ProblemName, NamedProblem]:
    """Return all problems by the names that they have in every ledger."""
    happened: dict[int, list[EventIdentity]] = defaultdict(list)
    told = select(events.c.problem_id, *(events.c[name] for name in EventIdentity._fields))
    told = told.where(events.c.kind != EventKind.RENUMBERED.value).order_by(events.c.problem_id, events.c.sequence)
    for id, kind, *others in connection.execute(told):
        happened[id].append(EventIdentity(EventKind(kind), *others))
    columns = (audits.c.key, sites.c.code, problems.c.rule, problems.c.subject)
    query = select(*columns, *(problems.c[name] for name in ("id", "year", "number", "version", "state")))
    return {
        ProblemName(*name): NamedProblem(
            id, ProblemNumber(year, number), version, state != State.CLOSED.value, happened[id]
        )
        for *name, id, year, number, version, state in connection.execute(
            query.select_from(problems).join(audits).join(sites)
        )
    }


def free_numbers(connection: Connection, column: Column[int]) -> "count[int]":
    """Count from the first number on that is above all of a column."""
    return count((connection.execute(select(func.max(column))).scalar() or 0) + 1)
