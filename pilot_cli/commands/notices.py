"""``pilot report --notices``: a letter to each of many sites, and an index of them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pathvalidate import sanitize_filename
from typer import BadParameter, echo

from pilot_cli.audit.assessment import Assessment
from pilot_cli.commands.output import open_output
from pilot_cli.formats.report.content import Report
from pilot_cli.formats.report.notice_index import IndexRow, write_index
from pilot_cli.formats.report.word.notice import Notice, NoticeTerms
from pilot_cli.formats.report.word.wording import name_in_letter
from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext
from pilot_cli.site.rule_info import Severity
from pilot_cli.site.texts import is_invisible, nfkc

HINT = "--notices"
SUFFIX = ".docx"
MAX_NAME_BYTES = 150
"""How much of the name of a file is that of a site; file systems allow 255, and a Chinese character takes 3."""


class NoticeFolder:
    """A folder that is filled with notices, each written whole or not at all."""

    def __init__(self, folder: Path, min_severity: Severity | None) -> None:
        if os.path.lexists(folder) and not folder.is_dir():
            raise BadParameter(_("{path} is no folder").format(path=folder), param_hint=HINT)
        self._folder = folder
        self._min_severity = min_severity
        """A site gets a notice if it has a finding that weighs at least so much; None is all sites."""
        self._rows: list[IndexRow] = []
        self._taken: set[str] = set()

    def write(self, report: Report) -> None:
        """Write the notices to the sites of a report, then the index."""
        terms = NoticeTerms.of(report)
        for site in report.assessments:
            if self._is_meant(site):
                self._write_notice(Notice(terms, site, len(self._rows) + 1))
        if self._rows:
            with self._open(f"{_('Index of notices')}.xlsx") as out:
                write_index(self._rows, out, report.as_of)

    def tell_written(self) -> None:
        """Say what was written, and where."""
        number = len(self._rows)
        if not number:
            echo(_("No site has such findings, so that no notice was written."), err=True)
            return
        text = ngettext(
            "Written: {path} ({number} notice, and an index)",
            "Written: {path} ({number} notices, and an index)",
            number,
        )
        echo(printable(text.format(path=self._folder, number=number)), err=True)

    def _is_meant(self, site: Assessment) -> bool:
        least = self._min_severity
        return (
            least is None
            or not site.is_readable
            or any(finding.rule.severity.rank <= least.rank and not finding.waived for finding in site.about_work)
        )

    def _write_notice(self, notice: Notice) -> None:
        name = self._new_name(notice)
        with self._open(name) as out:
            notice.write(out)
        site = notice.site
        self._rows.append(
            IndexRow(
                notice.document_number if notice.terms.documents.office.document_number else "",
                name_in_letter(site),
                site.city,
                {severity: notice.count(severity) for severity in Severity},
                name,
            )
        )

    @contextmanager
    def _open(self, name: str) -> Iterator[BinaryIO]:
        with open_output(self._folder / name, is_for_people=False, hint=HINT) as out:
            yield out.buffer

    def _new_name(self, notice: Notice) -> str:
        """Name a file by city and name of the site, so that every system takes it; of equals the later have the id."""
        site = notice.site
        parts = [part for part in (site.city, name_in_letter(site)) if part]
        for name in _candidates("-".join(parts), site.id, notice.usual_title):
            key = nfkc(name).casefold()
            if key not in self._taken:
                self._taken.add(key)
                return name
        raise AssertionError


def _candidates(name: str, id: str | None, title: str) -> Iterator[str]:
    stem = _safe(name)
    yield f"{stem}-{title}{SUFFIX}"
    if id:
        stem = f"{stem}-{_safe(id)}"
        yield f"{stem}-{title}{SUFFIX}"
    number = 2
    while True:
        yield f"{stem}-{number}-{title}{SUFFIX}"
        number += 1


def _safe(name: str) -> str:
    """Make a text the beginning of the name of a file, on Windows too."""
    seen = "".join("_" if is_invisible(letter) or not letter.isprintable() else letter for letter in name)
    short = seen.encode()[:MAX_NAME_BYTES].decode(errors="ignore")
    # Dots would hide the file, or make what is before them the name of a device.
    return str(sanitize_filename(short, "_", platform="universal")).replace(".", "_").strip() or "_"
