"""The same tests for ledgers in a file of SQLite and in a database of PostgreSQL."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pilot_cli.ledger.connection import Ledger
from pilot_cli.ledger.location import parse_location
from tests.ledger.postgres import TEMPLATE, Server, UnavailableError, run_server

NewPlace = Callable[[], str]
"""Makes an empty ledger, and returns its file or address."""


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server with a database that is a copy of no ledger, and one that is an empty ledger."""
    try:
        with run_server() as started:
            started.execute(f"CREATE DATABASE {TEMPLATE}")
            Ledger(parse_location(started.url(TEMPLATE))).upgrade()
            yield started
    except UnavailableError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with an empty ledger."""
    file = tmp_path_factory.mktemp("empty") / "pilot-ledger.db"
    with Ledger(parse_location(str(file))).writing(creates=True):
        pass
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path, empty_file: Path) -> NewPlace:
    """Makes empty ledgers of either kind."""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("server")
        return lambda: server.new_database(TEMPLATE)

    def copy() -> str:
        file = tmp_path / f"ledger-{len(list(tmp_path.iterdir()))}.db"
        shutil.copyfile(empty_file, file)
        return str(file)

    return copy


@pytest.fixture
def place(new_place: NewPlace) -> str:
    """An empty ledger of either kind."""
    return new_place()


@pytest.fixture
def ledger(place: str) -> Ledger:
    """An empty ledger of either kind, open."""
    return Ledger(parse_location(place))
