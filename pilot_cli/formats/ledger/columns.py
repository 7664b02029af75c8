"""The columns of a ledger of rectification, as offices have it, in their order."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from pilot_cli.formats.labels import pillar_label
from pilot_cli.ledger.problems import Problem
from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _

ColumnValue = str | date | None
"""What a problem has in a column; None where there is nothing to say."""


class LedgerColumn(NamedTuple):
    """A column of the ledger."""

    key: str
    """That of the problem's attribute, where it tells one as it is."""
    title: str
    """Its header, not yet translated."""
    value: Callable[[Problem], ColumnValue]

    @property
    def header(self) -> str:
        """Its header, in the current language."""
        return _(self.title)


def _found_by(problem: Problem) -> str:
    return _("{number} ({day})").format(number=problem.audit, day=problem.found_on)


def _measures(problem: Problem) -> str:
    steps = problem.measures
    numbered = steps if len(steps) < 2 else [f"{place}. {text}" for place, text in enumerate(steps, 1)]
    return _("; ").join(numbered)


INDEX = LedgerColumn("index", N_("No."), lambda _problem: None)
"""Counts the rows from 1, and tells nothing of the problem."""
COLUMNS = (
    INDEX,
    LedgerColumn("number", N_("Problem number"), lambda problem: str(problem.number)),
    LedgerColumn("audit", N_("Audit"), _found_by),
    LedgerColumn("site", N_("Pilot site"), lambda problem: problem.site_name or problem.site),
    LedgerColumn("branch", N_("Party branch"), lambda problem: problem.branch),
    LedgerColumn("pillar", N_("Category"), lambda problem: problem.pillar and pillar_label(problem.pillar)),
    LedgerColumn("severity", N_("Severity"), lambda problem: problem.severity.label),
    LedgerColumn("found", N_("Problem"), lambda problem: str(problem.found)),
    LedgerColumn("basis", N_("Basis"), lambda problem: str(problem.basis)),
    LedgerColumn("title", N_("Goal"), lambda problem: str(problem.title)),
    LedgerColumn("measures", N_("Measures"), _measures),
    LedgerColumn("leader", N_("Leader responsible"), lambda problem: problem.leader),
    LedgerColumn("unit", N_("Unit responsible"), lambda problem: problem.unit),
    LedgerColumn("owner", N_("To be put right by"), lambda problem: problem.owner),
    LedgerColumn("due", N_("Deadline for it"), lambda problem: problem.due),
    LedgerColumn("progress", N_("Progress of rectification"), lambda problem: problem.progress),
    LedgerColumn("state", N_("State"), lambda problem: problem.state.label),
    LedgerColumn("done_on", N_("Done on"), lambda problem: problem.done_on),
    LedgerColumn("evidence", N_("Evidence"), lambda problem: problem.evidence),
    LedgerColumn("method", N_("Verified how"), lambda problem: problem.method and problem.method.label),
    LedgerColumn("verified_by", N_("Verified by"), lambda problem: problem.verified_by),
    LedgerColumn("opinion", N_("Opinion"), lambda problem: problem.opinion),
    LedgerColumn("closed_on", N_("Struck off on"), lambda problem: problem.closed_on),
    LedgerColumn("note", N_("Note"), lambda problem: problem.note),
)
HEADERS = {column.key: column.title for column in COLUMNS}
"""The headers of columns by key, not yet translated."""
