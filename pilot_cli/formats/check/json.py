"""``--format json`` and ``jsonl``: the contract for other programs.

``docs/en/json.md`` documents it, and ``check.schema.json`` beside this file says it in JSON Schema.
"""

from typing import Any, TextIO

import pilot_cli
from pilot_cli.audit.assessment import Assessment, Finding
from pilot_cli.audit.results import Results
from pilot_cli.audit.summary import RuleCount, Summary
from pilot_cli.formats.json import dump, filters_told, findings_counted, rules_counted, waiver_terms, write_document
from pilot_cli.formats.registry import View
from pilot_cli.site.problem import dotted

CHECK_FORMAT = 2
"""The version of the document: larger when a key goes or changes its meaning."""


def write_json(results: Results[Summary], out: TextIO, _view: View) -> None:
    """Write one JSON document, a site at a time."""
    header = {
        "format": CHECK_FORMAT,
        "pilot": pilot_cli.__version__,
        "standard": results.standard.name,
        "as_of": results.as_of.isoformat(),
        "filters": filters_told(results.summary.filter),
    }
    write_document(header, map(_site, results.assessments), lambda: {"summary": _summary(results)}, out)


def write_jsonl(results: Results[Summary], out: TextIO, _view: View) -> None:
    """Write a line for each site: what the document of ``write_json`` says of it."""
    for assessment in results.assessments:
        out.write(dump(_site(assessment)) + "\n")


def _site(assessment: Assessment) -> dict[str, Any]:
    return {
        "path": assessment.path,
        "id": assessment.id,
        "name": assessment.name,
        "kind": assessment.kind,
        "city": assessment.city,
        "score": assessment.score,
        "grade": assessment.grade.name.zh if assessment.grade else None,
        "complete": assessment.complete if assessment.is_readable else None,
        "ones": {
            completion.pillar: {
                "status": completion.status,
                "score": completion.score,
                "passed": completion.passed,
                "applicable": completion.applicable,
                "earned": completion.earned,
                "possible": completion.possible,
            }
            for completion in assessment.pillars
        },
        "to_inspect": list(assessment.to_inspect),
        "findings": [_finding(finding) for finding in assessment.findings],
        "more": {more.rule.id: more.number for more in assessment.more},
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule.id,
        "severity": finding.rule.severity,
        "about": finding.rule.about,
        "one": finding.rule.pillar,
        "problem": str(finding.rule.problem),
        "message": str(finding.message),
        "file": finding.file or None,
        "field": dotted(finding.path) or None,
        "line": finding.line,
        "column": finding.column,
        "basis": str(finding.rule.basis),
        "advice": str(finding.advice),
        "waived": finding.waived and waiver_terms(finding.waived),
    }


def _summary(results: Results[Summary]) -> dict[str, Any]:
    summary = results.summary
    told = {
        "rules": rules_counted(results.standard),
        "sites": summary.sites,
        "left_out": summary.left_out,
        "complete": summary.complete,
        "unreadable": summary.unreadable,
        "mean_score": summary.mean_score,
        "to_inspect": summary.to_inspect,
        "findings": findings_counted(summary),
    }
    if summary.statistics is not None:
        told["statistics"] = list(map(_rule_count, summary.statistics))
    return told


def _rule_count(count: RuleCount) -> dict[str, Any]:
    return {
        "rule": count.rule.id,
        "severity": count.rule.severity,
        "about": count.rule.about,
        "problem": str(count.rule.problem),
        "sites": count.sites,
        "findings": count.findings,
    }
