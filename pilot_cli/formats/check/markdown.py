"""``--format markdown``: for a page or a message."""

from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import TextIO

from pilot_cli.audit.assessment import Assessment
from pilot_cli.audit.results import Results
from pilot_cli.audit.summary import Summary
from pilot_cli.formats import labels
from pilot_cli.formats.markdown import escaped, row
from pilot_cli.formats.registry import View
from pilot_cli.locale import gettext as _
from pilot_cli.site.model import Pillar


def write_markdown(results: Results[Summary], out: TextIO, _view: View) -> None:
    """Write a table of the sites, the totals, and the findings of each site."""
    title = _("Completion of the “five ones”")
    out.write(f"# {title}\n\n{escaped(labels.basis_line(results.standard, results.as_of))}\n\n")
    headers = [_("Pilot site"), _("Kind"), _("City"), *map(labels.short_pillar_label, Pillar), _("Score"), _("Grade")]
    out.write(row(headers) + row("---" for _header in headers))
    # The findings come after the table, which is as long as there are sites.
    with TemporaryFile("w+", encoding="utf-8", newline="") as findings:
        for site in results.assessments:
            out.write(row(_site(site)))
            if site.findings:
                _write_findings(site, findings)
        out.write(f"\n{escaped(labels.totals_line(results))}\n")
        if findings.tell():
            title = _("Findings")
            out.write(f"\n## {title}\n")
        findings.seek(0)
        copyfileobj(findings, out)


def _write_findings(site: Assessment, out: TextIO) -> None:
    file = _("File: {path}").format(path=site.path)
    out.write(f"\n### {escaped(labels.site_label(site))}\n\n{escaped(file)}\n\n")
    for finding in site.told:
        header = f"**{finding.rule.id}** {finding.rule.level}, {labels.place_text(finding)}"
        out.write(f"- {header}: {escaped(labels.finding_text(finding))}\n")
        for text in labels.basis_and_advice(finding.rule.basis, finding.advice):
            out.write(f"  - {escaped(text)}\n")


def _site(site: Assessment) -> list[str]:
    about = [escaped(labels.site_label(site)), labels.kind_label(site.kind), escaped(site.city or "")]
    statuses = [completion.status_label for completion in site.pillars] or ["–"] * len(Pillar)
    return [*about, *statuses, labels.score_text(site.score), escaped(labels.grade_text(site))]
