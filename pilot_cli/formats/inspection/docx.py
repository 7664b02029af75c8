"""The form as a Word document: a table for each site to print, fill in by hand and sign."""

from typing import BinaryIO

from pilot_cli.formats.inspection.content import FORM_COLUMNS, FORM_TITLE, INSPECTORS, FormSite, InspectionForm
from pilot_cli.formats.labels import basis_line, long_date
from pilot_cli.formats.report.content import Column, Row
from pilot_cli.formats.report.word.official_document import OfficialDocument, Style
from pilot_cli.formats.report.word.table import Lines, TableText
from pilot_cli.formats.report.word.wording import problem_text
from pilot_cli.locale import gettext as _
from pilot_cli.standard.checks.inspected import result_text

ROOM_TO_WRITE = "\u3000" * 9
"""As wide as people need to write."""
ROOM_TO_SIGN = "_" * 16
BOX = "□"


def write_docx(form: InspectionForm, out: BinaryIO) -> None:
    """Write the form in landscape format, each site on pages of its own."""
    title = _(FORM_TITLE)
    paper = OfficialDocument(title, form.day, is_turned=True)
    for number, site in enumerate(form.sites):
        heading = paper.paragraph(title, Style.TITLE)
        heading.paragraph_format.page_break_before = number > 0
        paper.number_tables_anew()
        _write_site(paper, form, site)
    paper.write(out)


def _write_site(paper: OfficialDocument, form: InspectionForm, site: FormSite) -> None:
    facts = [*site.facts(), (_("Standard"), str(form.standard.title))]
    if form.by:
        facts.append((_(INSPECTORS), form.by))
    texts = (_("{label}: {text}").format(label=label, text=text) for label, text in facts)
    paper.paragraph(_("; ").join(texts), Style.NOTE)
    paper.table(_("Items to be inspected on site"), _items(site))
    if site.problems:
        paper.table(_("Problems that the materials show, to be looked at as well"), _problems(site))
    signed = _("Inspectors (signed): {blank}   For the site (signed): {blank}   Date: {day}")
    paper.paragraph(signed.format(blank=ROOM_TO_SIGN, day=long_date(form.day)), Style.NOTE)
    paper.paragraph(basis_line(form.standard, form.day), Style.NOTE)


def _items(site: FormSite) -> TableText:
    area, number, item, points, method, look_for, result, noted = map(_, FORM_COLUMNS)
    columns = (
        *(Column(area), Column(number, is_number=True), Column(item, is_long=True), Column(points, is_number=True)),
        *(Column(method), Column(look_for, is_long=True), Column(result), Column(noted, is_long=True)),
    )
    rows = [
        (
            *(item.area, number, item.title, item.points, item.method, item.hints),
            *(Lines([f"{BOX}{result_text(level)}" for level in item.levels]), ROOM_TO_WRITE),
        )
        for number, item in enumerate(site.items, 1)
    ]
    return TableText(columns, rows, is_grouped=True)


def _problems(site: FormSite) -> TableText:
    columns = (
        *(Column(_("No."), is_number=True), Column(_("What is wrong"), is_long=True), Column(_("Severity"))),
        Column(_("As found on site"), is_long=True),
    )
    rows: list[Row | str] = [
        (number, problem_text(finding), finding.rule.severity, ROOM_TO_WRITE)
        for number, finding in enumerate(sorted(site.problems, key=lambda one: one.rule.severity.rank), 1)
    ]
    return TableText(columns, rows)
