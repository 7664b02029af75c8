"""Merges the lines of another ledger, or of an earlier or later copy of this one, into a ledger; see ``lines``.

What both have is the same where nothing was done since, or only in one of them; else it is a conflict, and nothing is
changed. Problems keep their numbers where these are the next; else they get the next, which is an event.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, NamedTuple

from pydantic import ValidationError
from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from pilot_cli.errors import OperationalError
from pilot_cli.ledger.connection import Row, insert_rows
from pilot_cli.ledger.dump import PROBLEM_COLUMNS
from pilot_cli.ledger.known import free_numbers
from pilot_cli.ledger.lines import (
    FORMAT,
    HEADER,
    LINE,
    AuditLine,
    EventEntry,
    Line,
    ProblemLine,
    ProblemName,
    ResultLine,
    SiteLine,
    StandardLine,
)
from pilot_cli.ledger.numbers import ProblemNumber
from pilot_cli.ledger.outcome import storable
from pilot_cli.ledger.states import EventKind, State
from pilot_cli.ledger.tables import (
    audits,
    events,
    found,
    measures,
    outcomes,
    problems,
    results,
    rules,
    sites,
    standards,
)
from pilot_cli.locale import N_
from pilot_cli.locale.message import Message, message

MAX_CONFLICTS_TOLD = 20
_CONTRADICTION = message("it contradicts itself or the ledger, and nothing was changed")


class LoadError(OperationalError):
    """Lines cannot be merged into a ledger; nothing was changed."""


@dataclass
class Loaded:
    """What came of merging."""

    audits: int = 0
    sites: int = 0
    new: int = 0
    """How many problems were not there before."""
    continued: int = 0
    """How many problems got events that they did not have."""
    renumbered: list[tuple[ProblemNumber, ProblemNumber]] = field(default_factory=list)
    """Old and new number."""

    @property
    def is_nothing(self) -> bool:
        """Whether all was there already."""
        return not (self.audits or self.sites or self.new or self.continued)


class _Here(NamedTuple):
    """A problem as this ledger has it."""

    id: int
    number: ProblemNumber
    events: list[tuple[Any, ...]]
    version: int


def read_lines(stream: Iterable[bytes]) -> Iterator[Line]:
    """Read lines.

    Raises:
        LoadError: one of them is not as the format has it.
    """
    number = 0
    try:
        for number, line in enumerate(stream, 1):
            if number == 1:
                header = HEADER.validate_json(line)
                if header.pilot_ledger > FORMAT:
                    raise LoadError(message("it was written by a later version of pilot; install that version"))
            elif line.strip():
                yield LINE.validate_json(line)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, details["loc"]))
        text = message(
            "line {number} is no line of a ledger ({where}: {what})", number=number, where=where, what=details["msg"]
        )
        raise LoadError(text if number > 1 else message("it was not written by pilot ledger dump")) from error
    if not number:
        raise LoadError(message("it was not written by pilot ledger dump"))


def load(connection: Connection, lines: Iterable[Line], who: str, day: date) -> Loaded:
    """Merge lines into the ledger.

    Raises:
        LoadError: they contradict the ledger, or themselves.
    """
    merger = _Merger(connection, who, day)
    for line in lines:
        try:
            merger.take(line)
        except IntegrityError as error:
            raise LoadError(_CONTRADICTION) from error
        except KeyError as error:
            raise LoadError(
                message("it names something that stands in no line before: {name}", name=str(error.args[0]))
            ) from error
    return merger.finish()


class _Merger:
    """Takes in line after line."""

    def __init__(self, connection: Connection, who: str, day: date) -> None:
        self._connection, self._who, self._day = connection, storable(who), day
        self._now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        self._loaded = Loaded()
        self._conflicts: list[Message] = []
        self._standards = self._ids(standards, "digest")
        self._audits = self._ids(audits, "key")
        self._sites = self._ids(sites, "code")
        self._here = self._problems_here()
        self._open = {name[1:]: here for name, here in self._here.items() if here[1]}
        self._problems = {name: here.id for name, (here, _is_open) in self._here.items()}
        self._results = {(row.audit_id, row.site_id): row.result_id for row in connection.execute(select(outcomes))}
        self._free = {
            table: free_numbers(connection, table.c.id) for table in (standards, audits, sites, problems, results)
        }
        self._numbers: dict[int, count[int]] = {}

    def _ids(self, table: Any, column: str) -> dict[str, int]:
        return {name: id for name, id in self._connection.execute(select(table.c[column], table.c.id))}  # noqa: C416

    def _problems_here(self) -> dict[ProblemName, tuple[_Here, bool]]:
        happened: dict[int, list[tuple[Any, ...]]] = {}
        for row in self._connection.execute(select(events).order_by(events.c.problem_id, events.c.sequence)):
            if row.kind != EventKind.RENUMBERED:
                told = _identity(EventKind(row.kind), row.day, row.recorded_at, row.who, row.note)
                happened.setdefault(row.problem_id, []).append(told)
        columns = (audits.c.key, sites.c.code, problems.c.rule, problems.c.subject)
        query = select(
            *columns, problems.c.id, problems.c.year, problems.c.number, problems.c.version, problems.c.state
        )
        here = {}
        for *name, id, year, number, version, state in self._connection.execute(
            query.select_from(problems).join(audits).join(sites)
        ):
            known = _Here(id, ProblemNumber(year, number), happened.get(id, []), version)
            here[ProblemName(*name)] = known, state != State.CLOSED
        return here

    def take(self, line: Line) -> None:
        """Take in a line."""
        match line:
            case StandardLine():
                self._take_standard(line)
            case AuditLine():
                self._take_audit(line)
            case SiteLine():
                self._take_site(line)
            case ProblemLine():
                self._take_problem(line)
            case ResultLine():
                self._take_result(line)

    def _take_standard(self, line: StandardLine) -> None:
        if line.digest in self._standards:
            return
        id = self._standards[line.digest] = next(self._free[standards])
        row = {"id": id, "digest": line.digest, "name": line.name, "title_zh": line.title_zh, "title_en": line.title_en}
        self._connection.execute(insert(standards), _clean(row))
        insert_rows(self._connection, rules, [_clean({"standard_id": id, **vars(rule)}) for rule in line.rules])

    def _take_audit(self, line: AuditLine) -> None:
        if line.key in self._audits:
            return
        id = self._audits[line.key] = next(self._free[audits])
        columns = {name: value for name, value in vars(line).items() if name not in ("type", "standard")}
        row = {"id": id, "standard_id": self._standards[line.standard], **columns}
        self._connection.execute(insert(audits), _clean(row))
        self._loaded.audits += 1

    def _take_site(self, line: SiteLine) -> None:
        if line.code in self._sites:
            return
        id = self._sites[line.code] = next(self._free[sites])
        columns = {name: value for name, value in vars(line).items() if name != "type"}
        self._connection.execute(insert(sites), _clean({"id": id, **columns}))
        self._loaded.sites += 1

    def _take_problem(self, line: ProblemLine) -> None:
        last = line.events[-1]
        if (last.state, last.due) != (line.state, line.due):
            raise LoadError(_CONTRADICTION)
        theirs = [
            (_identity(event.kind, event.day, event.recorded_at, event.who, event.note), event)
            for event in line.events
            if event.kind is not EventKind.RENUMBERED
        ]
        known = self._here.get(line.name)
        if known is None:
            self._add_problem(line, [event for _identity, event in theirs])
            return
        here = known[0]
        common = min(len(theirs), len(here.events))
        if [identity for identity, _event in theirs[:common]] != here.events[:common]:
            self._conflicts.append(
                message("{number}: both ledgers went on with it in different ways", number=here.number)
            )
        elif len(theirs) > common:
            self._continue_problem(here, line, [event for _identity, event in theirs[common:]])

    def _add_problem(self, line: ProblemLine, happened: list[EventEntry]) -> None:
        same = self._open.get(line.name[1:])
        if same and line.state is not State.CLOSED:
            text = N_("{number}: the other ledger has the same problem of this site as {other}; strike one of them off")
            number = same[0].number
            self._conflicts.append(message(text, number=number, other=ProblemNumber(line.year, line.number)))
            return
        id = self._problems[line.name] = next(self._free[problems])
        old, number = ProblemNumber(line.year, line.number), self._next_number(line.year)
        row = {
            "id": id,
            "site_id": self._sites[line.name.site],
            "rule": line.name.rule,
            "subject": line.name.subject,
            "first_audit_id": self._audits[line.name.audit],
            "rebound_of": self._problems[line.rebound_of] if line.rebound_of else None,
            **self._columns(line),
            "number": number.number,
            "version": len(happened) + (number != old),
        }
        self._connection.execute(insert(problems), _clean(row))
        self._write_measures(id, line.measures)
        if number != old:
            self._loaded.renumbered.append((old, number))
            happened = [*happened, self._renumbering(line, old, number)]
        self._write_events(id, 1, happened)
        self._loaded.new += 1

    def _next_number(self, year: int) -> ProblemNumber:
        if year not in self._numbers:
            last = self._connection.execute(select(func.max(problems.c.number)).where(problems.c.year == year)).scalar()
            self._numbers[year] = count((last or 0) + 1)
        return ProblemNumber(year, next(self._numbers[year]))

    def _renumbering(self, line: ProblemLine, old: ProblemNumber, new: ProblemNumber) -> EventEntry:
        changes: dict[str, list[Any]] = {"number": [str(old), str(new)]}
        return EventEntry(
            EventKind.RENUMBERED, self._day, self._now, self._who, line.state, line.due, changes, None, None
        )

    def _continue_problem(self, here: _Here, line: ProblemLine, happened: list[EventEntry]) -> None:
        columns = {name: value for name, value in self._columns(line).items() if name not in ("year", "number")}
        values = _clean({**columns, "version": here.version + len(happened)})
        self._connection.execute(update(problems).where(problems.c.id == here.id).values(**values))
        self._connection.execute(delete(measures).where(measures.c.problem_id == here.id))
        self._write_measures(here.id, line.measures)
        self._write_events(here.id, here.version + 1, happened)
        self._loaded.continued += 1

    def _columns(self, line: ProblemLine) -> Row:
        columns = {name: getattr(line, name) for name in PROBLEM_COLUMNS}
        method = line.method and line.method.value
        return {**columns, "standard_id": self._standards[line.standard], "state": line.state.value, "method": method}

    def _write_measures(self, problem: int, texts: list[str]) -> None:
        rows = [
            {"problem_id": problem, "position": place, "text": storable(text)} for place, text in enumerate(texts, 1)
        ]
        insert_rows(self._connection, measures, rows)

    def _write_events(self, problem: int, first: int, happened: list[EventEntry]) -> None:
        rows = [
            _clean(
                {
                    **vars(event),
                    "problem_id": problem,
                    "sequence": sequence,
                    "kind": event.kind.value,
                    "state": event.state.value,
                    "audit": None,
                    "audit_id": self._audits[event.audit] if event.audit else None,
                }
            )
            for sequence, event in enumerate(happened, first)
        ]
        for row in rows:
            del row["audit"]
        self._connection.execute(insert(events), rows)

    def _take_result(self, line: ResultLine) -> None:
        site = self._sites[line.site]
        told_by = [self._audits[key] for key in line.audits]
        new = [audit for audit in told_by if (audit, site) not in self._results]
        if not new or self._conflicts:
            return
        known = next((self._results[audit, site] for audit in told_by if (audit, site) in self._results), None)
        id = next(self._free[results]) if known is None else known
        if known is None:
            columns = {name: getattr(line, name) for name in ("score", "grade", "statuses", "unjudged")}
            row = {"id": id, "site_id": site, "fingerprint": bytes.fromhex(line.fingerprint), **columns}
            self._connection.execute(insert(results), _clean(row))
            seen = [{"result_id": id, "problem_id": self._problems[name]} for name in line.found]
            insert_rows(self._connection, found, seen)
        rows = [{"audit_id": audit, "site_id": site, "result_id": id} for audit in new]
        insert_rows(self._connection, outcomes, rows)
        self._results.update({(audit, site): id for audit in new})

    def finish(self) -> Loaded:
        """Sum up.

        Raises:
            LoadError: the ledgers contradict each other.
        """
        if self._conflicts:
            told = [str(conflict) for conflict in self._conflicts[:MAX_CONFLICTS_TOLD]]
            more = len(self._conflicts) - len(told)
            raise LoadError("\n".join([*told, *([str(message("and {number} more", number=more))] if more else [])]))
        return self._loaded


def _identity(kind: EventKind, day: date, recorded_at: datetime, who: str, note: str | None) -> tuple[Any, ...]:
    """By which an event is the same in two ledgers."""
    return kind, day, recorded_at, who, note


def _clean(row: Row) -> Row:
    """Make texts from elsewhere fit for a database."""
    return {name: storable(value) if type(value) is str else value for name, value in row.items()}
