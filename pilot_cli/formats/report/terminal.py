"""``--format terminal``: tables and bars."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import attrgetter
from typing import TextIO

from rich.box import Box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from pilot_cli.audit.assessment import Status
from pilot_cli.formats.labels import basis_line
from pilot_cli.formats.registry import View
from pilot_cli.formats.report.content import Bar, Report, Section, Value, sections, value_text
from pilot_cli.formats.terminal import STATUS_STYLES, FittingTable, Trimmed, cell, console_for, level_cell
from pilot_cli.locale import gettext as _
from pilot_cli.site.rule_info import Severity

WIDE = 150
"""From this width on, narrow sections stand side by side."""
BAR_WIDTHS = Measurement(10, 40)
"""The narrowest and the widest bar, in cells."""
BLOCKS = dict(zip(Status, "█▒░", strict=True))
BAR_STYLES = STATUS_STYLES | {Status.COMPLETE: "good"}
"""Most of a bar is complete, so that part is coloured there."""
ASCII_BLOCKS = dict(zip(Status, "#=.", strict=True))

_LINES = Box("    \n    \n ── \n    \n ── \n ── \n    \n    \n")
_ASCII_LINES = Box("    \n    \n -- \n    \n -- \n -- \n    \n    \n", ascii=True)


def write_terminal(report: Report, out: TextIO, view: View) -> None:
    """Write every section as a table, one below the other, or two abreast where there is room."""
    console = console_for(out)
    drawing = _Drawing(console, is_ascii=view.ascii_borders or console.options.ascii_only)
    console.print(cell(report.title, "bold"))
    console.print(cell(basis_line(report.standard, report.as_of), "quiet"))
    for renderable in drawing.arranged(sections(report)):
        console.print()
        console.print(Trimmed(renderable), crop=False)


class _Drawing:
    """Draws sections for a console."""

    def __init__(self, console: Console, *, is_ascii: bool) -> None:
        self.is_wide = console.is_terminal and console.width >= WIDE
        self.lines = _ASCII_LINES if is_ascii else _LINES
        self.blocks = ASCII_BLOCKS if is_ascii else BLOCKS

    def arranged(self, sections: Iterable[Section]) -> Iterator[RenderableType]:
        """Draw each section, and two narrow ones side by side where there is room."""
        for is_narrow, run in groupby(sections, attrgetter("is_narrow")):
            drawn = map(self.drawn, run)
            while abreast := list(islice(drawn, 2 if is_narrow and self.is_wide else 1)):
                yield _side_by_side(abreast)

    def drawn(self, section: Section) -> Group:
        """Draw the heading, the table, the note and, below bars, what their parts stand for."""
        below = [cell(section.note, "quiet")] if section.note else []
        if any(isinstance(value, Bar) for row in section.rows for value in row):
            below.append(self.legend())
        return Group(cell(section.title, "heading"), *self.rows(section), *below)

    def rows(self, section: Section) -> Iterable[RenderableType]:
        """Draw the rows as a table."""
        if not section.rows:
            return [cell(_("None."), "quiet")]
        return [self.table(section)]

    def table(self, section: Section) -> FittingTable:
        """Draw the rows, the one with the totals set off."""
        table = FittingTable(box=self.lines, show_edge=False, padding=(0, 1, 0, 0))
        for column in section.columns:
            table.add_column(column.title, justify="right" if column.is_number else "left")
        for number, row in enumerate(section.rows, 1):
            is_total = section.has_totals and number == len(section.rows)
            if is_total:
                table.add_section()
            table.add_row(*map(self.value, row), style="bold" if is_total else None)
        return table

    def value(self, value: Value) -> RenderableType:
        """Draw a bar, and write everything else."""
        match value:
            case Bar():
                return _DrawnBar(value, self.blocks)
            case Severity():
                return level_cell(value)
            case _:
                return cell(value_text(value))

    def legend(self) -> Text:
        """Explain the parts of a bar."""
        return Text("  ").join(Text(f"{block} {of.label}", BAR_STYLES[of]) for of, block in self.blocks.items())


class _DrawnBar:
    """A bar that fills the available width."""

    def __init__(self, bar: Bar, blocks: dict[Status, str]) -> None:
        self.bar = bar
        self.blocks = blocks

    def __rich_measure__(self, _console: Console, _options: ConsoleOptions) -> Measurement:
        return BAR_WIDTHS

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        lengths = zip(self.blocks, self.bar.lengths(options.max_width), strict=True)
        yield Text("").join(Text(self.blocks[of] * length, BAR_STYLES[of]) for of, length in lengths)


def _side_by_side(drawn: list[Group]) -> RenderableType:
    if len(drawn) == 1:
        return drawn[0]
    grid = Table.grid(padding=(0, 4, 0, 0))
    grid.add_row(*drawn)
    return grid
