"""``--format github``: annotations that GitHub Actions shows at the lines of the files."""

from typing import TextIO

from pilot_cli.audit.assessment import Finding
from pilot_cli.formats.check.audit import Audit
from pilot_cli.formats.check.location import portable_path
from pilot_cli.formats.labels import basis_and_advice, rule_titles, totals_line, waiver_label
from pilot_cli.formats.text import printable
from pilot_cli.site.problem import Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

_ESCAPES_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_ESCAPES_IN_PROPERTIES = _ESCAPES_IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})


def write_github(audit: Audit, out: TextIO) -> None:
    """Write a workflow command for each finding, and the totals."""
    titles = rule_titles(audit.standard)
    for site in audit.assessments:
        path = portable_path(site.path)
        for finding in site.findings:
            out.write(_annotation(path, finding, titles[finding.rule]) + "\n")
    out.write(totals_line(audit.summary) + "\n")


def _annotation(path: str, finding: Finding, title: str) -> str:
    command = "notice" if finding.waived else _COMMANDS[finding.severity]
    properties = {
        "file": path,
        "line": str(finding.line),
        "col": str(finding.column),
        "title": f"{finding.rule} {title}",
    }
    told = ",".join(
        f"{name}={printable(value).translate(_ESCAPES_IN_PROPERTIES)}" for name, value in properties.items()
    )
    lines = [
        f"{finding.message} {waiver_label(finding.waived)}" if finding.waived else finding.message,
        *basis_and_advice(finding.basis, finding.advice),
    ]
    message = "\n".join(map(printable, lines)).translate(_ESCAPES_IN_DATA)
    return f"::{command} {told}::{message}"
