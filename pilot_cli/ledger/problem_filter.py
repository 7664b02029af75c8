"""Which problems of the ledger are meant."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, and_, select

from pilot_cli.audit.filter import id_key, place_key
from pilot_cli.ledger.faults import LedgerError
from pilot_cli.ledger.states import OPEN, State
from pilot_cli.ledger.tables import problems, sites
from pilot_cli.locale.message import message
from pilot_cli.site.texts import plain

NO_SUCH_SITE = message("no such site is in the ledger; pilot ledger show lists them")


class ProblemFilter(NamedTuple):
    """Which problems are wanted; what is empty or None says nothing."""

    as_of: date
    """By this day it is judged what is overdue."""
    states: Sequence[State] = ()
    """Without any: those that are not struck off."""
    is_overdue: bool = False
    is_rebound: bool = False
    sites: Sequence[str] = ()
    cities: Sequence[str] = ()
    owners: Sequence[str] = ()
    due_before: date | None = None

    def as_stored(self, connection: Connection) -> "ProblemFilter":
        """Name sites, cities and owners as the ledger does, however people write them.

        Raises:
            LedgerError: it has no such site, or none in such a city.
        """
        ids = _stored(connection, sites.c.code, self.sites, id_key)
        cities = _stored(connection, sites.c.city, self.cities, place_key)
        if (self.sites and not ids) or (self.cities and not cities):
            raise LedgerError(NO_SUCH_SITE)
        owners = _stored(connection, problems.c.owner, self.owners, plain)
        return self._replace(sites=ids, cities=cities, owners=owners or self.owners)

    def conditions(self) -> list[ColumnElement[bool]]:
        """Say the same to the database."""
        wanted: list[ColumnElement[bool]] = [problems.c.state.in_([state.value for state in self.states or OPEN])]
        if self.is_overdue:
            wanted.append(overdue(self.as_of))
        if self.is_rebound:
            wanted.append(problems.c.rebound_of.is_not(None))
        if self.due_before:
            wanted.append(problems.c.due < self.due_before)
        for column, values in (
            (sites.c.code, self.sites),
            (sites.c.city, self.cities),
            (problems.c.owner, self.owners),
        ):
            if values:
                wanted.append(column.in_(values))
        return wanted


def _stored(
    connection: Connection, column: Column[Any], written: Sequence[str], key: Callable[[str], str]
) -> list[str]:
    """Return the values of a column that are meant by some that people wrote."""
    if not written:
        return []
    meant = set(map(key, written))
    return [value for value in connection.scalars(select(column).distinct()) if value and key(value) in meant]


def overdue(as_of: date) -> ColumnElement[bool]:
    """Whether a problem is not put right although its deadline is past: nothing that is stored."""
    return and_(problems.c.state.in_([State.PENDING.value, State.IN_PROGRESS.value]), problems.c.due < as_of)
