"""How pilot writes to a terminal, and to a file in the same layout."""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any, Literal, TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Column, Table
from rich.text import Text

from pilot_cli.audit.assessment import Status
from pilot_cli.formats.colours import theme_for
from pilot_cli.formats.line_breaks import BLANKS, line_starts, pieces
from pilot_cli.formats.text import printable_line
from pilot_cli.locale import gettext as _
from pilot_cli.site.rule_info import RuleInfo, Severity

MAX_ANSWER_LENGTH = 10_000
"""From so many characters on, a line is no answer to a question."""
UNLIMITED_WIDTH = 1_000_000
"""The width where there is no terminal: nothing is cut or wrapped."""
MIN_TABLE_WIDTH = 60
"""The least width of a terminal on which texts in tables are broken into lines, in cells."""
MIN_HEADER_WIDTH = 4
"""What the head of a column is given at least, unless it is shorter, in cells."""
MIN_TEXT_WIDTH = 10
"""What a column of texts is given at least, unless they are shorter, in cells."""

SEVERITY_STYLES = {Severity.ERROR: "serious", Severity.WARNING: "ordinary", Severity.INFO: "advice"}
STATUS_STYLES = {Status.COMPLETE: "complete", Status.INCOMPLETE: "incomplete", Status.MISSING: "missing"}


class _Console(Console):
    """A console that leaves it to the command what becomes of a broken pipe."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console_for(out: TextIO) -> Console:
    """Make a console that colours only terminals, unless told otherwise, and cuts lines only where one does."""
    is_terminal = out.isatty()
    console = _Console(
        file=out,
        force_terminal=is_terminal,
        color_system=_color_system(is_terminal),
        width=None if is_terminal else UNLIMITED_WIDTH,
        markup=False,
        highlight=False,
        emoji=False,
    )
    if console.color_system is not None:
        console.push_theme(theme_for(console.color_system))
    return console


def _color_system(is_terminal: bool) -> Literal["auto", "256", "truecolor"] | None:
    """Tell how to colour, by what the user asks for in the usual variables."""
    if os.environ.get("NO_COLOR"):
        return None
    if is_terminal:
        return "auto"
    if os.environ.get("FORCE_COLOR"):
        return "truecolor" if os.environ.get("COLORTERM") in ("truecolor", "24bit") else "256"
    return None


class FittingTable(Table):
    """A table that is drawn as a list of its rows, a line a field, where a terminal has no room for it.

    Figures (on the right), dates and other words are not broken; texts and the heads of columns are, as Chinese
    demands. Rich would take from the widest columns, whatever they hold, and cut what has no room.
    """

    def __init__(self, **manner: Any) -> None:
        super().__init__(header_style="bold", **manner)
        self._titles: list[str] = []

    def add_column(self, header: RenderableType = "", *args: Any, **manner: Any) -> None:
        """Add a column of figures on the right, or of texts."""
        title = cell(str(header))
        self._titles.append(title.plain)
        super().add_column(title, *args, **manner)

    def add_row(self, *cells: RenderableType | None, **manner: Any) -> None:
        """Add a row of texts or bars."""
        super().add_row(*(cell(text) if isinstance(text, str) else text for text in cells), **manner)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        # Where there is no terminal everything has room.
        if not console.is_terminal or self._set_widths(console, options):
            yield from super().__rich_console__(console, options)
        else:
            yield from self._listed()

    def _set_widths(self, console: Console, options: ConsoleOptions) -> bool:
        """Give each column its width; tell whether all have room, on a narrow terminal with no text broken."""
        widths = [_column_widths(column, console, options) for column in self.columns]
        for column, (least, _full) in zip(self.columns, widths, strict=True):
            column.width = least
        room = options.max_width - super().__rich_measure__(console, options).minimum
        wanted = sum(width.span for width in widths)
        if room < (0 if console.width >= MIN_TABLE_WIDTH else wanted):
            return False
        for column, width in zip(self.columns, _widened(widths, min(room, wanted)), strict=True):
            column.width = width
        return True

    def _listed(self) -> Iterator[RenderableType]:
        """Draw each row in lines: what it is about, or its first figure, and the others that are there."""
        for row, cells in zip(self.rows, zip(*(column.cells for column in self.columns), strict=True), strict=True):
            for column, title, value in zip(self.columns, self._titles, cells, strict=True):
                if not isinstance(value, Text):
                    yield Padding(value, (0, 0, 0, 2))
                elif not value:
                    continue
                elif column is not self.columns[0]:
                    yield field(title, value)
                else:
                    head = value if column.justify == "left" else _named(title, value)
                    yield cell("", "bold").append_text(head)
            if row.end_section:
                yield Text()


def _column_widths(column: Column, console: Console, options: ConsoleOptions) -> Measurement:
    """Return the least width of a column, and that at which none of its texts is broken, in cells."""
    head = Measurement.get(console, options, column.header)
    full = [Measurement.get(console, options, value) for value in column.cells]
    least = [
        value.maximum
        if column.no_wrap or column.justify == "right"
        else min(value.maximum, max(value.minimum, MIN_TEXT_WIDTH))
        for value in full
    ]
    of_head = head.maximum if column.no_wrap else min(head.maximum, max(head.minimum, MIN_HEADER_WIDTH))
    return Measurement(max(of_head, *least, 0), max(head.maximum, *(value.maximum for value in full), 0))


def _widened(widths: Sequence[Measurement], room: int) -> list[int]:
    """Share out room, no more than all can take, to the narrowest columns first."""
    shared = [least for least, _full in widths]
    for _cell in range(room):
        narrowest = min((n for n, width in enumerate(shared) if width < widths[n].maximum), key=shared.__getitem__)
        shared[narrowest] += 1
    return shared


def new_table(*, ascii_borders: bool) -> FittingTable:
    """Make an empty table in the manner of pilot."""
    return FittingTable(box=box.ASCII2 if ascii_borders else box.ROUNDED)


def fields(facts: Sequence[tuple[str, Text]], width: int) -> Iterator[RenderableType]:
    """Draw what is known of one thing: values beside what they are called, or behind it where that is too narrow."""
    indent = max(cell_len(name) for name, _value in facts) + 2
    for name, value in facts:
        yield Hanging(Text(name), value, indent) if width >= MIN_TABLE_WIDTH else field(name, value)


def field(name: str, value: Text) -> RenderableType:
    """Draw a value behind what it is called."""
    return Hanging(Text(), _named(name, value), 2)


def _named(name: str, value: Text) -> Text:
    return cell(_("{name}: {value}").format(name=name, value="")).append_text(value)


def level_cell(rule: RuleInfo | Severity) -> Text:
    """What people call a rule's weight, or a weight, in the current language and in its colour."""
    if isinstance(rule, Severity):
        return Text(rule.label, SEVERITY_STYLES[rule])
    return Text(rule.level, SEVERITY_STYLES[rule.severity])


def cell(text: str, style: str = "") -> Text:
    """A text from a stranger for a table or a line, whose lines break as Chinese demands."""
    return _Wrapping(printable_line(text), style)


class _Wrapping(Text):
    """A text that is drawn in lines which break as Chinese demands; Rich breaks them at blanks."""

    def __rich__(self) -> "_Lines":
        return _Lines(self)


class _Lines:
    """Draws a text in lines that Rich need not break any more."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __rich_measure__(self, console: Console, _options: ConsoleOptions) -> Measurement:
        # Where there is no terminal no text is broken, and none need be taken apart.
        least = widest_piece(self.text) if console.is_terminal else self.text.cell_len
        return Measurement(least, self.text.cell_len)

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> Iterator[Text]:
        if self.text.no_wrap or options.no_wrap:
            yield Text("").append_text(self.text)
        else:
            yield Text("\n").join(wrapped(self.text, options.max_width))


def wrapped(text: Text, width: int) -> list[Text]:
    """Take a text apart into lines of at most so many cells, as Chinese demands."""
    if text.cell_len <= width:
        return [text]
    lines = list(text.divide(line_starts(text.plain, width)))
    for line in lines:
        line.rstrip()
    return lines


def widest_piece(text: Text) -> int:
    """Return the least width of a text in cells, if none of its pieces is broken."""
    return max((cell_len(piece.rstrip(BLANKS)) for piece in pieces(text.plain)), default=0)


class Hanging:
    """Draws a text beside what it is headed by; its lines begin below each other."""

    def __init__(self, head: Text, body: Text, indent: int) -> None:
        self.head = head
        self.body = body
        self.indent = indent

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> Iterator[Text]:
        lines = wrapped(self.body, max(options.max_width - self.indent, 1))
        head = Text("").append_text(self.head)
        gap = self.indent - head.cell_len
        if gap < 0:
            head.rstrip()
            yield head
            head, gap = Text(""), self.indent
        first, *others = lines
        yield head.append(" " * gap).append_text(first)
        for line in others:
            yield Text(" " * self.indent).append_text(line)


class Trimmed:
    """Draws something without blanks at the ends of its lines: a table without borders is filled up with them.

    On a terminal nobody sees them, and Rich has to cut what is too wide.
    """

    def __init__(self, drawn: RenderableType) -> None:
        self.drawn = drawn

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if console.is_terminal:
            yield self.drawn
            return
        for line in console.render_lines(self.drawn, options, pad=False):
            while line and not line[-1].text.strip(" "):
                line.pop()
            if line:
                text, style, control = line[-1]
                line[-1] = Segment(text.rstrip(" "), style, control)
            yield from line
            yield Segment.line()


def read_line(console: Console, prompt: Text) -> str:
    """Return the line that is typed.

    Raises:
        EOFError: there is no more, or what comes from another program is longer than any answer.
    """
    if sys.stdin is not None and sys.stdin.isatty():
        return console.input(prompt)
    console.print(prompt, end="")
    line = "" if sys.stdin is None else sys.stdin.readline(MAX_ANSWER_LENGTH)
    if not line or len(line) == MAX_ANSWER_LENGTH:
        raise EOFError
    return line.rstrip("\n")
