"""The version of a ledger: whether this pilot can use it, and how it is brought up to date."""

from enum import Enum, auto
from pathlib import Path

from sqlalchemy import Connection, inspect

MIGRATIONS = Path(__file__).with_name("migrations")
VERSIONS = ("0001", "0002")
"""The versions of the schema, the oldest first."""
VERSION_TABLE = "alembic_version"


class Fitness(Enum):
    """How a database stands to what this pilot expects."""

    EMPTY = auto()
    OLD = auto()
    CURRENT = auto()
    NEW = auto()
    FOREIGN = auto()


def version_of(connection: Connection) -> str | None:
    """Tell the version of a ledger; None where there is none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version: str | None = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()
    return version


def fitness(connection: Connection) -> Fitness:
    """Tell whether a database is a ledger, and of which version."""
    version = version_of(connection)
    tables = set(inspect(connection).get_table_names())
    if version is None:
        return Fitness.FOREIGN if tables - {VERSION_TABLE} else Fitness.EMPTY
    if version not in VERSIONS:
        # Some other program may keep its versions in the same way.
        return Fitness.NEW if {"audits", "problems", "events"} <= tables else Fitness.FOREIGN
    return Fitness.CURRENT if version == VERSIONS[-1] else Fitness.OLD


def upgrade(connection: Connection, version: str = "head", folder: Path = MIGRATIONS) -> None:
    """Make the tables, or bring them up to date, in the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    command.upgrade(config, version)
