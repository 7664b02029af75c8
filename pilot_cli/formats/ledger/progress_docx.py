"""The report on rectification (整改情况报告) as a Word document, in which the office goes on writing."""

from collections.abc import Iterator
from typing import BinaryIO

from pilot_cli.formats.labels import sentences
from pilot_cli.formats.ledger import content, tables, trend_charts
from pilot_cli.formats.ledger.content import LedgerDocument, concerns
from pilot_cli.formats.registry import View
from pilot_cli.formats.report.word.chart import draw_lines
from pilot_cli.formats.report.word.letter import begin_letter, write_letter
from pilot_cli.formats.report.word.official_document import OfficialDocument, Style
from pilot_cli.formats.report.word.wording import official
from pilot_cli.ledger.problems import Problem
from pilot_cli.ledger.standing import Standing, standing_of
from pilot_cli.ledger.states import State
from pilot_cli.locale import gettext as _

MAX_CONCERNS_NAMED = 10
"""The most problems that the text names; the annex has all that are open."""
MAX_REASONS_TOLD = 3
"""The most reasons that are told of one of them."""


def write_docx(document: LedgerDocument, out: BinaryIO, _view: View) -> None:
    """Write the report as a Word document."""
    _Writer(document).write(out)


class _Writer:
    """Writes one report, from the top down."""

    def __init__(self, document: LedgerDocument) -> None:
        self.settings = settings = document.settings
        self.rectification = rectification = document.rectification
        title = content.progress_title()
        self.paper: OfficialDocument = begin_letter(
            title, settings.office.report_to, settings, rectification.as_of, None
        )
        lists = tables.open_list(rectification, tables.MAX_ROWS), tables.closed_list(rectification, tables.MAX_ROWS)
        sections = (*lists, *tables.rankings(rectification, tables.MAX_ROWS))
        self.annexes = [section for section in sections if section.rows]

    def write(self, out: BinaryIO) -> None:
        parts = (
            (_("At a glance"), self.write_overview),
            (_("How it was done"), self.write_measures),
            (_("What is still open, and why"), self.write_open),
            (_("What comes next"), self.write_next),
        )
        write_letter(self.paper, self.settings, parts, self.annexes, out)

    def write_overview(self) -> None:
        """Say how many problems there are, and how far they have been put right."""
        rectification = self.rectification
        self.paper.paragraph(sentences(*content.inspected_sentences(rectification)))
        self.paper.paragraph(sentences(*content.progress_sentences(rectification)))
        ranked = sentences(*tables.ranking_sentences(rectification))
        if ranked:
            self.paper.paragraph(ranked)
        if trend_charts.can_be_drawn([rectification.trend]):
            chart = trend_charts.problem_chart(rectification.trend)
            if chart.lines:
                self.paper.figure_caption(chart.title)
                draw_lines(self.paper.paragraph("", Style.FIGURE), chart, trend_charts.described(chart))

    def write_measures(self) -> None:
        """Leave room for what only the office knows, and begin with what the ledger has."""
        taken = list(dict.fromkeys(official(step) for one in self.rectification.problems for step in one.measures))
        if taken:
            text = _("Measures taken, among others: {measures}.")
            self.paper.paragraph(text.format(measures=_("; ").join(taken[:MAX_CONCERNS_NAMED])))
        self.paper.paragraph(_("(To be written: how the work was led, divided, supervised and verified.)"))

    def write_open(self) -> None:
        """Say of each problem that is open where it is and, as far as the ledger knows, why."""
        still_open = [one for one in self.rectification.problems if one.state is not State.CLOSED]
        if not still_open:
            self.paper.paragraph(_("All problems that were found have been put right."))
        found = concerns(still_open)
        for number, one in enumerate(found[:MAX_CONCERNS_NAMED], 1):
            text = _("“{problem}” (still open: {number}; {sites}).").format(
                problem=one.title, number=len(one.problems), sites=content.at_sites(one.sites)
            )
            reasons = list(_reasons(one.problems))
            if reasons:
                text = sentences(text, _("Reasons and progress: {reasons}.").format(reasons=_("; ").join(reasons)))
            self.paper.paragraph(_("{number}. {text}").format(number=number, text=text))
        if len(found) > MAX_CONCERNS_NAMED:
            self.paper.paragraph(_("All that is open is in annex {annex}.").format(annex=1))

    def write_next(self) -> None:
        """Say what the office does next, the most urgent first."""
        for number, (lead, text) in enumerate(self._steps(), 1):
            self.paper.point(number, lead, text)

    def _steps(self) -> Iterator[tuple[str, str]]:
        rectification = self.rectification
        tally = rectification.tally
        to_verify = sum(
            one.state is State.TO_VERIFY and standing_of(one) is Standing.UNDER_WAY for one in rectification.problems
        )
        if tally.overdue:
            text = _("Problems past their deadline: {number}. Remind the units responsible, and follow each one.")
            yield _("Urge what is overdue"), text.format(number=tally.overdue)
        if tally.by_standing[Standing.NOT_BEGUN]:
            text = _("Problems still to be assigned, each to a person and with a deadline: {number}.")
            yield _("Assign what nobody is at work on"), text.format(number=tally.by_standing[Standing.NOT_BEGUN])
        if to_verify:
            text = _("Problems said to be put right: {number}. Verify them, and strike off what has been.")
            yield _("Verify what is said to be done"), text.format(number=to_verify)
        if tally.by_standing[Standing.KEPT_UP]:
            text = _("Problems that are meetings and activities missed: {number}. Watch that the coming ones are held.")
            yield _("Watch what has to be kept up"), text.format(number=tally.by_standing[Standing.KEPT_UP])
        yield (
            _("Keep it put right"),
            _("Inspect again, so that nothing comes back, and make lasting rules of what has proved itself."),
        )


def _reasons(problems: list[Problem]) -> Iterator[str]:
    told = dict.fromkeys(official(one.progress or one.note or "").rstrip("。.") for one in problems)
    return (text for text in list(told)[:MAX_REASONS_TOLD] if text)
