"""``--format table``: for auditors. What needs to be done stands out, and the totals come last."""

import sys
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
from pilot_cli.site.rule_info import Severity

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
    listed = _Listed(view)
    listed.add(site)
    _write_details(listed, results, console, view)


class _Listed:
    """Whose findings are listed one by one: all while they are few, otherwise the first serious ones.

    What is waived is not serious then, and is not counted as such either.
    """

    def __init__(self, view: View) -> None:
        self._max = sys.maxsize if view.all else MAX_FINDINGS_SHOWN
        self._findings = 0
        self._with_findings: list[Assessment] = []
        self._serious: list[Assessment] = []
        self.serious = 0
        """How many serious findings there are to be listed."""

    @property
    def is_complete(self) -> bool:
        """Whether all findings are listed."""
        return self._findings <= self._max

    @property
    def sites(self) -> Sequence[Assessment]:
        """The sites, with the findings to be listed."""
        return self._with_findings if self.is_complete else self._serious

    def add(self, site: Assessment) -> None:
        """Take one more site."""
        self._findings += site.number
        if not self.is_complete:
            self._with_findings.clear()
        elif site.findings:
            self._with_findings.append(site)
        serious = [one for one in site.findings if one.rule.severity is Severity.ERROR and not one.waived]
        serious = serious[: self._max - self.serious]
        if serious:
            self.serious += len(serious)
            self._serious.append(site._replace(findings=tuple(serious), more=()))


def _write_sites(assessments: Iterable[Assessment], results: Results[Summary], console: Console, view: View) -> None:
    shown: TopN[Assessment] = TopN(None if view.all else MAX_SITES_SHOWN)
    listed = _Listed(view)
    for site in assessments:
        shown.add(site.weakness, site)
        listed.add(site)
    console.print(cell(labels.basis_line(results.standard, results.as_of), "quiet"))
    if len(shown):
        console.print(sites_table(shown.in_order_of_arrival(), results, console.width, view))
    if shown.left_out:
        message = _("The {shown} weakest sites are shown, {left_out} are not: see all with --all or in another format.")
        console.print(cell(message.format(shown=len(shown), left_out=shown.left_out)))
    _write_details(listed, results, console, view)


def _write_details(listed: _Listed, results: Results[Summary], console: Console, view: View) -> None:
    """Write findings; where they are too many or not wanted, how often each rule is not kept."""
    summary = results.summary
    if summary.statistics is not None:
        if summary.statistics:
            console.print(statistics_table(summary.statistics, console.width, view))
        return
    if not view.findings:
        return
    for site in listed.sites:
        console.print()
        if summary.sites > 1:
            console.print(site_header(site))
        for renderable in findings_list(site, console.width):
            console.print(renderable)
    if not listed.is_complete:
        console.print()
        for renderable in counts_table(summary, listed.serious, console.width, view):
            console.print(renderable)
    elif listed.sites:
        console.print()
