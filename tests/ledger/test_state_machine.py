"""Whatever audits find and people do, from two programs at a time, the ledger says what a plain model says."""

import os
from copy import copy, deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from pilot_cli.exchange.ledger_row import CellPlace
from pilot_cli.exchange.left_out import Tally
from pilot_cli.exchange.rectification.columns import check_code
from pilot_cli.exchange.rectification.reader import Filled, FilledRow
from pilot_cli.exchange.rectification.take_in import Terms, WrongCellsError, take_in
from pilot_cli.formats.ledger.columns import COLUMNS
from pilot_cli.ledger.connection import Ledger
from pilot_cli.ledger.location import parse_location
from pilot_cli.ledger.moves import MoveRefusedError, Order, move
from pilot_cli.ledger.problem_filter import ProblemFilter
from pilot_cli.ledger.problems import Problem, list_problems
from pilot_cli.ledger.states import EventKind, State
from pilot_cli.ledger.tables import events
from tests.ledger.conftest import NewPlace
from tests.ledger.making import FIRST_DAY, audit, outcome
from tests.ledger.model import Model, ModelProblem

EXAMPLES = int(os.environ.get("PILOT_TEST_EXAMPLES", "12"))
IDENTITIES = (
    ("B003", ""),
    ("L004", "安全检查"),
    ("L004", "防火"),
    ("P004", ""),
    ("W008", "2020-09"),
    ("W008", "2020-10"),
)
SITE = st.sampled_from(["a", "b"])
FOUND = st.frozensets(st.sampled_from(IDENTITIES))
UNJUDGED = st.frozensets(st.sampled_from(["B003", "L004", "W008"]), max_size=1)
AUDITED = st.dictionaries(SITE, st.tuples(FOUND, UNJUDGED), min_size=1)
WRITER = st.sampled_from([0, 1])
DAYS = st.integers(0, 40)


def split(told: tuple[frozenset[tuple[str, str]], frozenset[str]]) -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    """Of rules that are not judged nothing is found."""
    found, unjudged = told
    return frozenset(one for one in found if one[0] not in unjudged), unjudged


POSITIONS = {column.key: place for place, column in enumerate((*COLUMNS,))} | {"check": len(COLUMNS)}


def row_of(problem: Problem) -> FilledRow:
    """The row of a problem as it is read from a workbook that nobody has changed."""
    cells = [column.value(problem) or "" for column in COLUMNS]
    return FilledRow(CellPlace(0, 0, "整改台账", problem.id, 0), POSITIONS, [*cells, str(check_code(problem))])


def fill_in(row: FilledRow, told: dict[str, Any]) -> FilledRow:
    """Type into cells of a row."""
    cells = list(row.cells)
    for key, value in told.items():
        cells[POSITIONS[key]] = State(value).label if key == "state" else value
    return row._replace(cells=cells)


class LedgerMachine(RuleBasedStateMachine):
    """Audits and moves, each by one of two programs, and by the model."""

    new_place: NewPlace
    seen: set[str]

    @initialize()
    def begin(self) -> None:
        place = self.new_place()
        self.writers = [Ledger(parse_location(place)) for _writer in range(2)]
        self.model = Model()
        self.day = FIRST_DAY
        self.log: list[Any] = []
        self.exported: list[tuple[FilledRow, ModelProblem]] = []

    @rule(writer=WRITER, days=DAYS, audited=AUDITED)
    def record(self, writer: int, days: int, audited: dict[str, Any]) -> None:
        if self.model.audits:
            self.day = max(self.day, self.model.audits[-1][0]) + timedelta(days)
        sites = {site: split(told) for site, told in sorted(audited.items())}
        recorded = audit(self.writers[writer], [outcome(site, *told) for site, told in sites.items()], self.day)
        before = len(self.model.audits)
        self.model.audit(self.day, sites)
        assert recorded.is_new is (len(self.model.audits) > before)

    @precondition(lambda self: self.model.problems)
    @rule(
        writer=WRITER,
        which=st.integers(0, 10**6),
        kind=st.sampled_from(["assign", "extend", "submit", "send_back", "close", "reopen"]),
        days=st.integers(-3, 30),
        is_stale=st.sampled_from([False, False, False, True]),
    )
    def try_a_move(self, writer: int, which: int, kind: str, days: int, is_stale: bool) -> None:
        self._move(writer, which, kind, self.day + timedelta(days), is_stale)

    @precondition(lambda self: self.model.problems)
    @rule(writer=WRITER, which=st.integers(0, 10**6), choice=st.integers(0, 1), days=st.integers(1, 30))
    def go_on(self, writer: int, which: int, choice: int, days: int) -> None:
        problem = self.model.problems[which % len(self.model.problems)]
        steps = {
            "pending": ("assign", "assign"),
            "in_progress": ("submit", "extend"),
            "to_verify": ("close", "send_back"),
            "closed": ("reopen", "reopen"),
        }
        earlier = problem.due if choice and problem.due else self.day
        self._move(writer, which, steps[problem.state][choice], earlier + timedelta(days), False)

    def _move(self, writer: int, which: int, kind: str, due: date, is_stale: bool) -> None:
        problem = self.model.problems[which % len(self.model.problems)]
        owner = f"责任人{due.day}"
        orders = {
            "assign": Order(EventKind.ASSIGNED, self.day, "甲", owner=owner, due=due),
            "extend": Order(EventKind.EXTENDED, self.day, "甲", due=due, note="汛期"),
            "submit": Order(EventKind.SUBMITTED, self.day, "乙", progress="已整改"),
            "send_back": Order(EventKind.RETURNED, self.day, "丙", due=due, note="不属实"),
            "close": Order(EventKind.CLOSED, self.day, "丙", opinion="属实"),
            "reopen": Order(EventKind.REOPENED, self.day, "丙", note="群众反映"),
        }
        id = self.model.problems.index(problem) + 1
        version = len(problem.events) - 1 if is_stale else len(problem.events)
        is_done = not is_stale and self._in_model(problem, kind, owner, due)
        try:
            with self.writers[writer].writing() as connection:
                number: Any = (problem.year, problem.number)
                move(connection, [(id, number)], orders[kind], {id: version})
        except MoveRefusedError:
            assert not is_done
        else:
            assert is_done

    def _in_model(self, problem: ModelProblem, kind: str, owner: str, due: date) -> bool:
        match kind:
            case "assign":
                return self.model.assign(problem, self.day, owner, due)
            case "extend":
                return self.model.extend(problem, self.day, due)
            case "send_back":
                return self.model.send_back(problem, self.day, due)
            case _:
                return bool(getattr(self.model, kind)(problem, self.day))

    @precondition(lambda self: self.model.problems)
    @rule(writer=WRITER)
    def export(self, writer: int) -> None:
        with self.writers[writer].reading() as connection:
            listed = list_problems(connection, ProblemFilter(self.day, tuple(State))).problems
        rows = {problem.id: row_of(problem) for problem in listed}
        self.exported = [(rows[id], copy(problem)) for id, problem in enumerate(self.model.problems, 1)]

    @precondition(lambda self: self.exported)
    @rule(
        writer=WRITER,
        which=st.integers(0, 10**6),
        assigns=st.booleans(),
        days=st.integers(-3, 30),
        progress=st.sampled_from([None, "已联系", "已整改"]),
        said=st.sampled_from([{}, {"note": "台风"}, {"state": "in_progress"}, {"state": "to_verify"}]),
    )
    def import_what_was_filled_in(
        self, writer: int, which: int, assigns: bool, days: int, progress: str | None, said: dict[str, str]
    ) -> None:
        number = which % len(self.exported)
        row, was = self.exported[number]
        due = self.day + timedelta(days)
        cells = {"owner": f"责任人{due.day}", "due": due} if assigns else {}
        cells |= said | ({"progress": progress} if progress else {})
        after = deepcopy(self.model)
        is_done = after.fill_in(after.problems[number], was, cells, self.day)
        others = [other for other, _was in self.exported[:number]]
        filled = Filled([*others, fill_in(row, cells)], [], [], [], Tally())
        try:
            with self.writers[writer].writing() as connection:
                take_in(connection, filled, Terms(self.day, "丁"))
        except WrongCellsError:
            assert not is_done
        else:
            assert is_done
            self.model = after

    @precondition(lambda self: self.model.problems)
    @rule(writer=WRITER)
    def fail_halfway(self, writer: int) -> None:
        order = Order(EventKind.ASSIGNED, self.day, "甲", owner="谁", due=self.day)
        ids: Any = [(id, (0, 0)) for id, one in enumerate(self.model.problems, 1) if one.state == "pending"]
        with pytest.raises(ZeroDivisionError), self.writers[writer].writing() as connection:
            move(connection, ids, order)
            raise ZeroDivisionError

    @invariant()
    def says_the_same(self) -> None:
        with self.writers[0].reading() as connection:
            filter = ProblemFilter(self.day, tuple(State))
            listed = list_problems(connection, filter).problems
            query = select(events.c.problem_id, events.c.kind, events.c.who, events.c.recorded_at)
            log = connection.execute(query.order_by(events.c.problem_id, events.c.sequence)).all()
        assert [self._told(problem) for problem in sorted(listed, key=lambda one: one.id)] == [
            self._expected(problem) for problem in self.model.problems
        ]
        expected = [(id, kind) for id, one in enumerate(self.model.problems, 1) for kind in one.events]
        assert [row[:2] for row in log] == expected
        assert set(self.log) <= set(log), "no event is lost or changed"
        self.log = list(log)
        for year in {problem.year for problem in self.model.problems}:
            numbers = sorted(problem.number.number for problem in listed if problem.number.year == year)
            assert numbers == list(range(1, len(numbers) + 1))
        self.seen |= {problem.state for problem in self.model.problems}
        self.seen |= {kind for problem in self.model.problems for kind in problem.events}

    def _told(self, problem: Any) -> tuple[object, ...]:
        name = (problem.number.year, problem.number.number, (problem.site, problem.rule, problem.subject))
        return (
            *name,
            problem.state.value,
            problem.owner,
            problem.due,
            problem.progress,
            problem.note,
            problem.version,
            problem.rebound_of,
        )

    def _expected(self, problem: ModelProblem) -> tuple[object, ...]:
        old = problem.rebound_of
        rest = (
            problem.owner,
            problem.due,
            problem.progress,
            problem.note,
            len(problem.events),
            old and (old.year, old.number),
        )
        return (problem.year, problem.number, problem.identity, problem.state, *rest)


def test_the_ledger_says_what_the_model_says(new_place: NewPlace) -> None:
    class Machine(LedgerMachine):
        pass

    Machine.new_place = staticmethod(new_place)
    Machine.seen = set()
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=50,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    reachable = {state.value for state in State} | {kind.value for kind in EventKind} - {EventKind.RENUMBERED.value}
    assert Machine.seen == reachable
