"""A native Word chart, with an embedded workbook that Word opens to edit the figures."""

from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZipFile

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, nsmap
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from xlsxwriter import Workbook
from xlsxwriter.chart import Chart

from pilot_cli.audit.assessment import Status
from pilot_cli.formats.line_chart import LINE_STYLES, LineChart, figure_axis
from pilot_cli.formats.report.content import Bar
from pilot_cli.formats.text import printable

SHEET = "Sheet1"
WIDTH, HEIGHT = Mm(150), Mm(62)
BAR_COLOURS = {Status.COMPLETE: "#5B9F6A", Status.INCOMPLETE: "#F2D16B", Status.MISSING: "#A61C1C"}
"""They differ in black and white too."""
FIGURE_COLOURS = {Status.COMPLETE: "#000000", Status.INCOMPLETE: "#000000", Status.MISSING: "#FFFFFF"}
CREATION_DATE = datetime(1980, 1, 1)
"""The same figures make the same workbook, whenever it is made."""
SWITCHED_OFF = (
    ("c:lang", "roundedCorners"),
    (".//c:grouping", "varyColors"),
    (".//c:barChart/c:ser/c:spPr", "invertIfNegative"),
    (".//c:lineChart/c:ser/c:val", "smooth"),
    (".//c:dLbls/c:txPr", "showLegendKey"),
    *((".//c:showVal", f"show{name}") for name in ("BubbleSize", "Percent", "SerName", "CatName")),
    (".//c:catAx/c:scaling", "delete"),
    (".//c:legend/c:layout", "overlay"),
)
"""What some programs turn on unless it is switched off: the path of the element before each setting, and its name."""
TEXT_PROPERTIES = f"""
<c:txPr {nsdecls("c", "a")}>
  <a:bodyPr/><a:lstStyle/>
  <a:p>
    <a:pPr>
      <a:defRPr sz="1050"><a:latin typeface="Times New Roman"/><a:ea typeface="仿宋_GB2312"/></a:defRPr>
    </a:pPr>
    <a:endParaRPr lang="zh-CN"/>
  </a:p>
</c:txPr>"""
DRAWING = f"""
<w:drawing {nsdecls("w", "wp", "a", "c", "r")}>
  <wp:inline distT="0" distB="0" distL="0" distR="0">
    <wp:extent cx="{{width}}" cy="{{height}}"/>
    <wp:docPr id="{{number}}" name="Chart {{number}}"/>
    <wp:cNvGraphicFramePr/>
    <a:graphic>
      <a:graphicData uri="{nsmap["c"]}"><c:chart r:id="{{id}}"/></a:graphicData>
    </a:graphic>
  </wp:inline>
</w:drawing>"""


class _Figures(NamedTuple):
    """The sheet behind a chart: a column for each series, a row for each label."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str | float | None]]

    def series(self, column: int) -> dict[str, Any]:
        """Say where a series stands; the labels are column 0."""
        last = len(self.rows)
        return {
            "name": [SHEET, 0, column],
            "categories": [SHEET, 1, 0, last, 0],
            "values": [SHEET, 1, column, last, column],
        }


_Draw = Callable[[Workbook, _Figures], Chart]


def draw_bars(paragraph: Paragraph, bars: Sequence[tuple[str, Bar]], description: str) -> None:
    """Draw a bar for each label into a paragraph; screen readers read out the description."""
    figures = _Figures([status.label for status in Status], [(label, *bar) for label, bar in bars])
    _insert(paragraph, figures, _new_bars, description)


def draw_lines(paragraph: Paragraph, chart: LineChart, description: str) -> None:
    """Draw lines over time into a paragraph; screen readers read out the description."""
    rows = list(zip(chart.times, *(line.values for line in chart.lines), strict=True))
    figures = _Figures([line.name for line in chart.lines], rows)

    def draw(workbook: Workbook, figures: _Figures) -> Chart:
        return _new_lines(workbook, figures, chart.least)

    _insert(paragraph, figures, draw, description)


def _insert(paragraph: Paragraph, figures: _Figures, draw: _Draw, description: str) -> None:
    document = paragraph.part
    package = document.package
    assert package is not None
    drawn = ZipFile(BytesIO(_workbook(figures, draw))).read("xl/charts/chart1.xml")
    name = package.next_partname("/word/charts/chart%d.xml")
    chart = XmlPart.load(name, CONTENT_TYPE.DML_CHART, drawn, package)
    place = package.next_partname("/word/embeddings/Microsoft_Excel_Sheet%d.xlsx")
    workbook = Part(place, CONTENT_TYPE.SML_SHEET, _workbook(figures), package)
    data = chart.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    _complete_for_word(chart.element, data)
    id = document.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    drawing = parse_xml(DRAWING.format(width=WIDTH, height=HEIGHT, id=id, number=name.idx))
    (properties,) = drawing.xpath(".//wp:docPr")
    properties.set("descr", printable(description))
    paragraph.add_run()._r.append(drawing)


def _complete_for_word(chart_space: Any, data: str) -> None:
    """Add to a chart of Excel what Word needs besides; ``data`` is the id of the relation to the workbook."""
    for path, name in SWITCHED_OFF:
        for element in chart_space.findall(path, nsmap):
            element.addnext(parse_xml(f'<c:{name} {nsdecls("c")} val="0"/>'))
    settings = chart_space.find("c:printSettings", nsmap)
    settings.addprevious(parse_xml(TEXT_PROPERTIES))
    source = f'<c:externalData {nsdecls("c", "r")} r:id="{data}"><c:autoUpdate val="0"/></c:externalData>'
    settings.addprevious(parse_xml(source))


def _workbook(figures: _Figures, draw: _Draw | None = None) -> bytes:
    """Write the figures into a sheet, with or without the chart."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"created": CREATION_DATE})
        sheet = workbook.add_worksheet(SHEET)
        sheet.write_row(0, 1, figures.headers)
        for number, row in enumerate(figures.rows, 1):
            sheet.write_row(number, 0, row)
        if draw:
            sheet.insert_chart("F2", draw(workbook, figures))
    return out.getvalue()


def _new_bars(workbook: Workbook, figures: _Figures) -> Chart:
    chart = _new_chart(workbook, {"type": "bar", "subtype": "stacked"})
    for column, status in enumerate(Status, 1):
        chart.add_series(
            {
                **figures.series(column),
                "fill": {"color": BAR_COLOURS[status]},
                "border": {"color": "#595959", "width": 0.5},
                # A figure of 0 is not shown.
                "data_labels": {"value": True, "num_format": "0;;", "font": {"color": FIGURE_COLOURS[status]}},
                "gap": 60,
            }
        )
    chart.set_y_axis({"reverse": True, "line": {"none": True}, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    return chart


def _new_lines(workbook: Workbook, figures: _Figures, least: int) -> Chart:
    chart = _new_chart(workbook, {"type": "line"})
    for column, style in enumerate(LINE_STYLES[: len(figures.headers)], 1):
        chart.add_series({**figures.series(column), **style.options()})
    chart.set_y_axis(figure_axis(least))
    return chart


def _new_chart(workbook: Workbook, options: dict[str, Any]) -> Chart:
    chart = workbook.add_chart(options)
    assert chart is not None
    chart.set_title({"none": True})
    chart.set_legend({"position": "bottom"})
    chart.set_chartarea({"border": {"none": True}})
    return chart
