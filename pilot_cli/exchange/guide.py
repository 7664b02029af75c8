"""Helps those who fill in a ledger: comments on the headers, drop-down lists, and a sheet of instructions."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from xlsxwriter.worksheet import Worksheet

from pilot_cli.exchange.cells import NOTHING, SEPARATOR
from pilot_cli.exchange.layout import EXAMPLE_PREFIX, GUIDE, SheetColumn, SheetLayout, sheets
from pilot_cli.exchange.rows import writer
from pilot_cli.formats.excel_limits import MAX_ROWS, MIN_DATE
from pilot_cli.formats.schema import FieldHelp, field_help
from pilot_cli.formats.xlsx import HEADER, HEADER_HEIGHT, PLAIN, Sheet, WorkbookWriter
from pilot_cli.locale import gettext as _
from pilot_cli.site.field import Field, FieldKind
from pilot_cli.site.guidance import guidance_for
from pilot_cli.site.model import REQUIRED_FIELDS
from pilot_cli.site.value_types import MAX_INTEGER, NumbersAbove, WholeNumbers

COMMENT = {"author": "pilot", "x_scale": 2, "y_scale": 1.6, "font_name": "微软雅黑", "font_size": 9}
INTRODUCTION_STYLE = PLAIN._replace(wraps=False, indent=0)
"""A line of the introduction runs on over the columns beside the first."""


def add_help(worksheet: Worksheet, layout: SheetLayout, header_row: int) -> None:
    """Give each header a comment, and let Excel check what people write below it."""
    first_row = header_row + 1
    for index, column in enumerate(layout.columns):
        worksheet.write_comment(header_row, index, "\n".join(_comment(column, layout)), COMMENT)
        options = _reference(index, first_row) if layout.rows and index <= 1 else _validation(column.field)
        if options:
            worksheet.data_validation(first_row, index, MAX_ROWS - 1, index, options)


def write_guide(book: WorkbookWriter) -> None:
    """Write the sheet that explains the others."""
    sheet = Sheet(book, _(GUIDE))
    for line in _introduction():
        sheet.add([(line, INTRODUCTION_STYLE)])
    sheet.add(())
    headers = (_("Sheet"), _("Column"), _("Required"), _("What it holds"), _("Value"), _("Example"))
    sheet.add(((header, HEADER) for header in headers), HEADER_HEIGHT)
    for layout in sheets():
        for column in layout.columns:
            help = _help(column, layout)
            required = _("yes") if column.path in REQUIRED_FIELDS else None
            texts = (layout.label, column.header, required, help.description, help.values, help.example)
            sheet.add((text, PLAIN) for text in texts)
    # Not as wide as the introduction.
    sheet.widths[0] = 14
    sheet.finish()


def _introduction() -> tuple[str, ...]:
    lines = (
        _("A row of the first sheet is a site. The rows of the other sheets name their site by its ID."),
        _("An empty cell says nothing. Only what is marked as required has to be there."),
        _("Columns may be moved, and those that are not needed deleted. Unknown ones are ignored."),
        _("Dates are written as 2020-11-23."),
        _("Several texts in a cell are joined by {separator} or stand on a line each; ，；; join them too."),
        _("A text that holds one of these signs itself stands in straight quotes."),
        _("{nothing} in a cell for several texts: there are none."),
        _("Paths of documents start from the folder of the site file, not from that of the ledger."),
        _("Rows whose site ID begins with {prefix} are examples, and are left out when the ledger is imported."),
        _("To import it: {command}"),
    )
    command = _("pilot import ledger.xlsx --output sites")
    values = {"separator": SEPARATOR, "nothing": NOTHING, "prefix": EXAMPLE_PREFIX, "command": command}
    return tuple(line.format(**values) for line in lines)


def _help(column: SheetColumn, layout: SheetLayout) -> FieldHelp:
    """Say what to write in a column, with an example as it stands in a cell."""
    help = field_help(column.field, column.path)
    example = guidance_for(column.path).example
    if isinstance(example, list):
        help = help._replace(example=str(writer(column.field)(example)))
    if layout.rows and column is layout.columns[1]:
        return FieldHelp(_("The name of the site, found by its ID; it need not be typed."), help.values, "")
    if layout.rows and column is layout.columns[0]:
        return help._replace(description=_("The ID of the site that the row belongs to, as in the first sheet."))
    return help


def _comment(column: SheetColumn, layout: SheetLayout) -> Iterator[str]:
    help = _help(column, layout)
    if column.path in REQUIRED_FIELDS:
        yield _("Required.")
    yield help.description
    yield _("Value: {values}").format(values=help.values)
    if help.example:
        yield _("Example: {example}").format(example=help.example)


def _reference(index: int, first_row: int) -> dict[str, Any]:
    """Offer the ids of the first sheet, and have nothing typed over their names.

    Other ids are possible, since the sites may go on in another sheet.
    """
    if index:
        message = _("The name follows from the ID; it need not be typed.")
        return {"validate": "custom", "value": "=FALSE", "error_title": _("Site name"), "error_message": message}
    return {
        "validate": "list",
        "source": f"='{sheets()[0].label}'!$A${first_row + 1}:$A${MAX_ROWS}",
        "error_type": "warning",
        "error_title": _("Site ID"),
        "error_message": _("No site in the first sheet has this ID."),
    }


def _validation(field: Field) -> dict[str, Any] | None:
    if field.is_list:
        return None
    if field.words:
        return {
            "validate": "list",
            "source": [str(word) for word in field.words],
            "error_title": field.label,
            "error_message": _("Choose a word of the list."),
        }
    match field.kind:
        case FieldKind.DATE:
            days = {"validate": "date", "criteria": "between", "minimum": MIN_DATE, "maximum": date.max}
            return {**days, "error_title": field.label, "error_message": _("Write dates as 2020-11-23.")}
        case FieldKind.NUMBER:
            return {**_number_validation(field), "error_title": field.label}
    return None


def _number_validation(field: Field) -> dict[str, Any]:
    match field.limits:
        case NumbersAbove(limit):
            message = _("Write a number above {limit}.").format(limit=limit)
            return {"validate": "decimal", "criteria": ">", "value": limit, "error_message": message}
        case WholeNumbers(least, most) if most < MAX_INTEGER:
            message = _("Write a whole number, {least} to {most}.").format(least=least, most=most)
            between = {"criteria": "between", "minimum": least, "maximum": most}
            return {"validate": "integer", **between, "error_message": message}
        case WholeNumbers(least):
            message = _("Write a whole number, {least} or more.").format(least=least)
            return {"validate": "integer", "criteria": ">=", "value": least, "error_message": message}
    return {"validate": "any"}
