"""``--format docx`` for one site: the notice on what it has to put right."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import BinaryIO, NamedTuple

from pilot_cli.audit.assessment import Assessment, Finding, Status
from pilot_cli.audit.level import Level
from pilot_cli.formats.labels import (
    findings_labels,
    judged_line,
    long_date,
    pillar_label,
    sentences,
)
from pilot_cli.formats.registry import View
from pilot_cli.formats.report.content import Column, Report, Row, Section
from pilot_cli.formats.report.documents import DocumentSettings
from pilot_cli.formats.report.word.letter import addressee_of, begin_letter, document_number, end_letter, write_receipt
from pilot_cli.formats.report.word.official_document import OfficialDocument
from pilot_cli.formats.report.word.table import TableText
from pilot_cli.formats.report.word.wording import (
    date_or_blank,
    full_stop,
    listed,
    name_in_letter,
    or_blank,
    problem_text,
    unusable_entries,
)
from pilot_cli.locale import gettext as _
from pilot_cli.site.file_rules import VALID_VALUE
from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import Severity
from pilot_cli.standard.standard import Standard

PILLARS = (*Pillar, None)
"""The order of problems of one severity: by the five, then what belongs to none of them."""


class NoticeTerms(NamedTuple):
    """What the notices to all sites have in common."""

    standard: Standard
    as_of: date
    documents: DocumentSettings
    levels: tuple[Level, ...] = ()
    """Which findings alone they are about; all where none are named."""
    title: str | None = None
    """Where another is asked for than the usual one."""

    @classmethod
    def of(cls, report: Report) -> "NoticeTerms":
        """Take from a report what holds for its sites."""
        levels = report.summary.filter.levels
        return cls(report.standard, report.as_of, report.documents, levels, report.title_given)


class Notice:
    """The letter to one site."""

    def __init__(self, terms: NoticeTerms, site: Assessment, number: int | None = None) -> None:
        self.terms = terms
        self.site = site
        findings = sorted((finding for finding in site.about_work if not finding.waived), key=_place)
        self.problems = [finding for finding in findings if finding.rule.severity is not Severity.INFO]
        self.advice = [finding for finding in findings if finding.rule.severity is Severity.INFO]
        self.asks = bool(self.problems) or not site.is_readable
        self.usual_title = _("Rectification notice") if self.asks else _("Notice of inspection results")
        self.title = terms.title or self.usual_title
        self.document_number = document_number(terms.documents, terms.as_of, number)
        self._number = number
        self._parts = 0

    def count(self, severity: Severity) -> int:
        """How many findings of a severity it tells."""
        return self.site.by_severity[severity]

    def write(self, out: BinaryIO) -> None:
        """Write the letter as a Word document."""
        terms, site = self.terms, self.site
        # Where there is no branch yet, it is for who is to set it up.
        addressee = addressee_of(site.branch, site.superior) or site.organization
        paper = begin_letter(self.title, addressee, terms.documents, terms.as_of, self._number)
        paper.paragraph(self._opening())
        self._heading(paper, _("Results of the inspection"))
        paper.paragraph(sentences(*self._results()))
        if self.problems:
            self._heading(paper, _("Problems, and what is asked"))
            paper.table(_("Problems to be put right"), self._problem_table())
            paper.paragraph(sentences(*self._asked()))
        elif not site.is_readable:
            self._heading(paper, _("What is asked"))
            paper.paragraph(_("Please check the materials, correct them and submit them again."))
        if self.advice:
            self._heading(paper, _("Advice for further work"))
            paper.table(_("Suggestions for further work, which are no problems"), self._advice_table())
        end_letter(paper, terms.documents, [], [site.organization])
        if self.asks:
            write_receipt(paper, self.title, self.document_number, terms.documents)
        if terms.documents.rule_ids and (self.problems or self.advice):
            paper.annexes([self._rule_ids()], are_turned=False)
        paper.write(out)

    def _heading(self, paper: OfficialDocument, text: str) -> None:
        self._parts += 1
        paper.heading(self._parts, text)

    def _opening(self) -> str:
        text = _(
            "On {as_of}, {inspectors} inspected the pilot work of {name} for Party building, by “{standard}”."
            " These are the results."
        )
        return text.format(
            as_of=long_date(self.terms.as_of),
            inspectors=or_blank(self.terms.documents.office.inspectors),
            name=name_in_letter(self.site),
            standard=self.terms.standard.title,
        )

    def _results(self) -> Iterator[str]:
        site, terms = self.site, self.terms
        if not site.is_readable:
            yield _("The materials that were handed in cannot be read, so that the work could not be inspected.")
            return
        if site.complete == len(Pillar):
            yield _("All five ones are complete.")
        elif any(done.status for done in site.pillars):
            yield full_stop(_("Of the five ones, {standing}").format(standing=_("; ").join(self._standing())))
        if site.score is not None:
            yield _("The score is {score:.1f}, the grade “{grade}”.").format(score=site.score, grade=site.grade)
        else:
            yield full_stop(judged_line(terms.standard))
        if terms.levels:
            levels = listed(level.label for level in terms.levels)
            yield _("This notice is about these findings alone: {levels}.").format(levels=levels)
        yield from self._counted()
        yield from self._waived()
        yield from self._to_inspect()
        if number := self.site.by_rule[VALID_VALUE]:
            yield unusable_entries(number)

    def _standing(self) -> Iterator[str]:
        for status in Status:
            labels = [pillar_label(done.pillar) for done in self.site.pillars if done.status is status]
            if labels:
                text = _("{number} {status} ({names})")
                yield text.format(number=len(labels), status=status.label, names=listed(labels))

    def _counted(self) -> Iterator[str]:
        if self.problems:
            counts = listed(
                _("{severity}: {number}").format(severity=severity.label, number=number)
                for severity in (Severity.ERROR, Severity.WARNING)
                if (number := self.count(severity))
            )
            text = _("Problems to be put right: {number} ({counts}), listed in table 1.")
            number = self.count(Severity.ERROR) + self.count(Severity.WARNING)
            yield text.format(number=number, counts=counts)
        else:
            yield _("There is nothing to be put right.")
        if self.advice:
            text = _("Pieces of advice: {number}, listed in table {table}.")
            yield text.format(number=self.count(Severity.INFO), table=2 if self.problems else 1)

    def _waived(self) -> Iterator[str]:
        waived = {finding.rule: finding.waived for finding in self.site.about_work if finding.waived}
        if waived:
            text = _("“{problem}” (approved by {approved_by}, until {until})")
            listing = _("; ").join(
                text.format(problem=rule.problem, approved_by=one.approved_by, until=long_date(one.until))
                for rule, one in waived.items()
            )
            yield _("Not to be put right for the time being, as approved: {waived}.").format(waived=listing)

    def _to_inspect(self) -> Iterator[str]:
        if self.site.to_inspect:
            rules = self.terms.standard.catalogue
            # Their titles may have commas themselves.
            items = _("; ").join(str(rules[id].title) for id in self.site.to_inspect)
            text = _("Still to be seen on site, and not in the score: {items}.")
            yield text.format(items=items)

    def _problem_table(self) -> TableText:
        columns = (
            *(Column(_("No."), is_number=True), Column(_("What is wrong"), is_long=True)),
            *(Column(_("Basis"), is_long=True), Column(_("What is asked"), is_long=True)),
            Column(_("What was done"), is_long=True),
        )
        rows: list[Row | str] = []
        numbered = enumerate(self.problems, 1)
        for severity, findings in groupby(numbered, lambda pair: pair[1].rule.severity):
            text = _("{severity} ({number}): to be put right by {deadline}")
            deadline = date_or_blank(self.terms.documents.deadline(severity, self.terms.as_of))
            rows.append(text.format(severity=_heading_of(severity), number=self.count(severity), deadline=deadline))
            rows += [
                (
                    *(number, problem_text(finding), str(finding.rule.basis)),
                    *(str(finding.advice), ""),
                )
                for number, finding in findings
            ]
        return TableText(columns, rows)

    def _asked(self) -> Iterator[str]:
        text = _("Please put right all of table 1, {deadlines}, fill in what was done, and report it in writing.")
        deadlines = [
            _("{severity} by {deadline}").format(
                severity=_heading_of(severity),
                deadline=date_or_blank(self.terms.documents.deadline(severity, self.terms.as_of)),
            )
            for severity in (Severity.ERROR, Severity.WARNING)
            if self.count(severity)
        ]
        yield text.format(deadlines=listed(deadlines))
        yield _(
            "Please draw lessons from them: go through all that the five ones ask for, put right what is alike,"
            " and see to it that nothing of it comes back."
        )

    def _advice_table(self) -> TableText:
        columns = (
            *(
                Column(_("No."), is_number=True),
                Column(_("Matter"), is_long=True),
                Column(_("Suggestion"), is_long=True),
            ),
        )
        return TableText(
            columns,
            [(number, problem_text(finding), str(finding.advice)) for number, finding in enumerate(self.advice, 1)],
        )

    def _rule_ids(self) -> Section:
        columns = (
            *(Column(_("Rule")), Column(_("Severity")), Column(_("Problem"), is_long=True)),
            Column(_("Finding"), is_long=True),
        )
        rows: list[Row] = [
            (finding.rule.id, finding.rule.severity, str(finding.rule.problem), problem_text(finding))
            for finding in (*self.problems, *self.advice)
        ]
        return Section(_("Ids of the rules (for the office itself)"), columns, rows)


def write_notice(report: Report, out: BinaryIO, _view: View) -> None:
    """Write the letter to the only site of a report."""
    (site,) = report.assessments
    Notice(NoticeTerms.of(report), site).write(out)


def _place(finding: Finding) -> tuple[int, int]:
    """Problems come by severity, then by the five."""
    return finding.rule.severity.rank, PILLARS.index(finding.rule.pillar)


def _heading_of(severity: Severity) -> str:
    return findings_labels()[severity.rank]
