"""The page for inspectors, on the screen of a phone and without a network."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from tests.commands.running import pilot
from tests.editing import CONSTRUCTION, write_site

PHONE = {"width": 390, "height": 844}
ITEMS = 12
HOSTILE = "<script>alert(1)</script>\"'&<b>x</b>{{7*7}}"
NOTE = "</script><img src=x onerror=alert(2)>，会议室"


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    folder = tmp_path / "sites"
    for number in range(3):
        (folder / str(number)).mkdir(parents=True)
        text = CONSTRUCTION.replace('id = "good-construction"', f'id = "site-{number}"')
        name = json.dumps(HOSTILE if number == 1 else f"示例工地{number}", ensure_ascii=False)
        lines = [f"name = {name}" if line.startswith("name = ") else line for line in text.split("\n")[:12]]
        write_site(folder / str(number), "\n".join(lines + text.split("\n")[12:]))
    return folder


@pytest.fixture
def form(sites: Path) -> Path:
    return write_form(sites, "zh")


def write_form(sites: Path, language: str) -> Path:
    file = sites.parent / f"form-{language}.html"
    call = ("--lang", language, "inspect", sites, "--form", file, "--on", "2020-11-23", "--by", "一组 张某")
    result = pilot(*call)
    assert result.returncode == 0, result.stderr
    return file


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone without a network, on which nothing may be complained of."""
    context = browser.new_context(offline=True, viewport=PHONE, has_touch=True, accept_downloads=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url.partition(":")[0]))
    yield page
    context.close()
    assert complaints == []
    assert set(asked) <= {"file", "blob"}


def unfold_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")


def save(page: Page, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.locator("#save").tap()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def test_all_items_of_three_sites_are_tapped_kept_saved_and_taken_in(
    form: Path, sites: Path, tmp_path: Path, phone: Page
) -> None:
    phone.goto(form.as_uri())
    unfold_all(phone)
    items = phone.locator("fieldset")
    assert items.count() == 3 * ITEMS
    expected: dict[int, dict[str, str]] = {0: {}, 1: {}, 2: {}}
    for number, item in enumerate(items.all()):
        levels = item.locator(".levels label")
        chosen = levels.nth(number % levels.count())
        chosen.tap()
        rule, value = item.get_attribute("data-rule"), chosen.locator("input").get_attribute("value")
        assert rule
        assert value
        expected[number // ITEMS][rule] = value
    first = items.first
    first.locator("textarea").fill(NOTE)
    first.locator(".photos").fill("IMG_1.jpg, IMG_2.jpg")
    assert phone.locator(".done").all_inner_texts() == [f"已查看{ITEMS}/{ITEMS}项"] * 3

    phone.reload()
    unfold_all(phone)
    assert phone.locator("fieldset :checked").count() == 3 * ITEMS
    assert phone.locator("fieldset textarea").first.input_value() == NOTE

    file = save(phone, tmp_path)
    assert file.name == "检查结果-2020-11-23.json"
    result = pilot("inspect", sites, "--import", file)
    assert (result.returncode, result.stdout) == (0, f"导入结果{3 * ITEMS}项；已登记过0项\n"), result.stderr
    for number, results in expected.items():
        (inspection,) = read(sites / str(number))
        assert inspection["by"] == "一组 张某"
        assert {one["rule"]: one["result"] for one in inspection["results"]} == results
    noted = read(sites / "0")[0]["results"][0]
    assert (noted["note"], noted["photos"]) == (NOTE, ["IMG_1.jpg", "IMG_2.jpg"])


def read(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((folder / "inspections.toml").read_text(encoding="utf-8"))[
        "inspections"
    ]
    return found


def test_names_of_strangers_are_nothing_but_texts(form: Path, phone: Page) -> None:
    phone.goto(form.as_uri())
    assert phone.locator("summary h2").nth(1).inner_text() == HOSTILE
    assert phone.locator("summary b, summary script").count() == 0


def test_results_are_taken_back_one_by_one_or_all_together(form: Path, phone: Page) -> None:
    phone.goto(form.as_uri())
    unfold_all(phone)
    for number in (0, 1):
        phone.locator("fieldset").nth(number).locator(".levels label").first.tap()
    clear = phone.locator("fieldset").first.locator(".clear")
    assert clear.inner_text() == "取消本项结果"
    clear.tap()
    phone.reload()
    assert phone.locator("fieldset :checked").count() == 1
    phone.once("dialog", lambda dialog: dialog.accept())
    phone.locator("#forget").tap()
    phone.reload()
    assert phone.locator("fieldset :checked").count() == 0
    phone.locator("#save").tap()
    assert phone.locator("#told").inner_text() == "尚未填写任何结果。"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_the_page_is_no_wider_than_a_phone(
    sites: Path, phone: Page, language: str, scheme: Any
) -> None:
    phone.emulate_media(color_scheme=scheme)
    phone.goto(write_form(sites, language).as_uri())
    unfold_all(phone)
    phone.locator("fieldset").first.locator(".levels label").first.tap()
    violations = Axe().run(phone).response["violations"]
    assert [(violation["id"], violation["nodes"][0]["html"]) for violation in violations] == []
    for width in (320, 390, 844):
        phone.set_viewport_size({"width": width, "height": 844})
        assert phone.evaluate("document.documentElement.scrollWidth") == width
    shown = "[...document.querySelectorAll('.levels label, button')].filter((part) => part.offsetParent)"
    smallest = f"Math.min(...{shown}.map((part) => part.offsetHeight))"
    assert phone.evaluate(smallest) >= 44
