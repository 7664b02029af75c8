"""``pilot report --format html``: what the page says, on the screen and on paper."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser

from tests.commands.running import AS_OF, ROOT, pilot, write_report
from tests.editing import COMMUNITY, write_site
from tests.formats.page import GRADE, NAME, SCORE, Open, column, rows, unfold

FILED = "填报问题1个，不列入本报告，可用 pilot check 逐条查看。"
MINIMAL = '[site]\nid = "site-{number}"\nname = "站点{number}"\nkind = "建筑工地"\n'


def write_minimal(folder: Path, count: int) -> Path:
    """Write site files with next to nothing in them, every tenth with a little more."""
    for number in range(count):
        more = '[branch]\nname = "党支部"\nfull_members = 5\n' if number % 10 == 0 else ""
        (folder / f"{number:04}.toml").write_text(MINIMAL.format(number=number) + more, encoding="utf-8")
    return folder


@pytest.fixture
def told(example_page: Path) -> Any:
    return json.loads(example_page.with_suffix(".json").read_text(encoding="utf-8"))


def test_the_page_says_in_figures_what_the_document_says(example_page: Path, told: Any, open_page: Open) -> None:
    page, summary = open_page(example_page), told["summary"]
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.locator("h1").inner_text() == page.title() == "“两新”组织党建试点“五个一”建设情况汇总"
    assert page.locator(".figures dd").all_inner_texts() == [
        *(str(summary["sites"]), f"{summary['complete']} 63.2%", str(summary["mean_score"]), "0")
    ]
    assert 63.15 <= 100 * summary["complete"] / summary["sites"] < 63.25
    sites = told["sites"]
    assert column(page, NAME) == [site["name"] for site in sites]
    assert column(page, SCORE) == [str(site["score"]) for site in sites]
    assert column(page, GRADE) == [site["grade"] for site in sites]
    words = {"complete": "已完成", "incomplete": "部分完成", "missing": "未建立"}
    for number, one in enumerate(told["ones"]):
        assert column(page, 5 + number) == [words[site["ones"][one]["status"]] for site in sites]
    assert column(page, 12) == [str(site["findings"]["error"]) for site in sites]
    assert column(page, 13) == [str(site["findings"]["warning"]) for site in sites]


def test_a_bar_is_as_long_as_its_share(example_page: Path, told: Any, open_page: Open) -> None:
    bars = open_page(example_page).locator("svg.bar")
    assert bars.count() == 5
    for bar, one in zip(bars.all(), told["ones"].values(), strict=True):
        parts = {part.get_attribute("class"): part.get_attribute("width") for part in bar.locator("rect").all()}
        expected = {status: share["percent"] for status, share in one.items() if share["sites"]}
        assert {status: int(width or 0) / 10 for status, width in parts.items()} == pytest.approx(expected, abs=0.15)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scheme: str, width: int, example_page: Path, open_page: Open) -> None:
    page = open_page(example_page, color_scheme=scheme, viewport={"width": width, "height": 900})
    unfold(page, "示例·中山石岐悦心苑")
    violations = Axe().run(page).response["violations"]
    assert [(violation["id"], violation["nodes"][0]["html"]) for violation in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_it_prints_upright_and_the_sites_on_their_side(example_page: Path, open_page: Open, tmp_path: Path) -> None:
    page = open_page(example_page)
    page.emulate_media(media="print")
    for hidden in ("nav", "form", ".skip"):
        assert not page.locator(hidden).is_visible()
    assert page.locator("thead").first.evaluate("head => getComputedStyle(head).display") == "table-header-group"
    assert page.locator(".sites tbody tr").first.evaluate("row => getComputedStyle(row).display") == "table-row"
    printed = page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    upright, sideways = printed.count(b"/MediaBox [0 0 594"), printed.count(b"/MediaBox [0 0 841")
    assert upright + sideways == printed.count(b"/MediaBox")
    assert 2 <= upright <= 5
    assert 1 <= sideways <= 2


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_the_head_of_the_table_is_on_every_sheet(tmp_path: Path, open_page: Open) -> None:
    page = open_page(write_report(tmp_path / "page.html", write_minimal(tmp_path, 100)))
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    command = ["pdftotext", "-layout", str(tmp_path / "page.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    sheets = [sheet for sheet in text.split("\f") if any(site in sheet for site in ("站点21", "站点55", "站点99"))]
    assert len(sheets) >= 3
    assert all("区县" in sheet for sheet in sheets)


def test_without_scripts_all_tables_are_there_and_no_controls(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page, java_script_enabled=False)
    assert page.locator("tbody tr:visible").count() > 80
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
    notes = page.locator(".sites > .note").all_inner_texts()
    if listed == count:
        assert notes == [f"另有{FILED}"]
        assert names[:3] == ["站点0", "站点1", "站点2"]
    else:
        assert notes == [
            "以下只列出3001个试点单位中得分最低的1000个；查看全部试点单位请用 --format csv 或 xlsx。另有" + FILED
        ]
        assert names[0].endswith("0777.toml")
        assert names[1:3] == ["站点1", "站点2"]
        assert "站点10" not in names


def test_the_page_of_one_site(tmp_path: Path, open_page: Open) -> None:
    page = open_page(write_report(tmp_path / "page.html", write_site(tmp_path, COMMUNITY).parent))
    assert page.locator(".figures dd").all_inner_texts() == ["1", "1 100%", "100.0", "0"]
    assert rows(page).count() == 1


def test_a_site_that_cannot_be_read_is_a_row_that_unfolds_to_the_reason(tmp_path: Path, open_page: Open) -> None:
    (tmp_path / "a.toml").write_text("[site\n", encoding="utf-8")
    (tmp_path / "b.toml").write_bytes(b"\xff\xfe\xfa")
    page = open_page(write_report(tmp_path / "page.html", tmp_path))
    assert page.locator(".figures dd").all_inner_texts() == ["2", "0", "–", "2"]
    path = str(tmp_path / "b.toml")
    assert column(page, NAME) == [str(tmp_path / "a.toml"), path]
    assert column(page, GRADE) == ["无法读取"] * 2
    assert "文件以 UTF-16（“Unicode”）编码保存" in unfold(page, path).inner_text()
    assert Axe().run(page).response["violations"] == []


def test_the_page_speaks_english(tmp_path: Path, open_page: Open) -> None:
    result = pilot("--lang", "en", "report", "checklists", *AS_OF, "--output", tmp_path / "page.html")
    assert result.returncode == 0
    page = open_page(tmp_path / "page.html")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("status").inner_text() == "19 of 19 sites"
    assert set(column(page, 6)) == {"complete", "incomplete"}
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
