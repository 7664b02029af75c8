"""``--format xlsx``: an Excel workbook that staff can go on working with."""

from itertools import chain
from typing import Any, BinaryIO

from pilot_cli.audit.assessment import Assessment, Finding, Status
from pilot_cli.audit.order import Order
from pilot_cli.formats.labels import (
    basis_line,
    finding_text,
    grouping_label,
    kind_label,
    pillar_label,
    site_name,
    waiver_label,
)
from pilot_cli.formats.registry import View
from pilot_cli.formats.report import content
from pilot_cli.formats.report.content import Column, Report, Row, Section
from pilot_cli.formats.report.groups import group_names, ordered_groups
from pilot_cli.formats.report.sheet_sections import SUM, TITLE, cells, write_section
from pilot_cli.formats.report.site_rows import PRINTED, site_columns, site_row
from pilot_cli.formats.xlsx import (
    NOTE,
    PLAIN,
    ListColumn,
    PagedTable,
    Sheet,
    WorkbookWriter,
)
from pilot_cli.locale import gettext as _
from pilot_cli.site.model import Pillar
from pilot_cli.site.problem import dotted
from pilot_cli.site.rule_info import Severity

STATUS_BARS = {Status.COMPLETE: "#5B9F6A", Status.INCOMPLETE: "#E2B23C", Status.MISSING: "#C8504B"}
GRADE_BARS = "#B03A2E"
COUNTS = {"num_format": "0", "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
"""An axis with numbers of sites."""
CHART_COLUMN = 8
"""Charts stand to the right of the tables."""


def write_xlsx(report: Report, out: BinaryIO, view: View) -> None:
    """Write the sheets: the overview and the groups at the end, though they stand in front.

    Unless another order was asked for, sites stand city by city, and are kept in memory until all are there.
    """
    with WorkbookWriter(out, report.title, report.as_of) as book:
        overview = Sheet(book, _("Overview"))
        columns = content.standing_columns()
        group_headers = [*map(grouping_label, report.summary.by), *(column.title for column in columns)]
        groups = PagedTable(book, _("By group"), group_headers)
        listings = _Listings(report, book)
        for site in report.assessments if view.order_given else Order.CITY.sort(report.assessments):
            listings.add(site)
        listings.finish(content.about_filing(report))
        if report.changes:
            _write_changes(report.changes, book)
        _write_problems(report, book)
        _write_groups(report, groups)
        _write_overview(report, book, overview)


class _Listings:
    """The sheets with a row for each site, finding, overdue item and waiver, written while the sites go by."""

    def __init__(self, report: Report, book: WorkbookWriter) -> None:
        self.sites = PagedTable(book, _("Site by site"), _site_columns())
        self.findings = PagedTable(book, _("All findings"), _finding_columns())
        self.overdue = PagedTable(book, _("Items overdue"), _overdue_columns())
        self.waivers = PagedTable(book, _("Waivers in force"), _waiver_columns())
        self._titles = {rule.info.id: str(rule.info.title) for rule in report.standard.whole}

    def add(self, site: Assessment) -> None:
        self.sites.add(cells(site_row(site)))
        name, kind, city = site_name(site), kind_label(site.kind), site.city
        for finding in site.about_work:
            self.findings.add(cells(_finding_row(site, finding)))
        for item in site.overdue:
            self.overdue.add(cells((name, kind, city, item.title, item.owner, item.due, item.days, site.id)))
        for waiver in site.waivers:
            asked = self._titles.get(waiver.rule)
            terms = asked, waiver.reason, waiver.approved_by, waiver.until
            self.waivers.add(cells((name, kind, city, *terms, waiver.rule, site.id)))

    def finish(self, note: str) -> None:
        """Write the sheets, that of the findings with a note below it."""
        self.findings.finish(note)
        for listing in (self.sites, self.overdue, self.waivers):
            listing.finish()


def _site_columns() -> tuple[ListColumn, ...]:
    widths = (20, 12, 8, 9, *[13] * len(Pillar), 7, 8, 9, *[9] * (len(Severity) + 1))
    headers = site_columns()
    technical = (ListColumn(header, is_technical=True) for header in headers[PRINTED:])
    return (*map(ListColumn, headers[:PRINTED], widths), *technical)


def _finding_columns() -> tuple[ListColumn, ...]:
    """What people pass on and write in, and then what leads to the place in the file."""
    done = _("put right"), _("being put right"), _("not yet put right"), _("to be kept up")
    technical = (*(_("Kind"), _("ID of the site"), _("Rule"), _("Line"), _("Key"), _("Waived"), _("File")),)
    return (
        *(ListColumn(_("Name of the site"), 20), ListColumn(_("City"), 9), ListColumn(_("Of the five ones"), 13)),
        *(ListColumn(_("Severity"), 9), ListColumn(_("Finding"), 33), ListColumn(_("Basis"), 20)),
        *(ListColumn(_("Advice"), 36), ListColumn(_("Person responsible"), 11), ListColumn(_("Deadline"), 12)),
        ListColumn(_("What was done"), 13, done),
        *(ListColumn(header, is_technical=True) for header in technical),
    )


def _finding_row(site: Assessment, finding: Finding) -> Row:
    rule = finding.rule
    return (
        *(site_name(site), site.city, pillar_label(rule.pillar) if rule.pillar else None),
        *(rule.severity, finding_text(finding), str(rule.basis), str(finding.advice)),
        *(None, None, None, kind_label(site.kind), site.id, rule.id, finding.line, dotted(finding.path)),
        *(waiver_label(finding.waived) if finding.waived else None, site.path_of(finding)),
    )


def _overdue_columns() -> tuple[ListColumn, ...]:
    return (
        *(ListColumn(_("Name of the site"), 30), ListColumn(_("Kind"), 10), ListColumn(_("City"), 10)),
        *(ListColumn(_("Item"), 40), ListColumn(_("Owner"), 14), ListColumn(_("Due date"), 13)),
        *(ListColumn(_("Days over"), 13), ListColumn(_("ID of the site"), is_technical=True)),
    )


def _waiver_columns() -> tuple[ListColumn, ...]:
    return (
        *(ListColumn(_("Name of the site"), 30), ListColumn(_("Kind"), 10), ListColumn(_("City"), 10)),
        *(ListColumn(_("Excused from"), 30), ListColumn(_("Reason"), 40), ListColumn(_("Waived by"), 20)),
        *(ListColumn(_("Valid until"), 13), ListColumn(_("Rule"), is_technical=True)),
        ListColumn(_("ID of the site"), is_technical=True),
    )


def _write_problems(report: Report, book: WorkbookWriter) -> None:
    """Write how many sites have each problem."""
    columns = (
        *(ListColumn(_("Problem"), 40), ListColumn(_("Severity"), 10), ListColumn(_("Sites"), 13)),
        *(ListColumn(_("Findings"), 10), ListColumn(_("Advice"), 80), ListColumn(_("Rule"), is_technical=True)),
    )
    listing = PagedTable(book, _("Rules failed"), columns)
    for rule, sites, findings in report.summary.rules_failed:
        row = str(rule.problem), rule.severity, sites, findings, str(rule.advice), rule.id
        listing.add(cells(row))
    listing.finish(content.about_filing(report))


def _write_changes(changes: content.Changes, book: WorkbookWriter) -> None:
    """Write what changed since an audit."""
    sheet = Sheet(book, _("Changes"))
    for section in changes.sections():
        write_section(sheet, section)
    sheet.finish()


def _write_groups(report: Report, listing: PagedTable) -> None:
    overview = report.summary
    depth = len(overview.by)
    for key in ordered_groups(report):
        names = group_names(report, key)
        blanks = [_("(all)")] * (depth - len(names))
        style = SUM if len(names) < depth else PLAIN
        listing.add(cells((*names, *blanks, *content.standing(overview.groups[key])), style))
    *unreadable, total = content.sums(report)
    for (name, *figures), style in (*((row, PLAIN) for row in unreadable), (total, SUM)):
        listing.add(cells((name, *[""] * (depth - 1), *figures), style))
    listing.finish(content.base(report))


def _write_overview(report: Report, book: WorkbookWriter, sheet: Sheet) -> None:
    sheet.worksheet.fit_to_pages(1, 1)
    sheet.add([(report.title, TITLE)], 30)
    sheet.add([(basis_line(report.standard, report.as_of), NOTE)])
    write_section(sheet, content.facts(report))
    grades = content.grades(report)
    first_grade = write_section(sheet, grades)
    first_one = write_section(sheet, _five_ones(report))
    write_section(sheet, content.best(report))
    write_section(sheet, content.weakest(report))
    _add_charts(book, sheet, first_one, first_grade, len(grades.rows))
    sheet.widths |= {column: max(12, sheet.widths.get(column, 0)) for column in range(1, 7)}
    sheet.finish()


def _five_ones(report: Report) -> Section:
    """Give each number and each share a column of its own."""
    readable = report.summary.readable
    headers = (Column(header) for status in Status for header in (status.label, _("Share")))
    rows: list[Row] = []
    for pillar in Pillar:
        shares = (readable.share(pillar, status) for status in Status)
        numbers = ((share.part, share) if share.part else (None, None) for share in shares)
        rows.append((pillar_label(pillar), *chain.from_iterable(numbers)))
    return Section(_("Completion of the “five ones”"), (Column(_("Five ones")), *headers), rows)


def _add_charts(book: WorkbookWriter, sheet: Sheet, first_one: int, first_grade: int, graded: int) -> None:
    """Draw the five ones and, where any site has one, the grades."""
    pillars = book.new_chart("bar", "stacked")
    for number, status in enumerate(Status):
        series = _series(sheet, first_one, len(Pillar), 1 + 2 * number)
        pillars.add_series({**series, "fill": {"color": STATUS_BARS[status]}, "gap": 60})
    pillars.set_title({"name": _("Completion of the “five ones”"), "name_font": {"size": 12}})
    pillars.set_x_axis(COUNTS)
    pillars.set_y_axis({"reverse": True})
    pillars.set_legend({"position": "bottom"})
    charts = [pillars]
    if graded:
        grades = book.new_chart("column")
        series = _series(sheet, first_grade, graded, 1)
        grades.add_series({**series, "fill": {"color": GRADE_BARS}, "gap": 80, "data_labels": {"value": True}})
        grades.set_title({"name": _("Grades"), "name_font": {"size": 12}})
        grades.set_y_axis(COUNTS)
        grades.set_legend({"none": True})
        charts.append(grades)
    for row, chart in zip((2, 20), charts, strict=False):
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
