"""``pilot report --format docx``: the summary as an official report."""

import io
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import tomli_w
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import nsmap, qn
from docx.shared import Length, Pt
from lxml import etree

from tests.commands.office import printed, text_of
from tests.commands.running import AS_OF, ROOT, report_document, write_report
from tests.editing import CONSTRUCTION, write_site
from tests.formats.word import WORST, cells, table_of, texts
from tests.hostile import LONG_TEXTS, TEXTS, hostile_site, long_site, shown, unseen

ONES = ("党支部", "党支部责任清单", "党群活动阵地", "党员发挥作用工作指引", "党支部工作制度")
STATUSES = ("complete", "incomplete", "missing")
CHART = "word/charts/chart1.xml"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(tmp_path_factory.mktemp("word") / "summary.docx", "checklists")


@pytest.fixture(scope="module")
def summary(file: Path) -> WordDocument:
    return Document(str(file))


@pytest.fixture(scope="module")
def told() -> Any:
    return report_document("checklists")


def millimetres(*lengths: Length | None) -> list[int]:
    return [round(length.mm) for length in lengths if length is not None]


def xml(file: Path, name: str) -> Any:
    return etree.fromstring(ZipFile(file).read(name))


def test_the_headings_are_those_of_an_official_report(summary: WordDocument) -> None:
    assert texts(summary, "Title") == ["“两新”组织党建试点“五个一”建设情况汇总"]
    assert texts(summary, "Subtitle") == ["（检查标准：“五个一”检查标准；检查时点：2020年11月23日）"]
    assert texts(summary, "Heading 1") == [
        *("一、总体情况", "二、“五个一”完成情况", "三、存在问题", "四、下一步建议"),
    ]
    assert texts(summary, "Annex Heading") == [
        *("附表1　总体情况", "附表2　等级分布", "附表3　分组情况", "附表4　问题最多的检查项", "附表5　逾期事项"),
        *("附表6　得分最高的试点单位", "附表7　得分最低的试点单位", "附表8　经批准暂不执行的事项"),
    ]


def test_the_sentences_tell_the_figures_of_the_document(summary: WordDocument, told: Any) -> None:
    figures, body = told["summary"], "\n".join(texts(summary, "Body Text"))
    findings = figures["findings"]
    counted = sum(findings[severity] for severity in ("error", "warning", "info"))
    for text in (
        f"共检查试点单位{figures['sites']}个。",
        f"“五个一”全部完成的{figures['complete']}个，占63.2%；平均得分{figures['mean_score']:.1f}分。",
        f"共发现问题{counted}个，其中突出问题{findings['error']}个、一般问题{findings['warning']}个、工作建议{findings['info']}个。",
        f"经批准暂不执行的问题{findings['waived']}个",
        f"另有填报问题{findings['filing']}个，不列入本报告",
        f"未达标的检查项有{len(told['rules'])}项",
        f"逾期事项{figures['overdue_items']}项，涉及试点单位{figures['sites_overdue']}个，占36.8%（详见附表5）",
        f"经批准暂不执行的事项共{figures['waivers']}项，其中30天内到期的{figures['waivers_ending_soon']}项（详见附表8）",
        *(f"{grade}{share['sites']}个，占{share['percent']:.1f}%" for grade, share in told["grades"].items()),
    ):
        assert text in body
    for name, one in zip(ONES, told["ones"].values(), strict=True):
        shares = [f"{one[status]['sites']}个，占{one[status]['percent']:.1f}%" for status in STATUSES]
        assert f"）{name}。已完成{shares[0]}；部分完成{shares[1]}；未建立{shares[2]}。" in body


def test_the_tables_tell_the_figures_of_the_document(summary: WordDocument, told: Any) -> None:
    _head, *groups, total = table_of(summary, "分组情况")
    assert [row[:3] for row in groups] == [
        [group["group"][0], str(group["sites"]), str(group["complete"]["sites"])] for group in told["groups"]
    ]
    assert total[:5] == ["合计", "19", "12", "63.2%", f"{told['summary']['mean_score']:.1f}"]
    _head, *rules = table_of(summary, "问题最多的检查项")
    assert [[row[0], row[2], row[3], row[5]] for row in rules] == [
        [rule["rule"], str(rule["sites"]), str(rule["findings"]), rule["advice"]] for rule in told["rules"][:10]
    ]
    left_out = f"……另有{len(told['rules']) - 10}条未列出。"
    assert any(note.startswith(left_out) for note in texts(summary, "Table Note"))
    _head, *items = table_of(summary, "逾期事项")
    assert sorted(row[1] for row in items) == sorted(
        item["title"] for site in told["sites"] for item in site["overdue"]
    )
    _head, *best = table_of(summary, "得分最高的试点单位")
    assert [row[0] for row in best] == [site["name"] for site in told["best"]]


def test_each_thing_is_advised_once_and_errors_come_first(summary: WordDocument, told: Any) -> None:
    body = texts(summary, "Body Text")
    advice = {rule["advice"]: rule for rule in told["rules"]}
    points = [(text, rule) for text in body for said, rule in advice.items() if text.endswith(f"。{said}")]
    assert 1 < len(points) <= 10
    assert [text[:3] for text, _rule in points] == [f"（{numeral}）" for numeral in "一二三四五六七八九十"][
        : len(points)
    ]
    assert len({rule["advice"] for _text, rule in points}) == len(points)
    weights = [("error", "warning", "info").index(rule["severity"]) for _text, rule in points]
    assert weights == sorted(weights)
    assert "针对L007（事项逾期未办结，涉及试点单位7个）" in "".join(body)


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
        ("Table Text", 10.5, None),
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


def test_every_font_has_another_to_fall_back_on(file: Path) -> None:
    used = {one.get(qn("w:eastAsia")) for one in xml(file, "word/styles.xml").iter(qn("w:rFonts"))}
    fonts = xml(file, "word/fontTable.xml")
    others = {font.get(qn("w:name")): font.find("w:altName", nsmap) for font in fonts}
    assert used == {"仿宋_GB2312", "方正小标宋简体", "楷体_GB2312", "黑体", "宋体"}
    assert others["仿宋_GB2312"].get(qn("w:val")) == "仿宋,FangSong"
    assert all(others[name] is not None for name in used)


def test_the_pages_are_numbered(summary: WordDocument) -> None:
    section = summary.sections[0]
    assert summary.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        (paragraph,) = footer.paragraphs
        (field,) = paragraph._p.findall("w:fldSimple", nsmap)
        assert (paragraph.text.replace("1", ""), field.get(qn("w:instr"))) == ("—  —", "PAGE")


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


def test_the_chart_is_one_of_word_and_has_the_figures(file: Path, told: Any) -> None:
    chart = xml(file, CHART)
    spaces = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    series = chart.findall(".//c:ser", spaces)
    for one, status in zip(series, STATUSES, strict=True):
        values = [int(value.text) for value in one.findall("c:val//c:v", spaces)]
        assert values == [shares[status]["sites"] for shares in told["ones"].values()]
        assert [value.text for value in one.findall("c:cat//c:v", spaces)] == list(ONES)
    order = [etree.QName(child).localname for child in chart]
    assert order == ["lang", "roundedCorners", "chart", "spPr", "txPr", "externalData", "printSettings"]
    labels = [etree.QName(child).localname for child in series[0].find("c:dLbls", spaces)]
    assert labels[-6:] == [
        f"show{name}" for name in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
    ]


def test_the_workbook_behind_the_chart_has_the_figures(file: Path, told: Any) -> None:
    (relation,) = xml(file, "word/charts/_rels/chart1.xml.rels")
    assert relation.get("Type").endswith("/package")
    data = ZipFile(file).read(f"word/{relation.get('Target').removeprefix('../')}")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == [None, "已完成", "部分完成", "未建立"]
    shares = told["ones"].values()
    assert rows[1:] == [
        [name, *(one[status]["sites"] for status in STATUSES)] for name, one in zip(ONES, shares, strict=True)
    ]


def test_the_chart_stands_in_the_text_and_is_told_to_those_who_cannot_see_it(file: Path) -> None:
    body = xml(file, "word/document.xml")
    (drawing,) = body.iter(qn("w:drawing"))
    assert "党群活动阵地：已完成17个，占89.5%；部分完成1个" in drawing.find(".//wp:docPr", nsmap).get("descr")
    id = next(drawing.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}chart")).get(qn("r:id"))
    relations = {one.get("Id"): one.get("Target") for one in xml(file, "word/_rels/document.xml.rels")}
    assert relations[id] == "charts/chart1.xml"
    types = ZipFile(file).read("[Content_Types].xml").decode()
    assert (
        'PartName="/word/charts/chart1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml'
        in types
    )


def test_the_properties_say_what_it_is_and_of_when(summary: WordDocument) -> None:
    properties = summary.core_properties
    assert (properties.title, properties.author) == ("“两新”组织党建试点“五个一”建设情况汇总", "pilot")
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.date().isoformat() == "2020-11-23"


@pytest.mark.parametrize("path", ["checklists", WORST])
def test_the_same_sites_make_the_same_bytes(path: str | Path, tmp_path: Path) -> None:
    first, second = (write_report(tmp_path / f"{number}.docx", path) for number in (1, 2))
    assert first.read_bytes() == second.read_bytes()
    assert {entry.date_time for entry in ZipFile(first).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_english_is_english_but_for_what_the_sites_say(tmp_path: Path) -> None:
    word = Document(str(write_report(tmp_path / "a.docx", "checklists", language="en")))
    assert texts(word, "Heading 1")[0] == "1. At a glance"
    assert texts(word, "Annex Heading")[-1] == "Annex 8: Waivers in force"
    assert not re.search("[\u4e00-\u9fff]", "".join(texts(word, "Body Text")))
    notice = Document(str(write_report(tmp_path / "b.docx", WORST, language="en")))
    assert texts(notice, "Heading 1") == ["1. What was found", "2. What is asked"]


def test_sites_that_cannot_be_read_have_no_chart(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_bytes(b"\xff\xfe")
    file = write_report(tmp_path / "a.docx", tmp_path)
    word, body = Document(str(file)), "".join(texts(Document(str(file)), "Body Text"))
    assert CHART not in ZipFile(file).namelist()
    assert "其中，无法读取的2个，占100%" in body
    assert "没有能够读取的试点单位" in body
    assert len(table_of(word, "无法读取的试点单位")) == 3


def test_one_site_without_findings_leaves_nothing_to_advise(tmp_path: Path) -> None:
    write_site(tmp_path / "a", CONSTRUCTION)
    word = Document(str(write_report(tmp_path / "a.docx", tmp_path)))
    body = texts(word, "Body Text")
    assert body[-1] == "没有需要整改的问题，请继续保持。"
    assert "（一）问题最多的检查项。未发现计入得分的问题。" in body


def test_the_title_is_taken_as_it_is(tmp_path: Path) -> None:
    title = "<w:p/>\x1b[31m\ufffe\u202e甲\n" + "长" * 1000
    for path in ("checklists", WORST):
        word = Document(str(write_report(tmp_path / "a.docx", path, "--title", title)))
        assert texts(word, "Title") == [shown(title)]
        assert word.core_properties.title == shown(title)[:255]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_texts_of_strangers_are_shown_as_they_are(language: str, tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS.values()):
        (tmp_path / f"{number:02}.toml").write_bytes(tomli_w.dumps(hostile_site(text)).encode())
    options = ("--by", "city", "--top", "100")
    file = write_report(tmp_path / "a.docx", tmp_path, *options, language=language)
    told = {text for table in Document(str(file)).tables for row in cells(table) for text in row}
    assert {shown(text) for text in TEXTS.values()} <= told
    assert unseen("".join(told)) == set()
    elements = {etree.QName(element).localname for element in xml(file, "word/document.xml").iter(etree.Element)}
    assert "hyperlink" not in elements


def test_of_a_text_that_would_fill_pages_the_beginning_is_shown(tmp_path: Path) -> None:
    for number, text in enumerate(LONG_TEXTS):
        (tmp_path / f"{number}.toml").write_bytes(tomli_w.dumps(long_site(text)).encode())
    word = Document(str(write_report(tmp_path / "a.docx", tmp_path)))
    named = {row[0] for row in table_of(word, "得分最高的试点单位")}
    assert {f"{shown(text)[:2_000]}…" for text in LONG_TEXTS} <= named


def test_a_document_goes_through_a_pipe(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pilot_cli", "report", *AS_OF, "--format", "docx"]
    for path in ("checklists", str(WORST)):
        out = subprocess.run([*command, path], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
        assert out == write_report(tmp_path / "a.docx", path).read_bytes()


def test_libreoffice_shows_the_report(tmp_path: Path, told: Any) -> None:
    text = text_of(printed(write_report(tmp_path / "summary.docx", "checklists"), tmp_path))
    assert f"共检查试点单位{told['summary']['sites']}个" in text
    assert f"平均得分{told['summary']['mean_score']:.1f}分" in text
    assert "图“五个一”完成情况（试点单位数）" in text
    assert "—1—" in text
    assert all(rule["rule"] in text for rule in told["rules"][:10])
