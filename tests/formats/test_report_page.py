"""``pilot report --format html``: what the page says, on the screen and on paper."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from tests.commands.running import AS_OF, ROOT, pilot, write_report
from tests.editing import COMMUNITY, write_site
from tests.formats.page import CITY, COUNTS, GRADE, NAME, PILLARS, SCORE, Open, column, rows, unfold

MINIMAL = '[site]\nid = "site-{number}"\nname = "站点{number}"\nkind = "建筑工地"\n'


def write_minimal(folder: Path, count: int) -> Path:
    """Write site files with next to nothing in them, every tenth with a little more."""
    for number in range(count):
        more = '[branch]\nname = "党支部"\nfull_members = 5\n' if number % 10 == 0 else ""
        (folder / f"{number:04}.toml").write_text(MINIMAL.format(number=number) + more, encoding="utf-8")
    return folder


def figures_of(page: Page, where: str) -> dict[str, str]:
    """The numbers at the top of the page, by what they count."""
    part = page.locator(where)
    return dict(zip(part.locator("dt").all_inner_texts(), part.locator("dd").all_inner_texts(), strict=True))


def sheets_of(page: Page, folder: Path) -> list[str]:
    """Print a page; return the text of each sheet."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    printed = page.pdf(path=folder / "page.pdf", prefer_css_page_size=True)
    assert printed.count(b"/MediaBox") == printed.count(b"/MediaBox [0 0 594")
    command = ["pdftotext", "-layout", str(folder / "page.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    return text.split("\f")[:-1]


@pytest.fixture
def told(example_page: Path) -> Any:
    return json.loads(example_page.with_suffix(".json").read_text(encoding="utf-8"))


def test_the_page_says_in_figures_what_the_document_says(example_page: Path, told: Any, open_page: Open) -> None:
    page, summary = open_page(example_page), told["summary"]
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.locator("h1").inner_text() == page.title() == "“两新”组织党建试点“五个一”建设情况汇总"
    figures = {"试点单位": summary["sites"], "五项全部完成": f"{summary['complete']} 63.2%"}
    figures |= {"平均得分": summary["mean_score"], "突出问题": summary["findings"]["error"]}
    figures |= {"逾期事项": summary["overdue_items"]}
    assert figures_of(page, ".figures") == {label: str(value) for label, value in figures.items()}
    assert 63.15 <= 100 * summary["complete"] / summary["sites"] < 63.25
    findings = summary["findings"]
    more = {"一般问题": findings["warning"], "工作建议": findings["info"], "填报问题": findings["filing"]}
    more |= {"有逾期事项的试点单位": summary["sites_overdue"], "经批准暂不执行的事项": summary["waivers"]}
    assert figures_of(page, ".more") == {label: str(value) for label, value in more.items()}


def test_the_sites_come_right_after_the_headline_and_the_weakest_first(
    example_page: Path, told: Any, open_page: Open
) -> None:
    page = open_page(example_page)
    sites = sorted(told["sites"], key=lambda site: site["score"])
    assert page.locator("main > *").nth(3).get_attribute("class") == "sites"
    assert column(page, NAME) == [site["name"] for site in sites]
    assert column(page, SCORE) == [str(site["score"]) for site in sites]
    assert column(page, GRADE) == [site["grade"] for site in sites]
    words = {"complete": "已完成", "incomplete": "部分完成", "missing": "未建立"}
    for number, one in enumerate(told["ones"], PILLARS):
        assert column(page, number) == [words[site["ones"][one]["status"]] for site in sites]
    assert column(page, COUNTS) == [str(site["findings"]["error"]) for site in sites]
    assert column(page, COUNTS + 1) == [str(site["findings"]["warning"]) for site in sites]
    assert column(page, COUNTS + 2) == [str(len(site["overdue"])) for site in sites]


def test_the_order_that_was_asked_for_stays(tmp_path: Path, open_page: Open) -> None:
    page = open_page(write_report(tmp_path / "page.html", "checklists", "--sort", "city"))
    assert list(dict.fromkeys(column(page, CITY)))[:4] == ["广州市", "深圳市", "珠海市", "汕头市"]
    assert page.locator(".sites > .note:not(.how)").count() == 0


def test_a_bar_is_as_long_as_its_share(example_page: Path, told: Any, open_page: Open) -> None:
    bars = open_page(example_page).locator("section:has(#section-1) svg.bar")
    assert bars.count() == 5
    for bar, one in zip(bars.all(), told["ones"].values(), strict=True):
        parts = {part.get_attribute("class"): part.get_attribute("width") for part in bar.locator("rect").all()}
        expected = {status: share["percent"] for status, share in one.items() if share["sites"]}
        assert {status: int(width or 0) / 10 for status, width in parts.items()} == pytest.approx(expected, abs=0.15)


def test_the_problems_are_drawn_by_how_many_sites_have_them(example_page: Path, told: Any, open_page: Open) -> None:
    section = open_page(example_page).locator("section").filter(has_text="整改建议")
    problems = told["rules"][:10]
    assert section.locator("tbody th").all_inner_texts() == [problem["problem"] for problem in problems]
    widths = [int(part.get_attribute("width") or 0) for part in section.locator("rect").all()]
    assert widths == pytest.approx([1000 * problem["sites"] / 19 for problem in problems], abs=0.5)
    assert section.locator(".note").inner_text() == f"以上为其中10项，共{len(told['rules'])}项。"


@pytest.mark.parametrize("width", [360, 500, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_only_the_sites_scroll_sideways(
    scheme: str, width: int, example_page: Path, open_page: Open
) -> None:
    page = open_page(example_page, color_scheme=scheme, viewport={"width": width, "height": 900})
    unfold(page, "示例·中山石岐悦心苑")
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    violations = Axe().run(page).response["violations"]
    assert [(violation["id"], violation["nodes"][0]["html"]) for violation in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    beyond = "[...document.body.querySelectorAll('*')].filter((part) => part.scrollWidth > part.clientWidth + 1"
    scrolling = page.evaluate(f"{beyond} && /auto|scroll/.test(getComputedStyle(part).overflowX)).length")
    assert scrolling == (width < 1280)
    assert page.locator(".hint").is_visible() == (width < 1280)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_no_wider_than_any_screen(language: str, tmp_path: Path, open_page: Open) -> None:
    by = ("--by", "city", "--by", "organization")
    page = open_page(write_report(tmp_path / "page.html", "checklists", *by, language=language))
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    for width in (320, 480, 640, 768, 800, 960, 970, 1100, 1215, 1233, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_no_row_is_blank_on_a_narrow_screen(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page, viewport={"width": 500, "height": 900})
    lines = "rows => rows.map(row => row.getBoundingClientRect().height / parseFloat(getComputedStyle(row).lineHeight))"
    assert max(page.locator(".sites tbody tr").evaluate_all(lines)) < 4
    drawn = "rows => rows.filter(row => row.checkVisibility({ contentVisibilityAuto: true })).length"
    assert page.locator(".sites tbody tr").evaluate_all(drawn) == 19


def test_it_prints_on_few_sheets_and_no_row_stands_alone(example_page: Path, open_page: Open, tmp_path: Path) -> None:
    page = open_page(example_page)
    page.emulate_media(media="print")
    for hidden in ("nav", "form", ".skip", ".hint", ".how", "footer"):
        assert not page.locator(hidden).is_visible()
    assert page.locator("thead").first.evaluate("head => getComputedStyle(head).display") == "table-header-group"
    assert page.locator(".sites tbody tr").first.evaluate("row => getComputedStyle(row).display") == "table-row"
    sheets = sheets_of(page, tmp_path)
    assert 2 <= len(sheets) <= 4
    for sheet in sheets:
        assert len([line for line in sheet.splitlines() if line.strip()]) > 5


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("top", [3, 6, 9, 12, 20])
def test_a_heading_is_followed_by_the_first_rows_on_the_same_sheet(
    top: int, language: str, tmp_path: Path, open_page: Open
) -> None:
    page = open_page(write_report(tmp_path / "page.html", "checklists", "--top", str(top), language=language))
    sheets = [["".join(line.split()) for line in sheet.splitlines()] for sheet in sheets_of(page, tmp_path)]
    for section in page.locator("main section").all():
        heading = "".join(section.locator("h2").inner_text().split())
        (sheet,) = ["".join(lines) for lines in sheets if heading in lines]
        for name in section.locator("tbody th").all_text_contents()[:3]:
            assert "".join(name.split())[:5] in sheet
    assert all(len(lines) > 8 for lines in sheets)


@pytest.mark.parametrize("count", [*range(17, 40, 2), 100])
def test_the_last_sheet_of_the_sites_has_several_of_them(count: int, tmp_path: Path, open_page: Open) -> None:
    sheets = sheets_of(open_page(write_report(tmp_path / "page.html", write_minimal(tmp_path, count))), tmp_path)
    listed = [found for sheet in sheets if (found := re.findall(r"站点\d+ ", sheet))]
    assert sum(map(len, listed)) >= count
    assert min(map(len, listed)) >= 3


def test_the_head_of_the_table_is_on_every_sheet(tmp_path: Path, open_page: Open) -> None:
    page = open_page(write_report(tmp_path / "page.html", write_minimal(tmp_path, 100)))
    found = sheets_of(page, tmp_path)
    sheets = [sheet for sheet in found if any(site in sheet for site in ("站点21", "站点55", "站点99"))]
    assert len(sheets) >= 2
    assert all("地市" in sheet for sheet in sheets)


def test_without_scripts_all_tables_are_there_and_no_controls(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page, java_script_enabled=False)
    assert page.locator("tbody tr:visible").count() > 40
    assert page.locator(".sites tbody tr:visible").count() == 19
    assert page.locator(":is(button, input, select, output):visible").count() == 0
    assert "示例·珠海横琴海纳大厦工地" in (page.locator(".sites").text_content() or "")


@pytest.mark.parametrize(("count", "listed"), [(3_000, 3_000), (3_001, 1_000)])
def test_of_more_than_3000_sites_the_weakest_1000_are_listed(
    count: int, listed: int, tmp_path: Path, open_page: Open
) -> None:
    source = write_minimal(tmp_path, count)
    (source / "0777.toml").write_text("[site\n", encoding="utf-8")
    page = open_page(write_report(tmp_path / "page.html", source))
    names = column(page, NAME)
    assert len(names) == listed
    assert page.locator(".figures dd").first.inner_text() == str(count)
    assert page.get_by_role("status").inner_text() == f"显示{listed}个，共{listed}个试点单位"
    (note,) = page.locator(".sites > .note:not(.how)").all_inner_texts()
    if listed == count:
        assert note == "按得分从低到高排列。"
    else:
        assert note == "试点单位共3001个，这里列出得分最低的1000个，全部情况见Excel汇总表。"
        assert "站点10" not in names
    assert names[0] == "0777"
    assert names[1:3] == ["站点1", "站点2"]


def test_the_page_of_one_site(tmp_path: Path, open_page: Open) -> None:
    page = open_page(write_report(tmp_path / "page.html", write_site(tmp_path, COMMUNITY).parent))
    assert page.locator(".figures dd").all_inner_texts() == ["1", "1 100%", "100.0", "0", "0"]
    assert page.locator(".more").count() == 0
    assert rows(page).count() == 1


def test_a_site_that_cannot_be_read_is_a_row_that_unfolds_to_the_reason(tmp_path: Path, open_page: Open) -> None:
    (tmp_path / "a.toml").write_text("[site\n", encoding="utf-8")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "site.toml").write_bytes(b"\xff\xfe\xfa")
    page = open_page(write_report(tmp_path / "page.html", tmp_path))
    assert page.locator(".figures dd").all_inner_texts() == ["2", "0", "–", "0", "0"]
    assert figures_of(page, ".more") == {"无法读取的试点单位": "2", "填报问题": "2"}
    assert column(page, NAME) == ["a", "b"]
    assert column(page, GRADE) == ["无法读取"] * 2
    details = unfold(page, "b")
    assert details.inner_text().split("\n")[0].startswith("填报内容无法读取，")
    assert "文件" not in details.inner_text()
    assert str(tmp_path) not in page.content()


def test_where_rules_are_selected_no_site_has_a_score(tmp_path: Path, open_page: Open) -> None:
    page = open_page(write_report(tmp_path / "page.html", "checklists", "--select", "W"))
    assert page.locator(".figures dd").all_inner_texts() == ["19", "–", "–", "2", "8"]
    assert set(column(page, SCORE)) == set(column(page, GRADE)) == {"–"}
    assert page.locator(".sites > .note").first.inner_text() == "按问题数从多到少排列。"
    assert page.locator("header .note").inner_text() == "检查了73个检查项中的17个"
    assert "等级分布" not in page.locator("h2").all_inner_texts()


def test_the_page_speaks_english(tmp_path: Path, open_page: Open) -> None:
    result = pilot("--lang", "en", "report", "checklists", *AS_OF, "--output", tmp_path / "page.html")
    assert result.returncode == 0
    page = open_page(tmp_path / "page.html")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("status").inner_text() == "19 of 19 sites"
    assert set(column(page, PILLARS + 1)) == {"complete", "incomplete"}
    assert "Nothing was found." in unfold(page, "蓝漪花园小区").inner_text()


def test_nothing_is_allowed_but_the_style_and_script_of_the_page(example_page: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(example_page.as_uri())
    refused = page.evaluate("""async () => {
        const refused = [];
        document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
        const script = document.createElement("script");
        script.textContent = "document.title = 'hit'";
        document.body.append(script);
        const markup = "<style>p {}</style><img src=x onerror=\\"document.title='hit'\\">";
        document.body.insertAdjacentHTML("beforeend", markup);
        await new Promise((done) => setTimeout(done, 100));
        return refused;
    }""")
    assert {"script-src-elem", "script-src-attr", "style-src-elem", "img-src"} == set(refused)
    assert page.title() != "hit"
    page.close()


def test_the_same_sites_make_the_same_bytes(example_page: Path, tmp_path: Path) -> None:
    assert write_report(tmp_path / "page.html", "checklists").read_bytes() == example_page.read_bytes()
    assert str(ROOT).encode() not in example_page.read_bytes()
