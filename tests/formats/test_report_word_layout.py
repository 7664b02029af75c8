"""The layout of official documents, as ``pilot report --format docx`` has it: paper, type, page numbers, tables."""

from pathlib import Path

from docx.document import Document as WordDocument
from docx.oxml.ns import nsmap, qn
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph

from pilot_cli.formats.report.content import Column
from pilot_cli.formats.report.word.table import (
    HALF_WIDTH,
    LINE_HEIGHT,
    PADDING,
    ROW_PADDING,
    Lines,
    TableText,
    table_element,
)
from tests.formats.word import xml


def millimetres(*lengths: Length | None) -> list[int]:
    return [round(length.mm) for length in lengths if length is not None]


def test_the_page_and_the_type_are_those_of_official_documents(summary: WordDocument) -> None:
    upright, across = summary.sections
    margins = (upright.top_margin, upright.right_margin, upright.bottom_margin, upright.left_margin)
    assert millimetres(upright.page_width, upright.page_height) == [210, 297]
    assert millimetres(*margins) == [37, 26, 35, 28]
    assert millimetres(across.page_width, across.page_height) == [297, 210]
    for name, size, font in (
        ("Title", 22, "方正小标宋简体"),
        ("Heading 1", None, "黑体"),
        ("Heading 2", None, "楷体_GB2312"),
        ("Table Text", 10, None),
        ("Issuer", 26, "方正小标宋简体"),
        ("Copies", 14, None),
    ):
        style = summary.styles[name]
        fonts = style.element.find(".//w:rFonts", nsmap)
        assert (fonts is not None and fonts.get(qn("w:eastAsia"))) == (font or False)
        assert style.font.size == (Pt(size) if size else None)
    defaults = summary.styles.element.find("w:docDefaults/w:rPrDefault/w:rPr", nsmap)
    assert defaults.find("w:rFonts", nsmap).attrib == {
        **{qn(f"w:{script}"): "Times New Roman" for script in ("ascii", "hAnsi", "cs")},
        qn("w:eastAsia"): "仿宋_GB2312",
    }
    assert defaults.find("w:sz", nsmap).get(qn("w:val")) == "32"
    assert defaults.find("w:lang", nsmap).get(qn("w:eastAsia")) == "zh-CN"


def test_every_font_has_another_to_fall_back_on(summary_file: Path) -> None:
    used = {one.get(qn("w:eastAsia")) for one in xml(summary_file, "word/styles.xml").iter(qn("w:rFonts"))}
    fonts = xml(summary_file, "word/fontTable.xml")
    others = {font.get(qn("w:name")): font.find("w:altName", nsmap) for font in fonts}
    assert used == {"仿宋_GB2312", "方正小标宋简体", "楷体_GB2312", "黑体", "宋体"}
    assert others["仿宋_GB2312"].get(qn("w:val")) == "仿宋,FangSong"
    assert all(others[name] is not None for name in used)


def test_pages_are_numbered_outside(summary: WordDocument) -> None:
    section = summary.sections[0]
    assert summary.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert_page_number(paragraph, side)


def assert_page_number(paragraph: Paragraph, side: str) -> None:
    (field,) = paragraph._p.findall("w:fldSimple", nsmap)
    assert (paragraph.text.replace("1", ""), field.get(qn("w:instr"))) == ("—  —", "PAGE")
    assert paragraph.style is not None
    assert paragraph.style.element.find("w:pPr/w:jc", nsmap).get(qn("w:val")) == side


def test_numbers_of_turned_pages_stand_where_those_of_the_others_do(summary: WordDocument) -> None:
    upright, turned = summary.sections
    assert turned.left_margin == upright.bottom_margin
    assert turned.top_margin == upright.left_margin
    assert turned.right_margin == upright.top_margin
    assert turned.bottom_margin == upright.right_margin
    for footer, side in ((turned.footer, "right"), (turned.even_page_footer, "left")):
        assert not footer.is_linked_to_previous
        (table,) = footer.tables
        place = table._tbl.tblPr.find("w:tblpPr", nsmap)
        assert {place.get(qn(f"w:{name}Anchor")) for name in ("vert", "horz")} == {"page"}
        # It lies in the left margin, and ends 7 mm before the text begins.
        (column,) = table.columns
        end = int(place.get(qn("w:tblpX"))) * 635 + (column.width or 0)
        assert millimetres(Length((turned.left_margin or 0) - end)) == [7]
        (row,) = table.rows
        assert millimetres(row.height) == [210 - 28 - 26]
        (cell,) = row.cells
        assert cell._tc.tcPr.find("w:textDirection", nsmap).get(qn("w:val")) == "tbRl"
        assert_page_number(cell.paragraphs[-1], side)


def test_tables_fill_the_width_repeat_their_heads_and_keep_rows_whole(summary: WordDocument) -> None:
    upright, across = summary.sections
    for number, table in enumerate(summary.tables):
        page = across if number else upright
        room = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
        assert not table.autofit
        for row in table.rows:
            assert row._tr.find("w:trPr/w:cantSplit", nsmap) is not None
            assert abs(sum(cell.width or 0 for cell in row.cells) - room) < Pt(1)
        heads = [row._tr.find("w:trPr/w:tblHeader", nsmap) is not None for row in table.rows]
        assert heads == [True] + [False] * (len(heads) - 1)
    styles = [cell.paragraphs[0].style for cell in summary.tables[0].rows[1].cells]
    assert [style.name for style in styles if style] == ["Table Text", *["Table Number"] * 3]


def test_a_column_is_wide_enough_for_its_words_and_lines_of_a_cell_are_kept_apart() -> None:
    columns = (Column("Area"), Column("What to look for", is_long=True), Column("Result"))
    row = ("Responsibility list", "Whether it is so; " * 20, Lines(["□met", "□a\nb"]))
    table = table_element(TableText(columns, [row, row], is_grouped=True), Mm(120), Mm(200))
    widths = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
    assert widths[0] > Length(round(1.3 * len("Responsibility") * HALF_WIDTH)).twips, "Latin letters may be wide"
    assert [merge.get(qn("w:val")) for merge in table.iter(qn("w:vMerge"))] == ["restart", "continue"]
    assert len(list(table.iter(qn("w:br")))) == 2, "a line break of a stranger is none"


def test_a_table_is_kept_on_a_page_where_its_texts_fill_their_lines_to_half_a_character() -> None:
    name = "示例·惠州仲恺电子厂房扩建工地"
    width = Length(29 * HALF_WIDTH + PADDING)
    rows = [(name,)] * 19
    height = Length(len(rows) * (LINE_HEIGHT + ROW_PADDING) + 1)
    table = table_element(TableText([Column("试点单位", is_long=True)], rows), width, height)
    assert len(table.findall(".//w:keepNext", nsmap)) == len(rows)
