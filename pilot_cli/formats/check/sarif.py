"""``--format sarif``: SARIF 2.1.0, for editors, and for servers that show the results of many tools."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, TextIO

import pilot_cli
from pilot_cli.audit.assessment import Assessment, Finding
from pilot_cli.audit.results import Results
from pilot_cli.audit.summary import Summary
from pilot_cli.formats import labels
from pilot_cli.formats.check.location import portable_path, uri
from pilot_cli.formats.json import dump, filters_told, findings_counted, rules_counted, write_document
from pilot_cli.formats.markdown import escaped
from pilot_cli.formats.registry import View
from pilot_cli.formats.text import printable
from pilot_cli.locale import Language, current_language
from pilot_cli.site.file_rules import UNIQUE_ID
from pilot_cli.site.problem import dotted
from pilot_cli.site.rule_info import RuleInfo, Severity
from pilot_cli.standard.standard import Standard

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LANGUAGES = {Language.CHINESE: "zh-CN", Language.ENGLISH: "en-US"}


def write_sarif(results: Results[Summary], out: TextIO, _view: View) -> None:
    """Write a log of one run, a result at a time."""
    language = _LANGUAGES[current_language()]
    rules = _rules(results.standard)
    version = pilot_cli.__version__
    driver = {"name": "pilot", "version": version, "semanticVersion": version, "language": language, "rules": rules}
    header = {"tool": {"driver": driver}, "language": language, "columnKind": "unicodeCodePoints"}
    indexes = {rule["id"]: index for index, rule in enumerate(rules)}
    entries = (result for site in results.assessments for result in _results(site, indexes))
    out.write(f'{dump({"$schema": SCHEMA, "version": "2.1.0"})[:-1]}, "runs": [')
    write_document(header, entries, lambda: _tail(results), out, name="results")
    out.write("]}\n")


def _tail(results: Results[Summary]) -> dict[str, Any]:
    """Return what is known only after the last result; a file that could not be read is a result too."""
    summary = results.summary
    about = {
        "standard": results.standard.name,
        "asOf": results.as_of.isoformat(),
        "rules": rules_counted(results.standard),
        "filters": filters_told(summary.filter),
        "sites": summary.sites,
        "leftOut": summary.left_out,
        "complete": summary.complete,
        "unreadable": summary.unreadable,
        "meanScore": summary.mean_score,
        "toInspect": summary.to_inspect,
        "findings": findings_counted(summary),
    }
    return {"invocations": [{"executionSuccessful": True}], "properties": about}


def _rules(standard: Standard) -> list[dict[str, Any]]:
    """Describe the rules of the standard, and what is asked of site files whatever the rules are."""
    return [
        {
            "id": rule.id,
            "shortDescription": {"text": _text(str(rule.title))},
            "fullDescription": {"text": _text(str(rule.basis))},
            "help": _help(rule),
            "defaultConfiguration": {"level": _LEVELS[rule.severity]},
            "properties": {"about": rule.about, "problem": _text(str(rule.problem))},
        }
        for rule in standard.catalogue.values()
    ]


def _help(rule: RuleInfo) -> dict[str, str]:
    lines = labels.basis_and_advice(rule.basis, rule.advice)
    return {
        "text": "\n".join(map(_text, lines)),
        "markdown": "\n".join(f"- {_without_placeholders(escaped(line))}" for line in lines),
    }


def _results(site: Assessment, indexes: dict[str, int]) -> Iterator[dict[str, Any]]:
    if not site.findings:
        return
    identity, where = _identity(site), uri(site.path)
    for finding in site.told:
        yield {
            "ruleId": finding.rule.id,
            "ruleIndex": indexes[finding.rule.id],
            "level": _LEVELS[finding.rule.severity],
            "message": {"text": _text(str(finding.message))},
            "locations": [_location(finding, uri(finding.file) if finding.file else where)],
            "partialFingerprints": {"pilotFinding/v1": _fingerprint(identity, finding)},
            "suppressions": _suppressions(finding),
        }


def _location(finding: Finding, where: str) -> dict[str, Any]:
    region = {"startLine": finding.line, "startColumn": finding.column}
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": where}, "region": region}}
    if finding.path:
        location["logicalLocations"] = [{"fullyQualifiedName": dotted(finding.path)}]
    return location


def _identity(site: Assessment) -> tuple[str, str]:
    """What identifies a site from one run to the next: its id while no other site has it, else its file."""
    if site.id and all(finding.rule != UNIQUE_ID for finding in (*site.findings, *site.hidden)):
        return "id", site.id
    return "path", portable_path(site.path)


def _fingerprint(identity: tuple[str, str], finding: Finding) -> str:
    """Identify a finding by its site, rule and key: a rule has one finding at most for each key."""
    about = dump([*identity, finding.rule.id, *finding.path])
    return sha256(about.encode(errors="backslashreplace")).hexdigest()


def _suppressions(finding: Finding) -> list[dict[str, str]]:
    """Say whether a waiver excuses a finding; if one result of a run has the key, all must have it."""
    if not finding.waived:
        return []
    # The waiver stands in the site file itself.
    return [{"kind": "inSource", "justification": printable(labels.waiver_label(finding.waived))}]


def _text(text: str) -> str:
    """Write a plain text, in which SARIF would look for placeholders and links."""
    return _without_placeholders(printable(text)).replace("](", "] (")


def _without_placeholders(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
