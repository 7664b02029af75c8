"""``--format table``: for auditors. What needs to be done stands out, and the totals come last."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import TextIO

from rich.console import Console

from pilot_cli.audit.assessment import Assessment
from pilot_cli.audit.results import Results
from pilot_cli.audit.summary import Summary
from pilot_cli.audit.top_n import TopN
from pilot_cli.formats import labels
from pilot_cli.formats.check.findings import counts_table, findings_list, site_header, statistics_table
from pilot_cli.formats.check.site_tables import completion_table, sites_table
from pilot_cli.formats.registry import MAX_FINDINGS_SHOWN, View
from pilot_cli.formats.terminal import cell, console_for
from pilot_cli.locale import gettext as _

MAX_SITES_SHOWN = 100


def write_table(results: Results[Summary], out: TextIO, view: View) -> None:
    """Write one site in detail, or many in one table with their findings below; then what they come to."""
    console = console_for(out)
    assessments = iter(results.assessments)
    first = list(islice(assessments, 2))
    if len(first) == 1 and not list(islice(assessments, 1)):
        _write_site(first[0], results, console, view)
        totals = labels.findings_line(results)
    else:
        _write_sites(chain(first, assessments), results, console, view)
        totals = labels.totals_line(results)
    console.print(cell(totals, "bold"))


def _write_site(site: Assessment, results: Results[Summary], console: Console, view: View) -> None:
    console.print(cell(labels.site_label(site), "bold"))
    for about in (
        (site.id if site.name else None, labels.kind_label(site.kind), site.city),
        (site.path if site.name or site.id else None, labels.basis_line(results.standard, results.as_of)),
    ):
        line = " · ".join(filter(None, about))
        if line:
            console.print(cell(line, "quiet"))
    if site.is_readable:
        console.print(completion_table(site, results.standard, console.width, view))
    is_listed = bool(site.findings) and (view.all or site.number <= MAX_FINDINGS_SHOWN)
    _write_details([site] if is_listed else [], results, console, view)


def _write_sites(assessments: Iterable[Assessment], results: Results[Summary], console: Console, view: View) -> None:
    shown: TopN[Assessment] = TopN(None if view.all else MAX_SITES_SHOWN)
    with_findings: list[Assessment] = []
    findings = 0
    for site in assessments:
        shown.add(site.weakness, site)
        findings += site.number
        if findings > MAX_FINDINGS_SHOWN and not view.all:
            with_findings.clear()
        elif site.findings:
            with_findings.append(site)
    console.print(cell(labels.basis_line(results.standard, results.as_of), "quiet"))
    if len(shown):
        console.print(sites_table(shown.in_order_of_arrival(), results, console.width, view))
    if shown.left_out:
        message = _("The {shown} weakest sites are shown, {left_out} are not: see all with --all or in another format.")
        console.print(cell(message.format(shown=len(shown), left_out=shown.left_out)))
    _write_details(with_findings, results, console, view)


def _write_details(sites: Sequence[Assessment], results: Results[Summary], console: Console, view: View) -> None:
    """Write the findings of sites, or where they are too many or not wanted how often each rule is not kept."""
    summary = results.summary
    if summary.statistics is not None:
        if summary.statistics:
            console.print(statistics_table(summary.statistics, console.width, view))
        return
    if not view.findings:
        return
    if not sites and summary.by_rule:
        console.print()
        for renderable in counts_table(summary, console.width, view):
            console.print(renderable)
    for site in sites:
        console.print()
        if summary.sites > 1:
            console.print(site_header(site))
        for renderable in findings_list(site, console.width):
            console.print(renderable)
    if sites:
        console.print()
