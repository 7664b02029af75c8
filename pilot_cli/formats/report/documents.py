"""The settings for documents: the office that they come from, and the deadlines."""

from datetime import date, timedelta
from typing import NamedTuple

from pilot_cli.site.rule_info import Severity


class Office(NamedTuple):
    """The office that documents come from; what is not set is left as a blank to fill in."""

    name: str | None = None
    person: str | None = None
    phone: str | None = None
    document_number: str | None = None
    """With ``{year}`` and ``{n}`` for the year and the number of the document."""
    issued_on: date | None = None
    report_to: str | None = None
    """Whom a summary is for; a notice is for the Party branch of its site."""
    copy_to: str | None = None
    """Who gets a copy, besides the organization that a site belongs to."""
    inspectors: str | None = None


class Deadlines(NamedTuple):
    """How many days there are to put problems right."""

    error: int | None = None
    warning: int | None = None
    reminder: int | None = None
    """After a reminder."""


class DocumentSettings(NamedTuple):
    """All that the settings say of documents."""

    office: Office = Office()
    deadlines: Deadlines = Deadlines()
    rule_ids: bool = False
    """Whether an annex lists the ids of the rules, for the office itself."""

    def deadline(self, severity: Severity, as_of: date) -> date | None:
        """Until when problems found on a day are to be put right; None where that is not set."""
        days = {Severity.ERROR: self.deadlines.error, Severity.WARNING: self.deadlines.warning}
        return _after(as_of, days.get(severity))

    def reminder_deadline(self, as_of: date) -> date | None:
        """Until when problems are to be put right that a reminder of a day is about; None where that is not set."""
        return _after(as_of, self.deadlines.reminder)

    def number_pattern(self, as_of: date) -> str | None:
        """The number of documents of the year, with ``{n}`` for what counts them."""
        pattern = self.office.document_number
        return pattern and pattern.replace("{year}", str((self.office.issued_on or as_of).year))


def _after(day: date, days: int | None) -> date | None:
    try:
        return None if days is None else day + timedelta(days=days)
    except OverflowError:
        return None
