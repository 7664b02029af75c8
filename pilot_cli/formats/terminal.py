"""How pilot writes to a terminal, and to a file in the same layout."""

import os
import sys
from collections.abc import Iterator
from typing import Literal, TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from pilot_cli.audit.assessment import Status
from pilot_cli.formats.colours import theme_for
from pilot_cli.formats.line_breaks import BLANKS, line_starts, pieces
from pilot_cli.formats.text import printable_line
from pilot_cli.site.rule_info import RuleInfo, Severity

MAX_ANSWER_LENGTH = 10_000
"""From so many characters on, a line is no answer to a question."""
UNLIMITED_WIDTH = 1_000_000
"""The width where there is no terminal: nothing is cut or wrapped."""

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


def new_table(*, ascii_borders: bool) -> Table:
    """Make an empty table in the manner of pilot."""
    return Table(box=box.ASCII2 if ascii_borders else box.ROUNDED, header_style="bold")


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
