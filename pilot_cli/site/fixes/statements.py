"""Corrects a text that is not TOML, statement by statement, with the line that each mistake suggests."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pilot_cli.site.mistakes.mistake import explain_mistake
from pilot_cli.site.mistakes.statements import POSITION, looks_like_header, looks_like_remark, read_again
from pilot_cli.site.mistakes.syntax import MAX_STEPS, find_broken, is_within, leave_out
from pilot_cli.site.mistakes.told import Mend, MendKind, Report

MAX_ATTEMPTS = 300
"""How many statements of a table, and lines of a statement, are tried to be mended at most."""
MAX_CHARACTERS_READ = 10_000_000
"""How much is read, again and again, for the sake of one table, or statement. Nobody types so many mistakes."""
MAX_DEPTH = 3
"""How many times a statement is tried without what seems to stand behind it."""


class MendedText(NamedTuple):
    """The lines of a text as far as they could be mended."""

    lines: list[str]
    readable: list[str] | None
    """The same without the statements that cannot be read; None if it is not certain what belongs to these."""
    kinds: tuple[MendKind, ...]
    """What was mended, once for each time."""


class _MendedStatement(NamedTuple):
    start: int
    lines: list[str]
    kinds: tuple[MendKind, ...]


def mend_statements(lines: list[str]) -> MendedText:
    """Mend each statement of a text that can be made readable; the others stay as they are.

    Each table is mended by itself, so that many mistakes in a long text take no longer than those in many short ones.
    What is given twice in different tables, and what runs on from one into the next, is found in the whole.
    """
    if read_again(lines) is None:
        return MendedText(lines, lines, ())
    mended, readable = lines.copy(), lines.copy()
    kinds: tuple[MendKind, ...] = ()
    rows_read = 0
    for start, end in _tables(lines):
        if read_again(lines[start:end]) is None:
            continue
        rows_read += end
        if rows_read > MAX_CHARACTERS_READ:
            break
        # The rows above are blank, so that those of the table keep their numbers.
        table = _mend_all([*[""] * start, *lines[start:end]])
        mended[start:end] = table.lines[start:]
        readable[start:end] = (table.readable or table.lines)[start:]
        kinds += table.kinds
    whole = _mend_all(readable)
    changed = [new if new != old else line for line, old, new in zip(mended, readable, whole.lines, strict=True)]
    return MendedText(changed, whole.readable, kinds + whole.kinds)


def _tables(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the first row of each table, and that behind its last one; the top of the file is the first table."""
    starts = [row for row, line in enumerate(lines) if row and looks_like_header(line)]
    tables = list(pairwise((0, *starts, len(lines))))
    if any("\n".join(lines[start:end]).count(quotes) % 2 for start, end in tables for quotes in ('"""', "'''")):
        # What looks like a header stands in a text of several lines.
        return
    yield from tables


def _mend_all(lines: list[str]) -> MendedText:
    mended, readable = lines.copy(), lines.copy()
    kinds: tuple[MendKind, ...] = ()
    complaint = read_again(readable)
    for _attempt in range(_most_attempts(lines)):
        if complaint is None:
            return MendedText(mended, readable, kinds)
        broken = find_broken(complaint, readable, mended, MAX_STEPS)
        statement = _mend(broken.report) if broken.is_found else None
        if statement:
            candidate = _replaced(readable, readable, statement)
            complaint_then = read_again(candidate)
            if _is_read(complaint_then, statement):
                mended = _replaced(mended, readable, statement)
                readable, complaint = candidate, complaint_then
                kinds += statement.kinds
                continue
        told = explain_mistake(broken.report)
        if not leave_out(broken, told):
            break
        complaint = read_again(readable)
        if complaint and is_within(complaint, broken, told):
            break
    return MendedText(mended, None, kinds)


def _most_attempts(lines: list[str]) -> int:
    return min(MAX_ATTEMPTS, MAX_CHARACTERS_READ // (sum(map(len, lines)) + len(lines) + 1))


def _mend(report: Report, depth: int = 0) -> _MendedStatement | None:
    """Mend a statement line by line until it can be read; None if that is not possible for certain."""
    start = report.start
    report = report._replace(lines=report.lines.copy())
    kinds: list[MendKind] = []
    for _attempt in range(_most_attempts(report.lines[start : report.end])):
        mend = _line_as_it_should_be(report)
        if depth < MAX_DEPTH and (mend is None or looks_like_remark(report.line)):
            before = _up_to(report)
            statement = _mend(before, depth + 1) if before else None
            if statement:
                return statement._replace(kinds=(*kinds, *statement.kinds))
        if mend is None:
            return None
        row, (kind, line) = mend
        report.lines[row] = line
        kinds.append(kind)
        complaint = read_again(report.lines[start : report.end])
        if complaint is None:
            return _MendedStatement(start, report.lines[start : report.end], tuple(kinds))
        if not POSITION.search(complaint):
            return None
        report = _moved(report, complaint)
        if report.row > start and read_again(report.lines[start : report.row]) is None:
            # What follows is another statement, although it does not look like one yet.
            return _MendedStatement(start, report.lines[start : report.row], tuple(kinds))
    return None


def _line_as_it_should_be(report: Report) -> tuple[int, Mend] | None:
    """Return a line of the statement as it certainly should be, and its row."""
    told = explain_mistake(report)
    if told.mend is None or not report.start <= told.row < report.end or told.mend.line == report.lines[told.row]:
        return None
    return told.row, told.mend


def _up_to(report: Report) -> Report | None:
    """Report what is wrong before the line of a report, which may not belong to the statement at all."""
    complaint = read_again(report.lines[report.start : report.row]) if report.row > report.start else None
    return _moved(report._replace(end=report.row), complaint) if complaint and POSITION.search(complaint) else None


def _moved(report: Report, complaint: str) -> Report:
    """Report what rtoml says against the lines from the start of the same statement on."""
    position = POSITION.search(complaint)
    assert position
    row = report.start + int(position[1]) - 1
    return report._replace(error=complaint[: position.start()], row=min(row, report.end - 1), column=int(position[2]))


def _replaced(lines: list[str], before: list[str], statement: _MendedStatement) -> list[str]:
    """Put the lines in place that were mended; others of the statement may have been left out of it before."""
    replaced = lines.copy()
    for row, new in enumerate(statement.lines, statement.start):
        if new != before[row]:
            replaced[row] = new
    return replaced


def _is_read(complaint: str | None, statement: _MendedStatement) -> bool:
    """Whether a mended statement can be read where it stands, as it cannot if its key is given a second time."""
    position = POSITION.search(complaint) if complaint else None
    if complaint is None or position is None:
        return complaint is None
    return not statement.start <= int(position[1]) - 1 < statement.start + len(statement.lines)
