"""``--format csv``: one row per finding, for Excel."""

from typing import TextIO

from pilot_cli.audit.assessment import Assessment, Finding
from pilot_cli.audit.results import Results
from pilot_cli.audit.summary import Summary
from pilot_cli.formats.csv import cell, new_rows
from pilot_cli.formats.labels import pillar_label
from pilot_cli.formats.registry import View
from pilot_cli.locale import gettext as _
from pilot_cli.site.problem import dotted


def write_csv(results: Results[Summary], out: TextIO, _view: View) -> None:
    """Write a row for each finding, and one for a site without any."""
    rows = new_rows(out)
    rows.writerow(
        (
            *(_("File"), _("ID of the site"), _("Name of the site"), _("Kind"), _("City"), _("Score"), _("Grade")),
            *(_("Rule"), _("Severity"), _("Of the five ones"), _("Line"), _("Column"), _("Key"), _("Finding")),
            *(_("Basis"), _("Advice"), _("Waived until"), _("Reason"), _("Approving organization"), _("As of")),
        )
    )
    as_of = results.as_of.isoformat()
    for assessment in results.assessments:
        site = _site(assessment)
        for finding in assessment.told:
            rows.writerow((cell(assessment.path_of(finding)), *site[1:], *_finding(finding), as_of))
        if not assessment.findings:
            rows.writerow((*site, *[""] * 12, as_of))


def _site(assessment: Assessment) -> tuple[object, ...]:
    return (
        cell(assessment.path),
        cell(assessment.id),
        cell(assessment.name),
        assessment.kind or "",
        cell(assessment.city),
        "" if assessment.score is None else assessment.score,
        cell(str(assessment.grade or "")),
    )


def _finding(finding: Finding) -> tuple[object, ...]:
    return (
        finding.rule.id,
        finding.rule.level,
        pillar_label(finding.rule.pillar) if finding.rule.pillar else "",
        finding.line,
        finding.column,
        cell(dotted(finding.path)),
        cell(str(finding.message)),
        cell(str(finding.rule.basis)),
        cell(str(finding.advice)),
        *_waiver(finding),
    )


def _waiver(finding: Finding) -> tuple[str, ...]:
    waived = finding.waived
    return (waived.until.isoformat(), cell(waived.reason), cell(waived.approved_by)) if waived else ("", "", "")
