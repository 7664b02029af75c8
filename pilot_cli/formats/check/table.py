"""``--format table``: for the auditor's eyes."""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby, islice
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pilot_cli.audit.assessment import Assessment, Completion, Finding, Status
from pilot_cli.audit.results import Results
from pilot_cli.audit.summary import RuleCount, Summary
from pilot_cli.audit.top_n import TopN
from pilot_cli.formats import labels
from pilot_cli.formats.registry import MAX_FINDINGS_SHOWN, View
from pilot_cli.formats.terminal import SEVERITY_STYLES, STATUS_STYLES, cell, console_for, level_cell, new_table
from pilot_cli.locale import gettext as _
from pilot_cli.site.model import Pillar

MAX_SITES_SHOWN = 100
WIDE = 110
"""From this width on, the table of many sites has room for kind and city."""
NARROW = 100
"""Below this width it has no room for a column a one, and names those that are not complete instead."""


def write_table(results: Results[Summary], out: TextIO, view: View) -> None:
    """Write one site in detail, or many in one table with their findings below."""
    console = console_for(out)
    assessments = iter(results.assessments)
    first = list(islice(assessments, 2))
    if len(first) == 1 and not list(islice(assessments, 1)):
        _write_site(first[0], results, console, view)
    else:
        _write_sites(chain(first, assessments), results, console, view)


def _write_site(site: Assessment, results: Results[Summary], console: Console, view: View) -> None:
    console.print(cell(labels.site_label(site), "bold"))
    for about in (
        (site.id if site.name else None, labels.kind_label(site.kind), site.city),
        (site.path if site.name or site.id else None, labels.basis_line(results.standard, results.as_of)),
    ):
        line = " · ".join(filter(None, about))
        if line:
            console.print(cell(line, "dim"))
    if site.is_readable:
        console.print(_completion_table(site, view))
    if results.summary.statistics is not None:
        _write_statistics(results.summary.statistics, console, view)
    elif view.findings and len(site.findings) > MAX_FINDINGS_SHOWN and not view.all:
        _write_counts(len(site.findings), results, console, view)
    elif view.findings and site.findings:
        console.print()
        _write_findings([site], console, with_headers=False)
    console.print()
    console.print(cell(labels.findings_line(results)))


def _completion_table(site: Assessment, view: View) -> Table:
    table = new_table(ascii_borders=view.ascii_borders)
    table.add_column(_("Five ones"), overflow="fold", min_width=8)
    table.add_column(_("Status"), no_wrap=True)
    table.add_column(_("Score"), justify="right", no_wrap=True)
    table.add_column(_("Rules kept"), justify="right", overflow="fold", min_width=5)
    table.add_column(_("Still missing"), overflow="fold", min_width=12)
    for completion in site.pillars:
        table.add_row(
            labels.pillar_label(completion.pillar),
            _status(completion),
            labels.score_text(completion.score),
            f"{completion.passed}/{completion.applicable}",
            cell(labels.failed_rules_label(completion.pillar, site.findings)),
        )
    table.add_section()
    complete = _("{number} of {all} complete").format(number=site.complete, all=len(Pillar))
    table.add_row(_("Total"), cell(labels.grade_text(site)), labels.score_text(site.score), "", complete, style="bold")
    return table


def _write_sites(assessments: Iterator[Assessment], results: Results[Summary], console: Console, view: View) -> None:
    shown: TopN[Assessment] = TopN(None if view.all else MAX_SITES_SHOWN)
    with_findings: list[Assessment] = []
    findings = 0
    for site in assessments:
        shown.add(site.weakness, site)
        findings += len(site.findings)
        if findings > MAX_FINDINGS_SHOWN and not view.all:
            with_findings.clear()
        elif site.findings:
            with_findings.append(site)
    console.print(cell(labels.basis_line(results.standard, results.as_of), "dim"))
    if len(shown):
        console.print(_sites_table(shown, console, view))
    if shown.left_out:
        message = _("The {shown} weakest sites are shown, {left_out} are not: see all with --all or in another format.")
        console.print(cell(message.format(shown=len(shown), left_out=shown.left_out)))
    console.print(cell(labels.totals_line(results), "bold"))
    if results.summary.statistics is not None:
        _write_statistics(results.summary.statistics, console, view)
    elif view.findings and with_findings:
        _write_findings(with_findings, console, with_headers=True)
    elif view.findings and findings:
        _write_counts(findings, results, console, view)


def _write_counts(number: int, results: Results[Summary], console: Console, view: View) -> None:
    table = new_table(ascii_borders=view.ascii_borders)
    table.add_column(_("Rule"), no_wrap=True)
    table.add_column(_("Severity"), no_wrap=True)
    table.add_column(_("Findings"), justify="right", no_wrap=True)
    table.add_column(_("Problem"), overflow="fold")
    for rule, findings in sorted(results.summary.by_rule.items(), key=lambda pair: (-pair[1], pair[0].id)):
        table.add_row(rule.id, level_cell(rule), str(findings), cell(str(rule.problem)))
    console.print()
    console.print(table)
    message = _("{number} findings are counted by rule: see each with --all or in another format.")
    console.print(cell(message.format(number=number)))


def _write_statistics(counts: Sequence[RuleCount], console: Console, view: View) -> None:
    """Write how often each rule is not kept."""
    if not counts:
        return
    table = new_table(ascii_borders=view.ascii_borders)
    table.add_column(_("Rule"), no_wrap=True)
    table.add_column(_("Severity"), no_wrap=True)
    table.add_column(_("Sites"), justify="right", no_wrap=True)
    table.add_column(_("Findings"), justify="right", no_wrap=True)
    table.add_column(_("Problem"), overflow="fold")
    for rule, sites, findings in counts:
        table.add_row(rule.id, level_cell(rule), str(sites), str(findings), cell(str(rule.problem)))
    console.print()
    console.print(table)


def _sites_table(sites: TopN[Assessment], console: Console, view: View) -> Table:
    is_wide, is_narrow = console.width >= WIDE, console.width < NARROW
    table = new_table(ascii_borders=view.ascii_borders)
    table.add_column(_("Pilot site"), overflow="fold", min_width=12)
    if is_wide:
        table.add_column(_("Kind"), no_wrap=True)
        table.add_column(_("City"), overflow="fold")
    if is_narrow:
        table.add_column(_("Not complete"), overflow="fold", min_width=12)
    else:
        for pillar in Pillar:
            table.add_column(labels.short_pillar_label(pillar), no_wrap=True)
    table.add_column(_("Score"), justify="right", no_wrap=True, min_width=5)
    table.add_column(_("Grade"), overflow="fold", min_width=4)
    for site in sites.in_order_of_arrival():
        about = (labels.kind_label(site.kind), cell(site.city or "")) if is_wide else ()
        if site.is_readable:
            statuses = [_not_complete(site)] if is_narrow else [_status(completion) for completion in site.pillars]
            figures = labels.score_text(site.score), cell(labels.grade_text(site))
            table.add_row(cell(labels.site_label(site)), *about, *statuses, *figures)
        else:
            statuses = [Text("–")] * (1 if is_narrow else len(Pillar))
            table.add_row(cell(site.path), *about, *statuses, "–", Text(labels.grade_text(site), "red"))
    return table


def _not_complete(site: Assessment) -> Text:
    """Name the ones of a site that are not complete."""
    parts = [
        Text(f"{labels.short_pillar_label(completion.pillar)} ").append_text(_status(completion))
        for completion in site.pillars
        if completion.status is not Status.COMPLETE
    ]
    return Text(_(", ")).join(parts)


def _write_findings(sites: list[Assessment], console: Console, *, with_headers: bool) -> None:
    for site in sites:
        if with_headers:
            console.print()
            console.print(cell(labels.site_label(site), "bold").append_text(cell(f"  {site.path}", "dim")))
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for _rule, findings in groupby(site.findings, key=lambda finding: (finding.rule.id, finding.advice)):
            _add_findings(table, list(findings))
        console.print(Padding(table, (0, 0, 0, 2), expand=False) if with_headers else table)


def _add_findings(table: Table, findings: list[Finding]) -> None:
    """Add the findings of one rule: each with its place, then once the basis and the advice."""
    first = findings[0]
    style = SEVERITY_STYLES[first.rule.severity]
    header = Text(f"{first.rule.id} ").append_text(level_cell(first.rule))
    for finding in findings:
        message = cell(str(finding.message))
        if finding.waived:
            message.append_text(cell(" " + labels.waiver_label(finding.waived), "green"))
        table.add_row(header, _("line {line}").format(line=finding.line), message)
        if finding.excerpt:
            text, offset = finding.excerpt
            line = cell(text, "dim")
            caret = Text(" " * cell(text[:offset]).cell_len + "^", style)
            line.no_wrap = caret.no_wrap = True
            table.add_row("", "", line)
            table.add_row("", "", caret)
        header = Text()
    basis, advice = labels.basis_and_advice(first.rule.basis, first.advice)
    table.add_row("", "", cell(basis, "dim"))
    table.add_row("", "", cell(advice))


def _status(completion: Completion) -> Text:
    return Text(completion.status_label, STATUS_STYLES[completion.status] if completion.status else "")
