"""Opens a ledger: every command is one transaction, and who writes does so alone."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from pilot_cli.ledger import schema
from pilot_cli.ledger.faults import RECORD, UPGRADE, LedgerError, explaining, unusable
from pilot_cli.ledger.location import Location, is_on_network
from pilot_cli.ledger.schema import Fitness
from pilot_cli.locale.message import Message, message

APPLICATION_ID = 0x50494C54
"""By which a file of SQLite is known as a ledger of pilot: PILT."""
BUSY_TIMEOUT_SECONDS = 30
MAX_ROWS_AT_ONCE = 200
"""How many rows one command inserts; with more nothing gets quicker."""
Row = dict[str, Any]
_CANNOT_WRITE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
"""How SQLite says that it cannot make the files that it wants beside a file."""


class Ledger:
    """A ledger that is open; close it, for pilot ends without tidying up."""

    def __init__(self, location: Location) -> None:
        self.location = location
        self.is_on_network = location.file is not None and is_on_network(location.file.parent)
        """Then it is kept with a rollback journal."""

    @property
    def exists(self) -> bool:
        """Whether there is a file; a server is asked when there is something to ask."""
        file = self.location.file
        return file is None or (file.exists() and (not file.is_file() or file.stat().st_size > 0))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read, as it is at one moment.

        Raises:
            LedgerError: there is none, or it cannot be read.
        """
        if not self.exists:
            raise self._absent()
        with explaining(self.location), self._connect(writes=False) as connection:
            self._refuse_unfit(connection)
            yield connection

    @contextmanager
    def writing(self, *, creates: bool = False) -> Iterator[Connection]:
        """Read and write, alone; all that is written is kept at the end, or nothing.

        Raises:
            LedgerError: there is none, and none is to be made here, or it cannot be written.
        """
        if not (self.exists or creates):
            raise self._absent()
        with explaining(self.location), self._connect(writes=True) as connection:
            if creates and self.location.file and schema.look_at(connection).fitness is Fitness.EMPTY:
                self._create(connection)
            self._refuse_unfit(connection)
            yield connection

    def upgrade(self) -> Path | str | None:
        """Make the tables, or bring them up to date; a file is copied before.

        Returns:
            The copy, or the earlier version of a server's; None where nothing was to be done.

        Raises:
            LedgerError: it cannot be upgraded.
        """
        with explaining(self.location), self._connect(writes=True) as connection:
            found, version = schema.look_at(connection)
            if found in (Fitness.FOREIGN, Fitness.NEW):
                self._refuse_unfit(connection)
            if found is Fitness.CURRENT:
                return None
            copy: Path | str = version or ""
            if self.location.file and version:
                copy = _copy(self.location.file, version)
            self._create(connection)
        return copy

    def _create(self, connection: Connection) -> None:
        schema.upgrade(connection)
        if self.location.file:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")

    def _absent(self) -> LedgerError:
        why = message("there is none yet; {command} begins one", command=RECORD)
        return unusable(self.location, why)

    def _refuse_unfit(self, connection: Connection) -> None:
        why: dict[Fitness, Message] = {
            Fitness.OLD: message("it comes from an earlier version of pilot; run {command} first", command=UPGRADE),
            Fitness.NEW: message("it comes from a later version of pilot; install that version"),
            Fitness.FOREIGN: message("it is no ledger of pilot; name the right file with --ledger"),
        }
        found = schema.look_at(connection).fitness
        if found is Fitness.EMPTY:
            command = RECORD if self.location.file else UPGRADE
            raise unusable(self.location, message("there is none yet; {command} begins one", command=command))
        if found in why:
            raise unusable(self.location, why[found])

    @contextmanager
    def _connect(self, *, writes: bool) -> Iterator[Connection]:
        engine = self._file_engine(self.location.file, writes) if self.location.file else self._server_engine(writes)
        try:
            with engine.begin() as connection:
                yield connection
        finally:
            engine.dispose()

    def _file_engine(self, file: Path, writes: bool) -> Engine:
        if file.is_dir():
            raise unusable(self.location, message("it is a folder"))
        if writes and not file.parent.is_dir():
            raise unusable(self.location, message("there is no folder {folder}", folder=str(file.parent)))
        journal = "delete" if self.is_on_network else "wal"

        def connect() -> sqlite3.Connection:
            return open_to_write(file, journal) if writes else open_to_read(file)

        engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

        return engine

    def _server_engine(self, writes: bool) -> Engine:
        try:
            engine = create_engine(
                self.location.url or "",
                poolclass=NullPool,
                connect_args={"connect_timeout": BUSY_TIMEOUT_SECONDS, "application_name": "pilot"},
            )
        except ModuleNotFoundError as error:
            why = message("the driver for PostgreSQL is missing; install it with: pip install 'psycopg[binary]'")
            raise unusable(self.location, why) from error

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            if writes:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_TIMEOUT_SECONDS}s'")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION_ID})")
            else:
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

        return engine


def open_to_write(file: Path, journal: str) -> sqlite3.Connection:
    """Open a file of SQLite, or begin one, to be kept with a kind of journal."""
    connection = _open(file, "mode=rwc")
    if _is_ours(connection) and connection.execute("PRAGMA journal_mode").fetchone()[0] != journal:
        connection.execute(f"PRAGMA journal_mode = {journal}")
    return connection


def open_to_read(file: Path) -> sqlite3.Connection:
    """Open a SQLite file for reading only, even in a folder where nothing can be written.

    SQLite wants to write beside it even then, unless it is told that nobody else does; its own journal tells of that.
    """
    connection = _open(file, "mode=rw")
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as error:
        connection.close()
        journal = file.with_name(f"{file.name}-wal")
        if error.sqlite_errorcode & 0xFF not in _CANNOT_WRITE or (journal.exists() and journal.stat().st_size):
            raise
        connection = _open(file, "mode=ro&immutable=1")
    return connection


def _open(file: Path, options: str) -> sqlite3.Connection:
    path = quote(os.path.abspath(file).replace(os.sep, "/"))
    uri = f"file://{'' if path.startswith('/') else '/'}{path}?{options}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Whether a file is a ledger, or empty; what belongs to others is left as it is."""
    if connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID:
        return True
    return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0)


def _copy(file: Path, version: str) -> Path:
    """Copy a ledger beside itself, whatever its journal still holds."""
    names = (file.with_name(f"{file.stem}-{version}{number}{file.suffix}") for number in ("", *range(2, 1000)))
    copy = next(name for name in names if not name.exists())
    with closing(sqlite3.connect(copy)) as target, closing(open_to_read(file)) as source:
        source.backup(target)
    return copy


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns in the same order."""
    if not rows:
        return
    names = list(rows[0])
    columns = zip(*map(dict.values, rows), strict=True)
    made = [_made(connection, table, name, values) for name, values in zip(names, columns, strict=True)]
    insert = _copy_rows if connection.dialect.name == "postgresql" else _insert_many
    insert(connection, table.name, names, zip(*made, strict=True))


def _made(connection: Connection, table: Table, name: str, values: Sequence[Any]) -> Sequence[Any]:
    """Make of values what the database takes; days and the like, of which there are few, once each."""
    process = table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    if process is None:
        return values
    try:
        made = {value: process(value) for value in set(values) - {None}}
    except TypeError:
        return [None if value is None else process(value) for value in values]
    return [made.get(value) for value in values]


def _insert_many(connection: Connection, table: str, names: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    """Insert many rows at a time, as SQLite makes ready anew for each command what its constraints compare with."""
    driver: Any = connection.connection.driver_connection
    at_once = min(MAX_ROWS_AT_ONCE, driver.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER) // len(names))
    places = f"({', '.join('?' * len(names))})"
    while batch := list(islice(rows, at_once)):
        command = f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join([places] * len(batch))}"
        connection.exec_driver_sql(command, tuple(chain.from_iterable(batch)))


def _copy_rows(connection: Connection, table: str, names: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    """Insert in the way of PostgreSQL for many rows, which takes a fifth of the time.

    Raises:
        DBAPIError: the database refuses them; SQLAlchemy would make it, if it did this.
    """
    import psycopg
    from psycopg.sql import SQL, Identifier

    command = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), SQL(", ").join(map(Identifier, names)))
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(command) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        raise DBAPIError.instance(f"COPY {table}", None, error, psycopg.Error) from error
