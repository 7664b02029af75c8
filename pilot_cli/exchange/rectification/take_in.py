"""Imports filled-in workbooks into the ledger: every change is an event, and either all are recorded or none."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection

from pilot_cli.exchange.cell_error import CellError, Mistake
from pilot_cli.exchange.ledger_row import CellMessage
from pilot_cli.exchange.rectification.edits import Edit, Edits, find_edits, number_rows
from pilot_cli.exchange.rectification.reader import Filled, FilledRow
from pilot_cli.ledger.moves import MoveRefusedError, Order, Refusal, move
from pilot_cli.ledger.problems import Problem, problems_numbered
from pilot_cli.ledger.states import EventKind, State
from pilot_cli.ledger.watch import DEFAULT_PERIODS_TO_CLOSE
from pilot_cli.locale import N_
from pilot_cli.locale.message import Message, message
from pilot_cli.site.rule_info import Severity

_WAY = tuple(State)
"""A problem goes this way, state by state."""
_MOVES = (EventKind.ASSIGNED, EventKind.SUBMITTED, EventKind.CLOSED)
"""What leads from each state to the next."""
_OF_ASSIGNMENT = ("owner", "unit", "leader", "measures", "due")
_OF_VERIFICATION = ("opinion", "method", "verified_by")


class Terms(NamedTuple):
    """When something is taken in, by whom, and what the settings say."""

    day: date
    who: str
    deadlines: Mapping[Severity, int] = {}
    periods_to_close: int = DEFAULT_PERIODS_TO_CLOSE


@dataclass
class TakenIn:
    """What came of taking workbooks in."""

    rows: int
    events: Counter[EventKind] = field(default_factory=Counter)
    changed: int = 0
    """How many problems have changed."""


class WrongCellsError(Exception):
    """Some cells cannot be taken in; the ledger is as it was."""

    def __init__(self, errors: list[CellMessage]) -> None:
        super().__init__(errors)
        self.errors = errors


class _Step(NamedTuple):
    """A move that edits come to."""

    kind: EventKind
    said: dict[str, Any]


class _UnclearError(Exception):
    """Edits come to no move: which cell is in the way, and why."""

    def __init__(self, key: str, error: CellError) -> None:
        super().__init__(key)
        self.key = key
        self.error = error


def take_in(connection: Connection, filled: Filled, terms: Terms) -> TakenIn:
    """Take in what was read; the transaction of the connection is to be given up where this fails.

    Raises:
        WrongCellsError: something is wrong with some cells.
    """
    errors = [*filled.errors]
    numbered = list(number_rows(filled.rows, errors))
    now = problems_numbered(connection, {row.number for row in numbered}, terms.day)
    edits: Edits = find_edits(connection, numbered, now, errors, filled.tally)
    taken = TakenIn(len(filled.rows))
    first_rows = {row.number: row.row for row in reversed(numbered)}
    for number in sorted(edits):
        problem, edited = now[number], edits[number]
        row = next((edit.row for edit in edited.values()), first_rows[number])
        try:
            steps = _steps(problem, edited)
            for step in steps:
                move(connection, [(problem.id, number)], _order(step, terms))
        except _UnclearError as unclear:
            errors.append(row.wrong(unclear.key, unclear.error))
        except MoveRefusedError as refused:
            ((_number, refusal),) = refused.refusals
            errors.append(_in_row(row, refusal, edited))
        else:
            taken.events.update(step.kind for step in steps)
            taken.changed += bool(steps)
    if errors:
        raise WrongCellsError(errors)
    return taken


def _order(step: _Step, terms: Terms) -> Order:
    return Order(
        step.kind,
        terms.day,
        terms.who,
        **step.said,
        deadlines=terms.deadlines,
        periods_to_close=terms.periods_to_close,
    )


def _in_row(row: FilledRow, refusal: Refusal, edited: Mapping[str, Edit]) -> CellMessage:
    """Say where in a row the ledger wants something, or something else."""
    row = edited[refusal.about].row if refusal.about in edited else row
    if refusal.is_missing:
        return row.wrong(refusal.about, _missing(refusal.about))
    return row.wrong(refusal.about, CellError(Mistake.OTHER, refusal.why, message("type another, or what stood there")))


def _missing(key: str) -> CellError:
    return CellError(Mistake.EMPTY, message("nothing is said here, though the change needs it"), message(_WANTED[key]))


_WANTED = {
    "owner": N_("type who is to put it right"),
    "due": N_("type until when it is to be put right"),
    "progress": N_("type what was done, or how it came about that a period was missed"),
    "opinion": N_("type what was verified"),
    "note": N_("type the reason"),
    "verified_by": N_("type who has verified it"),
}


def _steps(problem: Problem, edited: Mapping[str, Edit]) -> list[_Step]:
    """Return the moves that edits of a problem come to, one after the other.

    What belongs to none of them goes along with the last, or is told by itself.

    Raises:
        _UnclearError: it cannot be told what is meant.
    """
    said: dict[str, Any] = {key: edit.value for key, edit in edited.items()}
    target = said.pop("state", problem.state)
    if not edited:
        return []
    start, end = _WAY.index(problem.state), _WAY.index(target)
    steps = _backward(problem, target, said) if end < start else _forward(problem, start, end, said)
    if not steps:
        _refuse_unclear(problem.state, said)
        return [_Step(EventKind.UPDATED, said)]
    steps[-1].said.update(said)
    return steps


def _forward(problem: Problem, start: int, end: int, said: dict[str, Any]) -> list[_Step]:
    """Go on from state to state; each step takes with it what it is about."""
    assigned = _take(said, _OF_ASSIGNMENT)
    steps = []
    if problem.state is State.PENDING and (assigned or end > start):
        steps.append(_Step(EventKind.ASSIGNED, assigned))
        start += 1
    elif problem.state is State.IN_PROGRESS:
        steps += _reassigned(problem, assigned, said)
    else:
        said |= assigned
    for kind in _MOVES[start:end]:
        match kind:
            case EventKind.SUBMITTED:
                told = {"progress": problem.progress, "evidence": problem.evidence}
                steps.append(_Step(kind, told | _take(said, tuple(told))))
            case EventKind.CLOSED:
                if "verified_by" not in said:
                    raise _UnclearError("verified_by", _missing("verified_by"))
                steps.append(_Step(kind, _take(said, _OF_VERIFICATION)))
    return steps


def _reassigned(problem: Problem, assigned: dict[str, Any], said: dict[str, Any]) -> list[_Step]:
    """A later deadline is an extension, whose reason is the note."""
    steps = []
    if "due" in assigned and problem.due and assigned["due"] > problem.due:
        steps.append(_Step(EventKind.EXTENDED, {**_take(assigned, ("due",)), **_take(said, ("note",))}))
    if assigned:
        steps.append(_Step(EventKind.ASSIGNED, assigned))
    return steps


def _backward(problem: Problem, target: State, said: dict[str, Any]) -> list[_Step]:
    """Return or reopen: the reason is the note, or else the opinion."""
    if target is not State.IN_PROGRESS:
        text = message("a problem that is {state} does not become {other}", state=problem.state, other=target)
        advice = message("choose “{state}”, which returns it", state=State.IN_PROGRESS)
        raise _UnclearError("state", CellError(Mistake.OTHER, text, advice))
    kind = EventKind.RETURNED if problem.state is State.TO_VERIFY else EventKind.REOPENED
    return [_Step(kind, {"note": said.get("note") or said.get("opinion")})]


def _refuse_unclear(state: State, said: Mapping[str, Any]) -> None:
    """Refuse what means nothing unless the state is changed too."""
    text: Message | None = None
    if state is State.CLOSED:
        text = message("it is struck off, and nothing of it changes any more")
        advice = message("choose “{state}” to reopen it, or put back what stood there", state=State.IN_PROGRESS)
    elif any(key in said for key in _OF_VERIFICATION):
        text = message("it was verified, but it is not said what comes of it")
        advice = message("choose “{closed}” or “{returned}”", closed=State.CLOSED, returned=State.IN_PROGRESS)
    elif any(key in said for key in _OF_ASSIGNMENT):
        text = message("it is to be verified, and not to be assigned")
        advice = message("choose “{state}”, which returns it", state=State.IN_PROGRESS)
    if text:
        raise _UnclearError("state", CellError(Mistake.OTHER, text, advice))


def _take(said: dict[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    return {key: said.pop(key) for key in keys if key in said}
