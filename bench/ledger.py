"""What the ledger of rectification costs: recording beside checking, asking for problems, and bytes a site an audit.

Twelve audits of 30,000 sites, of which a tenth changes each time, in a file of SQLite and in a PostgreSQL database that
is started for it. The goals: recording takes at most 1.3 times the processor time of `pilot check` on the same sites,
problems are listed by any filter in less than a second after the start, and an audit takes less than 500 bytes a site.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

from cost import PILOT, cost, machine
from sites import AS_OF, CITIES, make_sites, site_file

sys.path.insert(0, str(Path(__file__).parents[1]))

from pilot_cli.ledger.audits import list_audits
from pilot_cli.ledger.comparison import compare
from pilot_cli.ledger.connection import Ledger
from pilot_cli.ledger.dump import dump
from pilot_cli.ledger.location import parse_location
from pilot_cli.ledger.problem_filter import ProblemFilter
from pilot_cli.ledger.problems import history, list_problems
from pilot_cli.ledger.states import State
from pilot_cli.ledger.trend import trend
from tests.ledger.postgres import TEMPLATE, UnavailableError, run_server

CHANGED = 0.1
SHOWN = 200
AUDITS = 12


def change_sites(folder: Path, number: int, random: Random) -> None:
    """Write some of the sites anew."""
    for index in random.sample(range(number), int(number * CHANGED)):
        city = CITIES[index * len(CITIES) // number]
        (folder / city / f"gd-{index:07}" / "site.toml").write_bytes(site_file(random, index, city))


@contextmanager
def places(folder: Path) -> Iterator[dict[str, str]]:
    """Make an empty ledger of each kind that there is."""
    found = {"SQLite": str(folder / "pilot-ledger.db")}
    try:
        with run_server() as server:
            server.execute(f"CREATE DATABASE {TEMPLATE}")
            Ledger(parse_location(server.url(TEMPLATE))).upgrade()
            yield {**found, "PostgreSQL": server.new_database(TEMPLATE)}
    except UnavailableError as error:
        print(f"without PostgreSQL: {error}")
        yield found


def size(place: str) -> int:
    """How many bytes a ledger takes."""
    location = parse_location(place)
    if location.file:
        return location.file.stat().st_size
    with Ledger(location).reading() as connection:
        return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())


def ask(name: str, place: str) -> None:
    """Ask a ledger for this and that, and say how long it takes."""
    day = AS_OF + timedelta(AUDITS)
    filters = {
        "open": ProblemFilter(day),
        "overdue": ProblemFilter(day, is_overdue=True),
        "of a city": ProblemFilter(day, cities=("广州市",)),
        "of a site": ProblemFilter(day, sites=("gd-0000100",)),
        "of an owner": ProblemFilter(day, owners=("乙",)),
        "due before": ProblemFilter(day, due_before=day),
        "struck off": ProblemFilter(day, (State.CLOSED,)),
        "all states": ProblemFilter(day, tuple(State)),
    }
    with Ledger(parse_location(place)).reading() as connection:
        for label, filter in filters.items():
            start = time.perf_counter()
            listed = list_problems(connection, filter, SHOWN)
            print(f"{name:10} problems, {label:12} {listed.number:7}  {time.perf_counter() - start:6.2f} s")
        actions: dict[str, Callable[[], object]] = {
            "every open problem": lambda: list_problems(connection, filters["open"]),
            "one problem": lambda: history(connection, 1, day),
            "audits": lambda: list_audits(connection),
            "compare": lambda: compare(connection, *list_audits(connection)[-2:]),
            "trend": lambda: trend(connection),
            "dump": lambda: sum(map(len, dump(connection))),
        }
        for label, action in actions.items():
            start = time.perf_counter()
            action()
            print(f"{name:10} {label:30}  {time.perf_counter() - start:6.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=30_000)
    parser.add_argument("--audits", type=int, default=AUDITS)
    options = parser.parse_args()
    random = Random(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "sites")
        folder.mkdir()
        make_sites(folder, options.sites)
        print(f"{machine()}\n{options.sites} sites, {options.audits} audits")
        with places(Path(name)) as found:
            empty = {kind: 0 if kind == "SQLite" else size(place) for kind, place in found.items()}
            ratios: dict[str, list[float]] = {kind: [] for kind in found}
            for number in range(options.audits):
                common = [str(folder), "--as-of", (AS_OF + timedelta(number)).isoformat()]
                check = cost([*PILOT, "check", *common, "--fail-on", "never"])
                for kind, place in found.items():
                    run = cost([*PILOT, "ledger", "record", *common, "--ledger", place, "--by", "bench"])
                    ratios[kind].append(run.cpu_seconds / check.cpu_seconds)
                    told = f"{run.cpu_seconds:6.1f} s  {ratios[kind][-1]:5.2f} × check ({check.cpu_seconds:.1f} s)"
                    print(f"{kind:10} audit {number + 1:2}  {told}  {run.megabytes:5.0f} MB")
                change_sites(folder, options.sites, random)
            for kind, place in found.items():
                bytes_each = (size(place) - empty[kind]) / options.sites / options.audits
                print(
                    f"{kind:10} {bytes_each:.0f} bytes a site an audit, {statistics.median(ratios[kind]):.2f} × check"
                )
                ask(kind, place)


if __name__ == "__main__":
    main()
