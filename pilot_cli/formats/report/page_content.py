"""The content of the page of a report: the main figures first, then charts, tables and a technical part."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from pilot_cli.audit.assessment import Status
from pilot_cli.audit.tally import Share
from pilot_cli.formats import labels
from pilot_cli.formats.report import content
from pilot_cli.formats.report.content import Column, Report, Section, Value
from pilot_cli.locale import gettext as _
from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import Severity

CHART_WIDTH = 1_000
"""The width of a chart, in units of the drawing."""


class Figure(NamedTuple):
    """A number with what it counts."""

    label: str
    value: Value
    share: Share | None = None
    is_bad: bool = False


class Part(NamedTuple):
    """A part of a chart, with what is to be read above it."""

    name: str
    """The colour: a status, a severity, or another class of the page's style."""
    text: str
    start: int
    length: int


class Chart(NamedTuple):
    """A bar of one or several parts."""

    parts: tuple[Part, ...]


class Table(NamedTuple):
    """A heading and the table below it, like ``Section``, with charts among the values."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value | Chart, ...]]
    note: str = ""
    has_totals: bool = False
    is_narrow: bool = False


def headline(report: Report) -> tuple[Figure, ...]:
    """The five figures at the top of the page."""
    overview = report.summary
    readable = overview.readable
    serious, overdue = overview.findings[Severity.ERROR], overview.overdue.seen
    return (
        Figure(_("Pilot sites"), overview.sites),
        Figure(_("All five complete"), readable.all_complete, readable.share_complete),
        Figure(_("Mean score"), overview.mean_score),
        Figure(labels.findings_labels()[0], serious, is_bad=serious > 0),
        Figure(_("Items overdue"), overdue, is_bad=overdue > 0),
    )


def more_figures(report: Report) -> list[Figure]:
    """The figures that stand below the headline, without those that are nil."""
    overview = report.summary
    _serious, ordinary, advice, entries = labels.findings_labels()
    figures = (
        Figure(_("Sites that could not be read"), overview.unreadable, is_bad=True),
        Figure(ordinary, overview.findings[Severity.WARNING]),
        Figure(advice, overview.findings[Severity.INFO]),
        Figure(entries, overview.filing),
        Figure(_("Sites with items overdue"), overview.sites_overdue),
        Figure(_("Waivers in force"), overview.waivers.seen),
        Figure(_("Waivers that end within 30 days"), overview.ending_soon),
        Figure(_("Items to be seen on site"), overview.to_inspect),
    )
    return [figure for figure in figures if figure.value]


def notes(report: Report) -> str:
    """What the figures are of, where that is not all sites and all that is asked."""
    told = labels.judged_line(report.standard), content.base(report), labels.filter_line(report.summary)
    return _("; ").join(filter(None, told))


def tables(report: Report) -> list[Section | Table]:
    """The charts and tables below that of the sites, as far as there is something to see."""
    groups = content.groups(report, max(content.MAX_GROUPS_SHOWN, report.summary.top))
    found: tuple[Section | Table, ...] = (
        *(report.changes.sections(report.summary.top) if report.changes else ()),
        _five_ones(report),
        _grades(report),
        groups,
        _problems(report),
        content.overdue(report),
        content.waivers(report),
    )
    return [table for table in found if table.rows]


def technical_tables(report: Report) -> list[Section | Table]:
    """What those need who fill in site files and look after the standard, as far as there is something to tell."""
    return [table for table in (content.unread(report), _rules(report)) if table.rows]


def _five_ones(report: Report) -> Table:
    """How many sites have each status with each of the five, as a bar."""
    columns = (Column(_("Five ones")), Column(_("Completion by number of sites")))
    rows = []
    for pillar in Pillar:
        shares = [report.summary.readable.share(pillar, status) for status in Status]
        lengths = content.Bar(*(share.part for share in shares)).lengths(CHART_WIDTH)
        parts = tuple(
            Part(
                status, _("{name} {number}").format(name=status.label, number=content.share_text(share)), start, length
            )
            for status, share, start, length in zip(
                Status, shares, accumulate(lengths, initial=0), lengths, strict=False
            )
            if share.part
        )
        rows.append((labels.pillar_label(pillar), Chart(parts) if parts else None))
    return Table(_("Completion of the “five ones”"), columns, rows, is_narrow=True)


def _grades(report: Report) -> Table:
    """How many sites have each grade; no site has one where rules were selected."""
    readable = report.summary.readable
    columns = (Column(_("Grade")), Column(_("Sites")))
    grades = () if report.standard.is_selection or not readable.sites else report.standard.grades
    rows = [(str(grade), _chart(readable.share_of(readable.grades[grade]), "grade")) for grade in grades]
    return Table(_("Grades"), columns, rows, is_narrow=True)


def _problems(report: Report) -> Table:
    """Which problems the most sites have, by what is wrong and not by what is asked."""
    failed = report.summary.rules_failed
    columns = (
        *(Column(_("Problem"), is_long=True), Column(_("Severity")), Column(_("Findings"), is_number=True)),
        *(Column(_("Sites concerned")), Column(_("Advice"), is_long=True)),
    )
    rows = []
    for rule, sites, findings in failed[: report.summary.top]:
        chart = _chart(report.summary.readable.share_of(sites), rule.severity)
        rows.append((str(rule.problem), rule.severity, findings, chart, str(rule.advice)))
    return Table(_("Problems found most often"), columns, rows, _extent(len(rows), len(failed)))


def _rules(report: Report) -> Table:
    """Which rules are not kept, by their ids."""
    columns = (
        *(Column(_("Rule")), Column(_("Problem"), is_long=True)),
        *(Column(_("Sites"), is_number=True), Column(_("Findings"), is_number=True)),
    )
    rows = [(rule.id, str(rule.problem), sites, findings) for rule, sites, findings in report.summary.rules_failed]
    return Table(_("Rules that fail most often"), columns, rows, content.about_filing(report))


def _chart(share: Share, name: str) -> Chart:
    length = round(CHART_WIDTH * share.part / share.whole) if share.whole else 0
    return Chart((Part(name, content.share_text(share), 0, length),))


def _extent(shown: int, all: int) -> str:
    """Say that a table does not have all rows, where that is so."""
    return "" if shown == all else _("Shown here: {shown} of {all}.").format(shown=shown, all=all)
