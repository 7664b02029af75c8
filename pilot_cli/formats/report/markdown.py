"""``--format markdown``: for a page or a message."""

from typing import TextIO

from pilot_cli.formats.labels import basis_line
from pilot_cli.formats.markdown import escaped, row
from pilot_cli.formats.registry import View
from pilot_cli.formats.report.content import Bar, Report, Section, Value, sections, value_text
from pilot_cli.locale import gettext as _

BAR_WIDTH = 20
"""The characters of a bar."""


def write_markdown(report: Report, out: TextIO, _view: View) -> None:
    """Write a heading and a table for each section."""
    out.write(f"# {escaped(report.title)}\n\n{escaped(basis_line(report.standard, report.as_of))}\n")
    for section in sections(report):
        out.write(f"\n## {escaped(section.title)}\n\n")
        _write_table(section, out)
        if section.note:
            out.write(f"\n{escaped(section.note)}\n")


def _write_table(section: Section, out: TextIO) -> None:
    if not section.rows:
        out.write(escaped(_("None.")) + "\n")
        return
    out.write(row(escaped(column.title) for column in section.columns))
    out.write(row("---:" if column.is_number else "---" for column in section.columns))
    for number, values in enumerate(section.rows, 1):
        mark = "**" if section.has_totals and number == len(section.rows) else ""
        out.write(row(f"{mark}{text}{mark}" if text else "" for text in map(_cell, values)))


def _cell(value: Value) -> str:
    if isinstance(value, Bar):
        return "".join(block * length for block, length in zip("█▒░", value.lengths(BAR_WIDTH), strict=True))
    return escaped(value_text(value))
