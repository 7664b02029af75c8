"""Two programs at the same moment, and one that is killed: the ledger is as before or as after."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pilot_cli.ledger.connection import Ledger
from pilot_cli.ledger.dump import dump
from pilot_cli.ledger.problem_filter import ProblemFilter
from pilot_cli.ledger.problems import list_problems
from pilot_cli.ledger.states import State
from tests.commands.running import ROOT
from tests.ledger.making import FIRST_DAY, audit_of

RECORD = """
import sys
from datetime import date
from pilot_cli.ledger.connection import Ledger
from pilot_cli.ledger.location import parse_location
from tests.ledger.making import audit_of
place, first, number, day = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), date.fromisoformat(sys.argv[4])
found = {f"s-{index}": {("B003", ""), ("B005", ""), ("P004", "")} for index in range(first, first + number)}
print("ready", flush=True)
sys.stdin.readline()
recorded = audit_of(Ledger(parse_location(place)), found, day)
print(recorded.audit, recorded.new, flush=True)
"""
MOVE = """
import sys
from datetime import date
from pilot_cli.ledger.connection import Ledger
from pilot_cli.ledger.location import parse_location
from pilot_cli.ledger.moves import MoveRefusedError, Order, move
from pilot_cli.ledger.numbers import find_problems
from pilot_cli.ledger.states import EventKind
ledger = Ledger(parse_location(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(1, 31):
    for order in (
        Order(EventKind.ASSIGNED, date(2020, 11, 23), "甲", owner="乙", due=date(2020, 12, 8)),
        Order(EventKind.SUBMITTED, date(2020, 11, 23), "乙", progress="已整改"),
        Order(EventKind.CLOSED, date(2020, 11, 23), sys.argv[2], opinion="属实"),
    ):
        try:
            with ledger.writing() as connection:
                move(connection, find_problems(connection, [str(number)]), order)
        except MoveRefusedError as error:
            print("refused", flush=True)
print("done", flush=True)
"""
Process = subprocess.Popen[str]
TRIALS = int(os.environ.get("PILOT_TEST_EXAMPLES", "6"))
"""How many moments programs are killed at."""


def start(program: str, *arguments: object) -> Process:
    """Start a program, and return when it is about to write."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout and process.stdout.readline() == "ready\n"
    return process


def go(*processes: Process) -> list[str]:
    """Let programs write, and return what each says in the end."""
    for process in processes:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    return [process.communicate(timeout=120)[0] for process in processes]


def numbers(ledger: Ledger) -> list[int]:
    """The running numbers of all problems."""
    with ledger.reading() as connection:
        return [
            problem.number.number
            for problem in list_problems(connection, ProblemFilter(FIRST_DAY, tuple(State))).problems
        ]


def contents(ledger: Ledger) -> bytes:
    """All that a ledger says."""
    with ledger.reading() as connection:
        return b"".join(dump(connection))


def assert_whole(ledger: Ledger) -> None:
    """Every problem has as many events as its version says, and numbers have no gaps."""
    lines = [json.loads(line) for line in contents(ledger).splitlines()]
    problems = [line for line in lines if line.get("type") == "problem"]
    with ledger.reading() as connection:
        listed = list_problems(connection, ProblemFilter(FIRST_DAY, tuple(State))).problems
    assert [problem.version for problem in listed] == [len(problem["events"]) for problem in problems]
    assert [problem["state"] for problem in problems] == [problem["events"][-1]["state"] for problem in problems]
    assert [problem.number.number for problem in listed] == list(range(1, len(listed) + 1))


def test_two_record_at_once_and_numbers_have_no_gaps(place: str, ledger: Ledger) -> None:
    first, second = (start(RECORD, place, start_at, 300, FIRST_DAY) for start_at in (0, 1000))
    said = go(first, second)
    assert sorted(said) == ["1 900\n", "2 900\n"]
    assert numbers(ledger) == list(range(1, 1801))
    assert_whole(ledger)


def test_two_record_the_same_at_once_and_one_is_told(place: str, ledger: Ledger) -> None:
    said = go(*(start(RECORD, place, 0, 200, FIRST_DAY) for _writer in range(2)))
    assert sorted(said) == ["1 0\n", "1 600\n"]
    assert numbers(ledger) == list(range(1, 601))


def test_two_move_the_same_problems_at_once_and_each_move_is_made_once(place: str, ledger: Ledger) -> None:
    audit_of(ledger, {f"s-{index}": {("B003", "")} for index in range(30)})
    said = go(*(start(MOVE, place, who) for who in ("丙", "丁")))
    assert all(one.endswith("done\n") for one in said)
    assert_whole(ledger)
    with ledger.reading() as connection:
        listed = list_problems(connection, ProblemFilter(FIRST_DAY, (State.CLOSED,))).problems
    assert len(listed) == 30
    assert {problem.verified_by for problem in listed} <= {"丙", "丁"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_recording_that_is_killed_leaves_the_ledger_as_before_or_as_after(place: str, ledger: Ledger) -> None:
    audit_of(ledger, {"s-0": {("B003", "")}})
    before, outcomes = contents(ledger), set()
    for trial in range(TRIALS):
        process = start(RECORD, place, 1, 600, "2020-12-23")
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
        time.sleep(0.6 * trial / TRIALS)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert_whole(ledger)
        is_after = len(numbers(ledger)) > 1
        outcomes.add(is_after)
        if is_after:
            assert numbers(ledger) == list(range(1, 1802))
            break
        assert contents(ledger) == before
    if not is_after:
        go(start(RECORD, place, 1, 600, "2020-12-23"))
        assert numbers(ledger) == list(range(1, 1802))
    assert False in outcomes


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_moves_that_are_killed_leave_every_problem_whole(place: str, ledger: Ledger) -> None:
    audit_of(ledger, {f"s-{index}": {("B003", "")} for index in range(30)})
    for trial in range(TRIALS):
        process = start(MOVE, place, "丙")
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
        time.sleep(0.05 + 0.6 * trial / TRIALS)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert_whole(ledger)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_ledger_whose_making_is_killed_can_be_made_again(tmp_path: Path) -> None:
    for trial in range(TRIALS):
        place = tmp_path / f"{trial}.db"
        process = start(RECORD, place, 1, 50, FIRST_DAY)
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
        time.sleep(0.5 * trial / TRIALS)
        process.send_signal(signal.SIGKILL)
        process.wait()
        (said,) = go(start(RECORD, place, 1, 50, FIRST_DAY))
        assert said in ("1 150\n", "1 0\n")
