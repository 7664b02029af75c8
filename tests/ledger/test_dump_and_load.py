"""Ledgers outlive the program and are merged, as lines of JSON."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pilot_cli.ledger.connection import Ledger
from pilot_cli.ledger.dump import dump
from pilot_cli.ledger.lines import LoadError, read_lines
from pilot_cli.ledger.load import Loaded, load
from pilot_cli.ledger.location import parse_location
from pilot_cli.ledger.problem_filter import ProblemFilter
from pilot_cli.ledger.problems import list_problems
from pilot_cli.ledger.states import EventKind, State
from tests.ledger.conftest import NewPlace
from tests.ledger.making import FIRST_DAY, audit, audit_of, outcome
from tests.ledger.test_moves import make, problem
from tests.ledger.test_recording import THIRD_DAY, move_to, told

NEXT_DAY = FIRST_DAY + timedelta(30)


def new(new_place: NewPlace) -> Ledger:
    """An empty ledger."""
    return Ledger(parse_location(new_place()))


def dumped(ledger: Ledger) -> list[bytes]:
    """The lines of a ledger."""
    with ledger.reading() as connection:
        return list(dump(connection))


def merge(ledger: Ledger, lines: list[bytes]) -> Loaded:
    """Merge lines into a ledger."""
    with ledger.writing(creates=True) as connection:
        return load(connection, read_lines(lines), "示例·管理员", THIRD_DAY)


def numbers(ledger: Ledger) -> dict[str, str]:
    """The site of each problem by its number."""
    with ledger.reading() as connection:
        listed = list_problems(connection, ProblemFilter(FIRST_DAY, tuple(State)))
        return {str(one.number): one.site for one in listed.problems}


def fill(ledger: Ledger, site: str = "a") -> None:
    """Let much happen at a site."""
    audit_of(ledger, {site: {("B003", ""), ("L004", "安全检查"), ("W008", "2020-08")}, f"{site}-2": set()})
    move_to(ledger, "1", State.CLOSED)
    make(ledger, EventKind.ASSIGNED, "2", owner="乙", due=NEXT_DAY, measures=["第一步", "第二步"])
    audit(ledger, [outcome(site, {("B003", "")}, ["L004"]), outcome(f"{site}-2")], NEXT_DAY)


def test_what_is_dumped_and_loaded_is_the_same_in_either_database(new_place: NewPlace, tmp_path: Path) -> None:
    ledger = new(new_place)
    fill(ledger)
    lines = dumped(ledger)
    assert json.loads(lines[0]) == {"pilot_ledger": 1, "schema": "0003"}
    assert sum(json.loads(line).get("type") == "problem" for line in lines) == 4
    other = new(new_place)
    loaded = merge(other, lines)
    assert (loaded.audits, loaded.sites, loaded.new, loaded.renumbered) == (2, 2, 4, [])
    assert dumped(other) == lines
    in_file = Ledger(parse_location(str(tmp_path / "other.db")))
    merge(in_file, lines)
    assert dumped(in_file) == lines
    assert audit_of(other, {"a": {("B003", "")}}, THIRD_DAY).audit == 3


def test_loading_twice_changes_nothing(new_place: NewPlace) -> None:
    ledger = new(new_place)
    fill(ledger)
    lines = dumped(ledger)
    assert merge(ledger, lines).is_nothing
    assert dumped(ledger) == lines


def test_ledgers_of_different_sites_are_merged_and_numbers_have_no_gaps(new_place: NewPlace) -> None:
    ledger, other = new(new_place), new(new_place)
    fill(ledger)
    fill(other, "b")
    loaded = merge(ledger, dumped(other))
    assert [tuple(map(str, pair)) for pair in loaded.renumbered] == [
        (f"〔2020〕{old}", f"〔2020〕{old + 4}") for old in range(1, 5)
    ]
    assert numbers(ledger) == {f"〔2020〕{number}": "ab"[number > 4] for number in range(1, 9)}
    event = told(ledger, "5").events[-1]
    assert (event.kind, event.who, event.changes) == (
        EventKind.RENUMBERED,
        "示例·管理员",
        {"number": ["〔2020〕1", "〔2020〕5"]},
    )
    assert str(problem(ledger, "8").rebound_of) == "〔2020〕5"
    make(other, EventKind.SUBMITTED, "2", progress="已整改")
    again = merge(ledger, dumped(other))
    assert (again.new, again.continued, again.renumbered) == (0, 1, [])
    assert problem(ledger, "6").state is State.TO_VERIFY
    assert merge(ledger, dumped(other)).is_nothing


def test_a_later_copy_brings_what_happened_since_and_an_earlier_one_nothing(new_place: NewPlace) -> None:
    ledger = new(new_place)
    fill(ledger)
    early = dumped(ledger)
    copy = new(new_place)
    merge(copy, early)
    audit_of(ledger, {"a": {("B003", ""), ("B005", "")}}, THIRD_DAY)
    make(ledger, EventKind.ASSIGNED, "4", owner="丙", due=THIRD_DAY, day=THIRD_DAY)
    loaded = merge(copy, dumped(ledger))
    assert (loaded.audits, loaded.new, loaded.continued) == (1, 1, 2)
    assert dumped(copy) == dumped(ledger)
    assert merge(ledger, early).is_nothing


def test_a_later_copy_brings_a_problem_that_was_struck_off_and_came_back(new_place: NewPlace) -> None:
    ledger, copy = new(new_place), new(new_place)
    audit_of(ledger, {"a": {("B003", "")}})
    merge(copy, dumped(ledger))
    move_to(ledger, "1", State.CLOSED)
    audit_of(ledger, {"a": {("B003", "")}}, NEXT_DAY)
    loaded = merge(copy, dumped(ledger))
    assert (loaded.new, loaded.continued) == (1, 1)
    assert dumped(copy) == dumped(ledger)


def test_what_both_went_on_with_in_different_ways_is_a_conflict_that_changes_nothing(new_place: NewPlace) -> None:
    ledger, copy = new(new_place), new(new_place)
    fill(ledger)
    merge(copy, dumped(ledger))
    make(ledger, EventKind.SUBMITTED, "2", progress="已整改")
    make(copy, EventKind.EXTENDED, "2", due=THIRD_DAY, note="汛期")
    audit_of(copy, {"c": {("B003", "")}}, THIRD_DAY)
    before = dumped(ledger)
    with pytest.raises(LoadError, match="〔2020〕2：两份台账对它作了不同的办理"):
        merge(ledger, dumped(copy))
    assert dumped(ledger) == before


def test_the_same_open_problem_in_two_ledgers_is_a_conflict(new_place: NewPlace) -> None:
    ledger, other = new(new_place), new(new_place)
    audit_of(ledger, {"a": {("B003", "")}})
    audit_of(other, {"b": {("B005", "")}, "a": {("B003", "")}})
    with pytest.raises(LoadError, match="〔2020〕1：另一份台账中同一试点单位的同一问题为〔2020〕2"):
        merge(ledger, dumped(other))


def change(**changes: object) -> Callable[[dict[str, Any]], None]:
    """Let some keys of a line say something else."""
    return lambda line: line.update(changes)


@pytest.mark.parametrize(
    ("type", "spoil", "said"),
    [
        ("problem", change(state="done"), "不是台账内容"),
        ("problem", change(state="pending"), "自相矛盾"),
        ("problem", change(opinion=None), "自相矛盾"),
        ("problem", change(number=0), "不是台账内容"),
        ("problem", change(number=2**40), "不是台账内容"),
        ("problem", change(events=[]), "不是台账内容"),
        ("problem", change(standard="?"), "在前面各行中都没有"),
        ("problem", change(name=["?", "a", "B003", ""]), "在前面各行中都没有"),
        ("audit", change(as_of="2020-13-01"), "不是台账内容"),
        ("audit", change(key=None), "不是台账内容"),
        ("result", change(fingerprint="x"), "不是台账内容"),
        ("result", change(audits=["?"]), "在前面各行中都没有"),
        ("standard", change(type="?"), "不是台账内容"),
    ],
)
def test_a_line_that_is_wrong_is_refused_and_changes_nothing(
    type: str, spoil: Callable[[dict[str, Any]], None], said: str, new_place: NewPlace
) -> None:
    ledger, other = new(new_place), new(new_place)
    fill(ledger)
    lines = [json.loads(line) for line in dumped(ledger)]
    spoil(next(line for line in lines if line.get("type") == type))
    before = dumped(other)
    with pytest.raises(LoadError, match=said):
        merge(other, [json.dumps(line).encode() for line in lines])
    assert dumped(other) == before


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "不是由 pilot ledger dump 导出的"),
        ([b"hello"], "不是由 pilot ledger dump 导出的"),
        ([b'{"format": 2}'], "不是由 pilot ledger dump 导出的"),
        ([b'{"pilot_ledger": 2, "schema": "0009"}'], "由更新版本的 pilot 导出"),
        ([b'{"pilot_ledger": 1, "schema": "0003"}', b"[" * 100_000], "第2行不是台账内容"),
    ],
)
def test_what_is_no_dump_is_refused(lines: list[bytes], said: str, ledger: Ledger) -> None:
    with pytest.raises(LoadError, match=said):
        merge(ledger, lines)


def test_texts_of_strangers_are_stored_as_they_are_and_never_obeyed(new_place: NewPlace) -> None:
    ledger = new(new_place)
    nasty = [
        "'; DROP TABLE problems; --",
        "%s %(x)s :x ?",
        "\x00\x1b[31m\u202e",
        "\ud800",
        "[bold]x[/bold]",
        "=1+1",
        "甲" * 5000,
    ]
    audit_of(ledger, {"a": {("L004", text.replace("\x00", "")[:50]) for text in nasty if "\ud800" not in text}})
    for text in nasty:
        make(ledger, EventKind.ASSIGNED, owner=text, due=NEXT_DAY, note=text, measures=[text], who=text)
        found = problem(ledger)
        assert found.owner == found.measures[0] == found.note
        assert found.owner is not None and found.owner[:5] == text[:5].replace("\x00", "\ufffd").replace(
            "\ud800", "\ufffd"
        )
    other = new(new_place)
    merge(other, dumped(ledger))
    assert dumped(other) == dumped(ledger)
