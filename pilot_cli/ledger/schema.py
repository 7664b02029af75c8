"""The version of a ledger: whether this pilot can use it, and how it is brought up to date."""

from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, inspect

MIGRATIONS = Path(__file__).with_name("migrations")
VERSIONS = ("0001", "0002", "0003")
"""The versions of the schema, the oldest first."""
VERSION_TABLE = "alembic_version"
OWN_TABLES = ("audits", "problems", "events")
"""By these a ledger is known."""


class Fitness(Enum):
    """How a database stands to what this pilot expects."""

    EMPTY = auto()
    OLD = auto()
    CURRENT = auto()
    NEW = auto()
    FOREIGN = auto()


class Found(NamedTuple):
    """What a database turned out to be."""

    fitness: Fitness
    version: str | None
    """Of the tables, where there are any of a ledger."""


def look_at(connection: Connection) -> Found:
    """Tell whether a database is a ledger, and of which version."""
    tables = set(inspect(connection).get_table_names())
    if not tables - {VERSION_TABLE}:
        return Found(Fitness.EMPTY, None)
    # Some other program may keep its versions in the same way.
    if VERSION_TABLE not in tables or not tables.issuperset(OWN_TABLES):
        return Found(Fitness.FOREIGN, None)
    version = str(connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar())
    if version not in VERSIONS:
        return Found(Fitness.NEW, version)
    return Found(Fitness.CURRENT if version == VERSIONS[-1] else Fitness.OLD, version)


def upgrade(connection: Connection, version: str = "head", folder: Path = MIGRATIONS) -> None:
    """Make the tables, or bring them up to date, in the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    command.upgrade(config, version)
