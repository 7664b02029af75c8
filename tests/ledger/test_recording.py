"""What an audit means for the problems of a site."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from pilot_cli.errors import OperationalError
from pilot_cli.ledger.connection import Ledger
from pilot_cli.ledger.moves import Order, move
from pilot_cli.ledger.numbers import find_problems
from pilot_cli.ledger.problem_filter import ProblemFilter
from pilot_cli.ledger.problems import History, history, list_problems
from pilot_cli.ledger.states import EventKind, State
from pilot_cli.ledger.tables import found, outcomes, results
from tests.ledger.making import FIRST_DAY, audit, audit_of, outcome

NEXT_DAY = FIRST_DAY + timedelta(30)
THIRD_DAY = FIRST_DAY + timedelta(60)


def states(ledger: Ledger) -> dict[str, str]:
    """The state of each problem by its number."""
    with ledger.reading() as connection:
        listed = list_problems(connection, ProblemFilter(FIRST_DAY, tuple(State)))
        return {str(problem.number): problem.state.value for problem in listed.problems}


def told(ledger: Ledger, number: str, as_of: date = THIRD_DAY) -> History:
    """One problem with its history."""
    with ledger.reading() as connection:
        ((id, _number),) = find_problems(connection, [number])
        return history(connection, id, as_of)


def move_to(ledger: Ledger, number: str, state: State, day: date = FIRST_DAY) -> None:
    """Bring a pending problem into a state."""
    steps = [
        Order(EventKind.ASSIGNED, day, "甲", owner="乙", due=day + timedelta(15)),
        Order(EventKind.SUBMITTED, day, "乙", progress="已整改"),
        Order(EventKind.CLOSED, day, "丙", opinion="属实"),
    ]
    for order in steps[: list(State).index(state)]:
        with ledger.writing() as connection:
            move(connection, find_problems(connection, [number]), order)


def test_each_rule_and_thing_that_a_site_fails_is_a_problem_with_the_next_number(ledger: Ledger) -> None:
    recorded = audit_of(ledger, {"a": {("B003", ""), ("L004", "安全检查")}, "b": {("B003", "")}})
    assert (recorded.audit, recorded.new, recorded.open) == (1, 3, 3)
    assert states(ledger) == {"〔2020〕1": "pending", "〔2020〕2": "pending", "〔2020〕3": "pending"}
    recorded = audit_of(ledger, {"a": {("B003", ""), ("L004", "安全检查"), ("L004", "防火")}}, date(2021, 1, 5))
    assert (recorded.new, recorded.found_again, recorded.not_rechecked) == (1, 2, 1)
    assert list(states(ledger)) == ["〔2020〕1", "〔2020〕2", "〔2020〕3", "〔2021〕1"]


def test_the_same_audit_twice_changes_nothing(ledger: Ledger) -> None:
    audit_of(ledger, {"a": {("B003", "")}})
    recorded = audit_of(ledger, {"a": {("B003", "")}})
    assert (recorded.audit, recorded.is_new) == (1, False)
    assert audit_of(ledger, {"a": {("B003", "")}}, NEXT_DAY).audit == 2


def test_what_is_no_longer_found_is_to_be_verified_and_what_is_found_again_goes_back(ledger: Ledger) -> None:
    audit_of(ledger, {"a": {("B003", ""), ("B005", "")}})
    move_to(ledger, "2020-1", State.IN_PROGRESS)
    recorded = audit_of(ledger, {"a": set()}, NEXT_DAY)
    assert recorded.not_found == 2
    assert set(states(ledger).values()) == {"to_verify"}
    recorded = audit_of(ledger, {"a": {("B003", ""), ("B005", "")}}, THIRD_DAY)
    assert (recorded.returned, recorded.found_again, recorded.new) == (2, 2, 0)
    assert states(ledger) == {"〔2020〕1": "in_progress", "〔2020〕2": "pending"}
    assert [event.kind for event in told(ledger, "1").events] == ["found", "assigned", "not_found", "found_again"]


def test_what_comes_back_after_it_was_struck_off_is_a_new_problem_that_names_the_old(ledger: Ledger) -> None:
    audit_of(ledger, {"a": {("B003", "")}})
    move_to(ledger, "1", State.CLOSED)
    recorded = audit_of(ledger, {"a": {("B003", "")}}, NEXT_DAY)
    assert (recorded.rebounded, recorded.new) == (1, 0)
    assert states(ledger) == {"〔2020〕1": "closed", "〔2020〕2": "pending"}
    assert str(told(ledger, "2").problem.rebound_of) == "〔2020〕1"
    audit_of(ledger, {"a": set()}, THIRD_DAY)
    old = told(ledger, "1")
    assert [(one.is_found, one.successor) for one in old.sightings] == [(True, None), (True, (2020, 2))]
    assert (old.successor, old.times_found) == ((2020, 2), 2), "audits after it are told of the new number"
    with ledger.reading() as connection:
        listed = list_problems(connection, ProblemFilter(NEXT_DAY, is_rebound=True))
    assert [str(problem.number) for problem in listed.problems] == ["〔2020〕2"]


@pytest.mark.parametrize("reason", ["the site was not audited", "the rule could not be judged"])
def test_what_is_not_rechecked_stays_as_it_is(ledger: Ledger, reason: str) -> None:
    audit_of(ledger, {"a": {("B003", "")}, "b": set()})
    if reason == "the site was not audited":
        recorded = audit_of(ledger, {"b": set()}, NEXT_DAY)
    else:
        recorded = audit(ledger, [outcome("a", (), ["B003"])], NEXT_DAY)
    assert (recorded.not_found, recorded.not_rechecked) == (0, 1)
    assert states(ledger) == {"〔2020〕1": "pending"}
    assert [sighting.is_found for sighting in told(ledger, "1").sightings] == [True, None]


def test_a_problem_knows_how_many_audits_in_a_row_found_it(ledger: Ledger) -> None:
    for days in (0, 30, 60):
        audit_of(ledger, {"a": {("B003", "")}}, FIRST_DAY + timedelta(days))
    assert told(ledger, "1").times_found == 3
    audit(ledger, [outcome("a", (), ["B003"])], FIRST_DAY + timedelta(90))
    assert told(ledger, "1").times_found == 3, "not rechecked says nothing"
    audit_of(ledger, {"a": set()}, FIRST_DAY + timedelta(120))
    assert told(ledger, "1").times_found == 0


def test_an_audit_does_not_undo_what_was_done_after_its_day(ledger: Ledger) -> None:
    audit_of(ledger, {"a": {("B003", ""), ("B005", "")}})
    move_to(ledger, "1", State.TO_VERIFY, THIRD_DAY)
    move_to(ledger, "2", State.CLOSED, THIRD_DAY)
    recorded = audit_of(ledger, {"a": {("B003", ""), ("B005", "")}}, NEXT_DAY)
    assert (recorded.returned, recorded.rebounded) == (0, 0)
    assert states(ledger) == {"〔2020〕1": "to_verify", "〔2020〕2": "closed"}


def test_a_missed_period_is_moved_by_no_audit(ledger: Ledger) -> None:
    audit_of(ledger, {"a": {("W008", "2020-08")}})
    audit_of(ledger, {"a": set()}, NEXT_DAY)
    assert states(ledger) == {"〔2020〕1": "pending"}
    move_to(ledger, "1", State.TO_VERIFY, NEXT_DAY)
    audit_of(ledger, {"a": {("W008", "2020-08")}}, THIRD_DAY)
    assert states(ledger) == {"〔2020〕1": "to_verify"}
    with ledger.writing() as connection:
        move(connection, find_problems(connection, ["1"]), Order(EventKind.CLOSED, THIRD_DAY, "丙", opinion="属实"))
    recorded = audit_of(ledger, {"a": {("W008", "2020-08"), ("B003", "")}}, THIRD_DAY + timedelta(5))
    assert recorded.rebounded == 0, "it is still missed, and does not come back"


def test_an_audit_as_of_an_earlier_day_is_refused(ledger: Ledger) -> None:
    audit_of(ledger, {"a": set()}, NEXT_DAY)
    with pytest.raises(OperationalError, match=r"第1批检查的检查时点为2020年12月23日"):
        audit_of(ledger, {"a": {("B003", "")}}, FIRST_DAY)
    assert states(ledger) == {}


def test_a_result_that_stays_the_same_is_stored_once(ledger: Ledger) -> None:
    for days in range(5):
        audit_of(ledger, {"a": {("B003", "")}, "b": set()}, FIRST_DAY + timedelta(days))
    audit_of(ledger, {"a": {("B003", "")}, "b": {("B003", "")}}, FIRST_DAY + timedelta(5))
    with ledger.reading() as connection:
        assert len(connection.execute(select(results)).all()) == 3
        assert len(connection.execute(select(outcomes)).all()) == 12
        assert len(connection.execute(select(found)).all()) == 2


def test_what_happened_can_be_neither_changed_nor_deleted(ledger: Ledger) -> None:
    audit_of(ledger, {"a": {("B003", "")}})
    for command in ("UPDATE events SET who = '乙'", "DELETE FROM events"):
        with pytest.raises(DBAPIError, match="events are never changed"), ledger.writing() as connection:
            connection.execute(text(command))
    assert told(ledger, "1").events[0].who == "检查员"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE problems SET state = 'done'",
        "UPDATE problems SET state = 'in_progress'",
        "UPDATE problems SET state = 'closed'",
        "UPDATE problems SET number = 2 WHERE number = 1",
        "UPDATE problems SET site_id = 99",
        "UPDATE problems SET rule = 'Z999'",
        "UPDATE problems SET rule = 'B003'",
        "UPDATE problems SET method = 'hearsay'",
    ],
)
def test_the_database_itself_refuses_what_cannot_be(ledger: Ledger, change: str) -> None:
    audit_of(ledger, {"a": {("B003", ""), ("B005", "")}})
    with pytest.raises(DBAPIError), ledger.writing() as connection:
        connection.execute(text(change))
