"""Writes a whole ledger as lines of JSON; see ``lines``."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, select

from pilot_cli.ledger.lines import (
    FORMAT,
    HEADER,
    AuditLine,
    EventEntry,
    HeaderLine,
    Line,
    ProblemLine,
    ProblemName,
    ResultLine,
    RuleEntry,
    SiteLine,
    StandardLine,
    to_json,
)
from pilot_cli.ledger.schema import VERSIONS
from pilot_cli.ledger.states import EventKind, Method, State
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
from pilot_cli.site.rule_info import Severity

Names = dict[int, Any]
PROBLEM_COLUMNS = (
    *("year", "number", "is_watched", "moved_on", "found_zh", "found_en", "owner", "unit", "leader", "due", "done_on"),
    *("closed_on", "progress", "evidence", "verified_by", "opinion", "note"),
)
"""The columns of a problem that are written as they are."""


def dump(connection: Connection) -> Iterator[bytes]:
    """Yield the lines of a ledger."""
    yield HEADER.dump_json(HeaderLine(FORMAT, VERSIONS[-1])) + b"\n"
    of_standards = _names(connection, standards, "digest")
    of_audits = _names(connection, audits, "key")
    of_sites = _names(connection, sites, "code")
    yield from to_json(_standards(connection, of_standards))
    yield from to_json(_audits(connection, of_standards))
    yield from to_json(_sites(connection))
    of_problems: Names = {}
    yield from to_json(_problems(connection, of_standards, of_audits, of_sites, of_problems))
    yield from to_json(_results(connection, of_audits, of_sites, of_problems))


def _names(connection: Connection, table: Table, column: str) -> Names:
    return {id: name for id, name in connection.execute(select(table.c.id, table.c[column]))}  # noqa: C416 - rows


def _standards(connection: Connection, names: Names) -> Iterator[Line]:
    for row in connection.execute(select(standards).order_by(standards.c.id)).all():
        query = select(rules).where(rules.c.standard_id == row.id).order_by(rules.c.id)
        entries = []
        for rule in connection.execute(query).mappings():
            columns = {name: value for name, value in rule.items() if name != "standard_id"}
            entries.append(RuleEntry(**{**columns, "severity": Severity(rule["severity"])}))
        yield StandardLine("standard", names[row.id], row.name, row.title_zh, row.title_en, entries)


def _audits(connection: Connection, of_standards: Names) -> Iterator[Line]:
    for row in connection.execute(select(audits).order_by(audits.c.id)).mappings():
        columns = {name: value for name, value in row.items() if name not in ("id", "standard_id")}
        yield AuditLine("audit", standard=of_standards[row["standard_id"]], **columns)


def _sites(connection: Connection) -> Iterator[Line]:
    for row in connection.execute(select(sites).order_by(sites.c.id)).mappings():
        yield SiteLine("site", **{name: value for name, value in row.items() if name != "id"})


def _problems(
    connection: Connection, of_standards: Names, of_audits: Names, of_sites: Names, names: Names
) -> Iterator[Line]:
    """Yield the problems, and note their names."""
    steps, happened = _measures(connection), _events(connection, of_audits)
    for row in connection.execute(select(problems).order_by(problems.c.id)).mappings():
        name = ProblemName(of_audits[row["first_audit_id"]], of_sites[row["site_id"]], row["rule"], row["subject"])
        names[row["id"]] = name
        yield ProblemLine(
            "problem",
            name,
            standard=of_standards[row["standard_id"]],
            rebound_of=names.get(row["rebound_of"]),
            state=State(row["state"]),
            method=Method(row["method"]) if row["method"] else None,
            measures=steps[row["id"]],
            events=happened[row["id"]],
            **{column: row[column] for column in PROBLEM_COLUMNS},
        )


def _measures(connection: Connection) -> dict[int, list[str]]:
    steps: dict[int, list[str]] = defaultdict(list)
    query = select(measures).order_by(measures.c.problem_id, measures.c.position)
    for row in connection.execute(query):
        steps[row.problem_id].append(row.text)
    return steps


def _events(connection: Connection, of_audits: Names) -> dict[int, list[EventEntry]]:
    happened: dict[int, list[EventEntry]] = defaultdict(list)
    for row in connection.execute(select(events).order_by(events.c.problem_id, events.c.sequence)):
        happened[row.problem_id].append(
            EventEntry(
                EventKind(row.kind),
                row.day,
                row.recorded_at,
                row.who,
                State(row.state),
                row.due,
                row.changes,
                row.note,
                of_audits.get(row.audit_id),
            )
        )
    return happened


def _results(connection: Connection, of_audits: Names, of_sites: Names, of_problems: Names) -> Iterator[Line]:
    told_by, seen = defaultdict(list), defaultdict(list)
    for row in connection.execute(select(outcomes).order_by(outcomes.c.audit_id)):
        told_by[row.result_id].append(of_audits[row.audit_id])
    for row in connection.execute(select(found).order_by(found.c.problem_id)):
        seen[row.result_id].append(of_problems[row.problem_id])
    for row in connection.execute(select(results).order_by(results.c.id)):
        yield ResultLine(
            "result",
            of_sites[row.site_id],
            bytes(row.fingerprint).hex(),
            row.score,
            row.grade,
            row.statuses,
            row.unjudged,
            told_by[row.id],
            seen[row.id],
        )
