"""``--format xlsx``: a workbook for Excel, in which staff go on working."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO

from pilot_cli.audit.assessment import Assessment, Finding, Status
from pilot_cli.audit.tally import Share
from pilot_cli.formats.labels import (
    basis_line,
    grouping_label,
    kind_label,
    one_label,
    severity_label,
    site_label,
    waiver_label,
)
from pilot_cli.formats.report import content
from pilot_cli.formats.report.content import Bar, Column, Count, Report, Row, Section, Value, value_text
from pilot_cli.formats.report.site_rows import site_columns, site_row
from pilot_cli.formats.xlsx import HEAD, HEAD_HEIGHT, NOTE, PLAIN, Book, Cell, Listing, Look, Sheet
from pilot_cli.locale import gettext as _
from pilot_cli.site.model import One
from pilot_cli.site.problem import Severity, dotted

STATUS_COLOURS = {Status.COMPLETE: "#C6EFCE", Status.INCOMPLETE: "#FFEB9C", Status.MISSING: "#FFC7CE"}
STATUS_BARS = {Status.COMPLETE: "#5B9F6A", Status.INCOMPLETE: "#E2B23C", Status.MISSING: "#C8504B"}
GRADE_BARS = "#B03A2E"
COUNTS = {"num_format": "0", "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
"""An axis with numbers of sites."""
SEVERITY_COLOURS = {Severity.ERROR: "#C00000", Severity.WARNING: "#9C5700", Severity.INFO: "#1F4E79"}
TITLE = Look(bold=True, size=16, wraps=False, indent=0)
HEADING = Look(bold=True, size=12, colour="#9C2B22", wraps=False, indent=0)
SUM = Look(bold=True, line_above=True)
CHART_COLUMN = 8
"""Charts stand to the right of the tables."""


def write_xlsx(report: Report, out: BinaryIO) -> None:
    """Write the sheets: the overview and the groups at the end, though they stand in front."""
    with Book(out, report.title, report.as_of) as book:
        overview = Sheet(book, _("Overview"))
        groups = Listing(book, _("By group"), _group_heads(report))
        listings = _Listings(book)
        for site in report.assessments:
            listings.add(site)
        listings.finish()
        _write_rules(report, book)
        _write_groups(report, groups)
        _write_overview(report, book, overview)


class _Listings:
    """The sheets with a row for each site, finding, overdue item and waiver, written while the sites go by."""

    def __init__(self, book: Book) -> None:
        self.sites = Listing(book, _("All sites"), site_columns(), fixed_columns=2)
        self.findings = Listing(book, _("All findings"), _finding_heads(), fixed_columns=2, to_fill_in=_to_fill_in())
        overdue = (_("Item"), _("Owner"), _("Due date"), _("Days over"))
        self.overdue = Listing(book, _("Items overdue"), (*_about_heads(), *overdue), fixed_columns=2)
        waivers = (_("Rule"), _("Reason"), _("Waived by"), _("Valid until"))
        self.waivers = Listing(book, _("Waivers in force"), (*_about_heads(), *waivers), fixed_columns=2)

    def add(self, site: Assessment) -> None:
        """Write all rows of a site."""
        self.sites.add(_cells(site_row(site)))
        about = _about(site)
        for finding in site.findings:
            self.findings.add(_cells((*about, *_finding_row(site, finding))))
        for item in site.overdue:
            self.overdue.add(_cells((*about, item.title, item.owner, item.due, item.days)))
        for waiver in site.waivers:
            self.waivers.add(_cells((*about, waiver.rule, waiver.reason, waiver.approved_by, waiver.until)))

    def finish(self) -> None:
        """Write nothing more."""
        for listing in (self.sites, self.findings, self.overdue, self.waivers):
            listing.finish()


def _about_heads() -> tuple[str, ...]:
    return _("Site name"), _("Site ID"), _("Kind of site"), _("City")


def _about(site: Assessment) -> Row:
    return site_label(site), site.id, kind_label(site.kind), site.city


def _to_fill_in() -> tuple[str, ...]:
    """Who puts a finding right, until when, and what was done: for staff to write."""
    return _("Person responsible"), _("Deadline"), _("What was done")


def _finding_heads() -> tuple[str, ...]:
    return (
        *_about_heads(),
        *(_("Rule"), _("Severity"), _("Of the five ones"), _("Line"), _("Key"), _("Finding"), _("Basis"), _("Advice")),
        *(_("Waived"), *_to_fill_in(), _("File")),
    )


def _finding_row(site: Assessment, finding: Finding) -> Row:
    return (
        *(finding.rule, finding.severity, one_label(finding.one) if finding.one else None),
        *(finding.line, dotted(finding.path), finding.message, finding.basis, finding.advice),
        *(waiver_label(finding.waived) if finding.waived else None, *[None] * len(_to_fill_in()), site.path),
    )


def _write_rules(report: Report, book: Book) -> None:
    section = content.rules_failed(report)
    listing = Listing(book, _("Rules failed"), [column.title for column in section.columns])
    for row in section.rows:
        listing.add(_cells(row))
    listing.finish()


def _group_heads(report: Report) -> Sequence[str]:
    columns = content.standing_columns()
    return [*map(grouping_label, report.overview.by), *(column.title for column in columns)]


def _write_groups(report: Report, listing: Listing) -> None:
    overview = report.overview
    depth = len(overview.by)
    for key in content.ordered_groups(report):
        names = content.group_names(report, key)
        blanks = [_("(all)")] * (depth - len(names))
        look = SUM if len(names) < depth else PLAIN
        listing.add(_cells((*names, *blanks, *content.standing(overview.groups[key])), look))
    *unreadable, total = content.sums(report)
    for (name, *figures), look in (*((row, PLAIN) for row in unreadable), (total, SUM)):
        listing.add(_cells((name, *[""] * (depth - 1), *figures), look))
    listing.finish(content.base(report))


def _write_overview(report: Report, book: Book, sheet: Sheet) -> None:
    sheet.worksheet.fit_to_pages(1, 1)
    sheet.add([(report.title, TITLE)], 30)
    sheet.add([(basis_line(report.standard, report.as_of), NOTE)])
    _write_section(sheet, content.facts(report))
    first_grade = _write_section(sheet, content.grades(report))
    first_one = _write_section(sheet, _five_ones(report))
    _write_section(sheet, content.best(report))
    _write_section(sheet, content.weakest(report))
    _add_charts(report, book, sheet, first_one, first_grade)
    sheet.widths |= {column: max(12, sheet.widths.get(column, 0)) for column in range(1, 7)}
    sheet.finish()


def _five_ones(report: Report) -> Section:
    """Give each number and each share a column of its own."""
    readable = report.overview.readable
    heads = (Column(head) for status in Status for head in (status.label, _("Share")))
    rows: list[Row] = []
    for one in One:
        shares = (readable.share(one, status) for status in Status)
        rows.append((one_label(one), *(value for share in shares for value in (share.part, share))))
    return Section(_("Completion of the “five ones”"), (Column(_("Five ones")), *heads), rows)


def _write_section(sheet: Sheet, section: Section) -> int:
    """Write a heading and a table; return the row in which its values begin."""
    sheet.add(())
    sheet.add([(section.title, HEADING)], HEAD_HEIGHT)
    sheet.add(((column.title, HEAD) for column in section.columns), HEAD_HEIGHT)
    start = sheet.rows
    for row in section.rows:
        sheet.add(_cells(row))
    if not section.rows:
        sheet.add([(_("None."), NOTE)])
    if section.note:
        sheet.add([(section.note, NOTE)])
    return start


def _add_charts(report: Report, book: Book, sheet: Sheet, first_one: int, first_grade: int) -> None:
    ones = book.new_chart("bar", "stacked")
    for number, status in enumerate(Status):
        series = _series(sheet, first_one, len(One), 1 + 2 * number)
        ones.add_series({**series, "fill": {"color": STATUS_BARS[status]}, "gap": 60})
    ones.set_title({"name": _("Completion of the “five ones”"), "name_font": {"size": 12}})
    ones.set_x_axis(COUNTS)
    ones.set_y_axis({"reverse": True})
    ones.set_legend({"position": "bottom"})
    grades = book.new_chart("column")
    series = _series(sheet, first_grade, len(report.standard.grades), 1)
    grades.add_series({**series, "fill": {"color": GRADE_BARS}, "gap": 80, "data_labels": {"value": True}})
    grades.set_title({"name": _("Grades"), "name_font": {"size": 12}})
    grades.set_y_axis(COUNTS)
    grades.set_legend({"none": True})
    for row, chart in ((2, ones), (20, grades)):
        chart.set_size({"width": 620, "height": 340})
        sheet.worksheet.insert_chart(row, CHART_COLUMN, chart)


def _series(sheet: Sheet, first: int, number: int, column: int) -> dict[str, Any]:
    """Take the names of a series from the first column, its values from another."""
    last = first + number - 1
    return {
        "name": [sheet.name, first - 1, column],
        "categories": [sheet.name, first, 0, last, 0],
        "values": [sheet.name, first, column, last, column],
    }


def _cells(values: Iterable[Value], look: Look = PLAIN) -> Iterator[Cell]:
    for value in values:
        yield _cell(value, look)


def _cell(value: Value, look: Look) -> Cell:
    match value:
        case Status():
            return value.label, look._replace(fill=STATUS_COLOURS[value])
        case Severity():
            return severity_label(value), look._replace(colour=SEVERITY_COLOURS[value])
        case Share():
            return None if value.percent is None else value.percent / 100, look._replace(number_format="0.0%")
        case float():
            return value, look._replace(number_format="0.0")
        case Count() | Bar():
            return value_text(value), look
        case None | str() | int() | date():
            return value, look
