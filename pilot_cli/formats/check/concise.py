"""``--format concise``: one line per finding, for editors and for ``grep``."""

from typing import TextIO

from pilot_cli.audit.results import Results
from pilot_cli.audit.summary import Summary
from pilot_cli.formats.labels import finding_text
from pilot_cli.formats.registry import View
from pilot_cli.formats.text import printable_line


def write_concise(results: Results[Summary], out: TextIO, _view: View) -> None:
    """Write ``path:line:column: ID severity message`` for each finding."""
    for assessment in results.assessments:
        for finding in assessment.told:
            place = f"{assessment.path_of(finding)}:{finding.line}:{finding.column}"
            line = f"{place}: {finding.rule.id} {finding.rule.severity} {finding_text(finding)}"
            out.write(printable_line(line) + "\n")
