"""Workbooks on rectification: an overview with charts, and lists that people go on working in."""

from collections.abc import Sequence
from typing import Any

from pilot_cli.formats.line_chart import LINE_STYLES, LineChart, figure_axis
from pilot_cli.formats.report.content import Section
from pilot_cli.formats.report.sheet_sections import HEADING, TITLE, cells, write_section
from pilot_cli.formats.xlsx import HEADER, HEADER_HEIGHT, NOTE, ListColumn, PagedTable, Sheet, WorkbookWriter
from pilot_cli.locale import gettext as _

CHART_SIZE = {"width": 620, "height": 300}
ROWS_OF_CHART = 16
"""How many rows a chart covers."""


def write_overview(book: WorkbookWriter, name: str, basis: str, sections: Sequence[Section]) -> None:
    """Write a sheet with a title and sections below each other."""
    sheet = Sheet(book, name)
    sheet.add([(book.title, TITLE)], 30)
    sheet.add([(basis, NOTE)])
    for section in sections:
        write_section(sheet, section)
    sheet.finish()


def write_charts(book: WorkbookWriter, charts: Sequence[LineChart]) -> None:
    """Write a sheet with charts, each beside its figures; none where there is nothing to draw."""
    if not charts:
        return
    sheet = Sheet(book, _("Charts"))
    column = max(len(chart.lines) for chart in charts) + 2
    for chart in charts:
        begun = sheet.rows
        sheet.add([(chart.title, HEADING)], HEADER_HEIGHT)
        sheet.add([("", HEADER), *((line.name, HEADER) for line in chart.lines)], HEADER_HEIGHT)
        first = sheet.rows
        for time, *values in zip(chart.times, *(line.values for line in chart.lines), strict=True):
            sheet.add(cells((time, *values)))
        sheet.worksheet.insert_chart(begun, column, _draw(book, sheet.name, chart, first))
        while sheet.rows < begun + ROWS_OF_CHART:
            sheet.add(())
    sheet.finish()


def write_list(book: WorkbookWriter, name: str, section: Section, widths: Sequence[int | None] = ()) -> None:
    """Write a section as a list in as many sheets as it needs."""
    columns = [
        ListColumn(column.title, width)
        for column, width in zip(section.columns, widths or [None] * len(section.columns), strict=True)
    ]
    table = PagedTable(book, name, columns)
    for row in section.rows:
        table.add(cells(row))
    table.finish(section.note)


def _draw(book: WorkbookWriter, sheet: str, chart: LineChart, first: int) -> Any:
    drawn = book.new_chart("line")
    last = first + len(chart.times) - 1
    for column, (_line, style) in enumerate(zip(chart.lines, LINE_STYLES, strict=False), 1):
        place = {
            "name": [sheet, first - 1, column],
            "categories": [sheet, first, 0, last, 0],
            "values": [sheet, first, column, last, column],
        }
        drawn.add_series({**place, **style.options()})
    drawn.set_title({"name": chart.title, "name_font": {"size": 12}})
    drawn.set_y_axis(figure_axis(chart.least))
    drawn.set_legend({"position": "bottom"})
    drawn.set_size(CHART_SIZE)
    return drawn
