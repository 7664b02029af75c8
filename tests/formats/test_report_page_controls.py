"""``pilot report --format html``: sorting, filtering and unfolding."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator

from tests.commands.running import document, write_report
from tests.editing import COMMUNITY, edit, edited, write_site
from tests.formats.page import CITY, GRADE, NAME, PILLARS, SCORE, Open, column, rows, sort_by, unfold


@pytest.fixture
def told(example_page: Path) -> Any:
    return json.loads(example_page.with_suffix(".json").read_text(encoding="utf-8"))


Told = tuple[str, str, str, str]


def findings_of(details: Locator) -> list[Told]:
    """The findings that a site shows: severity, message, basis and advice."""
    found = []
    for group in details.locator(".panel > ul > li").all():
        *_waived, basis, advice = group.locator("> p:not(.problem)").all_inner_texts()
        messages = group.locator("li.message" if group.locator("li").count() else ".message")
        severity = group.locator(".severity").inner_text()
        found += [(severity, message, basis, advice) for message in messages.all_inner_texts()]
    return found


def test_sites_are_sorted_by_score_both_ways_and_by_name(example_page: Path, told: Any, open_page: Open) -> None:
    page = open_page(example_page)
    scores = sorted(site["score"] for site in told["sites"])
    assert sort_by(page, "得分") == "ascending"
    assert [float(score) for score in column(page, SCORE)] == scores
    assert sort_by(page, "得分") == "descending"
    assert [float(score) for score in column(page, SCORE)] == scores[::-1]
    assert sort_by(page, "试点单位") == "ascending"
    assert page.locator(".sites [aria-sort]").count() == 1
    by_sound = ["蓝漪花园小区", "深圳清华大学研究院新大楼建设项目"]
    assert [name for name in column(page, NAME) if not name.startswith("示例")] == by_sound
    assert sort_by(page, "试点单位") == "descending"
    assert [name for name in column(page, NAME) if not name.startswith("示例")] == by_sound[::-1]


def test_words_of_closed_lists_are_sorted_as_the_lists_stand(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page)
    sort_by(page, "等级")
    assert list(dict.fromkeys(column(page, GRADE))) == ["优秀", "良好", "合格", "不合格"]
    sort_by(page, "清单")
    assert list(dict.fromkeys(column(page, PILLARS + 1))) == ["已完成", "部分完成"]


def test_what_is_not_known_comes_last_either_way(tmp_path: Path, open_page: Open) -> None:
    write_site(tmp_path / "a", COMMUNITY)
    (tmp_path / "broken.toml").write_text("[site\n", encoding="utf-8")
    write_site(tmp_path / "c", edited(COMMUNITY, edit('city = "佛山市"\n', "")))
    page = open_page(write_report(tmp_path / "page.html", tmp_path))
    for _direction in range(2):
        sort_by(page, "得分")
        assert column(page, SCORE)[-1] == "–"
        assert column(page, GRADE)[-1] == "无法读取"
    sort_by(page, "地市")
    assert column(page, CITY) == ["佛山市", "–", "–"]


def test_filters_leave_what_was_asked_for_and_the_count_tells(example_page: Path, told: Any, open_page: Open) -> None:
    page = open_page(example_page)
    count = page.get_by_role("status")
    assert count.inner_text() == "显示19个，共19个试点单位"
    page.get_by_label("查找").fill("广州 工地")
    assert column(page, NAME) == ["示例·广州琶洲会展配套项目工地"]
    assert rows(page).count() == 1
    assert count.inner_text() == "显示1个，共19个试点单位"
    page.get_by_label("查找").fill("没有这样的")
    assert (rows(page).count(), count.inner_text()) == (0, "显示0个，共19个试点单位")
    page.get_by_label("查找").fill("")
    page.get_by_role("combobox", name="地市", exact=True).select_option("惠州市")
    weakest = sorted(told["sites"], key=lambda site: site["score"])
    in_city = [site for site in weakest if site["city"] == "惠州市"]
    assert column(page, NAME) == [site["name"] for site in in_city]
    page.get_by_role("combobox", name="类型", exact=True).select_option("建筑工地")
    assert column(page, NAME) == [site["name"] for site in in_city if site["kind"] == "建筑工地"]
    for title in ("地市", "类型"):
        page.get_by_role("combobox", name=title, exact=True).select_option("")
    page.get_by_label("只看").check()
    assert column(page, NAME) == [site["name"] for site in weakest if site["complete"] < 5]
    assert count.inner_text() == "显示7个，共19个试点单位"


def test_choices_are_those_that_there_are(example_page: Path, told: Any, open_page: Open) -> None:
    page = open_page(example_page)
    grades = page.get_by_role("combobox", name="等级", exact=True).locator("option").all_inner_texts()
    assert grades == ["全部", "优秀", "良好", "合格", "不合格"]
    cities = page.get_by_role("combobox", name="地市", exact=True).locator("option").all_inner_texts()
    assert sorted(cities[1:]) == sorted({site["city"] for site in told["sites"]})
    assert cities[1:5] == ["广州市", "深圳市", "珠海市", "汕头市"]


def test_a_site_unfolds_to_all_of_its_findings(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page)
    severities = {"error": "突出问题", "warning": "一般问题", "info": "工作建议"}
    checked = document("checklists")["sites"]
    weakest = min(checked, key=lambda site: site["score"])
    waiving = next(site for site in checked if any(finding["waived"] for finding in site["findings"]))
    for site in (weakest, waiving):
        details = unfold(page, site["name"])
        found = [finding for finding in site["findings"] if finding["about"] == "work"]
        found.sort(key=lambda finding: list(severities).index(finding["severity"]))
        assert findings_of(details) == [
            (
                *(severities[finding["severity"]], finding["message"]),
                *(f"依据：{finding['basis']}", f"建议：{finding['advice']}"),
            )
            for finding in found
        ]
    notes = details.locator(".waived > p:not(.problem)").all_inner_texts()
    assert notes[0].startswith("［经批准暂不执行至2021年3月31日：2020年2月至3月小区")


def test_rules_files_and_places_are_on_the_page_only_if_the_settings_say_so(
    example_page: Path, tmp_path: Path, open_page: Open
) -> None:
    source = example_page.read_text(encoding="utf-8")
    assert not re.search(r"(?<![A-Za-z0-9])[PBLAGWFX]\d{3}(?!\d)|\.toml|技术信息|文件：|第\{line\}行", source)
    settings = tmp_path / "pilot.toml"
    settings.write_text("[documents]\nrule_ids = true\n", encoding="utf-8")
    page = open_page(write_report(tmp_path / "page.html", "checklists", settings=settings))
    site = min(document("checklists")["sites"], key=lambda site: site["score"])
    found = [finding for finding in site["findings"] if finding["about"] == "work"]
    details = unfold(page, site["name"])
    assert site["path"] not in details.inner_text()
    details.locator("summary").click()
    assert f"文件：{site['path']}" in details.inner_text()
    told = [
        (one.locator("b").inner_text(), one.locator(".place").inner_text())
        for one in details.locator(".technical li").all()
    ]
    assert sorted(told) == sorted(
        (finding["rule"], f"第{finding['line']}行第{finding['column']}列") for finding in found
    )
    page.locator("footer summary").click()
    assert page.locator("footer tbody th").first.inner_text() in {finding["rule"] for finding in found}


def test_what_is_unfolded_stays_with_its_site_and_folds_again(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page)
    name = "示例·江门蓬江侨苑小区"
    details = unfold(page, name)
    sort_by(page, "得分")
    assert details.evaluate("row => row.previousElementSibling.cells[0].textContent.trim()") == name
    page.get_by_label("查找").fill("广州")
    assert not details.is_visible()
    page.get_by_label("查找").fill("")
    assert details.is_visible()
    page.get_by_role("button", name=name, exact=True).click()
    assert not details.is_visible()
    page.get_by_label("查找").fill("江门")
    assert not details.is_visible()


def test_a_spotless_site_unfolds_to_say_so(example_page: Path, open_page: Open) -> None:
    assert "未发现问题。" in unfold(open_page(example_page), "蓝漪花园小区").inner_text()


def test_the_keyboard_alone_sorts_filters_and_unfolds(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _step in range(60):
        if page.evaluate("document.activeElement.type") == "search":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("惠州仲恺")
    assert rows(page).count() == 1
    for _step in range(60):
        if page.evaluate("!!document.activeElement.closest('tbody button, tbody th')"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".details").is_visible()
    page.keyboard.press("Space")
    assert not page.locator(".details").is_visible()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert page.locator(".sites thead th").last.get_attribute("aria-sort") == "ascending"
