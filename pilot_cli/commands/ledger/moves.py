"""``pilot ledger assign``, ``extend``, ``submit``, ``return``, ``close`` and ``reopen``."""

from collections.abc import Sequence
from typing import Any

from typer import BadParameter, echo

from pilot_cli.commands.ledger.opening import read_ledger_settings
from pilot_cli.commands.ledger.options import Call
from pilot_cli.commands.options import parse_as_of, parse_day
from pilot_cli.formats.text import printable
from pilot_cli.ledger.moves import Moved, Order, move
from pilot_cli.ledger.numbers import find_problems
from pilot_cli.ledger.states import EventKind, State
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import message
from pilot_cli.standard.built_in_marks import built_in_placeholders

OPTIONS = {
    **{(kind, "note"): "reason" for kind in (EventKind.EXTENDED, EventKind.RETURNED, EventKind.REOPENED)},
    **{(kind, "measures"): "measure" for kind in (EventKind.ASSIGNED, EventKind.SUBMITTED)},
}
"""The options that are called otherwise than what they say of a problem."""


def _move(
    context: Any, numbers: Sequence[str], kind: EventKind, call: Call, *, due: str | None = None, **said: Any
) -> int:
    """Move problems in one transaction, and say how they stand; return the exit status."""
    for name, value in said.items():
        texts = [value] if isinstance(value, str) else value or ()
        if any(text in built_in_placeholders() for text in texts):
            raise BadParameter(_("there is nothing in it"), param_hint=f"--{OPTIONS.get((kind, name), name)}")
    settings = read_ledger_settings(context, call.ledger, call.by)
    order = Order(
        kind,
        parse_as_of(call.as_of),
        settings.person,
        due=None if due is None else parse_day(due, "--due"),
        deadlines=settings.deadlines,
        periods_to_close=settings.periods_to_close,
        **said,
    )
    with settings.ledger.writing() as connection:
        moved = move(connection, find_problems(connection, numbers), order)
    for one in moved:
        echo(printable(str(_told(one))))
    return 0


def _told(moved: Moved) -> object:
    if moved.due is None and moved.state is State.IN_PROGRESS:
        return message("{number}: {state}, without a deadline", number=moved.number, state=moved.state)
    if moved.due is None:
        return message("{number}: {state}", number=moved.number, state=moved.state)
    return message("{number}: {state}, deadline {due}", number=moved.number, state=moved.state, due=moved.due)


def assign(context: Any, numbers: Sequence[str], call: Call, **said: Any) -> int:
    """Say who puts problems right, and until when."""
    return _move(context, numbers, EventKind.ASSIGNED, call, **said)


def extend(context: Any, numbers: Sequence[str], call: Call, **said: Any) -> int:
    """Extend the deadline."""
    return _move(context, numbers, EventKind.EXTENDED, call, **said)


def submit(context: Any, numbers: Sequence[str], call: Call, **said: Any) -> int:
    """Submit what was done."""
    return _move(context, numbers, EventKind.SUBMITTED, call, **said)


def return_(context: Any, numbers: Sequence[str], call: Call, **said: Any) -> int:
    """Return what is not put right after all."""
    return _move(context, numbers, EventKind.RETURNED, call, **said)


def close(context: Any, numbers: Sequence[str], call: Call, **said: Any) -> int:
    """Strike problems off."""
    return _move(context, numbers, EventKind.CLOSED, call, **said)


def reopen(context: Any, numbers: Sequence[str], call: Call, **said: Any) -> int:
    """Reopen what was struck off too early."""
    return _move(context, numbers, EventKind.REOPENED, call, **said)
