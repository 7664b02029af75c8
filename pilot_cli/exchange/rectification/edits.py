"""Finds what people changed in the workbook: each row beside what it said when it was written, and the ledger now."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from pilot_cli.exchange.books.details import FailedCell
from pilot_cli.exchange.cell_error import CellError, Mistake
from pilot_cli.exchange.ledger_row import CellMessage
from pilot_cli.exchange.left_out import Tally
from pilot_cli.exchange.rectification.columns import (
    COLUMNS_BY_KEY,
    LOCKED,
    OPEN,
    CheckCode,
    Value,
    comparable,
    digest,
    exported,
    identity,
    is_same,
    shown,
)
from pilot_cli.exchange.rectification.reader import FilledRow
from pilot_cli.exchange.values import failure
from pilot_cli.ledger.earlier import at_version
from pilot_cli.ledger.numbers import ProblemNumber, parse_number
from pilot_cli.ledger.problems import Problem, events_of
from pilot_cli.locale.message import Message, message


class Edit(NamedTuple):
    """What somebody typed into a cell."""

    value: Value
    row: FilledRow


Edits = dict[ProblemNumber, dict[str, Edit]]
"""What is new of each problem, by column."""


class CodedRow(NamedTuple):
    """A row of a problem, and what it said when it was written."""

    row: FilledRow
    number: ProblemNumber
    code: CheckCode


def number_rows(rows: Sequence[FilledRow], errors: list[CellMessage]) -> Iterator[CodedRow]:
    """Yield the rows that say which problem they are about; what is wrong with others is added to the errors."""
    for row in rows:
        cell = row.cell("number")
        number = None if isinstance(cell, FailedCell) else parse_number(str(cell))
        code = CheckCode.parse(str(row.cell("check")))
        if number is None:
            problem = message("it is no number of a problem")
            advice = message("new problems are recorded by pilot ledger record; clear the row, or put its number back")
            errors.append(row.wrong("number", CellError(Mistake.LOCKED, problem, advice)))
        elif code is None:
            problem = message("the code by which changes are known is missing")
            errors.append(row.wrong("check", CellError(Mistake.LOCKED, problem, _EXPORT_ANEW)))
        else:
            yield CodedRow(row, number, code)


_EXPORT_ANEW = message("export the ledger again, and enter it there")


def find_edits(
    connection: Connection,
    rows: Sequence[CodedRow],
    now: Mapping[ProblemNumber, Problem],
    errors: list[CellMessage],
    tally: Tally,
) -> Edits:
    """Return what is new in rows; what cannot be taken from them is added to the errors."""
    stale = {now[row.number].id for row in rows if row.number in now and row.code.version < now[row.number].version}
    happened = events_of(connection, sorted(stale))
    edits: Edits = {}
    for row in rows:
        problem = now.get(row.number)
        wrong = _refuse_row(row, problem)
        if problem is None or wrong:
            errors.append(row.row.wrong("number", CellError(Mistake.LOCKED, *(wrong or (_ABSENT, _EXPORT_ANEW)))))
            continue
        is_stale = row.code.version < problem.version
        before = at_version(problem, happened[problem.id], row.code.version) if is_stale else problem
        errors += _changed_locked(row, problem)
        _add_edits(edits.setdefault(row.number, {}), row.row, before, problem, errors, tally)
    return edits


_ABSENT = message("the ledger has no such problem")


def _refuse_row(row: CodedRow, problem: Problem | None) -> tuple[Message, Message] | None:
    if problem is None:
        return _ABSENT, message("name the right ledger with --ledger, or put the number back")
    if row.code.identity != identity(problem):
        return message("it is another problem in this ledger"), message(
            "put the number back that stood there, or name the right ledger with --ledger"
        )
    if row.code.version > problem.version:
        return message("the row is newer than the ledger"), message("name the right ledger with --ledger")
    return None


def _changed_locked(row: CodedRow, problem: Problem) -> Iterator[CellMessage]:
    """Tell the locked cells that somebody has changed; audits may have changed what the ledger says of them too."""
    if row.code.locked == digest(comparable(row.row.cell(column.key)) for column in LOCKED):
        return
    for column in LOCKED:
        if column.key in row.row.positions and comparable(row.row.cell(column.key)) != shown(column, problem):
            text = message("this column is filled in by pilot, which has “{value}” there", value=shown(column, problem))
            error = CellError(Mistake.LOCKED, text, message("put that back, and write into the open columns"))
            yield row.row.wrong(column.key, error)


def _add_edits(
    edits: dict[str, Edit],
    row: FilledRow,
    before: Problem,
    now: Problem,
    errors: list[CellMessage],
    tally: Tally,
) -> None:
    for key in OPEN:
        if key not in row.positions:
            continue
        try:
            value = _edited(key, row, before, now, tally)
        except CellError as error:
            errors.append(row.wrong(key, error))
            continue
        if value is None:
            continue
        other = edits.setdefault(key, Edit(value, row))
        if not is_same(other.value, value):
            place = other.row.place_of(key)
            problem = message("another row says “{value}” of the same problem", value=str(other.row.cell(key)))
            advice = message(
                "keep one of the two: this one, or that in row {row} of “{sheet}”", row=place.row + 1, sheet=place.sheet
            )
            errors.append(row.wrong(key, CellError(Mistake.CONFLICT, problem, advice)))


def _edited(key: str, row: FilledRow, before: Problem, now: Problem, tally: Tally) -> Value:
    """Return what somebody typed into a cell; None if it says what it said, or what the ledger says now.

    Raises:
        CellError: it means nothing, or cannot be taken.
    """
    cell = row.cell(key)
    if isinstance(cell, FailedCell):
        raise failure(cell)
    value = OPEN[key](cell, tally)
    was, is_now = exported(key, before), exported(key, now)
    if is_same(value, was) or is_same(value, is_now):
        return None
    if not is_same(was, is_now):
        text = message(
            "“{was}” has become “{now}” in the ledger meanwhile", was=_text(key, before), now=_text(key, now)
        )
        raise CellError(
            Mistake.CONFLICT, text, message("restore the old value, or export the ledger again and enter it there")
        )
    if value is None:
        text = message("“{was}” was cleared, which changes nothing in the ledger", was=_text(key, before))
        raise CellError(Mistake.EMPTY, text, message("put it back, or type what is right"))
    return value


def _text(key: str, problem: Problem) -> str:
    return str(COLUMNS_BY_KEY[key].value(problem) or "")
