"""``pilot ledger problems`` and ``problem``: the ledger itself, and one of its problems."""

from typing import Any

from pilot_cli.commands.filters import split_values
from pilot_cli.commands.ledger.audits import write
from pilot_cli.commands.ledger.opening import read_ledger_settings
from pilot_cli.commands.ledger.options import Asked, Choice
from pilot_cli.commands.options import parse_as_of, parse_day
from pilot_cli.commands.targets import choose_targets
from pilot_cli.ledger.numbers import find_problems
from pilot_cli.ledger.problem_filter import ProblemFilter
from pilot_cli.ledger.problems import history, list_problems

MAX_PROBLEMS_SHOWN = 200
"""The most problems that a table shows, if it is not to show all."""


def problems(context: Any, choice: Choice, asked: Asked, *, all: bool) -> int:
    """List problems."""
    filter = chosen_problems(choice)
    targets = choose_targets("ledger problems", asked.output or (), asked.format)
    is_whole = all or any(target.format.for_programs for target in targets)
    with read_ledger_settings(context, asked.ledger).ledger.reading() as connection:
        listed = list_problems(connection, filter, None if is_whole else MAX_PROBLEMS_SHOWN)
    return write("problems", listed, asked)


def chosen_problems(choice: Choice) -> ProblemFilter:
    """Understand the options that say which problems are meant."""
    return ProblemFilter(
        parse_as_of(choice.as_of),
        choice.state or (),
        choice.overdue,
        choice.rebounded,
        split_values(choice.site, "--site"),
        split_values(choice.city, "--city"),
        # Several people who are responsible together stand in one text, with commas.
        choice.owner or (),
        None if choice.due_before is None else parse_day(choice.due_before, "--due-before"),
    )


def problem(context: Any, number: str, asked: Asked, *, as_of: str | None) -> int:
    """Show one problem with its whole history."""
    day = parse_as_of(as_of)
    with read_ledger_settings(context, asked.ledger).ledger.reading() as connection:
        ((id, _number),) = find_problems(connection, [number])
        told = history(connection, id, day)
    return write("problem", told, asked)
