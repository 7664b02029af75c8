"""Merges the lines of another ledger, or of an earlier or later copy of this one, into a ledger; see ``lines``.

What both have is the same where nothing was done since, or only in one of them; else it is a conflict, and nothing is
changed. Problems keep their numbers where these are the next; else they get the next, which is an event.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from pilot_cli.ledger.connection import Row, insert_rows
from pilot_cli.ledger.dump import PROBLEM_COLUMNS
from pilot_cli.ledger.known import NamedProblem, free_numbers, named_problems
from pilot_cli.ledger.lines import (
    AuditLine,
    EventEntry,
    Line,
    LoadError,
    ProblemLine,
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
ROWS_AT_ONCE = 20_000
"""So many rows come together before they are written."""
TABLES = (standards, rules, audits, sites, problems, measures, events, results, found, outcomes)
"""In the order in which they name each other."""
_CONTRADICTION = message("it contradicts itself or the ledger, and nothing was changed")


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


def load(connection: Connection, lines: Iterable[Line], who: str, day: date) -> Loaded:
    """Merge lines into the ledger.

    Raises:
        LoadError: they contradict the ledger, or themselves.
    """
    merger = _Merger(connection, who, day)
    try:
        for line in lines:
            merger.take(line)
        return merger.finish()
    except IntegrityError as error:
        raise LoadError(_CONTRADICTION) from error
    except KeyError as error:
        text = message("it names something that stands in no line before: {name}", name=str(error.args[0]))
        raise LoadError(text) from error


class _Merger:
    """Takes in line after line, and writes many rows at a time."""

    def __init__(self, connection: Connection, who: str, day: date) -> None:
        self._connection, self._who, self._day = connection, storable(who), day
        self._now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        self._loaded = Loaded()
        self._conflicts: list[Message] = []
        self._standards = self._ids(standards, "digest")
        self._audits = self._ids(audits, "key")
        self._sites = self._ids(sites, "code")
        self._here = named_problems(connection)
        self._open = {name[1:]: here.number for name, here in self._here.items() if here.is_open}
        self._problems = {name: here.id for name, here in self._here.items()}
        self._results = {(row.audit_id, row.site_id): row.result_id for row in connection.execute(select(outcomes))}
        with_ids = (standards, audits, sites, problems, results)
        self._free = {table: free_numbers(connection, table.c.id) for table in with_ids}
        self._numbers: dict[int, count[int]] = {}
        self._new: dict[Table, list[Row]] = {table: [] for table in TABLES}

    def _ids(self, table: Table, column: str) -> dict[str, int]:
        return {name: id for name, id in self._connection.execute(select(table.c[column], table.c.id))}  # noqa: C416

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
        if sum(map(len, self._new.values())) >= ROWS_AT_ONCE:
            self._write()

    def _add(self, table: Table, **row: Any) -> None:
        self._new[table].append(_clean(row))

    def _write(self) -> None:
        """Write the rows that have come together; none is for a table before those that it names."""
        for table, rows in self._new.items():
            insert_rows(self._connection, table, rows)
            rows.clear()

    def _take_standard(self, line: StandardLine) -> None:
        if line.digest in self._standards:
            return
        id = self._standards[line.digest] = next(self._free[standards])
        self._add(standards, id=id, **_columns(line, "rules"))
        for rule in line.rules:
            self._add(rules, standard_id=id, **vars(rule))

    def _take_audit(self, line: AuditLine) -> None:
        if line.key in self._audits:
            return
        id = self._audits[line.key] = next(self._free[audits])
        self._add(audits, id=id, standard_id=self._standards[line.standard], **_columns(line, "standard"))
        self._loaded.audits += 1

    def _take_site(self, line: SiteLine) -> None:
        if line.code in self._sites:
            return
        id = self._sites[line.code] = next(self._free[sites])
        self._add(sites, id=id, **_columns(line))
        self._loaded.sites += 1

    def _take_problem(self, line: ProblemLine) -> None:
        last = line.events[-1]
        if (last.state, last.due) != (line.state, line.due):
            raise LoadError(_CONTRADICTION)
        theirs = [event for event in line.events if event.kind is not EventKind.RENUMBERED]
        here = self._here.get(line.name)
        if here is None:
            self._add_problem(line, theirs)
            return
        common = min(len(theirs), len(here.happened))
        if [event.identity for event in theirs[:common]] != here.happened[:common]:
            text = N_("{number}: both ledgers went on with it in different ways")
            self._conflicts.append(message(text, number=here.number))
        elif len(theirs) > common:
            self._continue_problem(here, line, theirs[common:])

    def _add_problem(self, line: ProblemLine, happened: list[EventEntry]) -> None:
        same = self._open.get(line.name[1:])
        if same and line.state is not State.CLOSED:
            text = N_("{number}: the other ledger has the same problem of this site as {other}; strike one of them off")
            self._conflicts.append(message(text, number=same, other=ProblemNumber(line.year, line.number)))
            return
        id = self._problems[line.name] = next(self._free[problems])
        old, number = ProblemNumber(line.year, line.number), self._next_number(line.year)
        if number != old:
            self._loaded.renumbered.append((old, number))
            happened = [*happened, self._renumbering(line, old, number)]
        self._add(
            problems,
            id=id,
            site_id=self._sites[line.name.site],
            rule=line.name.rule,
            subject=line.name.subject,
            first_audit_id=self._audits[line.name.audit],
            rebound_of=self._problems[line.rebound_of] if line.rebound_of else None,
            **{**self._columns_of(line), "number": number.number},
            version=len(happened),
        )
        self._add_measures(id, line.measures)
        self._add_events(id, 1, happened)
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

    def _continue_problem(self, here: NamedProblem, line: ProblemLine, happened: list[EventEntry]) -> None:
        columns = {name: value for name, value in self._columns_of(line).items() if name not in ("year", "number")}
        values = _clean({**columns, "version": here.version + len(happened)})
        # Standards and audits that it names have to be there first.
        self._write()
        self._connection.execute(update(problems).where(problems.c.id == here.id).values(**values))
        self._connection.execute(delete(measures).where(measures.c.problem_id == here.id))
        if line.state is State.CLOSED:
            self._open.pop(line.name[1:], None)
        self._add_measures(here.id, line.measures)
        self._add_events(here.id, here.version + 1, happened)
        self._loaded.continued += 1

    def _columns_of(self, line: ProblemLine) -> Row:
        columns = {name: getattr(line, name) for name in PROBLEM_COLUMNS}
        method = line.method and line.method.value
        return {**columns, "standard_id": self._standards[line.standard], "state": line.state.value, "method": method}

    def _add_measures(self, problem: int, texts: list[str]) -> None:
        for position, text in enumerate(texts, 1):
            self._add(measures, problem_id=problem, position=position, text=text)

    def _add_events(self, problem: int, first: int, happened: list[EventEntry]) -> None:
        for sequence, event in enumerate(happened, first):
            columns = {name: value for name, value in vars(event).items() if name != "audit"}
            columns |= {"kind": event.kind.value, "state": event.state.value}
            audit = self._audits[event.audit] if event.audit else None
            self._add(events, problem_id=problem, sequence=sequence, **columns, audit_id=audit)

    def _take_result(self, line: ResultLine) -> None:
        site = self._sites[line.site]
        told_by = [self._audits[key] for key in line.audits]
        new = [audit for audit in told_by if (audit, site) not in self._results]
        if not new or self._conflicts:
            return
        id = next((self._results[audit, site] for audit in told_by if (audit, site) in self._results), None)
        if id is None:
            id = next(self._free[results])
            columns = {name: getattr(line, name) for name in ("score", "grade", "statuses", "unjudged")}
            self._add(results, id=id, site_id=site, fingerprint=bytes.fromhex(line.fingerprint), **columns)
            for name in line.found:
                self._add(found, result_id=id, problem_id=self._problems[name])
        for audit in new:
            self._add(outcomes, audit_id=audit, site_id=site, result_id=id)
            self._results[audit, site] = id

    def finish(self) -> Loaded:
        """Write what is left, and sum up.

        Raises:
            LoadError: the ledgers contradict each other.
        """
        if self._conflicts:
            told = [str(conflict) for conflict in self._conflicts[:MAX_CONFLICTS_TOLD]]
            more = len(self._conflicts) - len(told)
            raise LoadError("\n".join([*told, *([str(message("and {number} more", number=more))] if more else [])]))
        self._write()
        return self._loaded


def _columns(line: Line, *others: str) -> Row:
    """Take from a line what stands in the ledger as it is."""
    return {name: value for name, value in vars(line).items() if name not in ("type", *others)}


def _clean(row: Row) -> Row:
    """Make texts from elsewhere fit for a database."""
    return {name: storable(value) if type(value) is str else value for name, value in row.items()}
