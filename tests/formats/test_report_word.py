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
from lxml import etree

from tests.commands.office import printed, text_of
from tests.commands.running import AS_OF, ROOT, document, report_document, write_report
from tests.editing import CONSTRUCTION, write_site
from tests.formats.word import WORST, cells, table_of, texts, xml
from tests.hostile import LONG_TEXTS, TEXTS, hostile_site, long_site, shown, unseen

ONES = ("党支部", "党支部责任清单", "党群活动阵地", "党员发挥作用工作指引", "党支部工作制度")
STATUSES = ("complete", "incomplete", "missing")
CHART = "word/charts/chart1.xml"


@pytest.fixture(scope="module")
def told() -> Any:
    return report_document("checklists")


def squeezed(text: str) -> str:
    """A text as documents have it: without blanks between Chinese and figures."""
    return text.replace(" ", "")


def test_the_headings_are_those_of_an_official_report(summary: WordDocument) -> None:
    assert texts(summary, "Title") == ["“两新”组织党建试点“五个一”建设情况汇总"]
    assert texts(summary, "Heading 1") == [
        *("一、总体情况", "二、“五个一”完成情况", "三、存在问题", "四、下一步工作建议"),
    ]
    assert texts(summary, "Annex Heading") == [
        *("附件1　存在问题及整改建议", "附件2　分组情况", "附件3　逾期事项", "附件4　经批准暂不执行的事项"),
        "附件5　试点单位明细",
    ]


def test_the_sentences_tell_the_figures_of_the_document(summary: WordDocument, told: Any) -> None:
    figures, body = told["summary"], "\n".join(texts(summary, "Body Text"))
    findings = figures["findings"]
    counted = findings["error"] + findings["warning"]
    for text in (
        f"截至2020年11月23日，对照“五个一”检查标准，共检查试点单位{figures['sites']}家。",
        f"“五个一”全部完成的{figures['complete']}家，占63.2%。平均得分{figures['mean_score']:.1f}分。",
        f"共发现问题{counted}个，其中突出问题{findings['error']}个、一般问题{findings['warning']}个。",
        f"另提出工作建议{findings['info']}条。",
        f"经批准暂不整改的问题{findings['waived']}个",
        f"逾期事项{figures['overdue_items']}项，涉及试点单位{figures['sites_overdue']}家，占36.8%（详见附件3）",
        f"经批准暂不执行的事项共{figures['waivers']}项（详见附件4）",
        *(f"{grade}{share['sites']}家，占{share['percent']:.1f}%" for grade, share in told["grades"].items()),
    ):
        assert text in body
    for name, one in zip(ONES, told["ones"].values(), strict=True):
        labels = zip(("已完成", "部分完成", "未建立"), STATUSES, strict=True)
        counts = [(label, one[status]["sites"], one[status]["percent"]) for label, status in labels]
        shares = "；".join(f"{label}{sites}家，占{percent:.1f}%" for label, sites, percent in counts if sites)
        assert f"）{name}。{shares}。" in body
    assert not re.search("(?<![0-9])0[个家项条]|占0.0%", body)
    assert "填报问题" not in body


def test_the_tables_tell_the_figures_of_the_document(summary: WordDocument, told: Any) -> None:
    _head, *groups, total = table_of(summary, "分组情况")
    assert [row[:3] for row in groups] == [
        [group["group"][0], str(group["sites"]), str(group["complete"]["sites"])] for group in told["groups"]
    ]
    assert total[:5] == ["合计", "19", "12", "63.2%", f"{told['summary']['mean_score']:.1f}"]
    head, *rules = table_of(summary, "存在问题及整改建议")
    assert head == ["序号", "问题表现", "级别", "试点单位数", "问题", "整改建议"]
    problems = [rule for severity in ("error", "warning") for rule in told["rules"] if rule["severity"] == severity]
    assert [[row[1], *row[3:]] for row in rules] == [
        [squeezed(rule["problem"]), str(rule["sites"]), str(rule["findings"]), squeezed(rule["advice"])]
        for rule in problems
    ]
    assert texts(summary, "Table Note") == []
    _head, *items = table_of(summary, "逾期事项")
    assert sorted(row[1] for row in items) == sorted(
        item["title"] for site in told["sites"] for item in site["overdue"]
    )
    _head, *every = table_of(summary, "试点单位明细")
    assert [row[0] for row in every[:10]] == [site["name"] for site in told["best"]]
    assert [row[0] for row in every[:-10:-1]] == [site["name"] for site in told["weakest"]][:9]
    assert sorted(row[0] for row in every) == sorted(site["name"] for site in told["sites"])


def test_each_thing_is_advised_once_and_errors_come_first(summary: WordDocument, told: Any) -> None:
    body = texts(summary, "Body Text")
    advice = {rule["advice"]: rule for rule in told["rules"]}
    points = [(text, rule) for text in body for said, rule in advice.items() if text.endswith(f"。{squeezed(said)}")]
    assert 1 < len(points) <= 6
    assert [text[:3] for text, _rule in points] == [f"（{numeral}）" for numeral in "一二三四五六七八九十"][
        : len(points)
    ]
    assert len({rule["advice"] for _text, rule in points}) == len(points)
    weights = [("error", "warning", "info").index(rule["severity"]) for _text, rule in points]
    assert weights == sorted(weights)
    assert "针对“事项逾期未办结”问题（涉及7家）。" in "".join(body)


def test_each_problem_is_told_with_the_sites_that_have_it(summary: WordDocument, told: Any) -> None:
    body = texts(summary, "Body Text")
    assert texts(summary, "Heading 2") == ["（一）突出问题", "（二）一般问题"]
    problems = [rule for rule in told["rules"] if rule["severity"] == "warning"][:5]
    sites = document("checklists")["sites"]
    for number, rule in enumerate(problems, 1):
        (text,) = (one for one in body if one.startswith(f"{number}. “{squeezed(rule['problem'])}”"))
        assert f"涉及{rule['sites']}家试点单位：" in text
        names = text.partition("：")[2].rstrip("。").split("、")
        assert set(names) == {site["name"] for site in sites if rule["rule"] in counted_rules(site)}
        assert len(names) == rule["sites"]


def counted_rules(site: Any) -> set[str]:
    return {finding["rule"] for finding in site["findings"] if not finding["waived"]}


def test_the_chart_is_one_of_word_and_has_the_figures(summary_file: Path, told: Any) -> None:
    chart = xml(summary_file, CHART)
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


def test_the_workbook_behind_the_chart_has_the_figures(summary_file: Path, told: Any) -> None:
    (relation,) = xml(summary_file, "word/charts/_rels/chart1.xml.rels")
    assert relation.get("Type").endswith("/package")
    data = ZipFile(summary_file).read(f"word/{relation.get('Target').removeprefix('../')}")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == [None, "已完成", "部分完成", "未建立"]
    shares = told["ones"].values()
    assert rows[1:] == [
        [name, *(one[status]["sites"] for status in STATUSES)] for name, one in zip(ONES, shares, strict=True)
    ]


def test_the_chart_stands_in_the_text_and_is_told_to_those_who_cannot_see_it(summary_file: Path) -> None:
    body = xml(summary_file, "word/document.xml")
    (drawing,) = body.iter(qn("w:drawing"))
    assert "党群活动阵地：已完成17家，占89.5%；部分完成1家" in drawing.find(".//wp:docPr", nsmap).get("descr")
    id = next(drawing.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}chart")).get(qn("r:id"))
    relations = {one.get("Id"): one.get("Target") for one in xml(summary_file, "word/_rels/document.xml.rels")}
    assert relations[id] == "charts/chart1.xml"
    types = ZipFile(summary_file).read("[Content_Types].xml").decode()
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


def test_english_is_english_but_for_what_the_sites_say(tmp_path: Path, told: Any) -> None:
    word = Document(str(write_report(tmp_path / "a.docx", "checklists", language="en")))
    assert texts(word, "Heading 1")[0] == "1. At a glance"
    assert texts(word, "Annex Heading")[-1] == "Annex 5: Site by site"
    names = "|".join(re.escape(site["name"]) for site in told["sites"])
    assert not re.search("[\u4e00-\u9fff]", re.sub(names, "", "".join(texts(word, "Body Text"))))
    notice = Document(str(write_report(tmp_path / "b.docx", WORST, language="en")))
    assert texts(notice, "Heading 1") == [
        *("1. Results of the inspection", "2. Problems, and what is asked", "3. Advice for further work"),
    ]


def test_sites_that_cannot_be_read_have_no_chart(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_bytes(b"\xff\xfe")
    file = write_report(tmp_path / "a.docx", tmp_path)
    word, body = Document(str(file)), "".join(texts(Document(str(file)), "Body Text"))
    assert CHART not in ZipFile(file).namelist()
    assert "其中填报材料无法读取的2家，占100%，以下数字均不包括在内。" in body
    assert "没有填报材料能够读取的试点单位，无法统计。" in body
    assert "请有关单位核对填报材料，重新填写后报送。" in body
    assert not re.search("未发现|继续保持", body)
    assert table_of(word, "填报材料无法读取的试点单位")[1:] == [["1", "a"], ["2", "b"]]


def test_one_site_without_findings_leaves_nothing_to_advise(tmp_path: Path) -> None:
    write_site(tmp_path / "a", CONSTRUCTION)
    word = Document(str(write_report(tmp_path / "a.docx", tmp_path)))
    body = texts(word, "Body Text")
    assert "没有需要整改的问题，请继续保持。" in body
    assert body.count("未发现需要整改的问题。") == 2


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
    named = {row[0] for row in table_of(word, "试点单位明细")}
    assert {f"{shown(text[:499])}…" for text in LONG_TEXTS} <= named


def test_a_document_goes_through_a_pipe(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pilot_cli", "report", *AS_OF, "--format", "docx"]
    for path in ("checklists", str(WORST)):
        out = subprocess.run([*command, path], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
        assert out == write_report(tmp_path / "a.docx", path).read_bytes()


def test_libreoffice_shows_the_report(tmp_path: Path, told: Any) -> None:
    text = text_of(printed(write_report(tmp_path / "summary.docx", "checklists"), tmp_path))
    assert f"共检查试点单位{told['summary']['sites']}家" in text
    assert f"平均得分{told['summary']['mean_score']:.1f}分" in text
    assert "图1“五个一”完成情况（试点单位数）" in text
    assert "—1—" in text
