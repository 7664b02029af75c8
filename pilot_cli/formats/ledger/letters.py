"""Letters to single sites: the rectification notice, and the reminder of what is overdue."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import BinaryIO

from pilot_cli.formats.labels import findings_labels, long_date, sentences
from pilot_cli.formats.ledger.content import found_text, name_of
from pilot_cli.formats.registry import View
from pilot_cli.formats.report.content import Column, Row
from pilot_cli.formats.report.documents import DocumentSettings
from pilot_cli.formats.report.word.letter import addressee_of, begin_letter, document_number, end_letter, write_receipt
from pilot_cli.formats.report.word.notice import PILLARS
from pilot_cli.formats.report.word.official_document import OfficialDocument
from pilot_cli.formats.report.word.table import TableText
from pilot_cli.formats.report.word.wording import date_or_blank, listed, official, or_blank
from pilot_cli.ledger.problems import Problem
from pilot_cli.ledger.rectification import LedgerSite
from pilot_cli.ledger.states import State
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext
from pilot_cli.site.rule_info import Severity

TO_PUT_RIGHT = (State.PENDING, State.IN_PROGRESS)
"""The states of problems that letters are about; what is to be verified waits for the office."""

MAX_DAYS_NAMED = 3
"""The most days of inspections that a notice names."""


class SiteLetter(ABC):
    """A letter to one site about some of its problems."""

    def __init__(self, site: LedgerSite, settings: DocumentSettings, as_of: date, number: int | None = None) -> None:
        self.site = site
        self.settings = settings
        self.as_of = as_of
        self.problems = self.chosen(site)
        self.number = number
        self.document_number = document_number(settings, as_of, number)

    @property
    @abstractmethod
    def title(self) -> str:
        """What the letter is called."""

    @staticmethod
    @abstractmethod
    def index_title() -> str:
        """What the index of such letters is called."""

    @staticmethod
    @abstractmethod
    def chosen(site: LedgerSite) -> list[Problem]:
        """The problems of a site that such a letter is about."""

    @abstractmethod
    def write_body(self, paper: OfficialDocument) -> None:
        """Write what stands between salutation and signature."""

    def count(self, severity: Severity) -> int:
        """How many problems of a severity it tells."""
        return sum(problem.severity is severity for problem in self.problems)

    def write(self, out: BinaryIO) -> None:
        """Write the letter as a Word document."""
        site, settings = self.site, self.settings
        addressee = addressee_of(site.branch, site.superior) or site.organization or name_of(site)
        paper = begin_letter(self.title, addressee, settings, self.as_of, self.number)
        self.write_body(paper)
        end_letter(paper, settings, [], [site.organization])
        write_receipt(paper, self.title, self.document_number, settings)
        paper.write(out)


class LedgerNotice(SiteLetter):
    """The notice of what is to be put right, and until when."""

    @property
    def title(self) -> str:
        """See ``SiteLetter``."""
        return _("Rectification notice")

    @staticmethod
    def index_title() -> str:
        """See ``SiteLetter``."""
        return _("Index of notices")

    @staticmethod
    def chosen(site: LedgerSite) -> list[Problem]:
        """See ``SiteLetter``."""
        found = [problem for problem in site.problems if problem.state in TO_PUT_RIGHT]
        return sorted(found, key=lambda problem: (problem.severity.rank, _pillar_place(problem)))

    def write_body(self, paper: OfficialDocument) -> None:
        """See ``SiteLetter``."""
        text = _(
            "{inspectors} inspected the pilot work of {name} for Party building {when}. As of {as_of}, the number of"
            " problems that are to be put right is {number}, listed in table 1."
        )
        advice = [one for one in self.site.advice if one.state is not State.CLOSED]
        told = text.format(
            when=_when({one.found_on for one in (*self.problems, *advice)}),
            inspectors=or_blank(self.settings.office.inspectors),
            name=name_of(self.site),
            as_of=long_date(self.as_of),
            number=len(self.problems),
        )
        paper.paragraph(told)
        paper.heading(1, _("Problems, and what is asked"))
        paper.table(_("Problems to be put right"), self._table())
        paper.paragraph(sentences(*self._asked()))
        if advice:
            paper.heading(2, _("Advice for further work"))
            table = _advice_table(sorted(advice, key=_pillar_place))
            paper.table(_("Suggestions for further work, which are no problems"), table)

    def _due(self, problem: Problem) -> date | None:
        return problem.due or self.settings.deadline(problem.severity, self.as_of)

    def _table(self) -> TableText:
        columns = (
            *(Column(_("Problem number")), Column(_("What is wrong"), is_long=True), Column(_("Basis"), is_long=True)),
            *(Column(_("What is asked"), is_long=True), Column(_("What was done"), is_long=True)),
        )
        rows: list[Row | str] = []

        def place(problem: Problem) -> tuple[int, date]:
            return problem.severity.rank, self._due(problem) or date.max

        for _place, alike in groupby(sorted(self.problems, key=place), place):
            problems = list(alike)
            text = _("{severity} ({number}): to be put right by {deadline}")
            heading = findings_labels()[problems[0].severity.rank]
            rows.append(
                text.format(severity=heading, number=len(problems), deadline=date_or_blank(self._due(problems[0])))
            )
            rows += [
                (str(one.number), found_text(one), official(one.basis), official(one.advice), "") for one in problems
            ]
        return TableText(columns, rows)

    def _asked(self) -> Iterator[str]:
        yield _(
            "Please put right all of table 1 by the deadlines that it names, fill in what was done, and report it in"
            " writing with what proves it."
        )
        if any(problem.is_watched for problem in self.problems):
            yield _(
                "Meetings and activities that were missed are not to be made up on paper: explain how it came about,"
                " and hold the coming ones on time."
            )
        back = [str(problem.number) for problem in self.problems if problem.rebound_of]
        if back:
            text = ngettext(
                "Problem {numbers} had been put right before and has come back: find out why, so that it stays put"
                " right.",
                "Problems {numbers} had been put right before and have come back: find out why, so that they stay put"
                " right.",
                len(back),
            )
            yield text.format(numbers=listed(back))
        yield _(
            "Please draw lessons from them: go through all that the five ones ask for, put right what is alike,"
            " and see to it that nothing of it comes back."
        )


class Reminder(SiteLetter):
    """The reminder of problems that are not put right although their deadline is past."""

    @property
    def title(self) -> str:
        """See ``SiteLetter``."""
        return _("Reminder")

    @staticmethod
    def index_title() -> str:
        """See ``SiteLetter``."""
        return _("Index of reminders")

    @staticmethod
    def chosen(site: LedgerSite) -> list[Problem]:
        """See ``SiteLetter``."""
        late = [problem for problem in site.problems if problem.days_overdue]
        return sorted(late, key=lambda problem: -problem.days_overdue)

    def write_body(self, paper: OfficialDocument) -> None:
        """See ``SiteLetter``."""
        text = ngettext(
            "As of {as_of}, {number} problem of {name} has not been put right although its deadline is past, and is"
            " urged now; it is listed in table 1.",
            "As of {as_of}, {number} problems of {name} have not been put right although their deadlines are past, and"
            " are urged now; they are listed in table 1.",
            len(self.problems),
        )
        told = text.format(as_of=long_date(self.as_of), number=len(self.problems), name=name_of(self.site))
        paper.paragraph(told)
        paper.table(_("Problems overdue"), self._table())
        text = _(
            "Please put them right by {deadline}, and report in writing what was done, with what proves it, and why it"
            " is late. Where it cannot be done in time, say what is in the way and what will be done next."
        )
        paper.paragraph(text.format(deadline=date_or_blank(self.settings.reminder_deadline(self.as_of))))

    def _table(self) -> TableText:
        columns = (
            *(Column(_("Problem number")), Column(_("What is wrong"), is_long=True)),
            *(Column(_("To be put right by")), Column(_("Deadline for it"), is_long=True)),
            Column(_("What was done"), is_long=True),
        )
        rows: Sequence[Row | str] = [
            (str(one.number), found_text(one), one.owner or one.unit, _late_text(one), "") for one in self.problems
        ]
        return TableText(columns, rows)


def _pillar_place(problem: Problem) -> int:
    return PILLARS.index(problem.pillar)


def _when(days: Collection[date]) -> str:
    """Say on which days it was inspected; of many the first and the last."""
    told = [long_date(day) for day in sorted(days)]
    if len(told) > MAX_DAYS_NAMED:
        text = _("{number} times from {first} to {last}")
        return text.format(number=len(told), first=told[0], last=told[-1])
    return _("on {days}").format(days=listed(told))


def _late_text(problem: Problem) -> str:
    text = ngettext("{due} ({days} day late)", "{due} ({days} days late)", problem.days_overdue)
    return text.format(due=date_or_blank(problem.due), days=problem.days_overdue)


def _advice_table(advice: Sequence[Problem]) -> TableText:
    columns = (
        *(Column(_("Problem number")), Column(_("Matter"), is_long=True)),
        Column(_("Suggestion"), is_long=True),
    )
    return TableText(columns, [(str(one.number), found_text(one), official(one.advice)) for one in advice])


def write_docx(letter: SiteLetter, out: BinaryIO, _view: View) -> None:
    """Write the letter to one site."""
    letter.write(out)
