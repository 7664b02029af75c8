"""Problems of rules over periods: a period that was missed stays missed, and the periods after it are watched.

How many periods in a row were kept since the last one that was missed is known from what the ledger has seen missed, so
that nothing is gained by records that are made up later.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from pilot_cli.ledger.tables import audits, outcomes, problems, results, rules
from pilot_cli.standard.periods import parse_period, whole_periods

DEFAULT_PERIODS_TO_CLOSE = 3
FEW_SITES = 500
"""Up to so many are named when the database is asked."""


class Watched(NamedTuple):
    """A rule over periods at a site."""

    site: int
    rule: str


def periods_kept(missed: str, as_of: date) -> int:
    """Return how many whole periods there are after one that was missed, up to a day."""
    number, period = parse_period(missed)
    return max(whole_periods(date.min, as_of, period).stop - number - 1, 0)


def kept_since(connection: Connection, watched: Iterable[Watched]) -> dict[Watched, int]:
    """Return of rules at sites how many periods in a row were kept, as of the last audit that judged them."""
    wanted = set(watched)
    if not wanted:
        return {}
    names = {one.rule for one in wanted}
    last_missed = (
        select(problems.c.site_id, problems.c.rule, func.max(problems.c.subject))
        .where(problems.c.is_watched, problems.c.rule.in_(names))
        .group_by(problems.c.site_id, problems.c.rule)
    )
    missed = {Watched(site, rule): subject for site, rule, subject in connection.execute(last_missed)}
    sites = {one.site for one in wanted}
    judged = {rule: _last_judged(connection, rule, sites) for rule in names}
    return {
        one: periods_kept(missed[one], judged[one.rule][one.site])
        for one in wanted
        if one in missed and one.site in judged[one.rule]
    }


def _last_judged(connection: Connection, rule: str, sites: set[int]) -> dict[int, date]:
    """Return by site the day of the last audit in which a rule was judged; of all sites where many are asked for."""
    query = (
        select(outcomes.c.site_id, func.max(audits.c.as_of).label("day"))
        .join_from(outcomes, audits)
        .join(results, results.c.id == outcomes.c.result_id)
        .join(rules, (rules.c.standard_id == audits.c.standard_id) & (rules.c.id == rule))
        .where(("," + results.c.unjudged + ",").not_like(f"%,{rule},%"))
        .group_by(outcomes.c.site_id)
    )
    if len(sites) <= FEW_SITES:
        query = query.where(outcomes.c.site_id.in_(sites))
    return {row.site_id: row.day for row in connection.execute(query)}
