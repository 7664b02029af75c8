"""What people do with problems: assign, extend, tell progress, submit, return, strike off, reopen.

A move is made for several problems or for none: whatever is in the way of any of them is told for each.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, insert, select, update

from pilot_cli.errors import OperationalError
from pilot_cli.ledger.connection import insert_rows
from pilot_cli.ledger.numbers import ProblemNumber
from pilot_cli.ledger.outcome import storable
from pilot_cli.ledger.states import EventKind, Method, State
from pilot_cli.ledger.tables import events, measures, problems, rules
from pilot_cli.ledger.watch import DEFAULT_PERIODS_TO_CLOSE, Watched, kept_since
from pilot_cli.locale import N_
from pilot_cli.locale.message import Message, message
from pilot_cli.site.rule_info import Severity


class Order(NamedTuple):
    """A move, with what is said along with it; what is None stays as it is."""

    kind: EventKind
    day: date
    who: str
    owner: str | None = None
    unit: str | None = None
    leader: str | None = None
    due: date | None = None
    measures: Sequence[str] = ()
    progress: str | None = None
    evidence: str | None = None
    method: Method | None = None
    opinion: str | None = None
    note: str | None = None
    """Why, where a reason is asked for; else a remark."""
    verified_by: str | None = None
    """Who verified what is struck off, if not the one who says so."""
    deadlines: Mapping[Severity, int] = {}
    """Within how many days problems are to be put right, where no day is given."""
    periods_to_close: int = DEFAULT_PERIODS_TO_CLOSE


class Moved(NamedTuple):
    """A problem after a move."""

    number: ProblemNumber
    state: State
    due: date | None


class Refusal(NamedTuple):
    """What is in the way of a move."""

    why: Message
    about: str = "state"
    """The column of the problem that it is about."""
    is_missing: bool = False
    """Whether something has to be said there."""


class MoveRefusedError(OperationalError):
    """A move cannot be made; nothing was changed."""

    def __init__(self, refusals: Sequence[tuple[ProblemNumber, Refusal]]) -> None:
        super().__init__(refusals)
        self.refusals = refusals

    def __str__(self) -> str:
        """Tell of each problem what is in the way."""
        told = (message("{number}: {why}", number=number, why=refusal.why) for number, refusal in self.refusals)
        return "\n".join(map(str, told))


_FROM = {
    EventKind.ASSIGNED: (State.PENDING, State.IN_PROGRESS),
    EventKind.EXTENDED: (State.IN_PROGRESS,),
    EventKind.UPDATED: (State.PENDING, State.IN_PROGRESS, State.TO_VERIFY),
    EventKind.SUBMITTED: (State.IN_PROGRESS,),
    EventKind.RETURNED: (State.TO_VERIFY,),
    EventKind.CLOSED: (State.TO_VERIFY,),
    EventKind.REOPENED: (State.CLOSED,),
}
"""The states that a move can begin in."""
_NEXT_STEP = {
    State.PENDING: "pilot ledger assign",
    State.IN_PROGRESS: "pilot ledger submit",
    State.TO_VERIFY: "pilot ledger close",
    State.CLOSED: "pilot ledger reopen",
}


def move(
    connection: Connection,
    chosen: Iterable[tuple[int, ProblemNumber]],
    order: Order,
    versions: Mapping[int, int] | None = None,
) -> list[Moved]:
    """Move problems, all or none; ``versions`` are those that the order was decided by, where they are known.

    Raises:
        MoveRefusedError: at least one cannot be moved so.
    """
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    moved, refusals = [], []
    for id, number in chosen:
        row = connection.execute(_PROBLEM.where(problems.c.id == id)).one()
        expected = (versions or {}).get(id, row.version)
        refusal = _changed_meanwhile(row) if row.version != expected else _refusal(connection, row, order)
        if refusal:
            refusals.append((number, refusal))
        else:
            moved.append(Moved(number, *_apply(connection, row, order, now)))
    if refusals:
        raise MoveRefusedError(refusals)
    return moved


_PROBLEM = select(problems, rules.c.severity).join(
    rules, (rules.c.standard_id == problems.c.standard_id) & (rules.c.id == problems.c.rule)
)


def _changed_meanwhile(row: Row[Any]) -> Refusal:
    return Refusal(message("it was changed meanwhile, and is {state} now; look at it again", state=State(row.state)))


def _missing(about: str, template: str, **values: Any) -> Refusal:
    return Refusal(message(template, **values), about, is_missing=True)


def _refusal(connection: Connection, row: Row[Any], order: Order) -> Refusal | None:
    """Say what is in the way of a move, if anything is."""
    state = State(row.state)
    if state not in _FROM[order.kind]:
        return Refusal(message("it is {state}; the next step is: {command}", state=state, command=_NEXT_STEP[state]))
    if order.day < row.moved_on:
        text = N_("it is {state} since {day}; nothing can be done with it as of an earlier day")
        return Refusal(message(text, state=state, day=row.moved_on))
    checks: dict[EventKind, Callable[[Connection, Row[Any], Order], Refusal | None]] = {
        EventKind.ASSIGNED: _refuse_assignment,
        EventKind.EXTENDED: _refuse_extension,
        EventKind.SUBMITTED: _refuse_submission,
        EventKind.RETURNED: _refuse_return,
        EventKind.CLOSED: _refuse_closing,
        EventKind.REOPENED: _refuse_reopening,
    }
    check = checks.get(order.kind)
    return check(connection, row, order) if check else None


def _refuse_assignment(_connection: Connection, row: Row[Any], order: Order) -> Refusal | None:
    if not (order.owner or row.owner):
        return _missing("owner", N_("say with --owner who is to put it right"))
    if row.severity != Severity.INFO and _due_after(row, order) is None:
        text = N_("say with --due until when, or set deadlines.{severity} in pilot.toml")
        return _missing("due", text, severity=row.severity)
    return _refuse_past_due(order)


def _refuse_past_due(order: Order) -> Refusal | None:
    if order.due and order.due < order.day:
        return Refusal(message("the deadline {due} is past already", due=order.due), "due")
    return None


def _refuse_extension(_connection: Connection, row: Row[Any], order: Order) -> Refusal | None:
    if not order.due or not order.note:
        missing = "note" if order.due else "due"
        return _missing(missing, N_("an extension needs a new day (--due) and a reason (--reason)"))
    if row.due is None:
        return _missing("due", N_("it has no deadline; give it one with pilot ledger assign --due"))
    if order.day > row.due:
        text = N_("an extension is to be applied for before the deadline, which was {due}")
        return Refusal(message(text, due=row.due), "due")
    if order.due <= row.due:
        return Refusal(message("the new day has to be after the deadline, which is {due}", due=row.due), "due")
    return None


def _refuse_submission(_connection: Connection, row: Row[Any], order: Order) -> Refusal | None:
    if row.is_watched and not order.progress:
        return _missing("progress", N_("a missed period needs an explanation: say with --progress how it came about"))
    if not (order.progress or order.evidence):
        return _missing("progress", N_("say what was done (--progress), or what proves it (--evidence)"))
    return None


def _refuse_return(_connection: Connection, row: Row[Any], order: Order) -> Refusal | None:
    if not order.note:
        return _missing("note", N_("say with --reason why it is returned"))
    if not (order.owner or row.owner):
        return _missing("owner", N_("it has no owner yet; say with --owner who is to put it right"))
    due = order.due or row.due
    if row.severity != Severity.INFO and (due is None or due < order.day):
        return _missing("due", N_("say with --due until when it is to be put right now"))
    return _refuse_past_due(order)


def _refuse_closing(connection: Connection, row: Row[Any], order: Order) -> Refusal | None:
    if not order.opinion:
        return _missing("opinion", N_("say with --opinion what was verified"))
    if row.is_watched:
        watched = Watched(row.site_id, row.rule)
        kept = kept_since(connection, [watched]).get(watched, 0)
        if kept < order.periods_to_close:
            text = N_("{kept} periods in a row have been kept since; it can be struck off after {needed}")
            return Refusal(message(text, kept=kept, needed=order.periods_to_close))
    return None


def _refuse_reopening(connection: Connection, row: Row[Any], order: Order) -> Refusal | None:
    if not order.note:
        return _missing("note", N_("say with --reason why it is reopened"))
    same = (
        select(problems.c.year, problems.c.number)
        .where(problems.c.site_id == row.site_id, problems.c.rule == row.rule, problems.c.subject == row.subject)
        .where(problems.c.id > row.id)
    )
    later = connection.execute(same.order_by(problems.c.id.desc())).first()
    if later:
        return Refusal(
            message("it has come back already, as {number}; go on with that one", number=ProblemNumber(*later))
        )
    return _refuse_past_due(order)


def _due_after(row: Row[Any], order: Order) -> date | None:
    """The deadline after a move: as given, or as it is, or by the settings."""
    if order.due or row.due:
        return order.due or row.due
    days = order.deadlines.get(Severity(row.severity))
    if not days or order.kind is not EventKind.ASSIGNED:
        return None
    return order.day + timedelta(days) if days <= (date.max - order.day).days else date.max


def _apply(connection: Connection, row: Row[Any], order: Order, now: datetime) -> tuple[State, date | None]:
    """Write a move: the problem as it is now, and the event."""
    state = _state_after(row, order)
    values = {name: value for name, value in _values(row, order, state) if value != getattr(row, name)}
    changes = {name: [_told(getattr(row, name)), _told(value)] for name, value in values.items()}
    changes |= _replace_measures(connection, row.id, order.measures)
    moved_on = row.moved_on if state == row.state else order.day
    connection.execute(
        update(problems)
        .where(problems.c.id == row.id)
        .values(**values, state=state.value, moved_on=moved_on, version=row.version + 1)
    )
    due = values.get("due", row.due)
    event = {
        "problem_id": row.id,
        "sequence": row.version + 1,
        "kind": order.kind.value,
        "day": order.day,
        "recorded_at": now,
        "who": storable(order.who),
        "state": state.value,
        "due": due,
        "changes": changes or None,
        "note": order.note and storable(order.note),
    }
    connection.execute(insert(events), event)
    return state, due


def _state_after(row: Row[Any], order: Order) -> State:
    match order.kind:
        case EventKind.UPDATED:
            return State(row.state)
        case EventKind.SUBMITTED:
            return State.TO_VERIFY
        case EventKind.CLOSED:
            return State.CLOSED
        case EventKind.REOPENED if not (order.owner or row.owner):
            return State.PENDING
        case _:
            return State.IN_PROGRESS


def _values(row: Row[Any], order: Order, state: State) -> Iterator[tuple[str, Any]]:
    """Yield what a move says of each column."""
    for name in ("owner", "unit", "leader", "progress", "evidence", "opinion"):
        text = getattr(order, name)
        if text is not None:
            yield name, storable(text)
    yield "due", _due_after(row, order)
    if order.kind is EventKind.SUBMITTED:
        yield "done_on", order.day
    elif state in (State.PENDING, State.IN_PROGRESS):
        yield "done_on", None
    if state is State.CLOSED:
        yield "closed_on", order.day
        yield "verified_by", storable(order.verified_by or order.who)
        yield "method", order.method and order.method.value
    elif order.kind is EventKind.REOPENED:
        yield from dict.fromkeys(("closed_on", "verified_by", "opinion", "method")).items()
    if order.note:
        yield "note", storable(order.note)


def _replace_measures(connection: Connection, problem: int, texts: Sequence[str]) -> dict[str, Any]:
    """Let these be the measures, if there are any; return what changed."""
    query = select(measures.c.text).where(measures.c.problem_id == problem).order_by(measures.c.position)
    old, new = list(connection.scalars(query)), [storable(text) for text in texts]
    if not new or new == old:
        return {}
    connection.execute(delete(measures).where(measures.c.problem_id == problem))
    rows = [{"problem_id": problem, "position": position, "text": text} for position, text in enumerate(new, 1)]
    insert_rows(connection, measures, rows)
    return {"measures": [old, new]}


def _told(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
