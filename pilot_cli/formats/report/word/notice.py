"""``--format docx`` for one site: the notice that tells it what to put right."""

from collections.abc import Iterator
from datetime import date
from pathlib import PurePath
from typing import BinaryIO, NamedTuple

from pilot_cli.audit.assessment import Assessment, Finding
from pilot_cli.audit.level import Level
from pilot_cli.formats.labels import (
    failed_rules_label,
    judged_line,
    long_date,
    pillar_label,
    sentences,
    site_label,
    unreadable_reason,
)
from pilot_cli.formats.registry import View
from pilot_cli.formats.report.content import Column, Report, Row, Section
from pilot_cli.formats.report.word.official_document import OfficialDocument, Style
from pilot_cli.locale import gettext as _
from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import Severity
from pilot_cli.standard.standard import Standard


class _Annexes(NamedTuple):
    """The lists of a notice; those without rows are not written."""

    to_put_right: Section
    waived: Section
    overdue: Section

    @property
    def written(self) -> list[Section]:
        return [section for section in self if section.rows]

    def number(self, section: Section) -> int:
        return self.written.index(section) + 1


class _Notice(NamedTuple):
    """What a notice is written from."""

    standard: Standard
    as_of: date
    site: Assessment
    levels: tuple[Level, ...]
    """Which findings alone it is about; all where none are named."""


def write_notice(report: Report, out: BinaryIO, _view: View) -> None:
    """Write the letter for the only site of a report, and what it is about as annexes."""
    (site,) = report.assessments
    notice = _Notice(report.standard, report.as_of, site, report.summary.filter.levels)
    annexes = _Annexes(_to_put_right(site), _waived(site), _overdue(site))
    asks = annexes.to_put_right.rows or not site.is_readable
    usual = _("Rectification notice") if asks else _("Notice of inspection results")
    paper = OfficialDocument(report.title_given or usual, notice.as_of)
    paper.paragraph("")
    paper.paragraph(_("To: {name}").format(name=site.organization or "____________"), Style.SALUTATION)
    paper.paragraph(_opening(notice))
    paper.heading(1, _("What was found"))
    paper.paragraph(sentences(*_found(notice, annexes)))
    if site.is_readable:
        paper.caption(_("Completion of the “five ones”"))
        paper.table(_ones(site))
        paper.paragraph("", Style.NOTE)
    paper.heading(2, _("What is asked"))
    # Signatures do not stand on a page of their own.
    paper.paragraph(_asked(site, annexes)).paragraph_format.keep_with_next = True
    _write_signatures(paper)
    if annexes.written:
        paper.annexes(annexes.written)
    paper.write(out)


def _opening(notice: _Notice) -> str:
    site = notice.site
    if site.id and site.name:
        name = _("“{name}” (ID {id})").format(name=site.name, id=site.id)
    else:
        name = _("“{name}”").format(name=site_label(site))
    text = _("As of {as_of} and by the standard “{standard}”, the site {name} was checked. This is what was found.")
    return text.format(as_of=long_date(notice.as_of), standard=notice.standard.title, name=name)


def _found(notice: _Notice, annexes: _Annexes) -> Iterator[str]:
    site = notice.site
    if not site.is_readable:
        text = _("The site file cannot be read, so there is neither a score nor a grade: {why}.")
        yield text.format(why=unreadable_reason(site))
        return
    if site.score is None:
        yield _("{text}.").format(text=judged_line(notice.standard))
    else:
        text = _("The score is {score:.1f}, the grade “{grade}”; of the {all} ones {number} are complete.")
        yield text.format(score=site.score, grade=site.grade, all=len(Pillar), number=site.complete)
    if notice.levels:
        levels = _(", ").join(level.label for level in notice.levels)
        yield _("This notice is about these findings alone: {levels}.").format(levels=levels)
    rows = annexes.to_put_right.rows
    if rows:
        severities = [finding.rule.severity for finding in site.about_work if not finding.waived]
        counts = [
            _("{severity}: {number}").format(severity=severity.label, number=severities.count(severity))
            for severity in Severity
            if severity in severities
        ]
        text = _("Findings to be put right: {number} ({counts}); annex {annex} lists them.")
        yield text.format(number=len(rows), counts=_(", ").join(counts), annex=annexes.number(annexes.to_put_right))
    elif notice.levels:
        yield _("There are none of them to be put right.")
    else:
        yield _("There is nothing to be put right.")
    if annexes.waived.rows:
        text = _("Findings that are waived: {number} (see annex {annex}).")
        yield text.format(number=len(annexes.waived.rows), annex=annexes.number(annexes.waived))
    if annexes.overdue.rows:
        text = _("Items of the responsibility list that are overdue: {number} (see annex {annex}).")
        yield text.format(number=len(annexes.overdue.rows), annex=annexes.number(annexes.overdue))


def _ones(site: Assessment) -> Section:
    columns = (
        *(Column(_("Five ones")), Column(_("Status")), Column(_("Score"), is_number=True)),
        *(Column(_("Rules kept"), is_number=True), Column(_("Still missing"), is_long=True)),
    )
    rows: list[Row] = [
        (
            *(pillar_label(done.pillar), done.status, done.score, f"{done.passed}/{done.applicable}"),
            failed_rules_label(done.pillar, site.about_work) or None,
        )
        for done in site.pillars
    ]
    complete = _("{number} of {all} complete").format(number=site.complete, all=len(Pillar))
    rows.append((_("Total"), site.grade and str(site.grade), site.score, "", complete))
    return Section("", columns, rows, has_totals=True)


def _asked(site: Assessment, annexes: _Annexes) -> str:
    if not site.is_readable:
        return _("Please correct the file and send it in again.")
    if not annexes.to_put_right.rows:
        return _("Please keep up what has been reached.")
    text = _(
        "Please put right everything in annex {annex} by ____________, fill in the outcome, and report it in writing."
    )
    return text.format(annex=annexes.number(annexes.to_put_right))


def _write_signatures(paper: OfficialDocument) -> None:
    paper.paragraph("", Style.SIGNATURE)
    for line in (
        *(_("Issued by (seal):"), _("Date of issue: ____________")),
        *(_("Received by:"), _("Date of receipt: ____________")),
    ):
        paper.paragraph(line, Style.SIGNATURE)


def _to_put_right(site: Assessment) -> Section:
    findings = [finding for finding in site.about_work if not finding.waived]
    findings.sort(key=lambda finding: finding.rule.severity.rank)
    columns = (
        *(Column(_("No."), is_number=True), Column(_("Rule")), Column(_("Severity"))),
        *(Column(_("Finding"), is_long=True), Column(_("Basis"), is_long=True), Column(_("Advice"), is_long=True)),
        *(Column(_("Deadline")), Column(_("What was done"), is_long=True)),
    )
    rows: list[Row] = [
        (
            *(number, finding.rule.id, finding.rule.severity, _placed(finding)),
            *(str(finding.rule.basis), str(finding.advice), "", ""),
        )
        for number, finding in enumerate(findings, 1)
    ]
    # The folders of whoever checks are nothing for a letter.
    note = _("Lines are those of the site file {path}.").format(path=PurePath(site.path).name)
    return Section(_("Findings to be put right"), columns, rows, note)


def _placed(finding: Finding) -> str:
    if not finding.line:
        return str(finding.message)
    return _("{message} (line {line})").format(message=finding.message, line=finding.line)


def _waived(site: Assessment) -> Section:
    columns = (
        *(Column(_("Rule")), Column(_("Finding"), is_long=True), Column(_("Reason"), is_long=True)),
        *(Column(_("Waived by")), Column(_("Valid until"))),
    )
    rows: list[Row] = [
        (finding.rule.id, _placed(finding), finding.waived.reason, finding.waived.approved_by, finding.waived.until)
        for finding in site.about_work
        if finding.waived
    ]
    return Section(_("Findings waived"), columns, rows)


def _overdue(site: Assessment) -> Section:
    columns = (
        *(Column(_("Item"), is_long=True), Column(_("Owner"))),
        *(Column(_("Due date")), Column(_("Days over"), is_number=True)),
    )
    rows: list[Row] = [(item.title, item.owner, item.due, item.days) for item in site.overdue]
    return Section(_("Items overdue"), columns, rows)
