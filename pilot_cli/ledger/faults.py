"""Says why a database cannot do what is asked, in the user's language; what pilot itself does wrong passes."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from pilot_cli.errors import OperationalError
from pilot_cli.ledger.location import Location
from pilot_cli.locale import N_
from pilot_cli.locale.message import Message, message

UPGRADE = "pilot ledger upgrade"
RECORD = "pilot ledger record"


class LedgerError(OperationalError):
    """A ledger cannot be used, or not as is asked."""


_SQLITE = {
    "SQLITE_BUSY": N_("another program has locked it for more than 30 seconds; try again when that has finished"),
    "SQLITE_LOCKED": N_("another program has locked it for more than 30 seconds; try again when that has finished"),
    "SQLITE_FULL": N_("no space is left on the disk"),
    "SQLITE_READONLY": N_("nothing can be written to it; change the permissions of file and folder"),
    "SQLITE_CANTOPEN": N_("the file cannot be opened; look at the permissions of file and folder"),
    "SQLITE_PERM": N_("permission was denied"),
    "SQLITE_NOTADB": N_("it is no ledger of pilot; name the right file with --ledger"),
    "SQLITE_CORRUPT": N_("the file is damaged or cut short; put a backup in its place"),
    # SQLite says no more where there is no space for what it keeps beside the file.
    "SQLITE_IOERR": N_("no space is left on the disk, or the disk or network drive has an error"),
    "SQLITE_PROTOCOL": N_("another program has locked it for more than 30 seconds; try again when that has finished"),
}
_POSTGRESQL = {
    "28": N_("the server does not accept the user or the password"),
    "3D": N_("the server has no such database"),
    "53": N_("the server has no space or too many connections"),
    "42501": N_("the user may not do this in the database"),
    "55P03": N_("another program has locked it for more than 30 seconds; try again when that has finished"),
    "40": N_("another program changed it at the same moment; try again"),
    "57": N_("the server is shutting down or ended the connection"),
    "25006": N_("nothing can be written to it"),
    "08": N_("the server cannot be reached"),
}
"""By SQLSTATE, or the two characters of its class."""


@contextmanager
def explaining(location: Location) -> Iterator[None]:
    """Explain errors of the database.

    Raises:
        LedgerError: it is something that the user can do something about.
    """
    try:
        yield
    except DBAPIError as error:
        reason = _reason(error.orig)
        if reason is None:
            raise
        raise unusable(location, reason) from error
    except sqlite3.Error as error:
        reason = _reason(error)
        if reason is None:
            raise
        raise unusable(location, reason) from error


def unusable(location: Location, why: Message | str) -> LedgerError:
    """Make the error of a ledger that cannot be used."""
    return LedgerError(message("The ledger {location}: {why}", location=str(location), why=why))


def _reason(error: BaseException | None) -> Message | None:
    if isinstance(error, sqlite3.Error):
        name = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
        return message(_SQLITE[name]) if name in _SQLITE else None
    state = getattr(error, "sqlstate", None)
    if state is None:
        # Nobody has answered yet.
        return message(_POSTGRESQL["08"]) if type(error).__name__ == "OperationalError" else None
    known = _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])
    return message(known) if known else None
