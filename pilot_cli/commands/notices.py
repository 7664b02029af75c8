"""``pilot report --notices``: a notice for each of many sites, and an index."""

from pathlib import Path

from typer import echo

from pilot_cli.audit.assessment import Assessment
from pilot_cli.audit.order import Order
from pilot_cli.commands.letters import LetterFolder, LetterName
from pilot_cli.commands.progress import WRITING
from pilot_cli.formats.report.content import Report
from pilot_cli.formats.report.notice_index import IndexRow
from pilot_cli.formats.report.word.notice import Notice, NoticeTerms
from pilot_cli.formats.report.word.wording import name_in_letter
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext
from pilot_cli.parallel.progress import Progress
from pilot_cli.site.rule_info import Severity


class NoticeFolder:
    """A folder that is filled with notices."""

    def __init__(self, folder: Path, min_severity: Severity | None, order: Order) -> None:
        self._letters = LetterFolder(folder, _("Index of notices"), "--notices")
        self._min_severity = min_severity
        """A site gets a notice if it has a finding that weighs at least so much; None is all sites."""
        self._order = order
        """In which the notices are numbered and listed."""

    def write(self, report: Report, progress: Progress) -> None:
        """Write the notices to the sites of a report, then the index."""
        terms = NoticeTerms.of(report)
        sites = self._order.sort(filter(self._is_meant, report.assessments))
        progress.begin(WRITING, len(sites))
        for number, site in enumerate(sites, 1):
            self._write_notice(Notice(terms, site, number))
            progress.advance(1)
        self._letters.finish(report.as_of)

    def tell_written(self) -> None:
        """Say what was written, and where."""
        number = self._letters.number
        if not number:
            echo(_("No site has such findings, so that no notice was written."), err=True)
            return
        text = ngettext(
            "Written: {path} ({number} notice, and an index)",
            "Written: {path} ({number} notices, and an index)",
            number,
        )
        self._letters.tell_written(text)

    def _is_meant(self, site: Assessment) -> bool:
        least = self._min_severity
        return (
            least is None
            or not site.is_readable
            or any(finding.rule.severity.rank <= least.rank and not finding.waived for finding in site.about_work)
        )

    def _write_notice(self, notice: Notice) -> None:
        site = notice.site
        name = name_in_letter(site)
        is_numbered = notice.terms.documents.office.document_number is not None
        row = IndexRow(
            notice.document_number if is_numbered else "",
            name,
            site.city,
            {severity: notice.count(severity) for severity in Severity},
        )
        self._letters.write(LetterName(name, site.city, site.id, notice.usual_title), row, notice.write)
