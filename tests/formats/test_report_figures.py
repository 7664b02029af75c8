"""Every format of ``pilot report`` tells the same figures."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from lxml import html
from markdown_it import MarkdownIt
from openpyxl.cell import Cell

from tests.commands.running import AS_OF, ROOT, pilot
from tests.editing import CONSTRUCTION, write_site
from tests.formats.word import everything

Row = list[str]
"""The texts of the cells of a row, those that say nothing left out."""
ONES = {
    **{"branch": "党支部", "responsibility_list": "党支部责任清单", "activity_space": "党群活动阵地"},
    **{"member_guide": "党员发挥作用工作指引", "work_rules": "党支部工作制度"},
}
IN_SENTENCES = {
    *("试点单位数", "平均得分", "“五个一”全部完成的试点单位", "一般问题", "填报问题"),
    *("逾期事项", "经批准暂不执行的事项"),
}
"""What an official report says in sentences, which its own tests hold to the figures, as they do the grades."""
READING = ("terminal", "markdown", "xlsx", "docx", "html")


@pytest.fixture(scope="module", params=["examples", "some unreadable"])
def reports(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a report in each format."""
    folder = tmp_path_factory.mktemp("reports")
    paths = [ROOT / "checklists"]
    if request.param == "some unreadable":
        paths.append(folder / "more")
        write_site(folder / "more" / "a", CONSTRUCTION)
        (folder / "more" / "b.toml").write_text("[site", encoding="utf-8")
        (folder / "more" / "c.toml").write_bytes(b"\xff\xfe\xfa")
    for format in ("json", "csv", *READING):
        options = ("--by", "kind", "--by", "grade", "--format", format, "--output", folder / format)
        assert pilot("report", *paths, *AS_OF, *options).returncode == 0
    return folder


@pytest.fixture
def told(reports: Path) -> Any:
    return json.loads((reports / "json").read_text(encoding="utf-8"))


def percent(share: Any) -> str:
    if share["percent"] is None:
        return "–"
    return "100%" if share["percent"] == 100 else f"{share['percent']:.1f}%"


def expected(told: Any) -> Iterator[Row]:
    """The rows that every format has to tell."""
    summary = told["summary"]
    readable = summary["sites"] - summary["unreadable"]
    yield ["试点单位数", str(summary["sites"])]
    yield ["平均得分", f"{summary['mean_score']:.1f}"]
    complete = percent({"percent": round(100 * summary["complete"] / readable, 1)})
    yield ["“五个一”全部完成的试点单位", str(summary["complete"]), complete]
    yield ["一般问题", str(summary["findings"]["warning"])]
    yield ["填报问题", str(summary["findings"]["filing"])]
    yield ["逾期事项", str(summary["overdue_items"])]
    yield ["经批准暂不执行的事项", str(summary["waivers"])]
    for grade, share in told["grades"].items():
        yield [grade, str(share["sites"]), percent(share)]
    for one, statuses in told["ones"].items():
        yield [ONES[one], *(text for share in statuses.values() for text in (str(share["sites"]), percent(share)))]
    for group in told["groups"]:
        shares = map(percent, group["ones"].values())
        complete = group["complete"]
        yield [
            *(group["group"][-1], str(group["sites"]), str(complete["sites"]), percent(complete)),
            *(f"{group['mean_score']:.1f}", *shares),
        ]
    for site in told["best"] + told["weakest"]:
        yield [site["name"], f"{site['score']:.1f}"]


def on_the_page(row: Row) -> Row:
    """The page calls some things otherwise."""
    names = {"试点单位数": "试点单位", "“五个一”全部完成的试点单位": "五项全部完成"}
    return [names.get(row[0], row[0]), *row[1:]]


def without_nil(row: Row) -> Row:
    return [text for text in row if text not in ("0", "0.0%")]


def told_rows(rows: Iterable[Row]) -> list[Row]:
    """Rows without what is nil, which no report tells, and without those that have nothing else."""
    return [told for row in rows if len(told := without_nil(row)) > 1]


def cleaned(cells: list[str]) -> Row:
    """Take a number and its share apart, and leave out drawn bars, signs of depth and what says nothing."""
    parts = [re.split("[（）]", cell) if re.match(r"\d+（", cell) else [cell] for cell in cells]
    texts = [text for part in parts for text in part]
    stripped = [re.sub(r"^└ |[█▒░]+", "", " ".join(text.split())).strip() for text in texts]
    return [text for text in stripped if text and text != "（小计）"]


def excel_text(cell: Cell) -> str:
    if cell.value is None:
        return ""
    if cell.number_format == "0.0%":
        return percent({"percent": round(100 * float(str(cell.value)), 1)})
    return f"{cell.value:.1f}" if cell.number_format == "0.0" else str(cell.value)


def texts_of(cell: html.HtmlElement) -> Row:
    """The text of a cell of the page or, where it has a bar, the numbers and shares that stand above that."""
    parts = [part.text_content() for part in cell.iterfind("p/span")]
    return [re.sub(r"^\D+", "", part) for part in parts] or [cell.text_content()]


def rows_of(format: str, path: Path) -> list[Row]:
    match format:
        case "terminal":
            lines = path.read_text(encoding="utf-8").splitlines()
            rows = [re.split(r" {2,}", line.strip()) for line in lines]
        case "markdown":
            tokens = MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8"))
            rows = []
            for token in tokens:
                if token.type == "tr_open":
                    rows.append([])
                elif token.type == "inline" and rows:
                    rows[-1].append("".join(child.content for child in token.children or []))
        case "xlsx":
            book = openpyxl.load_workbook(path.open("rb"))
            rows = [[excel_text(cell) for cell in row] for sheet in book for row in sheet.iter_rows()]
        case "docx":
            tables = docx.Document(str(path)).tables
            rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
        case _:
            page = html.fromstring(path.read_bytes())
            rows = [[part.text_content() for part in figure.iter("dt", "dd")] for figure in page.iterfind(".//dl/div")]
            rows = [re.split(r" (?=[0-9])", " ".join(row)) for row in rows]
            # What stands above a bar: the word for each part of it and, for the number, no space.
            charted = [[texts_of(cell) for cell in row.iter("td", "th")] for row in page.iter("tr")]
            rows += [[text for cell in row for text in cell] for row in charted]
    return [cleaned(row) for row in rows]


def holds(rows: list[Row], wanted: Row) -> bool:
    """Whether a row has the texts in this order, the first of them at its beginning or after an outer group."""
    for row in rows:
        rest = iter(row)
        if wanted[0] in row[:2] and all(text in rest for text in wanted):
            return True
    return False


@pytest.mark.parametrize("format", READING)
def test_every_figure_of_the_document_is_in_every_report(format: str, reports: Path, told: Any) -> None:
    rows = rows_of(format, reports / format)
    wanted = told_rows(on_the_page(row) if format == "html" else row for row in expected(told))
    if format == "docx":
        wanted = [row for row in wanted if row[0] not in IN_SENTENCES | {*told["grades"]}]
    assert [row for row in wanted if not holds(rows, row)] == []


@pytest.mark.parametrize("format", READING)
def test_the_most_frequent_problems_are_in_every_report(format: str, reports: Path, told: Any) -> None:
    rows = rows_of(format, reports / format)
    for rule in told["rules"][:10]:
        if format == "docx" and rule["severity"] == "info":
            # Advice is no problem; it stands among the recommendations.
            continue
        wanted = {rule["problem"], str(rule["sites"]), str(rule["findings"])}
        assert [row for row in rows if wanted <= set(row)], wanted


@pytest.mark.parametrize("format", READING)
def test_every_overdue_item_unreadable_file_and_waiver_is_in_every_report(
    format: str, reports: Path, told: Any
) -> None:
    cells = [cell for row in rows_of(format, reports / format) for cell in row]
    for site in told["sites"]:
        for item in site["overdue"]:
            assert item["title"] in cells
        for waiver in site["waivers"]:
            assert waiver["reason"] in cells
        if site["unreadable"] and format in ("docx", "html"):
            assert Path(site["path"]).stem in cells
        elif site["unreadable"]:
            assert site["unreadable"] in cells
            assert site["path"] in cells


def test_the_rows_of_csv_add_up_to_the_summary(reports: Path, told: Any) -> None:
    with (reports / "csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    summary = told["summary"]
    assert len(rows) == summary["sites"]
    assert sum(row["完成项数"] == "5" for row in rows) == summary["complete"]
    assert sum(bool(row["无法读取的原因"]) for row in rows) == summary["unreadable"]
    assert sum(int(row["逾期事项"]) for row in rows) == summary["overdue_items"]
    assert sum(int(row["经批准暂不执行的事项"]) for row in rows) == summary["waivers"]
    heads = {"突出问题": "error", "一般问题": "warning", "工作建议": "info", "填报问题": "filing"}
    for head, key in {**heads, "经批准暂不执行的问题": "waived"}.items():
        assert sum(int(row[head]) for row in rows) == summary["findings"][key]
    for one, name in ONES.items():
        assert sum(row[name] == "已完成" for row in rows) == told["ones"][one]["complete"]["sites"]


@pytest.mark.parametrize("format", READING)
@pytest.mark.parametrize(("readable", "unreadable"), [(1, 0), (0, 1), (0, 2), (1, 1)])
def test_next_to_nothing_is_counted_as_well(format: str, readable: int, unreadable: int, tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    for number in range(readable):
        write_site(tmp_path / "sites" / str(number), CONSTRUCTION)
    for number in range(unreadable):
        (tmp_path / "sites" / f"{number}.toml").write_text("[site", encoding="utf-8")
    assert pilot("report", tmp_path / "sites", *AS_OF, "-f", format, "-o", tmp_path / "out").returncode == 0
    if format == "docx":
        told_of(readable, unreadable, everything(docx.Document(str(tmp_path / "out"))))
        return
    rows = rows_of(format, tmp_path / "out")
    wanted = [
        ["试点单位数", str(readable + unreadable)],
        ["无法读取的试点单位", str(unreadable)],
        ["“五个一”全部完成的试点单位", str(readable), "100%"],
    ]
    for row in wanted:
        is_nil = "0" in row
        if format == "html" and is_nil and row[0] != "无法读取的试点单位":
            # The page has its five headline figures always.
            continue
        assert holds(rows, on_the_page(row) if format == "html" else row) == (not is_nil)


def told_of(readable: int, unreadable: int, text: str) -> None:
    """Hold the sentences of an official report, which leaves out what is nil, to the numbers of sites."""
    assert f"共检查试点单位{readable + unreadable}家" in text
    assert (f"填报材料无法读取的{unreadable}家" in text) == bool(unreadable)
    assert (f"“五个一”全部完成的{readable}家，占100%" in text) == bool(readable)
