"""What the ledger knows before an audit is recorded."""

from collections import defaultdict
from itertools import count
from typing import NamedTuple

from sqlalchemy import Column, Connection, func, select

from pilot_cli.ledger.follow import KnownProblem
from pilot_cli.ledger.outcome import SiteProfile
from pilot_cli.ledger.states import State
from pilot_cli.ledger.tables import problems, results, sites


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


def free_numbers(connection: Connection, column: Column[int]) -> "count[int]":
    """Count from the first number on that is above all of a column."""
    return count((connection.execute(select(func.max(column))).scalar() or 0) + 1)
