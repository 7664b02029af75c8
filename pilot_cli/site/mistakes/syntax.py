"""Says everything that is wrong with a text that is not TOML, as far as that can be told with certainty.

rtoml stops at the first mistake. So the statement that holds it is taken out, and the rest is read again; what could be
a consequence of the first mistake, or of taking it out, is not told.
"""

from collections.abc import Iterator
from itertools import islice

from pilot_cli.site.mistakes.mistake import explain_mistake
from pilot_cli.site.mistakes.statements import POSITION, find_end, find_start, read_again, take_out
from pilot_cli.site.mistakes.typing_mistakes import Report
from pilot_cli.site.problem import Problem

MAX_ERRORS = 20
"""The most mistakes that are told of one text."""
MAX_STEPS = 60
"""How many lines may be tried as the beginning of a statement."""

MAX_LENGTH = 50_000
"""A longer text was not typed by anybody, and may be made to take long."""
MAX_ERRORS_IF_LONG = 3
MAX_STEPS_IF_LONG = 3


def explain(report: str, source: str) -> Problem:
    """Turn rtoml's report on a text into the problem F003."""
    return next(_mistakes(report, source))


def explain_all(report: str, source: str) -> tuple[Problem, ...]:
    """Return every mistake of a text, from rtoml's report on the first of them, in the order of the lines."""
    most = MAX_ERRORS if len(source) <= MAX_LENGTH else MAX_ERRORS_IF_LONG
    return tuple(sorted(islice(_mistakes(report, source), most), key=lambda problem: problem.place or (0, 0)))


def _mistakes(complaint: str | None, source: str) -> Iterator[Problem]:
    original = [line.removesuffix("\r") for line in source.split("\n")]
    lines = original.copy()
    most_steps = MAX_STEPS if len(source) <= MAX_LENGTH else MAX_STEPS_IF_LONG
    while complaint:
        position = POSITION.search(complaint)
        row, column = (int(position[1]) - 1, int(position[2])) if position else (0, 1)
        error = complaint[: position.start()] if position else complaint
        start = find_start(lines, row, most_steps)
        end = find_end(lines, row if start is None else start, row)
        report = Report(error, row, column, lines, original, row if start is None else start, end)
        problem = explain_mistake(report)
        yield problem
        if not position or start is None or _is_open(lines[start:end], lines):
            return
        told = problem.place.line - 1 if problem.place else row
        if told < start:
            start, end = told, told + 1
        blanked = range(start, end)
        take_out(lines, blanked)
        complaint = read_again(lines)
        if complaint and (position := POSITION.search(complaint)) and int(position[1]) - 1 in blanked:
            return


def _is_open(statement: list[str], lines: list[str]) -> bool:
    """Whether something may be open behind a statement, so that nothing more can be told for sure."""
    text = "\n".join(statement)
    if text.count("{") + text.count("｛") > text.count("}") + text.count("｝"):
        return True
    return any(sum(line.count(quotes) for line in lines) % 2 for quotes in ('"""', "'''"))
