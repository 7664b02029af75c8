"""``pilot ledger report``: what its documents say is what the ledger says."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document
from docx.document import Document as WordDocument
from lxml import etree

from tests.commands.ledger.office import BY, FAULTY, ledger, record, write_sites
from tests.commands.ledger.rectified import DAY, SITE, Rectified, write_documents
from tests.commands.office import printed, text_of
from tests.formats.word import cells, everything, table_of, texts
from tests.hostile import TEXTS, shown

PILLARS = ("branch", "responsibility_list", "activity_space", "member_guide", "work_rules", None)
CHART = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}


def word(rectified: Rectified, kind: str, folder: Path, *options: str, language: str = "zh") -> WordDocument:
    (file,) = write_documents(rectified.folder, kind, str(folder / "a.docx"), options=options, language=language)
    return Document(str(file))


def squeezed(text: str) -> str:
    """A text as documents have it: without blanks between Chinese and figures."""
    return re.sub("(?<=[\u4e00-\u9fff]) (?=[0-9])|(?<=[0-9]) (?=[\u4e00-\u9fff])", "", text)


def told(result: dict[str, Any]) -> str:
    return squeezed(result["found"])


def share(part: int, whole: int) -> str:
    return f"{(2000 * part + whole) // (2 * whole) / 10:g}%"


def test_the_report_tells_how_far_problems_have_been_put_right(rectified: Rectified, tmp_path: Path) -> None:
    document = word(rectified, "progress", tmp_path)
    body = "".join(texts(document, "Body Text"))
    assert texts(document, "Title") == ["整改情况报告"]
    assert [text[2:] for text in texts(document, "Heading 1")] == [
        *("总体情况", "主要做法", "尚未完成整改的问题及原因", "下一步工作"),
    ]
    problems, late = rectified.problems, rectified.late
    done, pending = rectified.number_of(state="closed"), rectified.number_of(state="pending")
    kept_up = sum(one["watched"] and one["state"] in ("in_progress", "to_verify") for one in problems)
    under_way = len(problems) - done - pending - kept_up
    assert min(done, pending, kept_up, under_way, len(late)) > 0
    levels = Counter(one["severity"] for one in problems)
    for text in (
        f"共发现问题{len(problems)}个，已完成整改{done}个，正在整改{under_way}个，尚未整改{pending}个，"
        f"长期坚持{kept_up}个，整改完成率{share(done, len(problems))}。",
        f"其中突出问题{levels['error']}个、一般问题{levels['warning']}个。",
        f"逾期未完成整改的问题{len(late)}个，涉及试点单位{len({one['site'] for one in late})}家。",
        "采取的主要措施有：逐项明确责任人。（此处补充",
        "进展及原因：已经制订并印发。",
        f"对尚未交办的{pending}个问题",
    ):
        assert text in body
    still_open, closed = table_of(document, "尚未完成整改的问题"), table_of(document, "已完成整改的问题")
    assert len(still_open) - 1 == len(problems) - done
    assert "阵地佐证材料未附或不全：“阵地开放登记表”未附" in [row[2] for row in still_open], "not its path"
    assert [row[0] for row in closed[1:]] == [one["number"] for one in problems if one["state"] == "closed"]
    assert closed[1][5:7] == ["查阅资料", "示例·检查员"]


def test_the_trend_is_drawn_without_advice(rectified: Rectified, tmp_path: Path) -> None:
    word(rectified, "progress", tmp_path)
    chart = etree.fromstring(ZipFile(tmp_path / "a.docx").read("word/charts/chart1.xml"))
    lines = {
        one.findtext("c:tx//c:v", namespaces=CHART): [int(value.text) for value in one.findall("c:val//c:v", CHART)]
        for one in chart.iterfind(".//c:ser", CHART)
    }
    opened = Counter(one["audit"] for one in rectified.problems)
    assert lines["新增问题"] == [opened[1], opened[2]]
    # What was struck off after the second audit is not told of it.
    assert lines["未销号"] == [opened[1], len(rectified.problems) - 2]
    assert lines["销号"] == [0, 2]
    times = [value.text for value in chart.find(".//c:cat", CHART).iterfind(".//c:v", CHART)]
    assert times == ["2020年11月23日", "12月23日"]
    assert {one.get("val") for one in chart.iterfind(".//c:lineChart/c:ser/c:smooth", CHART)} == {"0"}


def test_the_workbook_has_the_ledger_and_what_was_struck_off(rectified: Rectified, tmp_path: Path) -> None:
    (file,) = write_documents(rectified.folder, "progress", str(tmp_path / "a.xlsx"))
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["整改情况", "整改台账", "销号表", "趋势图"]
    head, *rows = book["整改台账"].iter_rows(values_only=True)
    problems = json.loads(ledger(rectified.folder, "problems", *DAY, "--format", "json").stdout)["problems"]
    assert "·".join(map(str, head)).startswith(
        "序号·问题编号·检查批次·试点单位·党支部·类别·级别·问题表现·依据·整改目标"
    )
    closed = rectified.number_of(state="closed")
    assert len(rows) == len(problems) + closed, "advice too"
    by_number = {row[1]: row for row in rows}
    late = rectified.late[0]
    row = by_number[late["number"]]
    assert row[0] == rows.index(row) + 1
    assert str(row[14])[:10] == late["due"]
    assert (row[7], row[13]) == (told(late), "示例·陈丁")
    assert book["销号表"].max_row == closed + 1
    assert len(book["趋势图"]._charts) == 3
    (total,) = (row for row in book["整改情况"].iter_rows(values_only=True) if row[1] == "合计")
    assert total[2:5] == (19, total[3], len(rectified.problems))


def test_the_page_shows_figures_charts_and_lists(rectified: Rectified, tmp_path: Path) -> None:
    from lxml import html

    (file,) = write_documents(rectified.folder, "progress", str(tmp_path / "a.html"))
    page = html.fromstring(file.read_bytes())
    figures = [one.text_content().split()[0] for one in page.xpath("//dl[@class='figures']//dd")]
    assert figures[0] == str(len(rectified.problems))
    assert figures[4] == str(len(rectified.late))
    assert len(page.xpath("//svg[@class='lines']")) == 3
    assert page.xpath("//h2/text()")[3:] == [
        *("各地市整改情况", "各试点单位整改情况", "逾期未完成整改的问题", "尚未完成整改的问题", "已完成整改的问题"),
    ]
    assert "://" not in file.read_text(encoding="utf-8"), "it needs no network"


def test_the_bulletin_names_problems_with_their_sites_and_ranks_cities(rectified: Rectified, tmp_path: Path) -> None:
    document = word(rectified, "bulletin", tmp_path)
    body = texts(document, "Body Text")
    assert [text[2:] for text in texts(document, "Heading 1")] == ["总体情况", "存在问题", "整改要求"]
    assert texts(document, "Heading 2") == ["（一）突出问题", "（二）一般问题"]
    still_open = [one for one in rectified.problems if one["state"] != "closed"]
    sites: dict[str, list[str]] = {}
    for one in still_open:
        named = sites.setdefault(squeezed(one["problem"]), [])
        named += [] if one["site_name"] in named else [one["site_name"]]
    for title in {squeezed(one["problem"]) for one in still_open if one["severity"] == "error"}:
        found = [text for text in body if f"“{title}”涉及" in text and text[0].isdigit()]
        assert found or len(sites) > 5
        for text in found:
            assert text.endswith(f"涉及{len(sites[title])}家试点单位：{'、'.join(sites[title])}。")
    (back,) = (text for text in body if "反弹问题。" in text)
    assert f"销号后又反弹的问题{sum(bool(one['rebound_of']) for one in still_open)}个：" in back
    assert any(f"{len(rectified.late)}个问题已经逾期（见附件3）" in text for text in body)
    assert "各类问题涉及的全部试点单位见附件4。" in body
    kinds = {row[1]: row[2:] for row in table_of(document, "各类问题涉及的试点单位")[1:]}
    assert kinds == {title: [str(len(names)), "、".join(names)] for title, names in sites.items()}
    _head, *cities, total = table_of(document, "各地市整改情况")
    assert [int(row[0]) for row in cities] == sorted(int(row[0]) for row in cities)
    assert total[1:3] == ["合计", "19"]
    assert sum(int(row[4]) for row in cities) == len(rectified.problems) == int(total[4])
    first = cities[0]
    assert f"整改完成率居前的是{first[1]}（{first[-1].replace('.0%', '%')}）" in "".join(body)
    english = everything(word(rectified, "bulletin", tmp_path, language="en"))
    assert re.search(r"[2-9] more kinds of problem are in annex 4\.", english)
    assert "1 problems" not in english


def test_a_notice_lists_what_is_to_be_put_right_by_deadline(rectified: Rectified, tmp_path: Path) -> None:
    folder = tmp_path / "通知书"
    write_documents(rectified.folder, "notice", f"{folder}/")
    asked = [one for one in rectified.problems if one["state"] in ("pending", "in_progress")]
    written = sorted(folder.glob("*.docx"))
    assert len(written) == len({one["site"] for one in asked})
    name = next(one["site_name"] for one in asked if one["site"] == SITE)
    (file,) = (path for path in written if name in path.name)
    document = Document(str(file))
    assert file.name == f"汕头市-{name}-整改通知书.docx"
    rows = [row for row in cells(document.tables[0])[1:] if row[0].startswith("〔")]
    mine = [one for one in asked if one["site"] == SITE]
    assert {(row[0], row[1], row[4]) for row in rows} == {(one["number"], told(one), "") for one in mine}
    headings = [row[0] for row in cells(document.tables[0])[1:] if not row[0].startswith("〔")]
    assert headings[0] == "突出问题（1个），整改时限：2020年12月10日"
    assert "于2020年11月23日、2020年12月23日对" in everything(document), "when it was inspected"
    for path in written:
        groups: list[list[int]] = []
        pillars = {one["number"]: PILLARS.index(one["one"]) for one in asked}
        for row in cells(Document(str(path)).tables[0])[1:]:
            groups += [] if row[0].startswith("〔") else [[]]
            groups[-1] += [pillars[row[0]]] if row[0].startswith("〔") else []
        assert all(group == sorted(group) for group in groups), "in the order of the five"
    assert "《整改通知书》回执" in everything(document)
    assert "〕____号" not in everything(document)
    assert "会议、活动缺失的，不得事后补记" in everything(document)
    (file,) = (path for path in written if path.name.startswith("湛江市"))
    (addressee,) = texts(Document(str(file)), "Salutation")
    assert addressee == "示例·港区企业党委并转示例·港区冷链仓库项目临时党支部："
    index = openpyxl.load_workbook(folder / "整改通知书目录.xlsx").active
    assert index is not None
    assert index.max_row == len(written) + 1


def test_a_reminder_is_about_what_is_overdue_alone(rectified: Rectified, tmp_path: Path) -> None:
    folder = tmp_path / "督办"
    write_documents(rectified.folder, "督办单", str(folder))
    late = rectified.late
    written = [Document(str(path)) for path in folder.glob("*.docx")]
    rows = [row for one in written for row in cells(one.tables[0])[1:]]
    assert sorted(row[:2] for row in rows) == sorted([one["number"], told(one)] for one in late)
    assert {row[3] for row in rows} == {"2020年12月10日（逾期36天）"}
    assert all("请于2021年1月20日前完成整改" in everything(one) for one in written)
    assert (folder / "督办单目录.xlsx").is_file()


def test_one_letter_can_go_to_a_file(rectified: Rectified, tmp_path: Path) -> None:
    options = ("--site", SITE)
    (file,) = write_documents(rectified.folder, "notice", str(tmp_path / "a.docx"), options=options)
    assert texts(Document(str(file)), "Document Number") == ["穗建党〔2021〕____号"]
    result = ledger(rectified.folder, "report", "--kind", "notice", "-o", str(tmp_path / "b.docx"), *DAY, status=2)
    assert "家试点单位各一份，请写明文件夹（pilot ledger report --kind notice -o letters/）" in result.stderr
    assert not (tmp_path / "b.docx").exists()


def test_lights_go_by_shares_that_the_settings_name(rectified: Rectified, tmp_path: Path) -> None:
    def lights(settings: str) -> dict[str, str]:
        (tmp_path / "pilot.toml").write_text(settings, encoding="utf-8")
        place = ("--ledger", rectified.folder / "pilot-ledger.db", "--settings", tmp_path / "pilot.toml")
        ledger(rectified.folder, "report", "--kind", "lights", *DAY, "-o", tmp_path / "a.xlsx", *place)
        sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
        assert sheet is not None
        rows = [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[1]]
        order = [row[1] for row in rows]
        assert order == sorted(order, key=["红灯", "黄灯", "绿灯"].index), "the red ones first"
        return {str(row[0]): str(row[1]) for row in rows}

    def expected(green_max_open: int, red_min_overdue: int) -> dict[str, str]:
        told = {}
        for name in {one["site_name"] for one in rectified.problems}:
            mine = [one for one in rectified.problems if one["site_name"] == name]
            late = 100 * sum(bool(one["days_overdue"]) for one in mine) / len(mine)
            open = 100 * sum(one["state"] != "closed" for one in mine) / len(mine)
            green = not late and open <= green_max_open
            told[name] = "红灯" if late and late >= red_min_overdue else "绿灯" if green else "黄灯"
        return told

    for settings, thresholds in (
        ("", (30, 20)),
        ("[ledger]\ngreen_max_open = 100\nred_min_overdue = 100\n", (100, 100)),
        ("[ledger]\ngreen_max_open = 0\nred_min_overdue = 0\n", (0, 0)),
    ):
        told = lights(settings)
        assert {name: told[name] for name in expected(*thresholds)} == expected(*thresholds)
        assert len(told) == 19


def test_lights_are_read_at_the_terminal(rectified: Rectified) -> None:
    shown = ledger(rectified.folder, "report", "--kind", "三色", *DAY, "--city", "汕头").stdout
    assert "示例·汕头榕滨市政道路工地" in shown
    assert "截至2021年1月15日，试点单位1家：" in shown
    assert not re.search(r"│ +0 │|0\.0%", shown)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_trends_are_drawn_in_every_kind_of_document(language: str, rectified: Rectified, tmp_path: Path) -> None:
    for by, charts in (((), 3), (("--by", "city"), 1)):
        outputs = [str(tmp_path / f"a{suffix}") for suffix in (".docx", ".xlsx", ".html")]
        named = [part for output in outputs for part in ("-o", output)]
        ledger(rectified.folder, "trend", *by, *named, language=language)
        names = ZipFile(outputs[0]).namelist()
        assert len([name for name in names if name.startswith("word/charts/chart")]) == charts
        assert len([name for name in names if name.startswith("word/embeddings/")]) == charts
        assert len(openpyxl.load_workbook(outputs[1]).worksheets[-1]._charts) == charts
        assert Path(outputs[2]).read_text(encoding="utf-8").count('<svg class="lines"') == charts
        head = cells(Document(outputs[0]).tables[0])[0]
        assert len(cells(Document(outputs[0]).tables[0])) == (13 if by else 3)
        assert head[0] in ("检查批次", "地市", "Audit", "City")


def test_one_audit_has_no_line_to_be_drawn(tmp_path: Path) -> None:
    write_sites(tmp_path, bad=FAULTY)
    record(tmp_path, "2020-11-23")
    ledger(tmp_path, "trend", "-o", "a.docx", "-o", "a.xlsx", "-o", "a.html")
    ledger(tmp_path, "report", "--kind", "progress", *DAY, "-o", "b.docx", "-o", "b.xlsx", "-o", "b.html")
    for name in ("a.docx", "b.docx"):
        assert not [one for one in ZipFile(tmp_path / name).namelist() if "chart" in one]
    assert "<svg" not in (tmp_path / "a.html").read_text(encoding="utf-8").replace('<svg class="share"', "")


def test_documents_of_a_ledger_without_problems_say_so(tmp_path: Path) -> None:
    from tests.editing import CONSTRUCTION

    write_sites(tmp_path, good=CONSTRUCTION)
    record(tmp_path, "2020-11-23")
    ledger(tmp_path, "report", "--kind", "progress", *DAY, "-o", "a.docx")
    assert "未发现需要整改的问题。" in everything(Document(str(tmp_path / "a.docx")))
    ledger(tmp_path, "report", "--kind", "bulletin", *DAY, "-o", "a.docx")
    result = ledger(tmp_path, "report", "--kind", "notice", *DAY, "-o", "n/")
    assert (result.stdout, result.stderr) == ("", "没有需要整改的问题，未生成通知书。\n")
    assert not (tmp_path / "n").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--kind", "progres"], "--kind"),
        ([], "--kind"),
        (["--kind", "bulletin", "-o", "a.xlsx"], "pilot ledger report --kind bulletin"),
        (["--kind", "bulletin", "-f", "table"], "bulletin 文书的格式是 docx"),
        (["--kind", "lights", "--city", "北京"], "台账中没有这样的试点单位"),
        (["--kind", "notice", "-o", "office.toml/"], "office.toml"),
        (["--kind", "notice", "-o", "a.docx", "-o", "a.docx"], "a.docx"),
    ],
)
def test_a_wrong_call_is_explained(rectified: Rectified, arguments: list[str], said: str) -> None:
    result = ledger(rectified.folder, "report", *arguments, status=2)
    assert said in result.stderr
    assert result.stdout == ""


def test_the_same_ledger_makes_the_same_bytes(rectified: Rectified, tmp_path: Path) -> None:
    for kind in ("progress", "bulletin"):
        first, second = (write_documents(rectified.folder, kind, str(tmp_path / f"{n}.docx"))[0] for n in (1, 2))
        assert first.read_bytes() == second.read_bytes()


def test_texts_of_strangers_are_shown_as_they_are(tmp_path: Path) -> None:
    write_sites(tmp_path, bad=FAULTY)
    record(tmp_path, "2020-11-23")
    hostile = "甲".join(text for text in TEXTS.values() if "\0" not in text and text.isprintable())
    move = ("--as-of", "2020-11-25", *BY)
    ledger(tmp_path, "assign", "1", "--owner", hostile, "--measure", hostile, "--due", "2020-11-26", *move)
    outputs = ("-o", "a.docx", "-o", "a.xlsx", "-o", "a.html")
    ledger(tmp_path, "report", "--kind", "progress", *DAY, *outputs)
    ledger(tmp_path, "report", "--kind", "reminder", *DAY, "-o", "b.docx")
    assert shown(hostile)[:50] in everything(Document(str(tmp_path / "a.docx")))
    assert shown(hostile)[:50] in everything(Document(str(tmp_path / "b.docx")))
    rows = openpyxl.load_workbook(tmp_path / "a.xlsx")["整改台账"].iter_rows(values_only=True)
    assert any(hostile[:20] in str(cell) for row in rows for cell in row)
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_libreoffice_shows_the_documents(rectified: Rectified, tmp_path: Path) -> None:
    (file,) = write_documents(rectified.folder, "progress", str(tmp_path / "progress.docx"))
    text = text_of(printed(file, tmp_path))
    assert f"共发现问题{len(rectified.problems)}个" in text
    assert "图1历批检查问题整改情况" in text
