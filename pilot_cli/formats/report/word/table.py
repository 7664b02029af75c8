"""Tables of official documents: column widths that follow the text, repeated headers, rows that are not split."""

import re
from collections.abc import Iterable, Sequence
from itertools import permutations
from math import ceil
from operator import ge
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Length, Mm, Pt
from rich.cells import cell_len

from pilot_cli.formats.report.content import Column, Value, value_text
from pilot_cli.formats.text import printable
from pilot_cli.locale import Language, current_language

MAX_TEXT_LENGTH = 2_000
"""The most characters of a text that are shown; a longer one is a mistake, and would fill pages."""
HALF_WIDTH = Pt(5.1)
"""The width of half a Chinese character in a table."""
PADDING = Pt(9)
"""What the margins of a cell take of its width."""
LINE_HEIGHT = Pt(13)
ROW_PADDING = Pt(4)
WIDTH_TO_WRITE_IN = Mm(25)
"""Of a column without any text, which people fill in."""
MAX_SINGLE_LINE = 18
"""How long texts may be for which a column is made so wide that none needs a second line, in half characters."""
MAX_UNBROKEN_HEADER = 8
"""The longest header of such a column that is not broken, in half characters."""
MIN_TEXT_WIDTH = 12
"""How wide columns of longer texts are at least, in half characters."""
MAX_WORD = 20
"""How long a word may be that no column breaks, in half characters."""
MAX_ROWS_MEASURED = 50
"""The most rows by which the widths of columns are chosen."""
KEPT_ROWS = 3
"""So many rows at the end of a table are on one page, so that none stands alone."""

_WORD = re.compile(r"[A-Za-z]+")


class Lines(NamedTuple):
    """What a cell holds where each text is to begin a line."""

    texts: Sequence[str]


class TableText(NamedTuple):
    """A table as it is drawn."""

    columns: Sequence[Column]
    rows: Sequence[tuple[Value | Lines, ...] | str]
    """A text alone is a heading across all columns."""
    has_totals: bool = False
    """Whether the last row sums up the others."""
    is_grouped: bool = False
    """Whether cells of the first column that say the same are one cell, whose rows are on one page."""


def table_element(table: TableText, room: Length, height: Length) -> Any:
    """Draw a table as wide as the room; one that is lower than ``height`` stays on one page."""
    headers = [column.title for column in table.columns]
    rows = [_safe(row) if isinstance(row, str) else list(map(_cell_text, row)) for row in table.rows]
    widths = _widths(headers, [row for row in rows if not isinstance(row, str)], room)
    is_kept = _kept(rows, widths, height)
    styles = ["TableNumber" if column.is_number else "TableText" for column in table.columns]
    drawn = [_row(headers, widths, ["TableHead"] * len(widths), is_header=True, is_kept=True)]
    for before, row, after, kept in zip((None, *rows), rows, (*rows[1:], None), is_kept, strict=False):
        if isinstance(row, str):
            drawn.append(_heading(row, widths))
        elif table.is_grouped:
            begins, ends = (other is None or other[0] != row[0] for other in (before, after))
            merge = "restart" if begins else "continue"
            drawn.append(_row(row, widths, styles, is_kept=kept or not ends, merge=merge))
        else:
            drawn.append(_row(row, widths, styles, is_kept=kept))
    look = f'w:val="{"0460" if table.has_totals else "0420"}" w:firstRow="1" w:lastRow="{int(table.has_totals)}"'
    grid = "".join(f'<w:gridCol w:w="{width.twips}"/>' for width in widths)
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblStyle w:val="OfficialTable"/><w:tblW w:w="{sum(width.twips for width in widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook {look} w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(drawn)}</w:tbl>"
    )


def run_properties() -> str:
    """What every run of text needs besides its style."""
    # Chinese and Latin fonts both have quotation marks and dashes; this chooses the Chinese ones.
    return '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>' if current_language() is Language.CHINESE else ""


def _row(
    texts: Iterable[str],
    widths: Sequence[Length],
    styles: Iterable[str],
    *,
    is_header: bool = False,
    is_kept: bool = False,
    merge: str = "",
) -> str:
    """Draw a row; ``merge`` is how its first cell is one with those above and below, as Word puts it."""
    keep = "<w:keepNext/>" if is_kept else ""
    merges = [f'<w:vMerge w:val="{merge}"/>' if merge else "", *[""] * (len(widths) - 1)]
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width.twips}" w:type="dxa"/>{own}</w:tcPr>{_paragraph(text, style, keep)}</w:tc>'
        for text, width, style, own in zip(texts, widths, styles, merges, strict=True)
    )
    header = "<w:tblHeader/>" if is_header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{cells}</w:tr>"


def _heading(text: str, widths: Sequence[Length]) -> str:
    width = sum(width.twips for width in widths)
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/></w:tcPr>'
    paragraph = _paragraph(text, "TableGroup", "<w:keepNext/>")
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>{properties}{paragraph}</w:tc></w:tr>"


def _paragraph(text: str, style: str, keep: str) -> str:
    properties = f"<w:pPr><w:pStyle w:val={quoteattr(style)}/>{keep}</w:pPr>"
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    run = f"<w:r>{run_properties()}{lines}</w:r>" if text else ""
    return f"<w:p>{properties}{run}</w:p>"


def _cell_text(value: Value | Lines) -> str:
    """Return the text of a cell; line breaks are those between its lines alone."""
    if isinstance(value, Lines):
        return "\n".join(map(_safe, value.texts))
    return _safe(value_text(value))


def _safe(text: str) -> str:
    """Return a text with its control characters escaped, shortened if it is too long."""
    safe = printable(text)
    return safe if len(safe) <= MAX_TEXT_LENGTH else f"{safe[:MAX_TEXT_LENGTH]}…"


def _kept(rows: Sequence[str | Sequence[str]], widths: Sequence[Length], height: Length) -> list[bool]:
    """Tell which rows are on one page with the next: all but the last of a low table, else those before the last."""
    if sum(_height(row, widths) for row in rows) < height:
        return [True] * (len(rows) - 1) + [False] * bool(rows)
    return [len(rows) - KEPT_ROWS <= number < len(rows) - 1 for number in range(len(rows))]


def _height(row: str | Sequence[str], widths: Sequence[Length]) -> int:
    """Estimate how high a row is."""
    if isinstance(row, str):
        return LINE_HEIGHT + ROW_PADDING
    capacities = map(_capacity, widths)
    lines = max(
        max(_lines(_length(text), most), text.count("\n") + 1) for text, most in zip(row, capacities, strict=True)
    )
    return lines * LINE_HEIGHT + ROW_PADDING


def _length(text: str) -> int:
    """How long the longest line of a text is in half characters, of a font whose Latin letters and figures are wide."""
    return max(cell_len(line) + ceil(0.3 * sum(map(str.isascii, line))) for line in text.split("\n"))


def _capacity(width: int) -> int:
    """How much fits on a line, in half characters."""
    return max(2, (width - PADDING) // HALF_WIDTH)


def _lines(length: int, capacity: int) -> int:
    """How many lines a text takes; nearly each loses some room to punctuation that begins none.

    A whole character is never split, so that the lines of a longer text hold an even number of halves.
    """
    return 1 if length <= capacity else ceil(length / (capacity // 2 * 2 - 1))


def _widths(headers: Sequence[str], rows: Sequence[Sequence[str]], room: Length) -> list[Length]:
    """Give columns of short texts what they need for one line, and share out the rest so that rows are low."""
    fixed: dict[int, int] = {}
    texts: dict[int, Sequence[str]] = {}
    for column, (header, *cells) in enumerate(zip(headers, *rows, strict=True)):
        lengths = list(map(_length, cells)) or [0]
        if not max(lengths):
            fixed[column] = WIDTH_TO_WRITE_IN
        elif max(lengths) <= MAX_SINGLE_LINE:
            # The headers of narrow columns may take two lines.
            least = _length(header) if cell_len(header) <= MAX_UNBROKEN_HEADER else 2 * ceil(cell_len(header) / 4)
            fixed[column] = max(max(lengths) + 1, least) * HALF_WIDTH + PADDING
        else:
            texts[column] = cells
    rest = room - sum(fixed.values())
    if texts:
        lengths_of = [list(map(_length, cells)) for cells in texts.values()]
        shared = _shared_out(lengths_of, list(map(_least, texts.values())), rest)
        fixed.update(zip(texts, shared, strict=True))
    else:
        fixed = {column: round(width * room / (room - rest)) for column, width in fixed.items()}
    return [Length(width) for _column, width in sorted(fixed.items())]


def _least(cells: Iterable[str]) -> int:
    """How wide a column of longer texts has to be; Chinese may be broken anywhere, and words not."""
    longest = max((_length(word) for cell in cells for word in _WORD.findall(cell)), default=0)
    return max(MIN_TEXT_WIDTH, min(longest, MAX_WORD)) * HALF_WIDTH + PADDING


def _shared_out(columns: Sequence[Sequence[int]], least: Sequence[int], room: int) -> list[int]:
    """Share out room among columns of texts of these lengths, so that the rows are as low together as can be.

    The column with the longest texts stays the widest.
    """
    totals = list(map(sum, columns))
    widest = totals.index(max(totals))
    least = [min(width, room // len(columns)) for width in least]
    spare = room - sum(least)
    widths = [width + spare * total // sum(totals) for width, total in zip(least, totals, strict=True)]
    rows = list(zip(*columns, strict=True))[:MAX_ROWS_MEASURED]

    def height(widths: Sequence[int]) -> tuple[int, int]:
        capacities = [_capacity(width) for width in widths]
        lines = [list(map(_lines, row, capacities)) for row in rows]
        return sum(map(max, lines)), sum(map(sum, lines))

    best = height(widths)
    step = 2 * HALF_WIDTH
    while True:
        moved = (
            [width + step * ((column == to) - (column == source)) for column, width in enumerate(widths)]
            for source, to in permutations(range(len(widths)), 2)
        )
        fit = [tried for tried in moved if all(map(ge, tried, least)) and max(tried) == tried[widest]]
        found = min(fit, key=height, default=widths)
        if height(found) >= best:
            return widths
        widths, best = found, height(found)
