"""``--quiet``: only the totals."""

from typing import TextIO

from pilot_cli.audit.results import Results
from pilot_cli.audit.summary import Summary
from pilot_cli.formats.labels import totals_line
from pilot_cli.formats.registry import View
from pilot_cli.formats.text import printable_line


def write_totals(results: Results[Summary], out: TextIO, _view: View) -> None:
    """Write how many sites there are, and how they stand."""
    out.write(printable_line(totals_line(results)) + "\n")
