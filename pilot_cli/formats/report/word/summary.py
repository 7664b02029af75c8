"""``--format docx``: the summary as an official report, which staff go on writing in Word."""

from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from pilot_cli.audit.assessment import Status
from pilot_cli.audit.summary import RuleCount
from pilot_cli.audit.tally import Share
from pilot_cli.formats.labels import filter_line, judged_line, long_date, pillar_label, sentences
from pilot_cli.formats.registry import View
from pilot_cli.formats.report import content
from pilot_cli.formats.report.content import Bar, Report, Section, value_text
from pilot_cli.formats.report.word.chart import draw_bars
from pilot_cli.formats.report.word.official_document import OfficialDocument, Style, numeral
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext
from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import Severity

MAX_RULES_NAMED = 5
"""The most rules that a sentence names; the annex has them all."""
MAX_RECOMMENDATIONS = 10


def write_docx(report: Report, out: BinaryIO, _view: View) -> None:
    """Write what was found in sentences, and the lists as annexes."""
    _Writer(report).write(out)


class _Writer:
    """Writes one report, from the top down."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.overview = report.summary
        self.paper = OfficialDocument(report.title, report.as_of)
        self.facts, grades = content.facts(report), content.grades(report)
        self.groups = content.groups(report, content.MAX_GROUPS_SHOWN)
        self.rules = content.rules_failed(report, report.summary.top)
        self.overdue = content.overdue(report)
        self.unread = content.unread(report)
        self.waivers = content.waivers(report)
        self.best, self.weakest = content.best(report), content.weakest(report)
        figures = (self.facts, grades, self.groups)
        lists = (self.rules, self.overdue, self.best, self.weakest, self.unread, self.waivers)
        self.annexes = [section for section in (*figures, *lists) if section.rows]

    def write(self, out: BinaryIO) -> None:
        report = self.report
        basis = _("(standard: {standard}; as of: {as_of})")
        self.paper.paragraph(
            basis.format(standard=report.standard.title, as_of=long_date(report.as_of)), Style.SUBTITLE
        )
        parts = (
            (_("At a glance"), self.write_overview),
            (_("Completion of the “five ones”"), self.write_pillars),
            (_("Problems"), self.write_problems),
            (_("Recommendations"), self.write_recommendations),
        )
        for number, (heading, write_part) in enumerate(parts, 1):
            self.paper.heading(number, heading)
            write_part()
        self.paper.annexes(self.annexes)
        self.paper.write(out)

    def write_overview(self) -> None:
        """Say how many sites were checked, and how they stand."""
        overview, report = self.overview, self.report
        checked = _("By the standard “{standard}” and as of {as_of}, the number of sites checked is {number}.")
        texts = [checked.format(standard=report.standard.title, as_of=long_date(report.as_of), number=overview.sites)]
        if overview.unreadable:
            text = _("Sites that could not be read, and that the figures below leave out: {number} ({share}).")
            share = Share(overview.unreadable, overview.sites)
            texts.append(text.format(number=share.part, share=value_text(share)))
        if report.standard.is_selection:
            texts.append(_("{text}.").format(text=judged_line(report.standard)))
        if filtered := filter_line(overview):
            texts.append(_("{text}.").format(text=filtered))
        if overview.mean_score is not None:
            texts += self._standing(overview.mean_score)
        self.paper.paragraph(sentences(*texts))
        self.paper.paragraph(sentences(*self._findings()))

    def _standing(self, mean_score: float) -> Iterator[str]:
        readable = self.overview.readable
        share = readable.share_complete
        text = _("All five ones are complete at {number} ({share}); the mean score is {score:.1f}.")
        yield text.format(number=share.part, share=value_text(share), score=mean_score)
        grades = [
            self._counted(str(grade), readable.share_of(readable.grades[grade]))
            for grade in self.report.standard.grades
        ]
        yield _("By grade: {grades}.").format(grades=_("; ").join(grades))
        text = _(
            "Annexes {first} to {last} have the figures; annexes {best} and {weakest}, the best and weakest sites."
        )
        first, last, best, weakest = map(self._number, (self.facts, self.groups, self.best, self.weakest))
        yield text.format(first=first, last=last, best=best, weakest=weakest)

    def _findings(self) -> Iterator[str]:
        overview = self.overview
        counts = [
            _("{severity}: {number}").format(severity=severity.label, number=overview.findings[severity])
            for severity in Severity
        ]
        total = overview.findings.total()
        if total:
            yield _("Findings that count: {number} ({counts}).").format(number=total, counts=_(", ").join(counts))
        else:
            yield _("There are no findings that count.")
        if overview.waived:
            yield _("Findings that are waived and do not count: {number}.").format(number=overview.waived)
        if overview.filing:
            yield content.about_filing(self.report)

    @staticmethod
    def _counted(name: str, share: Share) -> str:
        if not share.whole:
            return _("{name}: {text}").format(name=name, text="–")
        return _("{name}: {number} ({share})").format(name=name, number=share.part, share=value_text(share))

    def write_pillars(self) -> None:
        """Describe each of the five in a sentence, in a table and in a chart."""
        readable = self.overview.readable
        if not readable.sites:
            self.paper.paragraph(_("There is no site that could be read, so there is nothing to count."))
            return
        bars, descriptions = [], []
        for number, pillar in enumerate(Pillar, 1):
            label, shares = pillar_label(pillar), [readable.share(pillar, status) for status in Status]
            counts = _("; ").join(
                self._counted(status.label, share) for status, share in zip(Status, shares, strict=True)
            )
            text = _("{text}.").format(text=counts[0].upper() + counts[1:])
            self._write_point(number, label, text)
            bars.append((label, Bar(*(share.part for share in shares))))
            descriptions.append(_("{name}: {text}").format(name=label, text=text))
        section = content.five_ones(self.report)
        self.paper.caption(section.title)
        # The bars are in the chart.
        self.paper.table(section._replace(columns=section.columns[:-1], rows=[row[:-1] for row in section.rows]))
        self.paper.paragraph(_("Figure: {title} (number of sites)").format(title=section.title), Style.CAPTION)
        draw_bars(self.paper.paragraph("", Style.FIGURE), bars, sentences(*descriptions))

    def _write_point(self, number: int, lead: str, text: str) -> None:
        self.paper.point(_("({number}) {lead}.").format(number=numeral(number), lead=lead), text)

    def write_problems(self) -> None:
        """Write which rules fail most often, what is overdue, which files could not be read, and what is waived."""
        texts = (
            (self.rules, self._rules_text()),
            (self.overdue, self._overdue_text()),
            (self.unread, self._unread_text()),
            (self.waivers, self._waivers_text()),
        )
        for number, (section, text) in enumerate(texts, 1):
            self._write_point(number, section.title, text)

    def _see(self, section: Section) -> str:
        return _(" (see annex {number})").format(number=self._number(section))

    def _number(self, section: Section) -> int:
        return self.annexes.index(section) + 1

    def _rules_text(self) -> str:
        failed = self.overview.rules_failed
        if not failed:
            return _("There are no findings that count.")
        named = [self._rule_text(rule) for rule in failed[:MAX_RULES_NAMED]]
        text = _("Rules that are not kept: {number}; at most sites: {rules}{see}.")
        return text.format(number=len(failed), rules=_("; ").join(named), see=self._see(self.rules))

    @staticmethod
    def _rule_text(failed: RuleCount) -> str:
        text = ngettext(
            "“{title}” ({rule}, {severity}) at {number} site",
            "“{title}” ({rule}, {severity}) at {number} sites",
            failed.sites,
        )
        rule, severity = failed.rule, failed.rule.severity.label
        return text.format(title=rule.problem, rule=rule.id, severity=severity, number=failed.sites)

    def _overdue_text(self) -> str:
        overview = self.overview
        if not overview.overdue.seen:
            return _("No item is overdue.")
        share = overview.readable.share_of(overview.sites_overdue)
        text = _("Items overdue: {number}; sites that have them: {sites} ({share}){see}.")
        return text.format(
            number=overview.overdue.seen, sites=share.part, share=value_text(share), see=self._see(self.overdue)
        )

    def _unread_text(self) -> str:
        overview = self.overview
        if not overview.unreadable:
            return _("Every site could be read.")
        share = Share(overview.unreadable, overview.sites)
        text = _("Sites that could not be read: {number} ({share}){see}.")
        return text.format(number=share.part, share=value_text(share), see=self._see(self.unread))

    def _waivers_text(self) -> str:
        overview = self.overview
        if not overview.waivers.seen:
            return _("No waiver is in force.")
        text = _("Waivers in force: {number}; those that end within 30 days: {soon}{see}.")
        return text.format(number=overview.waivers.seen, soon=overview.ending_soon, see=self._see(self.waivers))

    def write_recommendations(self) -> None:
        """Advise on the rules that most sites do not keep, the gravest first, and on each thing once."""
        of_advice: dict[str, RuleCount] = {}
        for failed in self.overview.rules_failed:
            of_advice.setdefault(str(failed.rule.advice), failed)
        advised = sorted(islice(of_advice.values(), MAX_RECOMMENDATIONS), key=lambda failed: failed.rule.severity.rank)
        if not of_advice:
            self.paper.paragraph(_("Nothing has to be put right; what has been reached is to be kept up."))
        text = _("On “{title}” ({rule}; sites: {number})")
        for number, (rule, sites, _findings) in enumerate(advised, 1):
            self._write_point(number, text.format(title=rule.problem, rule=rule.id, number=sites), str(rule.advice))
