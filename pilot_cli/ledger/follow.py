"""Decides what an audit means for the problems of a site; it knows no database.

An audit never strikes a problem off. What it no longer finds is to be verified, what it finds again goes back, and
what comes back after it was struck off is a new problem. A missed period stays missed: no audit moves such a problem.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from pilot_cli.ledger.outcome import Found
from pilot_cli.ledger.states import EventKind, State


class KnownProblem(NamedTuple):
    """A problem of the ledger, as far as an audit has a say in it."""

    id: int
    rule: str
    subject: str
    state: State
    is_watched: bool
    """Whether its rule is over periods."""
    moved_on: date
    """When it came into its state."""
    owner: str | None
    due: date | None
    version: int
    """How many events it has."""
    zh: str | None
    en: str | None
    """What was wrong when it was last found."""


class NewProblem(NamedTuple):
    """A problem to be recorded."""

    found: Found
    rebound_of: int | None
    """The problem that was struck off, and has come back."""


class Move(NamedTuple):
    """A problem that comes into another state."""

    problem: KnownProblem
    kind: EventKind
    state: State


class Consequences(NamedTuple):
    """What follows from an audit of a site."""

    new: list[NewProblem]
    seen: list[int]
    """The known problems that were found."""
    told: list[tuple[int, Found]]
    """Those of them of which something else is said than last time."""
    moves: list[Move]


def follow(known: Iterable[KnownProblem], found: Sequence[Found], unjudged: Iterable[str], as_of: date) -> Consequences:
    """Compare what is known of a site with what an audit found; ``known`` comes in the order of numbers.

    Of the rules that are not judged nothing follows. What happened after the day of the audit is not undone by it.
    """
    latest = {(problem.rule, problem.subject): problem for problem in known}
    consequences = Consequences([], [], [], [])
    for one in found:
        problem = latest.pop(one.identity, None)
        if problem is None:
            consequences.new.append(NewProblem(one, None))
        elif problem.state is State.CLOSED and not problem.is_watched and problem.moved_on <= as_of:
            consequences.new.append(NewProblem(one, problem.id))
        else:
            _found_again(problem, one, as_of, consequences)
    skipped = frozenset(unjudged)
    for problem in latest.values():
        is_moved = problem.state in (State.PENDING, State.IN_PROGRESS)
        if is_moved and not problem.is_watched and problem.rule not in skipped and problem.moved_on <= as_of:
            consequences.moves.append(Move(problem, EventKind.NOT_FOUND, State.TO_VERIFY))
    return consequences


def _found_again(problem: KnownProblem, found: Found, as_of: date, consequences: Consequences) -> None:
    consequences.seen.append(problem.id)
    if (problem.zh, problem.en) != (found.zh, found.en):
        consequences.told.append((problem.id, found))
    if problem.state is State.TO_VERIFY and not problem.is_watched and problem.moved_on <= as_of:
        state = State.IN_PROGRESS if problem.owner else State.PENDING
        consequences.moves.append(Move(problem, EventKind.FOUND_AGAIN, state))
