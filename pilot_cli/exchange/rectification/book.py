"""Writes the rectification ledger to be filled in: cells to change are open, the rest is locked."""

from datetime import date
from typing import BinaryIO, Final

from pilot_cli.exchange.guide import COMMENT, INTRODUCTION_STYLE
from pilot_cli.exchange.layout import GUIDE
from pilot_cli.exchange.rectification.columns import CHECK_CODE, OPEN, check_code, labels
from pilot_cli.formats.excel_limits import MIN_DATE
from pilot_cli.formats.ledger.columns import COLUMNS, INDEX, LedgerColumn
from pilot_cli.formats.xlsx import PLAIN, ListColumn, PagedTable, Sheet, StyledCell, WorkbookWriter
from pilot_cli.ledger.problems import Listed, Problem
from pilot_cli.ledger.states import Method, State
from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _

FIXED_COLUMNS = 2
"""The running number and that of the problem stay in view."""
PAGES_WIDE = 2
"""On one sheet of A4, and on one of A3 as well, so many columns could not be read."""
LAST_REPEATED_COLUMN = [column.key for column in COLUMNS].index("site")
"""Up to here, columns are printed on each of these pages."""
LOCKED_CELL = PLAIN._replace(fill="#F2F2F2")
OPEN_CELL = PLAIN._replace(is_open=True)
LATE = "#C00000"
"""The colour of a deadline that is past."""
WIDTHS = {
    **{"index": 6, "number": 13, "audit": 21, "site": 18, "branch": 18, "pillar": 14, "severity": 11, "found": 28},
    **{"basis": 26, "title": 22, "measures": 24, "leader": 11, "unit": 14, "owner": 13, "due": 12, "progress": 24},
    **{"state": 10, "done_on": 12, "evidence": 14, "method": 11, "verified_by": 10, "opinion": 18, "closed_on": 12},
    **{"note": 14},
}
CHECK_CODE_WIDTH = 24
GUIDE_WIDTH = 100
ALLOWED: Final = {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True}
"""What people may do with a locked sheet besides filling it in."""
_HELP = {
    "measures": N_("A step a line."),
    "due": N_("A later day is an extension: it is applied for before the deadline, with the reason as the note."),
    "state": N_(
        "“{to_verify}” once it is put right; who has verified it chooses “{closed}”, or “{in_progress}” to return it."
    ),
    "note": N_("A remark; also the reason of an extension, a return or a reopening."),
    "verified_by": N_("Who has verified it: needed to strike it off, with the opinion."),
}


def _help(column: LedgerColumn) -> str:
    return _(_HELP[column.key]).format(**{state.value: state.label for state in State})


def write_workbook(listed: Listed, out: BinaryIO) -> None:
    """Write a row a problem, and a sheet on how to fill them in.

    Raises:
        OSError: it cannot be written.
    """
    with WorkbookWriter(out, _("Ledger of rectification"), listed.as_of) as book:
        columns = [_list_column(column) for column in COLUMNS]
        code = ListColumn(_(CHECK_CODE), CHECK_CODE_WIDTH, is_technical=True)
        table = PagedTable(book, _("Ledger of rectification"), [*columns, code], fixed_columns=FIXED_COLUMNS)
        for index, problem in enumerate(listed.problems, 1):
            table.add(_cells(index, problem))
        table.finish()
        for sheet in table.sheets:
            _protect(sheet)
        _write_guide(book)


def _list_column(column: LedgerColumn) -> ListColumn:
    choices = {"state": labels(State), "method": labels(Method)}.get(column.key, ())
    return ListColumn(column.header, WIDTHS[column.key], choices)


def _cells(index: int, problem: Problem) -> list[StyledCell]:
    late = OPEN_CELL._replace(colour=LATE, bold=True)
    cells: list[StyledCell] = []
    for column in COLUMNS:
        style = LOCKED_CELL if column.key not in OPEN else OPEN_CELL
        if column.key == "due" and problem.days_overdue:
            style = late
        cells.append((index if column is INDEX else column.value(problem), style))
    return [*cells, (str(check_code(problem)), LOCKED_CELL)]


def _protect(sheet: Sheet) -> None:
    """Lock what is not to be changed, without a password, and help with what is."""
    worksheet, last = sheet.worksheet, sheet.rows - 1
    worksheet.fit_to_pages(PAGES_WIDE, 0)
    worksheet.repeat_columns(0, LAST_REPEATED_COLUMN)
    worksheet.print_across()
    worksheet.set_column(len(COLUMNS), len(COLUMNS), CHECK_CODE_WIDTH, None, {"hidden": True})
    worksheet.protect("", dict(ALLOWED))
    for place, column in enumerate(COLUMNS):
        if column.key in _HELP:
            worksheet.write_comment(0, place, _help(column), COMMENT)
        if column.key == "due":
            days = {"validate": "date", "criteria": "between", "minimum": MIN_DATE, "maximum": date.max}
            told = {"error_title": column.header, "error_message": _("Write dates as 2020-11-23.")}
            worksheet.data_validation(1, place, max(last, 1), place, {**days, **told})


def _write_guide(book: WorkbookWriter) -> None:
    sheet = Sheet(book, _(GUIDE), {0: GUIDE_WIDTH})
    opened = _(", ").join(column.header for column in COLUMNS if column.key in OPEN)
    lines = (
        _("Fill in the white cells: {columns}. The grey ones are filled in by pilot.").format(columns=opened),
        _("Rows may be deleted, sorted and moved into another copy, with their numbers and the hidden column."),
        _("An owner and a deadline assign a problem."),
        *(_("{header}: {help}").format(header=c.header, help=_help(c)) for c in COLUMNS if c.key in _HELP),
        _("Nothing is deleted by clearing a cell: type what is right instead."),
        _("To take it in: {command}").format(command=_("pilot ledger import ledger.xlsx")),
    )
    for line in lines:
        sheet.add([(line, INTRODUCTION_STYLE._replace(wraps=True))])
    sheet.finish()
