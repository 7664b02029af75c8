"""The problems of a ledger."""

from datetime import date
from typing import Any, TextIO

from pilot_cli.formats.csv import cell as csv_cell
from pilot_cli.formats.csv import new_rows
from pilot_cli.formats.json import write_document
from pilot_cli.formats.ledger.columns import COLUMNS
from pilot_cli.formats.ledger.figures import NOTHING, day_text, iso, kept_text, late_text
from pilot_cli.formats.registry import View
from pilot_cli.formats.terminal import cell, console_for, level_cell, new_table
from pilot_cli.ledger.problems import Listed, Problem
from pilot_cli.ledger.states import State
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext

STATE_STYLES = {State.PENDING: "red", State.IN_PROGRESS: "yellow", State.TO_VERIFY: "blue", State.CLOSED: "green"}


def state_text(problem: Problem) -> str:
    """Say how a problem stands: late, or watched, where it is."""
    text = problem.state.label
    if problem.days_overdue:
        text = late_text(text, problem.days_overdue)
    if problem.kept is not None and problem.state is not State.CLOSED:
        text = kept_text(text, problem.kept)
    return text


def totals(listed: Listed) -> str:
    """Sum up in a line."""
    states = (
        _("{what} {number}").format(what=state.label, number=listed.by_state[state])
        for state in State
        if listed.by_state[state]
    )
    told = ngettext("{number} problem", "{number} problems", listed.number).format(number=listed.number)
    if listed.number:
        told = _("{problems}: {states}; overdue {overdue}").format(
            problems=told, states=_(", ").join(states), overdue=listed.overdue
        )
    return told


def write_table(listed: Listed, out: TextIO, view: View) -> None:
    """Write a row a problem, and a line that sums up."""
    console = console_for(out)
    if listed.problems:
        table = new_table(ascii_borders=view.ascii_borders)
        table.add_column(_("Problem number"))
        table.add_column(_("Pilot site"))
        table.add_column(_("Severity"))
        table.add_column(_("Problem"))
        table.add_column(_("To be put right by"))
        table.add_column(_("Deadline for it"))
        table.add_column(_("State"))
        for problem in listed.problems:
            style = "bold red" if problem.days_overdue else STATE_STYLES[problem.state]
            table.add_row(
                str(problem.number),
                cell(problem.site_name or problem.site),
                level_cell(problem.severity),
                cell(str(problem.found)),
                cell(problem.owner or NOTHING),
                day_text(problem.due),
                cell(state_text(problem), style),
            )
        console.print(table)
    console.print(cell(totals(listed)))
    if len(listed.problems) < listed.number:
        text = _("Shown: the first {shown}; --all shows all, and so does -o FILE.csv")
        console.print(cell(text.format(shown=len(listed.problems)), "dim"))


def as_document(problem: Problem) -> dict[str, Any]:
    """Tell a problem to a program."""
    return {
        "number": str(problem.number),
        "year": problem.number.year,
        "running_number": problem.number.number,
        "version": problem.version,
        "site": problem.site,
        "site_name": problem.site_name,
        "city": problem.city,
        "branch": problem.branch,
        "rule": problem.rule,
        "subject": problem.subject,
        "one": problem.pillar,
        "severity": problem.severity,
        "problem": str(problem.problem),
        "found": str(problem.found),
        "title": str(problem.title),
        "basis": str(problem.basis),
        "advice": str(problem.advice),
        "audit": problem.audit,
        "found_on": iso(problem.found_on),
        "rebound_of": str(problem.rebound_of) if problem.rebound_of else None,
        "watched": problem.is_watched,
        "periods_kept": problem.kept,
        "state": problem.state,
        "owner": problem.owner,
        "unit": problem.unit,
        "leader": problem.leader,
        "due": iso(problem.due),
        "days_overdue": problem.days_overdue,
        "measures": list(problem.measures),
        "progress": problem.progress,
        "evidence": problem.evidence,
        "done_on": iso(problem.done_on),
        "method": problem.method,
        "verified_by": problem.verified_by,
        "opinion": problem.opinion,
        "closed_on": iso(problem.closed_on),
        "note": problem.note,
    }


def write_json(listed: Listed, out: TextIO, _view: View) -> None:
    """Write one JSON document."""
    counts = {state.value: listed.by_state[state] for state in State}
    summary = {"number": listed.number, "states": counts, "overdue": listed.overdue}
    header = {"as_of": listed.as_of.isoformat()}
    write_document(header, map(as_document, listed.problems), lambda: {"summary": summary}, out, "problems")


def write_csv(listed: Listed, out: TextIO, _view: View) -> None:
    """Write a row a problem, with the columns of a ledger in an office."""
    rows = new_rows(out)
    rows.writerow(ledger_headers())
    for index, problem in enumerate(listed.problems, 1):
        rows.writerow(map(csv_cell, ledger_cells(index, problem)))


def ledger_headers() -> tuple[str, ...]:
    """The columns of a ledger of rectification, in their order."""
    return tuple(column.header for column in COLUMNS)


def ledger_row(index: int, problem: Problem) -> tuple[str | int | date | None, ...]:
    """The row of a problem; ``index`` counts from 1."""
    told: dict[str, str | int] = {"index": index, "state": state_text(problem)}
    return tuple(told.get(column.key, column.value(problem)) for column in COLUMNS)


def ledger_cells(index: int, problem: Problem) -> tuple[str, ...]:
    """The same as texts."""
    return tuple("" if value is None else str(value) for value in ledger_row(index, problem))
