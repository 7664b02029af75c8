"""What people do with problems, and what is in the way."""

from datetime import date, timedelta
from typing import Any

import pytest

from pilot_cli.ledger.connection import Ledger
from pilot_cli.ledger.faults import LedgerError
from pilot_cli.ledger.moves import Moved, MoveRefusedError, Order, move
from pilot_cli.ledger.numbers import find_problems
from pilot_cli.ledger.problems import Problem, history
from pilot_cli.ledger.states import EventKind, Method, State
from pilot_cli.site.rule_info import Severity
from tests.ledger.making import FIRST_DAY, audit, audit_of, outcome

DUE = FIRST_DAY + timedelta(15)
ASSIGNED: dict[str, Any] = {"owner": "乙", "due": DUE}


def make(
    ledger: Ledger, kind: EventKind, *numbers: str, day: date = FIRST_DAY, who: str = "甲", **said: Any
) -> list[Moved]:
    """Move problems."""
    with ledger.writing() as connection:
        return move(connection, find_problems(connection, numbers or ["1"]), Order(kind, day, who, **said))


def problem(ledger: Ledger, number: str = "1", as_of: date = FIRST_DAY) -> Problem:
    """A problem as it is now."""
    with ledger.reading() as connection:
        ((id, _number),) = find_problems(connection, [number])
        return history(connection, id, as_of).problem


def refusal(ledger: Ledger, kind: EventKind, *numbers: str, **said: Any) -> str:
    """What is said of a move that is refused, and changes nothing."""
    before = [problem(ledger, number) for number in numbers or ["1"]]
    with pytest.raises(MoveRefusedError) as caught:
        make(ledger, kind, *numbers, **said)
    assert [problem(ledger, number) for number in numbers or ["1"]] == before
    return str(caught.value)


@pytest.fixture
def one(ledger: Ledger) -> Ledger:
    """A ledger with a serious problem, an ordinary one and advice."""
    audit_of(ledger, {"a": {("B003", ""), ("B004", ""), ("P004", "")}})
    return ledger


def test_a_problem_goes_from_assigned_to_struck_off(one: Ledger) -> None:
    make(one, EventKind.ASSIGNED, owner="乙", unit="示例公司", leader="丙", due=DUE, measures=["补充", "公示"])
    found = problem(one)
    assert (found.state, found.owner, found.unit, found.leader) == (State.IN_PROGRESS, "乙", "示例公司", "丙")
    assert (found.due, found.measures) == (DUE, ("补充", "公示"))
    make(one, EventKind.SUBMITTED, day=DUE, progress="已补充", evidence="批复.pdf")
    found = problem(one)
    assert (found.state, found.done_on, found.progress, found.evidence) == (State.TO_VERIFY, DUE, "已补充", "批复.pdf")
    make(one, EventKind.CLOSED, day=DUE, who="丁", opinion="属实", method=Method.ON_SITE)
    found = problem(one)
    assert (found.state, found.closed_on, found.verified_by) == (State.CLOSED, DUE, "丁")
    assert (found.opinion, found.method, found.version) == ("属实", Method.ON_SITE, 4)


def test_each_move_tells_who_when_and_old_and_new(one: Ledger) -> None:
    make(one, EventKind.ASSIGNED, **ASSIGNED)
    make(one, EventKind.ASSIGNED, owner="戊", note="原责任人调离")
    with one.reading() as connection:
        ((id, _number),) = find_problems(connection, ["1"])
        *_, first, second = history(connection, id, FIRST_DAY).events
    assert (first.who, first.day, first.changes) == (
        "甲",
        FIRST_DAY,
        {"owner": [None, "乙"], "due": [None, DUE.isoformat()]},
    )
    assert (second.changes, second.note) == ({"owner": ["乙", "戊"], "note": [None, "原责任人调离"]}, "原责任人调离")


def test_an_extension_keeps_both_days_and_comes_before_the_deadline(one: Ledger) -> None:
    make(one, EventKind.ASSIGNED, **ASSIGNED)
    later = DUE + timedelta(10)
    assert "延期须写明新的时限" in refusal(one, EventKind.EXTENDED, due=later)
    assert "整改时限为2020年12月8日" in refusal(one, EventKind.EXTENDED, due=later, note="汛期", day=DUE + timedelta(1))
    assert "新的时限须晚于" in refusal(one, EventKind.EXTENDED, due=DUE, note="汛期")
    make(one, EventKind.EXTENDED, due=later, note="汛期", day=DUE)
    with one.reading() as connection:
        ((id, _number),) = find_problems(connection, ["1"])
        event = history(connection, id, FIRST_DAY).events[-1]
    assert event.changes == {"due": [DUE.isoformat(), later.isoformat()], "note": [None, "汛期"]}
    assert event.note == "汛期"


def test_overdue_is_computed_from_the_deadline_and_the_day(one: Ledger) -> None:
    make(one, EventKind.ASSIGNED, **ASSIGNED)
    assert problem(one, as_of=DUE).days_overdue == 0
    assert problem(one, as_of=DUE + timedelta(3)).days_overdue == 3
    make(one, EventKind.SUBMITTED, progress="已整改", day=DUE + timedelta(3))
    assert problem(one, as_of=DUE + timedelta(5)).days_overdue == 0


def test_a_returned_problem_gets_a_new_day(one: Ledger) -> None:
    make(one, EventKind.ASSIGNED, **ASSIGNED)
    make(one, EventKind.SUBMITTED, progress="已整改")
    late = DUE + timedelta(1)
    assert "--reason" in refusal(one, EventKind.RETURNED, due=late)
    assert "--due" in refusal(one, EventKind.RETURNED, note="不属实", day=late)
    make(one, EventKind.RETURNED, note="不属实", day=late, due=late + timedelta(7))
    found = problem(one)
    assert (found.state, found.due, found.done_on) == (State.IN_PROGRESS, late + timedelta(7), None)


def test_deadlines_come_from_the_settings_by_severity(one: Ledger) -> None:
    days = {Severity.ERROR: 10, Severity.WARNING: 20}
    make(one, EventKind.ASSIGNED, "1", "2", "3", owner="乙", deadlines=days)
    dues = [problem(one, number).due for number in ("1", "2", "3")]
    assert dues == [FIRST_DAY + timedelta(10), FIRST_DAY + timedelta(20), None]


@pytest.mark.parametrize(
    ("kind", "said", "why"),
    [
        (EventKind.ASSIGNED, {"due": DUE}, "--owner"),
        (EventKind.ASSIGNED, {"owner": "乙"}, "deadlines.error"),
        (EventKind.ASSIGNED, {"owner": "乙", "due": FIRST_DAY - timedelta(1)}, "已过"),
        (EventKind.SUBMITTED, {"progress": "已整改"}, "下一步是：pilot ledger assign"),
        (EventKind.EXTENDED, {"due": DUE, "note": "汛期"}, "下一步是：pilot ledger assign"),
        (EventKind.CLOSED, {"opinion": "属实"}, "下一步是：pilot ledger assign"),
        (EventKind.RETURNED, {"note": "不属实"}, "下一步是：pilot ledger assign"),
        (EventKind.REOPENED, {"note": "不属实"}, "下一步是：pilot ledger assign"),
    ],
)
def test_a_refusal_says_what_to_do(one: Ledger, kind: EventKind, said: dict[str, Any], why: str) -> None:
    assert why in refusal(one, kind, **said)


def test_a_move_is_made_for_all_or_none_and_all_that_is_in_the_way_is_told(one: Ledger) -> None:
    make(one, EventKind.ASSIGNED, "2", **ASSIGNED)
    said = refusal(one, EventKind.SUBMITTED, "2", "1", "3", progress="已整改")
    assert [line.partition("：")[0] for line in said.splitlines()] == ["〔2020〕1", "〔2020〕3"]


def test_who_decided_by_an_earlier_version_is_told_that_it_changed(one: Ledger) -> None:
    make(one, EventKind.ASSIGNED, **ASSIGNED)
    order = Order(EventKind.ASSIGNED, FIRST_DAY, "甲", owner="戊")
    with one.writing() as connection, pytest.raises(MoveRefusedError, match="在此期间已被改动，现为整改中"):
        move(connection, find_problems(connection, ["1"]), order, versions={1: 1})
    with one.writing() as connection:
        move(connection, find_problems(connection, ["1"]), order, versions={1: 2})
    assert problem(one).owner == "戊"


def test_what_was_struck_off_is_reopened_unless_it_has_come_back(one: Ledger) -> None:
    for number in ("1", "2"):
        make(one, EventKind.ASSIGNED, number, **ASSIGNED)
        make(one, EventKind.SUBMITTED, number, progress="已整改")
        make(one, EventKind.CLOSED, number, opinion="属实")
    make(one, EventKind.REOPENED, "2", note="群众反映")
    found = problem(one, "2")
    assert (found.state, found.closed_on, found.verified_by, found.opinion) == (State.IN_PROGRESS, None, None, None)
    audit_of(one, {"a": {("B003", ""), ("B004", "")}}, FIRST_DAY + timedelta(30))
    assert "已反弹为〔2020〕4" in refusal(one, EventKind.REOPENED, "1", note="群众反映")


def test_what_an_audit_no_longer_found_is_returned_to_nobody_without_an_owner(one: Ledger) -> None:
    audit_of(one, {"a": set()}, FIRST_DAY + timedelta(1))
    day = FIRST_DAY + timedelta(2)
    assert "--owner" in refusal(one, EventKind.RETURNED, note="不属实", due=DUE, day=day)
    make(one, EventKind.RETURNED, note="不属实", due=DUE, owner="乙", day=day)
    assert problem(one).state is State.IN_PROGRESS


@pytest.mark.parametrize(
    "spelling",
    [
        "〔2020〕1",
        "[2020]1",
        "［2020］１",
        "(2020)1",
        "2020-1",
        "2020—1",
        "2020/1",
        "1",
        "〔2020〕1号",
        "2020年第1号",
        " 2020-01 ",
    ],
)
def test_a_number_is_understood_in_any_spelling(one: Ledger, spelling: str) -> None:
    with one.reading() as connection:
        assert [str(number) for _id, number in find_problems(connection, [spelling, "1"])] == ["〔2020〕1"]


@pytest.mark.parametrize(
    ("spelling", "why"),
    [
        ("甲", "不是问题编号"),
        ("2020-", "不是问题编号"),
        ("-1", "不是问题编号"),
        ("99", "没有问题99"),
        ("2019-1", "没有问题2019-1"),
        ("1", "请写明年份：〔2020〕1, 〔2021〕1"),
        ("9" * 30, "不是问题编号"),
        ("1; DROP TABLE problems", "不是问题编号"),
    ],
)
def test_a_number_that_means_none_or_several_is_refused(one: Ledger, spelling: str, why: str) -> None:
    audit_of(one, {"b": {("B003", "")}}, date(2021, 1, 1))
    with one.reading() as connection, pytest.raises(LedgerError, match=why.replace("(", r"\(")):
        find_problems(connection, [spelling])


def test_a_missed_period_is_struck_off_after_an_explanation_and_periods_kept(ledger: Ledger) -> None:
    audit_of(ledger, {"a": {("W008", "2020-08"), ("W008", "2020-09")}}, date(2020, 11, 1))
    make(ledger, EventKind.ASSIGNED, day=date(2020, 11, 1), owner="乙", due=date(2020, 12, 1))
    assert problem(ledger).kept == 1, "October alone"
    assert "情况说明" in refusal(ledger, EventKind.SUBMITTED, evidence="记录.pdf")
    make(ledger, EventKind.SUBMITTED, progress="书记调离")
    assert "已连续达标1期，满3期方可销号" in refusal(ledger, EventKind.CLOSED, opinion="属实")
    # The record of September appears, made up later: it counts as missed all the same.
    audit_of(ledger, {"a": {("W008", "2020-08")}}, date(2020, 12, 1))
    assert problem(ledger).kept == 2
    audit(ledger, [outcome("a", [("W008", "2020-08")], ["W008"])], date(2021, 1, 1))
    assert problem(ledger).kept == 2, "it was not judged"
    audit_of(ledger, {"a": {("W008", "2020-08")}}, date(2021, 1, 5))
    assert problem(ledger).kept == 3
    assert "满4期" in refusal(ledger, EventKind.CLOSED, opinion="属实", periods_to_close=4)
    make(ledger, EventKind.CLOSED, opinion="属实")
    assert problem(ledger).state is State.CLOSED


def test_a_period_that_is_missed_again_begins_the_count_anew(ledger: Ledger) -> None:
    audit_of(ledger, {"a": {("W005", "2020-Q2")}}, date(2020, 12, 31))
    assert problem(ledger).kept == 2
    audit_of(ledger, {"a": {("W005", "2020-Q2"), ("W005", "2021-Q1")}}, date(2021, 4, 1))
    assert problem(ledger, "2020-1").kept == 0
    audit_of(ledger, {"a": {("W005", "2020-Q2"), ("W005", "2021-Q1")}}, date(2021, 6, 30))
    assert problem(ledger, "2020-1").kept == 1
