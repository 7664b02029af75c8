"""``--format concise``: one line a finding, for editors and for ``grep``."""

from typing import TextIO

from pilot_cli.formats.check.audit import Audit
from pilot_cli.formats.labels import waiver_label
from pilot_cli.formats.text import printable


def write_concise(audit: Audit, out: TextIO) -> None:
    """Write ``path:line:column: ID severity message`` for each finding."""
    for assessment in audit.assessments:
        for finding in assessment.findings:
            place = f"{assessment.path}:{finding.line}:{finding.column}"
            waived = f" {waiver_label(finding.waived)}" if finding.waived else ""
            out.write(printable(f"{place}: {finding.rule} {finding.severity} {finding.message}{waived}") + "\n")
