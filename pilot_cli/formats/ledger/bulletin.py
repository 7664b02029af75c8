"""The bulletin (通报): what inspections found everywhere, how far it has been put right, and what is asked now."""

from collections.abc import Iterator
from typing import BinaryIO

from pilot_cli.formats.labels import findings_labels, sentences
from pilot_cli.formats.ledger import content, tables
from pilot_cli.formats.ledger.content import Concern, LedgerDocument, concerns
from pilot_cli.formats.registry import View
from pilot_cli.formats.report.content import Section
from pilot_cli.formats.report.word.letter import begin_letter, write_letter
from pilot_cli.formats.report.word.official_document import OfficialDocument
from pilot_cli.formats.report.word.wording import listed
from pilot_cli.ledger.standing import Standing
from pilot_cli.ledger.states import State
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext
from pilot_cli.site.rule_info import Severity

MAX_CONCERNS_NAMED = 5
"""The most kinds of problem of a severity that the text names; an annex has all of them."""


def write_docx(document: LedgerDocument, out: BinaryIO, _view: View) -> None:
    """Write the bulletin as a Word document."""
    _Writer(document).write(out)


class _Writer:
    """Writes one bulletin, from the top down."""

    def __init__(self, document: LedgerDocument) -> None:
        self.settings = document.settings
        self.rectification = rectification = document.rectification
        title = _("Bulletin on what was found at pilot sites and how far it has been put right")
        addressee = _("all pilot sites and the “two-new” organizations concerned")
        self.paper: OfficialDocument = begin_letter(title, addressee, self.settings, rectification.as_of, None)
        self.rankings = tables.rankings(rectification, tables.MAX_ROWS)
        self.overdue = tables.overdue_list(rectification, tables.MAX_ROWS)
        self.still_open = [one for one in rectification.problems if one.state is not State.CLOSED]
        self.kinds = tables.kinds_list(self.still_open)
        lists = (self.overdue, self.kinds, tables.open_list(rectification, tables.MAX_ROWS))
        self.annexes = [section for section in (*self.rankings, *lists) if section.rows]

    def write(self, out: BinaryIO) -> None:
        parts = (
            (_("At a glance"), self.write_overview),
            (_("Problems"), self.write_problems),
            (_("What is asked"), self.write_requirements),
        )
        write_letter(self.paper, self.settings, parts, self.annexes, out)

    def write_overview(self) -> None:
        """Say what was inspected, what was found, and who has come how far."""
        rectification = self.rectification
        self.paper.paragraph(sentences(*content.inspected_sentences(rectification)))
        told = (
            *content.standing_sentences(rectification.tally),
            content.overdue_sentence(rectification),
            content.advice_sentence(rectification.tally),
        )
        self.paper.paragraph(sentences(*filter(None, told)))
        ranked = list(tables.ranking_sentences(rectification))
        if ranked:
            see = _("All of them are ranked in annex {annex}.").format(annex=1)
            self.paper.paragraph(sentences(*ranked, see))

    def write_problems(self) -> None:
        """Say of each problem that is still open at which sites it is, and what has come back."""
        points = 0
        for severity in (Severity.ERROR, Severity.WARNING):
            found = [one for one in concerns(self.still_open) if one.severity is severity]
            if found:
                points += 1
                self.paper.subheading(points, findings_labels()[severity.rank])
                self._write_concerns(found)
        back = [one for one in self.still_open if one.rebound_of]
        if back:
            points += 1
            text = _("Problems that had been put right and came back: {number} ({problems}).")
            told = _("; ").join(map(_concern_text, concerns(back)))
            self.paper.point(points, _("Problems that came back"), text.format(number=len(back), problems=told))
        if not points:
            self.paper.paragraph(_("All problems that were found have been put right."))
            return
        text = _("All sites at which there is a problem of each kind are in annex {annex}.")
        self.paper.paragraph(text.format(annex=self._annex(self.kinds)))

    def _write_concerns(self, found: list[Concern]) -> None:
        for place, one in enumerate(found[:MAX_CONCERNS_NAMED], 1):
            text = _("{problem}.").format(problem=_concern_text(one))
            self.paper.paragraph(_("{number}. {text}").format(number=place, text=text))
        left_out = len(found) - MAX_CONCERNS_NAMED
        if left_out > 0:
            text = ngettext(
                "{number} more kind of problem is in annex {annex}.",
                "{number} more kinds of problem are in annex {annex}.",
                left_out,
            )
            self.paper.paragraph(text.format(number=left_out, annex=self._annex(self.kinds)))

    def _annex(self, section: Section) -> int:
        return self.annexes.index(section) + 1

    def write_requirements(self) -> None:
        """Ask for what remains to be done, the most urgent first."""
        for number, (lead, text) in enumerate(self._requirements(), 1):
            self.paper.point(number, lead, text)

    def _requirements(self) -> Iterator[tuple[str, str]]:
        tally = self.rectification.tally
        if tally.overdue:
            overdue = _("Problems past their deadline: {number} (see annex {annex}).")
            text = sentences(
                overdue.format(number=tally.overdue, annex=self._annex(self.overdue)),
                _("The units responsible put them right at once, and report in writing why they are late."),
            )
            yield _("Put right at once what is overdue"), text
        if tally.by_standing[Standing.NOT_BEGUN]:
            text = _("Problems that nobody is at work on yet: {number}. Name a person and a deadline for each.")
            yield _("Make clear who does what"), text.format(number=tally.by_standing[Standing.NOT_BEGUN])
        if tally.by_standing[Standing.UNDER_WAY]:
            yield (
                _("Put right on time what is under way"),
                _("Take one step after the other, keep the deadlines, and submit what proves it to be verified."),
            )
        if tally.by_standing[Standing.KEPT_UP]:
            yield (
                _("Keep up what was missed"),
                _("Meetings and activities that were missed are not made up on paper: hold the coming ones on time."),
            )
        yield (
            _("Draw lessons from it"),
            _("Go through all that the five ones ask for, put right what is alike, and see that nothing comes back."),
        )


def _concern_text(concern: Concern) -> str:
    sites = concern.sites
    text = (
        ngettext("“{problem}” at {number} site: {names}", "“{problem}” at {number} sites: {names}", len(sites))
        if len(sites) <= content.MAX_SITES_NAMED
        else _("“{problem}” at {number} sites, among them {names}")
    )
    names = listed(sites[: content.MAX_SITES_NAMED])
    return text.format(problem=concern.title, number=len(sites), names=names)
