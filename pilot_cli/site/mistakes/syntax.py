"""Finds every mistake in a text that is not TOML, as far as that is certain.

rtoml stops at the first mistake. So the statement that holds it is taken out, and the rest is read again; what could be
a consequence of the first mistake, or of taking it out, is not told.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from pilot_cli.site.file_rules import TOML
from pilot_cli.site.mistakes.mistake import explain_mistake
from pilot_cli.site.mistakes.statements import POSITION, find_end, find_start, read_again, take_out
from pilot_cli.site.mistakes.told import Report, Told
from pilot_cli.site.model import Site
from pilot_cli.site.problem import Place, Problem

MAX_ERRORS = 20
"""The most mistakes that are told of one text."""
MAX_STEPS = 60
"""How many lines may be tried as the beginning of a statement."""

MAX_LENGTH = 50_000
"""A longer text was not typed by anybody, and may be made to take long."""
MAX_ERRORS_IF_LONG = 3
MAX_STEPS_IF_LONG = 3


class Broken(NamedTuple):
    """A statement that rtoml reports something of."""

    report: Report
    is_found: bool
    """Whether it is certain where the statement begins."""


def explain(report: str, source: str) -> Problem:
    """Turn rtoml's report on a text into the problem F003."""
    return next(_mistakes(report, source, Site))


def explain_all(report: str, source: str, within: type = Site) -> tuple[Problem, ...]:
    """Return every mistake of a text, from rtoml's report on the first of them, in the order of the lines.

    ``within`` is the model of the file.
    """
    most = MAX_ERRORS if len(source) <= MAX_LENGTH else MAX_ERRORS_IF_LONG
    return tuple(sorted(islice(_mistakes(report, source, within), most), key=lambda problem: problem.place or (0, 0)))


def _mistakes(complaint: str | None, source: str, within: type) -> Iterator[Problem]:
    original = [line.removesuffix("\r") for line in source.split("\n")]
    lines = original.copy()
    most_steps = MAX_STEPS if len(source) <= MAX_LENGTH else MAX_STEPS_IF_LONG
    problems: list[Problem] = []
    while complaint:
        broken = find_broken(complaint, lines, original, most_steps, within)
        told = explain_mistake(broken.report)
        problem = _problem(broken.report, told)
        if problem in problems:
            # What was left out had nothing to do with it.
            return
        problems.append(problem)
        yield problem
        if not leave_out(broken, told):
            return
        complaint = read_again(lines)
        if complaint and is_within(complaint, broken, told):
            return


def find_broken(complaint: str, lines: list[str], original: list[str], most_steps: int, within: type = Site) -> Broken:
    """Find the statement that a complaint of rtoml about lines is about."""
    position = POSITION.search(complaint)
    row, column = (int(position[1]) - 1, int(position[2])) if position else (0, 1)
    error = complaint[: position.start()] if position else complaint
    start = find_start(lines, row, most_steps)
    first = row if start is None else start
    report = Report(error, row, column, lines, original, first, find_end(lines, first, row), within)
    return Broken(report, position is not None and start is not None)


def leave_out(broken: Broken, told: Told) -> bool:
    """Take a statement out of its lines; return whether more can be told of the others."""
    lines, rows = broken.report.lines, _rows(broken, told)
    if not broken.is_found or _is_open(lines[broken.report.start : broken.report.end], lines):
        return False
    before = lines[rows.start : rows.stop]
    take_out(lines, rows)
    # A complaint may be about what stands behind it; told once more, it would be the same each time.
    return lines[rows.start : rows.stop] != before


def is_within(complaint: str, broken: Broken, told: Told) -> bool:
    """Whether a complaint is about lines from which a statement was taken out, and so only a consequence."""
    position = POSITION.search(complaint)
    return position is not None and int(position[1]) - 1 in _rows(broken, told)


def _rows(broken: Broken, told: Told) -> range:
    report = broken.report
    return range(told.row, told.row + 1) if told.row < report.start else range(report.start, report.end)


def _problem(report: Report, told: Told) -> Problem:
    line = report.lines[told.row]
    return Problem(TOML, told.what, told.advice, place=Place(told.row + 1, min(told.column, len(line) + 1)))


def _is_open(statement: list[str], lines: list[str]) -> bool:
    """Whether something may be open behind a statement, so that nothing more can be told for sure."""
    text = "\n".join(statement)
    if text.count("{") + text.count("｛") > text.count("}") + text.count("｝"):
        return True
    return any(sum(line.count(quotes) for line in lines) % 2 for quotes in ('"""', "'''"))
