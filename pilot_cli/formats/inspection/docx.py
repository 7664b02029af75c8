"""The form as a Word document: a table for each site to print, fill in by hand and sign."""

from collections.abc import Iterator
from typing import BinaryIO

from pilot_cli.formats.inspection.content import FORM_COLUMNS, FORM_TITLE, FormSite, InspectionForm
from pilot_cli.formats.labels import basis_line, long_date
from pilot_cli.formats.report.content import Column, Row
from pilot_cli.formats.report.word.official_document import OfficialDocument, Style
from pilot_cli.formats.report.word.table import TableText
from pilot_cli.formats.report.word.wording import official, or_blank, problem_text
from pilot_cli.locale import gettext as _
from pilot_cli.standard.checks.inspected import result_text

ROOM_TO_WRITE = "\u3000" * 9
"""As wide as people need to write."""
BOX = "□"


def write_docx(form: InspectionForm, out: BinaryIO) -> None:
    """Write the form in landscape format, each site on pages of its own."""
    title = _(FORM_TITLE)
    paper = OfficialDocument(title, form.day, is_turned=True)
    for number, site in enumerate(form.sites):
        heading = paper.paragraph(title, Style.TITLE)
        heading.paragraph_format.page_break_before = number > 0
        _write_site(paper, form, site)
    paper.write(out)


def _write_site(paper: OfficialDocument, form: InspectionForm, site: FormSite) -> None:
    facts = [_("{label}: {text}").format(label=label, text=text) for label, text in site.facts()]
    facts.append(_("Standard: {name}").format(name=form.standard.title))
    paper.paragraph(_("; ").join(facts), Style.NOTE)
    paper.table(_("Items to be inspected on site"), _items(site))
    if site.problems:
        paper.table(_("Problems that the materials show, to be looked at as well"), _problems(site))
    signed = _("Inspectors (signed): {by}   For the site (signed): {blank}   Date: {day}")
    paper.paragraph(signed.format(by=or_blank(form.by or None), blank=or_blank(None), day=_day(form)), Style.NOTE)
    paper.paragraph(basis_line(form.standard, form.day), Style.NOTE)


def _day(form: InspectionForm) -> str:
    return long_date(form.day)


def _items(site: FormSite) -> TableText:
    _area, number, item, points, method, look_for, result, noted = map(_, FORM_COLUMNS)
    columns = (
        *(Column(number, is_number=True), Column(item, is_long=True), Column(points, is_number=True), Column(method)),
        *(Column(look_for, is_long=True), Column(result), Column(noted, is_long=True)),
    )
    return TableText(columns, list(_item_rows(site)))


def _item_rows(site: FormSite) -> Iterator[Row | str]:
    area = None
    for number, item in enumerate(site.items, 1):
        if item.area != area:
            area = item.area
            yield area
        yield (
            *(number, official(item.title), item.points, item.method, official(item.hints)),
            *(" ".join(f"{BOX}{result_text(level)}" for level in item.levels), ROOM_TO_WRITE),
        )


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
