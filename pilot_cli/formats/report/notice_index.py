"""The index of many letters, an Excel workbook."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import BinaryIO, NamedTuple

from pilot_cli.formats.labels import findings_labels
from pilot_cli.formats.xlsx import PLAIN, PagedTable, WorkbookWriter
from pilot_cli.locale import gettext as _
from pilot_cli.site.rule_info import Severity


class IndexRow(NamedTuple):
    """What the index says of one letter."""

    document_number: str
    """Empty where letters are not numbered."""
    site: str
    city: str | None
    findings: Mapping[Severity, int]
    file: str = ""


def write_index(title: str, rows: Iterable[IndexRow], out: BinaryIO, created: date) -> None:
    """Write a row for each letter."""
    with WorkbookWriter(out, title, created) as book:
        headers = (
            *(_("No."), _("Document number"), _("Pilot site"), _("City")),
            *(findings_labels()[severity.rank] for severity in Severity),
            _("File"),
        )
        table = PagedTable(book, title, headers)
        for number, row in enumerate(rows, 1):
            counts = (row.findings[severity] for severity in Severity)
            cells = (number, row.document_number, row.site, row.city, *counts, row.file)
            table.add([(cell, PLAIN) for cell in cells])
        table.finish()
