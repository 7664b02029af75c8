"""Tells what the ledger said of a problem earlier, from what has happened to it since."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pilot_cli.ledger.problems import Event, Problem
from pilot_cli.ledger.states import Method

_READ: dict[str, Any] = {
    "measures": tuple,
    "method": Method,
    "done_on": date.fromisoformat,
    "closed_on": date.fromisoformat,
}
"""How values are made of those that events hold, where these are not the same."""
_TOLD_APART = ("number", "due")
"""What is no attribute as events have it, or is told by each event."""


def at_version(problem: Problem, happened: Sequence[Event], version: int) -> Problem:
    """Return a problem as people saw it after so many of its events; what audits find to say of it is as it is now."""
    old: dict[str, Any] = {}
    for event in reversed(happened[version:]):
        for name, (before, _after) in event.changes.items():
            if name not in _TOLD_APART:
                old[name] = _READ.get(name, str)(before) if before is not None else None
    event = happened[version - 1]
    return replace(problem, **old, version=version, state=event.state, due=event.due)
