"""The content of a report, whatever the format: sections with rows of values, in order."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate, pairwise
from typing import Any, NamedTuple, Protocol

from pilot_cli.audit.assessment import Assessment, Status
from pilot_cli.audit.overview import Overview
from pilot_cli.audit.results import Results
from pilot_cli.audit.tally import Share, Tally
from pilot_cli.audit.top_n import TopN
from pilot_cli.formats.labels import (
    filter_line,
    findings_labels,
    grouping_label,
    judged_line,
    kind_label,
    long_date,
    pillar_label,
    sentences,
    short_pillar_label,
    site_name,
    unreadable_reason,
)
from pilot_cli.formats.report.documents import DocumentSettings
from pilot_cli.formats.report.groups import group_names, ordered_groups
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext
from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import Severity
from pilot_cli.standard.standard import Standard

MAX_GROUPS_SHOWN = 100
"""The most groups that are listed one by one."""


class Report(Results[Overview]):
    """What every format of a report is given."""

    def __init__(
        self,
        title: str | None,
        standard: Standard,
        as_of: date,
        overview: Overview,
        assessments: Iterable[Assessment],
        documents: DocumentSettings | None = None,
        changes: "Changes | None" = None,
    ) -> None:
        super().__init__(standard, as_of, overview, assessments)
        self.documents = documents or DocumentSettings()
        self.changes = changes
        self.title_given = title
        self.title = title or _("Pilot sites of “two-new” Party building: the “five ones”")


class Bar(NamedTuple):
    """How many sites have each status with one of the five, to be drawn."""

    complete: int
    incomplete: int
    missing: int

    def lengths(self, width: int) -> list[int]:
        """Share out a width among the three; the lengths add up to it unless there are no sites."""
        ends = [0, *accumulate(self)]
        cells = [(2 * width * end + ends[-1]) // (2 * ends[-1]) if ends[-1] else 0 for end in ends]
        return [end - start for start, end in pairwise(cells)]


class Changes(Protocol):
    """What changed since an audit, once all sites have passed."""

    def sections(self, limit: int | None = None) -> "list[Section]":
        """Return the figures, and lists that are cut to the limit."""

    def sentences(self) -> Iterator[str]:
        """Tell the same in the sentences of an official report."""

    def as_document(self) -> dict[str, Any]:
        """Tell the same to a program."""


Value = str | int | float | date | Share | Bar | Severity | Status | None
"""What a cell holds; a float is a score. None is shown as a dash."""

Row = tuple[Value, ...]


class Column(NamedTuple):
    """A column of a section."""

    title: str
    is_number: bool = False
    is_long: bool = False
    """Whether it holds texts that take several lines."""


class Section(NamedTuple):
    """A heading and the table below it."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    note: str = ""
    """What is not in the rows."""
    has_totals: bool = False
    """Whether the last row sums up the others."""
    is_narrow: bool = False
    """Whether it takes so little room that the next narrow one may stand beside it."""


def sections(report: Report) -> Iterator[Section]:
    """The sections of a report for reading that have something to tell; only the first hundred groups."""
    top = report.summary.top
    found = (
        facts(report),
        *(report.changes.sections(top) if report.changes else ()),
        *(() if report.standard.is_selection else (grades(report),)),
        five_ones(report),
        groups(report, max(MAX_GROUPS_SHOWN, top)),
        *(rules_failed(report, top), overdue(report)),
        *(best(report), weakest(report), unread(report), waivers(report)),
    )
    return (section for section in found if section.rows or section.note)


def facts(report: Report) -> Section:
    """How many sites were checked, and how they stand; what there is none of is not told."""
    overview = report.summary
    readable = overview.readable
    columns = (Column(_("Item")), Column(_("Number"), is_number=True), Column(_("Share"), is_number=True))
    numbers = *(overview.findings[severity] for severity in Severity), overview.filing
    rows: list[Row] = [
        (_("Sites"), overview.sites, ""),
        (_("Sites that could not be read"), overview.unreadable, Share(overview.unreadable, overview.sites)),
        (_("Sites with all five complete"), readable.all_complete, readable.share_complete),
        (_("Mean score"), overview.mean_score, ""),
        *((label, number, "") for label, number in zip(findings_labels(), numbers, strict=True)),
        (_("Findings waived"), overview.waived, ""),
        (_("Items overdue"), overview.overdue.seen, ""),
        (_("Sites with items overdue"), overview.sites_overdue, readable.share_of(overview.sites_overdue)),
        (_("Waivers in force"), overview.waivers.seen, ""),
        (_("Waivers that end within 30 days"), overview.ending_soon, ""),
        (_("Items to be seen on site"), overview.to_inspect, ""),
        (_("Sites with items to be seen on site"), overview.to_visit, readable.share_of(overview.to_visit)),
    ]
    told = [row for row in rows if row[1] or not isinstance(row[1], int)]
    note = _("; ").join(filter(None, (judged_line(report.standard), base(report), filter_line(report.summary))))
    return Section(_("At a glance"), columns, told, note, is_narrow=True)


def grades(report: Report) -> Section:
    """How many sites have each grade that some site has; no site has one where rules were selected."""
    readable = report.summary.readable
    columns = (Column(_("Grade")), Column(_("Sites"), is_number=True), Column(_("Share"), is_number=True))
    shares = [(str(grade), readable.share_of(readable.grades[grade])) for grade in report.standard.grades]
    rows = [(grade, share.part, share) for grade, share in shares if share.part]
    return Section(_("Grades"), columns, rows, is_narrow=True)


def five_ones(report: Report) -> Section:
    """How many sites have each status with each of the five."""
    statuses = (Column(status.label, is_number=True) for status in Status)
    columns = (Column(_("Five ones")), *statuses, Column(_("Progress")))
    rows: list[Row] = []
    for pillar in Pillar:
        shares = [report.summary.readable.share(pillar, status) for status in Status]
        texts = (share_text(share) for share in shares)
        rows.append((pillar_label(pillar), *texts, Bar(*(share.part for share in shares))))
    return Section(_("Completion of the “five ones”"), columns, rows)


def share_text(share: Share) -> str:
    """A number of sites, if not nil, and its share of all; a dash where rules were selected and do not decide it."""
    if share.whole and not share.part:
        return ""
    return _("{number} ({share})").format(number=share.part, share=value_text(share)) if share.whole else "–"


def groups(report: Report, limit: int | None = None) -> Section:
    """How the sites of each group stand, the groups within it below it, and all sites in the last row."""
    overview = report.summary
    title = " / ".join(grouping_label(grouping) for grouping in overview.by)
    columns = (Column(title), *standing_columns())
    keys = ordered_groups(report)
    rows: list[Row] = [
        (INDENT * (len(key) - 1) + group_names(report, key)[-1], *standing(overview.groups[key]))
        for key in keys[:limit]
    ]
    rows += sums(report)
    notes = filter(None, (left_out(len(keys) - len(keys[:limit])), base(report)))
    return Section(_("Groups"), columns, rows, sentences(*notes), has_totals=True)


def sums(report: Report) -> list[Row]:
    """The last rows of groups: unreadable sites, if there are any, and then all sites, each with its ``standing``."""
    overview = report.summary
    _readable, *figures = standing(overview.readable)
    unreadable: Row = (_("(unreadable)"), overview.unreadable, *[None] * len(figures))
    total: Row = (_("Total"), overview.sites, *figures)
    return [unreadable, total] if overview.unreadable else [total]


def base(report: Report) -> str:
    """A note on which sites shares and means are taken over, where it is not all of them."""
    if not report.summary.unreadable:
        return ""
    return _("Shares and means are of the sites that could be read, but for the share of those that could not.")


INDENT = "└ "
"""What stands before the name of a group within a group."""


def standing_columns() -> tuple[Column, ...]:
    """The columns of ``standing``."""
    titles = (_("Sites"), _("All 5"), _("Share"), _("Mean"), *map(short_pillar_label, Pillar))
    return tuple(Column(title, is_number=True) for title in titles)


def standing(tally: Tally) -> Row:
    """How a number of sites stands, with the share of those that have completed each of the five."""
    complete = (tally.share(pillar, Status.COMPLETE) for pillar in Pillar)
    return tally.sites, tally.all_complete, tally.share_complete, tally.mean_score, *complete


def rules_failed(report: Report, limit: int | None = None) -> Section:
    """Which rules about the work of sites are not kept, the most frequent first."""
    failed = report.summary.rules_failed
    columns = (
        *(Column(_("Problem"), is_long=True), Column(_("Severity"))),
        *(Column(_("Sites"), is_number=True), Column(_("Findings"), is_number=True)),
        Column(_("Advice"), is_long=True),
    )
    rows = [
        (str(rule.problem), rule.severity, sites, findings, str(rule.advice))
        for rule, sites, findings in failed[:limit]
    ]
    notes = filter(None, (left_out(len(failed) - len(rows)), about_filing(report)))
    return Section(_("Problems found most often"), columns, rows, sentences(*notes))


def about_filing(report: Report) -> str:
    """How many findings are about how files are filled in: those who fill them in are told, and no list has them."""
    number = report.summary.filing
    if not number:
        return ""
    text = ngettext(
        "{number} more finding is about entries of the materials, and is not listed here.",
        "{number} more findings are about entries of the materials, and are not listed here.",
        number,
    )
    return text.format(number=number)


def overdue(report: Report) -> Section:
    """Which items of responsibility lists are overdue, the latest first."""
    kept = report.summary.overdue
    columns = (
        *(Column(_("Pilot site"), is_long=True), Column(_("Item"), is_long=True), Column(_("Owner"))),
        *(Column(_("Due date")), Column(_("Days over"), is_number=True)),
    )
    rows = [(site_name(one.site), one.item.title, one.item.owner, one.item.due, one.item.days) for one in kept]
    return Section(_("Items overdue"), columns, rows, left_out(kept.left_out))


def unread(report: Report) -> Section:
    """Which files could not be read, and why."""
    kept = report.summary.unread
    columns = (Column(_("File"), is_long=True), Column(_("Cause"), is_long=True))
    rows = [(site.path, unreadable_reason(site)) for site in kept]
    return Section(_("Sites that could not be read"), columns, rows, left_out(kept.left_out))


def waivers(report: Report) -> Section:
    """Which waivers are in force and what they excuse from, the one that ends next first."""
    kept = report.summary.waivers
    titles = {id: str(rule.title) for id, rule in report.standard.catalogue.items()}
    columns = (
        *(Column(_("Pilot site"), is_long=True), Column(_("Excused from"), is_long=True)),
        *(Column(_("Reason"), is_long=True), Column(_("Waived by")), Column(_("Valid until")), Column(_("Note"))),
    )
    soon = _("ends within 30 days")
    rows = [
        (
            site_name(site),
            titles.get(waiver.rule),
            waiver.reason,
            waiver.approved_by,
            waiver.until,
            soon if ends_soon else "",
        )
        for site, waiver, ends_soon in kept
    ]
    return Section(_("Waivers in force"), columns, rows, left_out(kept.left_out))


def best(report: Report) -> Section:
    """The sites with the highest scores or, where rules were selected, with the fewest findings."""
    title = _("Sites with the fewest findings") if report.standard.is_selection else _("Best sites")
    return _ranking(title, report.summary.best)


def weakest(report: Report) -> Section:
    """The sites with the lowest scores or, where rules were selected, with the most findings."""
    title = _("Sites with the most findings") if report.standard.is_selection else _("Weakest sites")
    return _ranking(title, report.summary.weakest)


def _ranking(title: str, kept: TopN[Assessment]) -> Section:
    columns = (
        *(Column(_("Pilot site"), is_long=True), Column(_("Kind")), Column(_("City"))),
        *(Column(_("Complete"), is_number=True), Column(_("Score"), is_number=True), Column(_("Grade"))),
    )
    rows = [
        (
            *(site_name(site), kind_label(site.kind) or None, site.city),
            *(site.complete, site.score, site.grade and str(site.grade)),
        )
        for site in kept
    ]
    return Section(title, columns, rows, is_narrow=True)


def left_out(number: int) -> str:
    """Say how many rows a list does not have."""
    return ngettext("… and {number} more.", "… and {number} more.", number).format(number=number) if number else ""


def value_text(value: Value) -> str:
    """Write a value as text, which may hold anything: it comes from site files."""
    match value:
        case None:
            return "–"
        case date():
            return long_date(value)
        case Share(percent=None):
            return "–"
        case Share(percent=100):
            # All in the fewest characters: many stand in a row.
            return "100%"
        case Share():
            return f"{value.percent:.1f}%"
        case float():
            return f"{value:.1f}"
        case _:
            # Words of closed lists have a label.
            return str(getattr(value, "label", value))
