"""Sections of a report on a sheet of Excel, and the values in them."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from pilot_cli.audit.assessment import Status
from pilot_cli.audit.tally import Share
from pilot_cli.formats.report.content import Bar, Section, Value, value_text
from pilot_cli.formats.xlsx import HEADER, HEADER_HEIGHT, NOTE, PLAIN, CellStyle, Sheet, StyledCell, varied
from pilot_cli.locale import gettext as _
from pilot_cli.site.rule_info import Severity

STATUS_COLOURS = {Status.COMPLETE: "#C6EFCE", Status.INCOMPLETE: "#FFEB9C", Status.MISSING: "#FFC7CE"}
SEVERITY_COLOURS = {Severity.ERROR: "#C00000", Severity.WARNING: "#9C5700", Severity.INFO: "#1F4E79"}
TITLE = CellStyle(bold=True, size=16, wraps=False, indent=0)
HEADING = CellStyle(bold=True, size=12, colour="#9C2B22", wraps=False, indent=0)
SUM = CellStyle(bold=True, line_above=True)


def write_section(sheet: Sheet, section: Section) -> int:
    """Write a heading and a table; return the row in which its values begin."""
    sheet.add(())
    sheet.add([(section.title, HEADING)], HEADER_HEIGHT)
    sheet.add(((column.title, HEADER) for column in section.columns), HEADER_HEIGHT)
    start = sheet.rows
    for number, row in enumerate(section.rows, 1):
        sheet.add(cells(row, SUM if section.has_totals and number == len(section.rows) else PLAIN))
    if not section.rows:
        sheet.add([(_("None."), NOTE)])
    if section.note:
        sheet.add([(section.note, NOTE)])
    return start


def cells(values: Iterable[Value], style: CellStyle = PLAIN) -> Iterator[StyledCell]:
    """Turn the values of a row into cells that look alike."""
    return (_cell(value, style) for value in values)


def _cell(value: Value, style: CellStyle) -> StyledCell:
    match value:
        case None | int():
            return value, style
        case str() if type(value) is str:
            # Most are.
            return value, style
        case Status():
            return value.label, varied(style, fill=STATUS_COLOURS[value])
        case Severity():
            return value.label, varied(style, colour=SEVERITY_COLOURS[value])
        case Share():
            return None if value.percent is None else value.percent / 100, varied(style, number_format="0.0%")
        case float():
            return value, varied(style, number_format="0.0")
        case Bar():
            return value_text(value), style
        case StrEnum():
            # A word of a closed list, as people read it.
            return value_text(value), style
        case str() | date():
            return value, style
