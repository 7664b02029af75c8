"""How pilot writes Excel workbooks: row by row, texts as texts, numbers as numbers, dates as dates."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from functools import cache
from math import ceil
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final, NamedTuple, Self

from rich.cells import cell_len
from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pilot_cli.formats.text import printable

MAX_ROWS = 1_048_576
MAX_CELL_UNITS = 32_767
"""What a sheet and a cell of Excel hold: rows, and characters as UTF-16 counts them."""
MIN_DATE = date(1900, 1, 1)
"""Excel has no dates before this one."""
WIDTHS = range(6, 41)
"""The narrowest and the widest column, in characters; longer texts take several lines."""
ROOM_TO_WRITE = 20
MARGIN = 3
LINE_WIDTH = WIDTHS[-1] - 5
"""So many characters of a longer text go on a line: words are not cut."""

FONT = {"font_name": "微软雅黑", "font_size": 10}
PAPER_SIZES = {"A3": 8, "A4": 9}
MAX_COLUMNS_ON_A4 = 12
"""So many columns can be read when they are printed on A4."""
PRINT_THEM: Final = 0
"""What Excel is to do with the lines between cells."""
HEADER_HEIGHT = 22
LINE_HEIGHT = 16
MAX_ROW_HEIGHT = 400
"""Heights in points, as Excel counts them; it knows no row of more than 409."""


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
    """What a text keeps from the number before it."""


PLAIN = CellStyle()
HEADER = CellStyle(bold=True, fill="#F2DCDB", line_below=True, centred=True, indent=0)
NOTE = CellStyle(italic=True, colour="#595959", wraps=False, indent=0)

CellValue = str | int | float | date | None
StyledCell = tuple[CellValue, CellStyle]


class _PlainSheet(Worksheet):
    """A sheet in which a text that looks like XML is a text: XlsxWriter would take ``<r>…</r>`` for its own."""

    def _xml_rich_inline_string(self, string: str, attributes: Any = ()) -> None:
        self._xml_inline_string(string, False, attributes)


class WorkbookWriter:
    """A workbook on its way to a file; what its cells hold does not stay in memory."""

    def __init__(self, out: BinaryIO, title: str, created: date) -> None:
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
        self.workbook.set_properties({"title": _fitting(title), "created": datetime.combine(created, time())})
        self.format = cache(self._new_format)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        """Write the file unless something went wrong, and leave nothing else behind.

        Raises:
            OSError: it cannot be written.
        """
        with self._folder:
            if kind is None:
                self._hand_over()

    def _hand_over(self) -> None:
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

    def __init__(self, book: WorkbookWriter, name: str) -> None:
        self.book = book
        self.name = name
        self.rows = 0
        self.widths: dict[int, int] = {}
        self.worksheet: Worksheet = book.workbook.add_worksheet(name)
        self.worksheet.set_landscape()
        self.worksheet.set_paper(PAPER_SIZES["A4"])
        self.worksheet.fit_to_pages(1, 0)
        self.worksheet.set_footer("&C&P / &N")

    def add(self, cells: Iterable[StyledCell], height: float | None = None) -> None:
        """Write the next row; without a height it is as high as its texts need."""
        lines = 1
        for column, (value, style) in enumerate(cells):
            if value is not None and value != "":
                width = self._write(column, value, style)
                if width > WIDTHS[-1] and style.wraps:
                    lines = max(lines, ceil(width / LINE_WIDTH))
        if height or lines > 1:
            # LibreOffice does not look for itself how high a row has to be.
            self.worksheet.set_row(self.rows, height or min(lines * LINE_HEIGHT, MAX_ROW_HEIGHT))
        self.rows += 1

    def _write(self, column: int, value: str | int | float | date, style: CellStyle) -> int:
        """Write a cell; return how many characters wide its column would have to be for a single line."""
        place = self.rows, column
        match value:
            case date() if value >= MIN_DATE:
                style = style._replace(number_format="yyyy-mm-dd")
                self.worksheet.write_datetime(*place, datetime.combine(value, time()), self.book.format(style, False))
                width = len("2020-11-23") + MARGIN
            case int() | float():
                self.worksheet.write_number(*place, value, self.book.format(style, False))
                width = len(f"{value:.1f}") + MARGIN
            case _:
                text = _fitting(str(value))
                self.worksheet.write_string(*place, text, self.book.format(style, True))
                width = cell_len(text) + MARGIN
        self.widths[column] = max(width, self.widths.get(column, WIDTHS[0]))
        return width

    def finish(self) -> None:
        """Make the columns as wide as what stands in them."""
        for column, width in self.widths.items():
            self.worksheet.set_column(column, column, min(width, WIDTHS[-1]))


class PagedTable:
    """A table that begins with a row of heads, which stays in view, and goes on in another sheet when one is full."""

    def __init__(
        self,
        book: WorkbookWriter,
        name: str,
        headers: Sequence[str],
        *,
        fixed_columns: int = 1,
        to_fill_in: Sequence[str] = (),
    ) -> None:
        self.book = book
        self.to_fill_in = to_fill_in
        """The heads of columns that are left for people to write in."""
        self.fixed_columns = fixed_columns
        self.name = name
        self.headers = headers
        self.sheets: list[Sheet] = []
        self._begin()

    def _begin(self) -> None:
        number = len(self.sheets) + 1
        self.sheet = Sheet(self.book, self.name if number == 1 else f"{self.name}({number})")
        self.sheets.append(self.sheet)
        self.sheet.worksheet.freeze_panes(1, self.fixed_columns)
        self.sheet.worksheet.repeat_rows(0)
        self.sheet.worksheet.hide_gridlines(PRINT_THEM)
        if len(self.headers) > MAX_COLUMNS_ON_A4:
            self.sheet.worksheet.set_paper(PAPER_SIZES["A3"])
        self.sheet.add(((header, HEADER) for header in self.headers), HEADER_HEIGHT)

    def add(self, cells: Iterable[StyledCell]) -> None:
        """Write the next row."""
        if self.sheet.rows == MAX_ROWS:
            self._begin()
        self.sheet.add(cells)

    def finish(self, note: str = "") -> None:
        """Give each sheet its widths, the arrows by which its rows are filtered, and the last one a note."""
        for sheet in self.sheets:
            # The arrow stands where the head would end.
            for column, header in enumerate(self.headers):
                room = ROOM_TO_WRITE if header in self.to_fill_in else cell_len(header) + 5
                sheet.widths[column] = max(sheet.widths[column], room)
            sheet.worksheet.autofilter(0, 0, sheet.rows - 1, len(self.headers) - 1)
            sheet.finish()
        if note:
            self.sheet.add(())
            self.sheet.add([(note, NOTE)])


def _fitting(text: str) -> str:
    """Write a text so that a cell can hold it, with an ellipsis for what it cannot hold."""
    text = printable(text)
    if 2 * len(text) <= MAX_CELL_UNITS or len(units := text.encode("utf-16-le")) <= 2 * MAX_CELL_UNITS:
        return text
    return units[: 2 * (MAX_CELL_UNITS - 1)].decode("utf-16-le", "ignore") + "…"
