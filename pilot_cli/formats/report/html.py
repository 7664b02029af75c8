"""``--format html``: a self-contained page for the browser and the printer."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple, TextIO

import pilot_cli
from pilot_cli.audit.assessment import Assessment, Finding, Status
from pilot_cli.audit.order import CITIES
from pilot_cli.audit.top_n import TopN
from pilot_cli.formats import labels
from pilot_cli.formats.page import content_policy, page_language, page_source
from pilot_cli.formats.registry import View
from pilot_cli.formats.report import page_content
from pilot_cli.formats.report.content import Report, Row, Value
from pilot_cli.formats.report.page_template import report_template
from pilot_cli.formats.report.word.wording import problem_text
from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _
from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import Severity
from pilot_cli.site.words import SiteKind
from pilot_cli.standard.standard import Standard

MAX_SITES = 3_000
"""The most sites that a page lists in full."""
MAX_WEAKEST_SITES = 1_000
"""How many of the weakest are listed where there are more."""
MAX_SITES_DRAWN = 200
"""The most sites that are drawn at once; of more, the rows that are out of sight are left out until they are not."""
STYLES = ("style.css", "tables.css", "sites.css", "print.css")
COUNTED = (Severity.ERROR, Severity.WARNING)
"""The findings that are counted for each site."""


class SiteColumn(NamedTuple):
    """A column of the table of sites."""

    title: str
    is_number: bool = False
    words: tuple[str, ...] = ()
    """The words that it may hold, in their order, where that is not the alphabet's."""
    is_choice: bool = False
    """Whether one of its values can be chosen to see no others."""


def write_html(report: Report, out: TextIO, view: View) -> None:
    """Write the page: the headline, a row for each site with its findings to unfold, then what all sites come to."""
    sites, note = _listed(report, view)
    columns = _site_columns(report.standard)
    is_technical = report.documents.rule_ids
    style = "".join(page_source(__package__, name) for name in STYLES)
    script = page_source(__package__, "script.js")
    stream = report_template("page.html.jinja").stream(
        language=page_language(),
        policy=content_policy(style, script),
        style=style,
        script=script,
        words=_words(is_technical=is_technical) | {"orders": [column.words for column in columns], "ones": len(Pillar)},
        title=report.title,
        basis=labels.basis_line(report.standard, report.as_of),
        figures=page_content.headline(report),
        more_figures=page_content.more_figures(report),
        notes=page_content.notes(report),
        note=note,
        columns=columns,
        rows=map(_site_row, sites),
        are_many=len(sites) > MAX_SITES_DRAWN,
        details=_details(sites, is_technical=is_technical),
        tables=page_content.tables(report),
        technical_tables=page_content.technical_tables(report) if is_technical else [],
        producer=f"pilot {pilot_cli.__version__}",
    )
    stream.enable_buffering(500)
    out.writelines(stream)


def _listed(report: Report, view: View) -> tuple[list[Assessment], str]:
    """Keep the sites to list, and say which those are and in what order."""
    kept: TopN[Assessment] = TopN(MAX_SITES)
    for site in report.assessments:
        kept.add(site.weakness, site)
    if kept.left_out:
        weakest = list(kept)[:MAX_WEAKEST_SITES]
        message = _("These are the {shown} weakest of {all} sites; the Excel workbook of the report lists all.")
        return weakest, message.format(shown=len(weakest), all=kept.seen)
    if view.order_given or len(kept) < 2:
        return kept.in_order_of_arrival(), ""
    by_findings = report.standard.is_selection
    return list(kept), _("The sites with the most findings first.") if by_findings else _("The weakest sites first.")


def _site_columns(standard: Standard) -> tuple[SiteColumn, ...]:
    kinds = tuple(kind.label for kind in SiteKind)
    statuses = tuple(status.label for status in Status)
    grades = (*(printable(str(grade.name)) for grade in standard.grades), _("unreadable"))
    return (
        SiteColumn(_("Pilot site")),
        *(SiteColumn(labels.short_pillar_label(pillar), words=statuses) for pillar in Pillar),
        SiteColumn(_("Score"), is_number=True),
        SiteColumn(_("Grade"), words=grades, is_choice=True),
        *(SiteColumn(severity.label, is_number=True) for severity in COUNTED),
        SiteColumn(_("Items overdue"), is_number=True),
        SiteColumn(_("Kind"), words=kinds, is_choice=True),
        SiteColumn(_("City"), words=CITIES, is_choice=True),
        SiteColumn(_("District")),
        SiteColumn(_("“Two-new” organization")),
    )


def _site_row(site: Assessment) -> Row:
    counts = site.by_severity
    statuses: list[Value] = [completion.status for completion in site.pillars]
    numbers: list[Value] = [*(counts[severity] for severity in COUNTED), len(site.overdue)]
    return (
        *(labels.site_name(site), *(statuses or [None] * len(Pillar))),
        *(site.score, labels.grade_text(site)),
        *(numbers if site.is_readable else [None] * len(numbers)),
        *(labels.kind_label(site.kind) or None, site.city or None, site.district or None, site.organization or None),
    )


def _details(sites: Iterable[Assessment], *, is_technical: bool) -> dict[str, Any]:
    """Collect what unfolding a site shows; texts repeat, so that each is stored once and referred to by its number.

    What leads to the place in the file is only there if the page is technical.
    """
    numbers: dict[str, int] = {}

    def number(text: object) -> int:
        return numbers.setdefault(printable(str(text)), len(numbers))

    def group(findings: list[Finding]) -> list[Any]:
        rule, advice, waived = _ALIKE(findings[0])
        messages = [number(problem_text(finding)) for finding in findings]
        reasons = number(rule.basis), number(advice), number(labels.waiver_label(waived) if waived else "")
        return [number(rule.problem), rule.severity, messages, *reasons]

    def place(finding: Finding) -> list[Any]:
        return [finding.rule.id, finding.line, finding.column, number(problem_text(finding))]

    def details(site: Assessment) -> list[Any]:
        found = sorted(site.about_work, key=lambda finding: finding.rule.severity.rank)
        groups = [group(list(alike)) for _key, alike in groupby(found, _ALIKE)]
        shown = [printable(site.id or ""), groups, site.is_readable]
        if not is_technical:
            return shown
        return [*shown, [printable(site.path), printable(labels.unreadable_reason(site)), list(map(place, found))]]

    entries = list(map(details, sites))
    return {"sites": entries, "texts": list(numbers)}


_ALIKE = attrgetter("rule", "advice", "waived")
"""Findings that have these in common are shown together."""


def _words(*, is_technical: bool) -> dict[str, Any]:
    return {
        "skip": _("Skip to the content"),
        "contents": _("Contents"),
        "none": _("None."),
        "sites": _("How each site stands"),
        "hint": _("Swipe sideways to see all columns."),
        "how": _("Press a site to see its findings, and the head of a column to sort by it."),
        "search": _("Search"),
        "any": _("All"),
        "unfinished": _("Only sites without all five complete"),
        "count": _("{shown} of {all} sites"),
        "producer": _("Made by {producer}."),
        "id": _("Site ID: {id}"),
        "basis": _("Basis: {basis}"),
        "advice": _("Advice: {advice}"),
        "clean": _("Nothing was found."),
        "unreadable": _("What was filed for this site cannot be read; it has to be corrected and filed again."),
        "severities": {severity.value: severity.label for severity in Severity},
        **(_technical_words() if is_technical else {}),
    }


def _technical_words() -> dict[str, str]:
    return {
        "technical": _("Technical details"),
        "technical_of_page": _("Technical details, for those who fill in and check site files"),
        "file": _("File: {path}"),
        "place": _("line {line}, column {column}"),
    }
