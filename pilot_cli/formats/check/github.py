"""``--format github``: annotations that GitHub Actions shows at the lines of the files."""

from typing import TextIO

from pilot_cli.audit.assessment import Finding
from pilot_cli.audit.results import Results
from pilot_cli.audit.summary import Summary
from pilot_cli.formats.check.location import portable_path
from pilot_cli.formats.labels import basis_and_advice, finding_text, totals_line
from pilot_cli.formats.registry import View
from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _
from pilot_cli.site.rule_info import Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

_ESCAPES_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_ESCAPES_IN_PROPERTIES = _ESCAPES_IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})


def write_github(results: Results[Summary], out: TextIO, _view: View) -> None:
    """Write a workflow command for each finding, and the totals."""
    for site in results.assessments:
        path = portable_path(site.path)
        for finding in site.told:
            out.write(_annotation(portable_path(finding.file) if finding.file else path, finding) + "\n")
    out.write(totals_line(results) + "\n")


def _annotation(path: str, finding: Finding) -> str:
    rule = finding.rule
    command = "notice" if finding.waived else _COMMANDS[rule.severity]
    title = _("{rule} {level}: {problem}").format(rule=rule.id, level=rule.level, problem=rule.problem)
    properties = {"file": path, "line": finding.line, "col": finding.column, "title": title}
    pairs = (f"{name}={printable(str(value)).translate(_ESCAPES_IN_PROPERTIES)}" for name, value in properties.items())
    lines = (finding_text(finding), *basis_and_advice(rule.basis, finding.advice))
    message = "\n".join(map(printable, lines)).translate(_ESCAPES_IN_DATA)
    return f"::{command} {','.join(pairs)}::{message}"
