"""How pilot writes Excel workbooks: row by row, texts as texts, numbers as numbers, dates as dates."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache, lru_cache
from math import ceil
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final, Generic, NamedTuple, Protocol, Self, TypeVar

from rich.cells import cell_len
from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import Worksheet

from pilot_cli.formats.excel_limits import MAX_CELL_UNITS, MAX_ROWS, MIN_DATE, CellValue, fits_cell
from pilot_cli.formats.text import printable

MIN_WIDTH = 6
MAX_WIDTH = 40
"""How wide a column may be, in characters; longer texts take several lines."""
MAX_TEXTS_KNOWN = 4096
"""The widths of so many texts are kept: most cells of a list have a word, an advice or a name that others have too."""
MARGIN = 3
"""What a column is wider than its longest text, in characters, and than each line of a text of several lines."""

FONT = {"font_name": "微软雅黑", "font_size": 10}
PAPER_SIZES = {"A3": 8, "A4": 9}
SIDE_MARGINS = 0.4
"""The margins at the sides of a printed list, in inches."""
MAX_PRINTED_TITLE = 100
"""So many characters of a title stand above a printed list: the line above it holds 255."""
PRINT_GRIDLINES: Final = 0
"""The option of ``hide_gridlines`` with which the lines between cells are shown and printed."""
HEADER_HEIGHT = 22
LINE_HEIGHT = 16
MAX_ROW_HEIGHT = 400
"""Heights in points; Excel allows rows of up to 409."""


class CellStyle(NamedTuple):
    """How a cell looks."""

    bold: bool = False
    italic: bool = False
    size: int = 10
    colour: str = "#000000"
    fill: str | None = None
    number_format: str = "General"
    line_above: bool = False
    line_below: bool = False
    wraps: bool = True
    """Whether a text takes several lines, instead of covering the empty cells beside it."""
    centred: bool = False
    indent: int = 1
    """How far a text stands from the left edge, and so from a number in the column before it, as Excel counts it."""
    is_open: bool = False
    """Whether it may be changed where the sheet is protected."""


@cache
def varied(style: CellStyle, **changes: str) -> CellStyle:
    """Change something of a style, once for all cells that look so."""
    return style._replace(**changes)  # type: ignore[arg-type]


PLAIN = CellStyle()
HEADER = CellStyle(bold=True, fill="#F2DCDB", line_below=True, centred=True, indent=0)
NOTE = CellStyle(italic=True, colour="#595959", wraps=False, indent=0)

StyledCell = tuple[CellValue | None, CellStyle]


_needs_care = re.compile(r"[&<>\x00-\x1f\ufffe\uffff]|_x|^\s|\s$").search
"""Whether a text cannot stand in XML as it is, or Excel would read it as another one."""


_PLAIN_CELLS = frozenset({"String", "Number", "Datetime"})
"""What XlsxWriter calls texts, numbers and dates."""


class _PlainSheet(Worksheet):
    """A sheet in which a text that looks like XML is a text: XlsxWriter would take ``<r>…</r>`` for its own."""

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        # Most cells need none of the precautions which take XlsxWriter half of the time of a ledger.
        kind = type(cell).__name__
        if cell.format is None or kind not in _PLAIN_CELLS or (kind == "String" and _needs_care(cell.string)):
            super()._write_cell(row, col, cell)
            return
        start = f'<c r="{xl_rowcol_to_cell_fast(row, col)}" s="{cell.format._get_xf_index()}"'
        if kind == "String":
            self.fh.write(f'{start} t="inlineStr"><is><t>{cell.string}</t></is></c>')  # type: ignore[attr-defined]
        else:
            self.fh.write(f"{start}><v>{cell.number:.16G}</v></c>")  # type: ignore[attr-defined]

    def _xml_rich_inline_string(self, string: str, attributes: Any = ()) -> None:
        self._xml_inline_string(string, False, attributes)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        # XlsxWriter looks in each for functions of later versions of Excel, which takes a fifth of the time of ledgers.
        return formula.removeprefix("=")


def forget_height(sheet: Worksheet, row: int) -> None:
    """Free what XlsxWriter keeps of the height of a row that is written already: a ledger may have a million."""
    for kept in ("row_sizes", "row_info", "set_rows"):
        getattr(sheet, kept, {}).pop(row, None)


class WorkbookWriter:
    """A workbook that is being written; rows that have been written do not stay in memory."""

    def __init__(self, out: BinaryIO, title: str, created: date) -> None:
        self.title = _shortened(title)
        self._out = out
        self._folder = TemporaryDirectory(ignore_cleanup_errors=True)
        self._draft = Path(self._folder.name, "draft.xlsx")
        self.workbook = Workbook(
            str(self._draft),
            {
                "constant_memory": True,
                "tmpdir": self._folder.name,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                # XlsxWriter changes what it is given.
                "default_format_properties": dict(FONT),
            },
        )
        self.workbook.worksheet_class = _PlainSheet
        self.workbook.use_zip64()
        # The same sites make the same file, whenever it is made.
        created = max(created, MIN_DATE)
        self.workbook.set_properties({"title": self.title, "created": datetime.combine(created, time())})
        self.format = cache(self._new_format)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        """Write the file unless something went wrong, and leave nothing else behind.

        Raises:
            OSError: it cannot be written.
        """
        with self._folder:
            if kind is not None:
                return
            try:
                self.workbook.close()
            except FileCreateError as error:
                raise error.args[0] from None
            with self._draft.open("rb") as draft:
                copyfileobj(draft, self._out)

    def _new_format(self, style: CellStyle, is_text: bool) -> Format:
        properties = {
            "bold": style.bold,
            "italic": style.italic,
            "font_size": style.size,
            "font_color": style.colour,
            "num_format": style.number_format,
            "top": int(style.line_above),
            "bottom": int(style.line_below),
            "valign": "vcenter",
            "locked": not style.is_open,
        }
        if style.fill:
            properties["bg_color"] = style.fill
        if is_text:
            align = "center" if style.centred else "left"
            properties |= {"text_wrap": style.wraps, "align": align, "indent": style.indent}
        return self.workbook.add_format(properties)

    def new_chart(self, kind: str, subtype: str | None = None) -> Chart:
        """Make an empty chart."""
        chart = self.workbook.add_chart({"type": kind, "subtype": subtype})
        assert chart is not None
        return chart


class Sheet:
    """A sheet that is written from the top to the bottom."""

    def __init__(self, book: WorkbookWriter, name: str, set_widths: Mapping[int, int] | None = None) -> None:
        self.book = book
        self.name = name
        self.rows = 0
        self.set_widths = set_widths or {}
        """The widths of columns that are not as wide as their texts need, in characters."""
        self.widths: dict[int, int] = {}
        self.worksheet: Worksheet = book.workbook.add_worksheet(name)
        self.worksheet.set_landscape()
        self.worksheet.set_paper(PAPER_SIZES["A4"])
        self.worksheet.fit_to_pages(1, 0)
        self.worksheet.set_footer(f"&L{_literally(name)}&R&P / &N")

    def add(self, cells: Iterable[StyledCell], height: float | None = None) -> None:
        """Write the next row, as high as its texts need, and no lower than a height that is given."""
        lines = 1
        for column, (value, style) in enumerate(cells):
            if value is not None and value != "":
                width, limit = self._write(column, value, style), self.set_widths.get(column, MAX_WIDTH)
                if width > limit and style.wraps:
                    lines = max(lines, ceil((width - MARGIN) / (limit - MARGIN)))
            elif style.is_open or style.fill:
                self.worksheet.write_blank(self.rows, column, None, self.book.format(style, True))
        if height or lines > 1:
            # LibreOffice does not find out by itself how high a row has to be.
            needed = lines * LINE_HEIGHT if lines > 1 else 0
            self.worksheet.set_row(self.rows, min(max(height or 0, needed), MAX_ROW_HEIGHT))
        self.rows += 1

    def _write(self, column: int, value: CellValue, style: CellStyle) -> int:
        """Write a cell; return how many characters wide its column would have to be for a single line."""
        if isinstance(value, int | float):
            self.worksheet.write_number(self.rows, column, value, self.book.format(style, False))
            width = len(f"{value:.1f}") + MARGIN
        elif isinstance(value, date) and value >= MIN_DATE:
            style, day = varied(style, number_format="yyyy-mm-dd"), datetime.combine(value, time())
            self.worksheet.write_datetime(self.rows, column, day, self.book.format(style, False))
            width = len("2020-11-23") + MARGIN
        else:
            text, length = _measured(str(value))
            self.worksheet.write_string(self.rows, column, text, self.book.format(style, True))
            width = length + MARGIN
        self.widths[column] = max(width, self.widths.get(column, MIN_WIDTH))
        return width

    def finish(self) -> None:
        """Make the columns as wide as their texts need, or as wide as they are to be."""
        for column, width in self.widths.items():
            self.worksheet.set_column(column, column, min(width, MAX_WIDTH))
        for column, width in self.set_widths.items():
            self.worksheet.set_column(column, column, width)


class _HasRows(Protocol):
    rows: int


SheetT = TypeVar("SheetT", bound=_HasRows)


class SheetSeries(Generic[SheetT]):
    """The sheets of one table, which goes on in another sheet when one is full: 站点, 站点（2）, and so on."""

    def __init__(self, name: str, begin: Callable[[str], SheetT]) -> None:
        self._name = name
        self._begin = begin
        self.sheets = [begin(name)]

    def current(self) -> SheetT:
        """Return the sheet for the next row."""
        if self.sheets[-1].rows == MAX_ROWS:
            # An import knows by the Chinese brackets that it is no copy of a sheet: Excel names that 站点 (2).
            self.sheets.append(self._begin(f"{self._name}（{len(self.sheets) + 1}）"))
        return self.sheets[-1]


class ListColumn(NamedTuple):
    """A column of a list that people print, pass on and go on writing in."""

    header: str
    width: int | None = None
    """In characters; None is as wide as its texts need."""
    choices: tuple[str, ...] = ()
    """What its cells offer to choose from."""
    is_technical: bool = False
    """Whether it is for those who look after the files, and is not printed; such columns stand last."""


class PagedTable:
    """A table whose first row has the headers and stays in view, in as many sheets as it needs."""

    def __init__(
        self, book: WorkbookWriter, name: str, columns: Sequence[ListColumn | str], *, fixed_columns: int = 1
    ) -> None:
        self.book = book
        self.columns = [column if isinstance(column, ListColumn) else ListColumn(column) for column in columns]
        self.fixed_columns = fixed_columns
        self._series = SheetSeries(name, self._begin)

    @property
    def sheets(self) -> Sequence[Sheet]:
        """The sheets that the table takes."""
        return self._series.sheets

    def _begin(self, name: str) -> Sheet:
        sheet = Sheet(self.book, name, {n: column.width for n, column in enumerate(self.columns) if column.width})
        worksheet = sheet.worksheet
        worksheet.freeze_panes(1, self.fixed_columns)
        worksheet.repeat_rows(0)
        worksheet.hide_gridlines(PRINT_GRIDLINES)
        worksheet.set_margins(left=SIDE_MARGINS, right=SIDE_MARGINS)
        worksheet.set_header(f"&C{_literally(self.book.title[:MAX_PRINTED_TITLE])}")
        sheet.add(((column.header, HEADER) for column in self.columns), HEADER_HEIGHT)
        return sheet

    def add(self, cells: Iterable[StyledCell]) -> None:
        """Write the next row."""
        self._series.current().add(cells)

    def finish(self, note: str = "") -> None:
        """Set widths, arrows to filter rows by, choices and what is printed, and write a note below the last row."""
        for sheet in self._series.sheets:
            last = sheet.rows - 1
            for number, column in enumerate(self.columns):
                # The arrow stands where the header would end.
                sheet.widths[number] = max(sheet.widths[number], cell_len(column.header) + 5)
                if column.choices and last:
                    choices = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
                    sheet.worksheet.data_validation(1, number, last, number, choices)
            sheet.worksheet.autofilter(0, 0, last, len(self.columns) - 1)
            sheet.finish()
            if note and sheet is self._series.sheets[-1]:
                sheet.add(())
                sheet.add([(note, NOTE)])
            printed = sum(not column.is_technical for column in self.columns)
            sheet.worksheet.print_area(0, 0, sheet.rows - 1, printed - 1)


def _literally(text: str) -> str:
    """Write a text for the line above or below a printed sheet, where & stands for page numbers and the like."""
    return text.replace("&", "&&")


@lru_cache(MAX_TEXTS_KNOWN)
def _measured(text: str) -> tuple[str, int]:
    """Make a text one that a cell can show and hold, and count how many characters wide that is."""
    text = _shortened(text)
    return text, cell_len(text)


def _shortened(text: str) -> str:
    """Make a text one that a cell can show and hold; what is too much becomes an ellipsis."""
    text = printable(text)
    if fits_cell(text):
        return text
    return text.encode("utf-16-le")[: 2 * (MAX_CELL_UNITS - 1)].decode("utf-16-le", "ignore") + "…"
