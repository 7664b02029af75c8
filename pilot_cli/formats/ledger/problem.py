"""One problem of a ledger, with its whole history."""

from collections.abc import Iterator
from typing import Any, TextIO

from pilot_cli.formats.json import dump
from pilot_cli.formats.labels import pillar_label
from pilot_cli.formats.ledger.columns import HEADERS
from pilot_cli.formats.ledger.figures import NOTHING, iso
from pilot_cli.formats.ledger.problems import as_document, state_text
from pilot_cli.formats.registry import View
from pilot_cli.formats.terminal import cell, console_for, fields, new_table
from pilot_cli.ledger.numbers import ProblemNumber
from pilot_cli.ledger.problems import Event, History, Sighting
from pilot_cli.ledger.states import Method
from pilot_cli.locale import gettext as _


def write_table(history: History, out: TextIO, view: View) -> None:
    """Write what is known of a problem, and below that what happened, the earliest first."""
    problem, console = history.problem, console_for(out)
    console.print(cell(f"{problem.number} {problem.problem}", "bold"))
    for line in fields([(name, cell(value)) for name, value in _facts(history)], console.width):
        console.print(line)
    table = new_table(ascii_borders=view.ascii_borders)
    for header in (_("Day"), _("What happened"), _("Who"), _("What was said")):
        table.add_column(header)
    for day, what, who, said in _rows(history):
        table.add_row(day, cell(what), cell(who), cell(said))
    console.print(table)


def _facts(history: History) -> Iterator[tuple[str, str]]:
    """Yield what is known, by what it is called; nothing of what is not."""
    problem = history.problem
    yield _("Pilot site"), f"{problem.site_name or ''} ({problem.site})".strip()
    yield _("Severity"), problem.severity.label
    if problem.pillar:
        yield _("Category"), pillar_label(problem.pillar)
    yield _("What was found"), str(problem.found)
    yield _("Basis"), str(problem.basis)
    yield _("Advice"), str(problem.advice)
    yield _("State"), state_text(problem)
    times = history.times_found
    yield _("Found by audits"), _("{times} in a row").format(times=times) if times else _("not by the last")
    if problem.rebound_of:
        yield _("Came back from"), str(problem.rebound_of)
    if history.successor:
        yield _("Came back as"), str(history.successor)
    facts = {
        _("To be put right by"): problem.owner,
        _("Unit responsible"): problem.unit,
        _("Leader responsible"): problem.leader,
        _("Deadline for it"): iso(problem.due),
        _("Measures"): _("; ").join(problem.measures),
        _("Progress of rectification"): problem.progress,
        _("Evidence"): problem.evidence,
        _("Verified by"): problem.verified_by,
        _("Opinion"): problem.opinion,
    }
    yield from ((name, value) for name, value in facts.items() if value)


def _rows(history: History) -> Iterator[tuple[str, str, str, str]]:
    """Yield events and what audits said, by day; audits that made an event are told by that."""
    told = {event.audit for event in history.events if event.audit is not None}
    silent = [sighting for sighting in history.sightings if sighting.audit not in told]
    rows = [(event.day, 1, index, _event_row(event)) for index, event in enumerate(history.events)]
    rows += [(sighting.as_of, 0, sighting.audit, _sighting_row(sighting)) for sighting in silent]
    return (row for _day, _order, _index, row in sorted(rows, key=lambda row: row[:3]))


def _event_row(event: Event) -> tuple[str, str, str, str]:
    what = event.kind.label
    if event.audit is not None:
        what = _("Audit {number}: {what}").format(number=event.audit, what=what)
    return event.day.isoformat(), what, event.who, _("; ").join(_said(event))


def _said(event: Event) -> Iterator[str]:
    for column, (old, new) in event.changes.items():
        if column == "note" and event.note:
            continue
        name = _(HEADERS.get(column, column))
        before, after = _value(column, old), _value(column, new)
        if old in (None, []):
            yield _("{name}: {value}").format(name=name, value=after)
        else:
            yield _("{name}: {old} → {new}").format(name=name, old=before, new=after)
    if event.note:
        yield event.note


def _value(column: str, value: Any) -> str:
    if value is None:
        return NOTHING
    if column == "method":
        return Method(value).label
    return _("; ").join(map(str, value)) if isinstance(value, list) else str(value)


def _sighting_row(sighting: Sighting) -> tuple[str, str, str, str]:
    if sighting.successor:
        what = _("found again, come back as {number}").format(number=sighting.successor)
    elif sighting.is_found is None:
        what = _("not rechecked")
    else:
        what = _("found again") if sighting.is_found else _("not found")
    return sighting.as_of.isoformat(), _("Audit {number}: {what}").format(number=sighting.audit, what=what), "", ""


def write_json(history: History, out: TextIO, _view: View) -> None:
    """Write one JSON document."""
    document = {
        **as_document(history.problem),
        "times_found": history.times_found,
        "rebounded_as": _number(history.successor),
        "events": [
            {
                "kind": event.kind,
                "day": event.day.isoformat(),
                "recorded_at": event.recorded_at.isoformat() + "Z",
                "who": event.who,
                "state": event.state,
                "changes": event.changes,
                "note": event.note,
                "audit": event.audit,
            }
            for event in history.events
        ],
        "audits": [
            {
                "audit": sighting.audit,
                "as_of": sighting.as_of.isoformat(),
                "found": sighting.is_found,
                "rebounded_as": _number(sighting.successor),
            }
            for sighting in history.sightings
        ],
    }
    out.write(dump(document, indent=1) + "\n")


def _number(number: ProblemNumber | None) -> str | None:
    return None if number is None else str(number)
