"""``--format docx``: the summary as an official report, which staff can continue in Word."""

from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from pilot_cli.audit.assessment import Status
from pilot_cli.audit.overview import MAX_SITES_NAMED
from pilot_cli.audit.summary import RuleCount
from pilot_cli.audit.tally import Share
from pilot_cli.formats.labels import filter_line, findings_labels, judged_line, long_date, pillar_label, sentences
from pilot_cli.formats.registry import View
from pilot_cli.formats.report import content
from pilot_cli.formats.report.content import Bar, Column, Report, Row, Section, value_text
from pilot_cli.formats.report.word.chart import draw_bars
from pilot_cli.formats.report.word.letter import begin_letter, write_letter
from pilot_cli.formats.report.word.official_document import Style
from pilot_cli.formats.report.word.table import TableText
from pilot_cli.formats.report.word.wording import file_title, full_stop, listed, name_in_letter, unusable_entries
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext
from pilot_cli.site.file_rules import VALID_VALUE
from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import Severity

MAX_PROBLEMS_NAMED = 5
"""The most problems of a severity that the text names; the annex has all of them."""
MAX_RECOMMENDATIONS = 6


def write_docx(report: Report, out: BinaryIO, _view: View) -> None:
    """Write what was found in sentences, and the lists as annexes."""
    _Writer(report).write(out)


class _Writer:
    """Writes one report, from the top down."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.overview = report.summary
        self.paper = begin_letter(report.title, report.documents.office.report_to, report.documents, report.as_of, None)
        self.problems = _problems(report)
        self.groups = content.groups(report, content.MAX_GROUPS_SHOWN)
        self.overdue, self.unread, self.waivers = content.overdue(report), _unread(report), content.waivers(report)
        # The figures of the changes stand in the text.
        self.changes = report.changes.sections(report.summary.top)[1:] if report.changes else []
        lists = (self.problems, self.groups, self.overdue, self.waivers, self.unread)
        sections = (*lists, *_rankings(report), *self.changes)
        self.annexes = [section for section in sections if section.rows]

    def write(self, out: BinaryIO) -> None:
        parts = (
            (_("At a glance"), self.write_overview),
            *([(_("What changed since the earlier inspection"), self.write_changes)] if self.report.changes else []),
            (_("Completion of the “five ones”"), self.write_pillars),
            (_("Problems"), self.write_problems),
            (_("Recommendations"), self.write_recommendations),
        )
        write_letter(self.paper, self.report.documents, parts, self.annexes, out)

    def write_overview(self) -> None:
        """Say how many sites were inspected, and how they stand."""
        overview, report = self.overview, self.report
        checked = _("By the standard “{standard}” and as of {as_of}, the number of sites checked is {number}.")
        texts = [checked.format(standard=report.standard.title, as_of=long_date(report.as_of), number=overview.sites)]
        if overview.unreadable:
            text = _("The materials of {number} ({share}) cannot be read, and the figures below leave them out.")
            share = Share(overview.unreadable, overview.sites)
            texts.append(text.format(number=share.part, share=value_text(share)))
        texts += map(full_stop, filter(None, (judged_line(report.standard), filter_line(overview))))
        if overview.mean_score is not None:
            texts += self._standing(overview.mean_score)
        self.paper.paragraph(sentences(*texts))
        if found := sentences(*self._findings()):
            self.paper.paragraph(found)

    def _standing(self, mean_score: float) -> Iterator[str]:
        readable = self.overview.readable
        if readable.share_complete.part:
            text = _("All five ones are complete at {number} ({share}).")
            yield text.format(number=readable.share_complete.part, share=value_text(readable.share_complete))
        yield _("The mean score is {score:.1f}.").format(score=mean_score)
        grades = [(grade, readable.share_of(readable.grades[grade])) for grade in self.report.standard.grades]
        counted = [_counted(str(grade), share) for grade, share in grades if share.part]
        yield _("By grade: {grades}.").format(grades=_("; ").join(counted))

    def _findings(self) -> Iterator[str]:
        overview = self.overview
        if not overview.readable.sites:
            return
        found = [(severity, overview.findings[severity]) for severity in (Severity.ERROR, Severity.WARNING)]
        counts = [
            _("{severity}: {number}").format(severity=severity.label, number=number)
            for severity, number in found
            if number
        ]
        if counts:
            total = sum(number for _severity, number in found)
            yield _("Problems found: {number} ({counts}).").format(number=total, counts=listed(counts))
        else:
            yield _("No problems were found.")
        if advice := overview.findings[Severity.INFO]:
            yield _("Pieces of advice given: {number}.").format(number=advice)
        if overview.waived:
            text = _("Problems that need not be put right for the time being, as approved: {number}.")
            yield text.format(number=overview.waived)
        if overview.to_inspect:
            text = _("Still to be seen on site: {number} items at {sites} pilot sites.")
            yield text.format(number=overview.to_inspect, sites=overview.to_visit)
        if number := overview.by_rule[VALID_VALUE]:
            yield unusable_entries(number)

    def write_changes(self) -> None:
        """Say what changed since an audit; the lists of it are annexes."""
        assert self.report.changes is not None
        annexes = [str(self._number(section)) for section in self.changes if section.rows]
        see = [_("For details, see annex {annex}.").format(annex=listed(annexes))] if annexes else []
        self.paper.paragraph(sentences(*self.report.changes.sentences(), *see))

    def write_pillars(self) -> None:
        """Describe each of the five in a sentence, in a table and in a chart."""
        readable = self.overview.readable
        if not readable.sites:
            self.paper.paragraph(_("There is no site whose materials could be read, so there is nothing to count."))
            return
        bars, descriptions = [], []
        for number, pillar in enumerate(Pillar, 1):
            label, shares = pillar_label(pillar), [readable.share(pillar, status) for status in Status]
            counted = [
                _counted(status.label, share) for status, share in zip(Status, shares, strict=True) if share.part
            ]
            text = full_stop(_("; ").join(counted) or _("not decided by the rules that were selected"))
            self.paper.point(number, label, text[0].upper() + text[1:])
            bars.append((label, Bar(*(share.part for share in shares))))
            descriptions.append(_("{name}: {text}").format(name=label, text=text))
        title = _("Completion of the “five ones”")
        self.paper.table(title, self._pillar_table())
        self.paper.figure_caption(_("{title} (number of sites)").format(title=title))
        draw_bars(self.paper.paragraph("", Style.FIGURE), bars, sentences(*descriptions))

    def _pillar_table(self) -> TableText:
        readable = self.overview.readable
        columns = (Column(_("Five ones")), *(Column(status.label, is_number=True) for status in Status))
        rows: list[Row] = []
        for pillar in Pillar:
            shares = (readable.share(pillar, status) for status in Status)
            rows.append(
                (pillar_label(pillar), *(content.share_text(share) if share.part else None for share in shares))
            )
        return TableText(columns, rows)

    def write_problems(self) -> None:
        """Say of each problem at which sites it is, then what is overdue, could not be read, and is waived."""
        points = 0
        for severity in (Severity.ERROR, Severity.WARNING):
            failed = [count for count in self.overview.rules_failed if count.rule.severity is severity]
            if failed:
                points += 1
                self._write_problems(points, severity, failed)
        texts = (
            (self.overdue, self._overdue_text()),
            (self.unread, self._unread_text()),
            (self.waivers, self._waivers_text()),
        )
        for section, text in texts:
            if text:
                points += 1
                self.paper.point(points, section.title, text)
        if not points and self.overview.readable.sites:
            self.paper.paragraph(_("No problems were found."))

    def _write_problems(self, number: int, severity: Severity, failed: list[RuleCount]) -> None:
        self.paper.subheading(number, findings_labels()[severity.rank])
        named = failed[: min(MAX_PROBLEMS_NAMED, self.overview.top)]
        for place, count in enumerate(named, 1):
            text = _("{number}. {text}").format(number=place, text=self._problem_text(count))
            self.paper.paragraph(text)
        if left_out := len(failed) - len(named):
            text = ngettext(
                "{number} more problem is in annex {annex}.", "{number} more problems are in annex {annex}.", left_out
            )
            self.paper.paragraph(text.format(number=left_out, annex=self._number(self.problems)))

    def _problem_text(self, count: RuleCount) -> str:
        named = [name_in_letter(site) for site in self.overview.sites_by_rule[count.rule]]
        text = (
            ngettext("“{problem}” at {number} site: {names}.", "“{problem}” at {number} sites: {names}.", count.sites)
            if count.sites <= MAX_SITES_NAMED
            else _("“{problem}” at {number} sites, among them {names}.")
        )
        return text.format(problem=count.rule.problem, number=count.sites, names=listed(named))

    def _see(self, section: Section) -> str:
        return _(" (see annex {number})").format(number=self._number(section))

    def _number(self, section: Section) -> int:
        return self.annexes.index(section) + 1

    def _overdue_text(self) -> str:
        overview = self.overview
        if not overview.overdue.seen:
            return ""
        share = overview.readable.share_of(overview.sites_overdue)
        text = _("Items overdue: {number}; sites that have them: {sites} ({share}){see}.")
        return text.format(
            number=overview.overdue.seen, sites=share.part, share=value_text(share), see=self._see(self.overdue)
        )

    def _unread_text(self) -> str:
        overview = self.overview
        if not overview.unreadable:
            return ""
        share = Share(overview.unreadable, overview.sites)
        text = _("Sites whose materials cannot be read, and that have to hand them in again: {number} ({share}){see}.")
        return text.format(number=share.part, share=value_text(share), see=self._see(self.unread))

    def _waivers_text(self) -> str:
        overview = self.overview
        if not overview.waivers.seen:
            return ""
        see = self._see(self.waivers)
        if not overview.ending_soon:
            return _("Waivers in force: {number}{see}.").format(number=overview.waivers.seen, see=see)
        text = _("Waivers in force: {number}; those that end within 30 days: {soon}{see}.")
        return text.format(number=overview.waivers.seen, soon=overview.ending_soon, see=see)

    def write_recommendations(self) -> None:
        """Give advice on the most frequent problems, the most serious first, without repetition."""
        of_advice: dict[str, RuleCount] = {}
        for failed in self.overview.rules_failed:
            of_advice.setdefault(str(failed.rule.advice), failed)
        advised = sorted(islice(of_advice.values(), MAX_RECOMMENDATIONS), key=lambda failed: failed.rule.severity.rank)
        if not self.overview.readable.sites:
            self.paper.paragraph(_("These sites are to check their materials, correct them and submit them again."))
        elif not of_advice:
            self.paper.paragraph(_("Nothing has to be put right; what has been reached is to be kept up."))
        for number, failed in enumerate(advised, 1):
            lead = _("On “{problem}” (sites: {number})").format(problem=failed.rule.problem, number=failed.sites)
            self.paper.point(number, lead, str(failed.rule.advice))


def _counted(name: str, share: Share) -> str:
    return _("{name}: {number} ({share})").format(name=name, number=share.part, share=value_text(share))


def _problems(report: Report) -> Section:
    """All problems, the most serious first; the ids of their rules only for the office itself."""
    failed = [count for count in report.summary.rules_failed if count.rule.severity is not Severity.INFO]
    ids = report.documents.rule_ids
    columns = (
        *([Column(_("Rule"))] if ids else [Column(_("No."), is_number=True)]),
        *(Column(_("Problem"), is_long=True), Column(_("Severity"))),
        *(Column(_("Sites"), is_number=True), Column(_("Findings"), is_number=True)),
        Column(_("Advice"), is_long=True),
    )
    rows: list[Row] = [
        (
            *(rule.id if ids else number, str(rule.problem), rule.severity),
            *(sites, findings, str(rule.advice)),
        )
        for number, (rule, sites, findings) in enumerate(sorted(failed, key=lambda one: one.rule.severity.rank), 1)
    ]
    return Section(_("All problems, and what to do about them"), columns, rows)


def _rankings(report: Report) -> tuple[Section, ...]:
    """The best and the weakest sites; where these are all, they are one list."""
    best, weakest = content.best(report), content.weakest(report)
    others = report.summary.readable.sites - len(best.rows)
    if others > len(weakest.rows):
        return best, weakest
    return (best._replace(title=_("Site by site"), rows=[*best.rows, *reversed(weakest.rows[:others])]),)


def _unread(report: Report) -> Section:
    """Whose materials could not be read, as far as the names of the files tell."""
    kept = report.summary.unread
    columns = (Column(_("No."), is_number=True), Column(_("Materials"), is_long=True))
    rows: list[Row] = [(number, file_title(site.path)) for number, site in enumerate(kept, 1)]
    return Section(_("Sites whose materials cannot be read"), columns, rows, content.left_out(kept.left_out))
