"""``--quiet``: the line of totals alone."""

from typing import TextIO

from pilot_cli.audit.summary import Summary
from pilot_cli.formats.labels import totals_line
from pilot_cli.formats.text import printable


def write_totals(summary: Summary, out: TextIO) -> None:
    """Write how many sites there are, and how they stand."""
    out.write(printable(totals_line(summary)) + "\n")
