"""A chart that Word itself draws, with the workbook in it that Word opens to edit the figures."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, nsmap
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pilot_cli.audit.assessment import Status
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
    (".//c:ser/c:spPr", "invertIfNegative"),
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
    <wp:docPr id="1" name="Chart 1"/>
    <wp:cNvGraphicFramePr/>
    <a:graphic>
      <a:graphicData uri="{nsmap["c"]}"><c:chart r:id="{{id}}"/></a:graphicData>
    </a:graphic>
  </wp:inline>
</w:drawing>"""


def draw_bars(paragraph: Paragraph, bars: Sequence[tuple[str, Bar]], description: str) -> None:
    """Draw a bar for each label into a paragraph; screen readers read out the description."""
    document = paragraph.part
    package = document.package
    drawn = ZipFile(BytesIO(_workbook(bars, is_drawn=True))).read("xl/charts/chart1.xml")
    chart = XmlPart.load(PackURI("/word/charts/chart1.xml"), CONTENT_TYPE.DML_CHART, drawn, package)
    figures = PackURI("/word/embeddings/Microsoft_Excel_Sheet1.xlsx")
    workbook = Part(figures, CONTENT_TYPE.SML_SHEET, _workbook(bars, is_drawn=False), package)
    data = chart.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    _complete_for_word(chart.element, data)
    id = document.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    drawing = parse_xml(DRAWING.format(width=WIDTH, height=HEIGHT, id=id))
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


def _workbook(bars: Sequence[tuple[str, Bar]], *, is_drawn: bool) -> bytes:
    """Write the figures into a sheet, with or without the chart."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"created": CREATION_DATE})
        sheet = workbook.add_worksheet(SHEET)
        sheet.write_row(0, 1, [status.label for status in Status])
        for number, (label, bar) in enumerate(bars, 1):
            sheet.write_row(number, 0, [label, *bar])
        if is_drawn:
            _add_chart(workbook, sheet, len(bars))
    return out.getvalue()


def _add_chart(workbook: Workbook, sheet: Worksheet, bars: int) -> None:
    chart = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    assert chart is not None
    for column, status in enumerate(Status, 1):
        chart.add_series(
            {
                "name": [SHEET, 0, column],
                "categories": [SHEET, 1, 0, bars, 0],
                "values": [SHEET, 1, column, bars, column],
                "fill": {"color": BAR_COLOURS[status]},
                "border": {"color": "#595959", "width": 0.5},
                # A figure of 0 is not shown.
                "data_labels": {"value": True, "num_format": "0;;", "font": {"color": FIGURE_COLOURS[status]}},
                "gap": 60,
            }
        )
    chart.set_title({"none": True})
    chart.set_legend({"position": "bottom"})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_y_axis({"reverse": True, "line": {"none": True}, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    sheet.insert_chart("F2", chart)
