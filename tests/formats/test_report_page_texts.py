"""``pilot report --format html``: texts of strangers are shown as they are, and do nothing."""

from datetime import date
from pathlib import Path

import pytest
import tomli_w

from tests.commands.running import write_report
from tests.formats.page import CITY, NAME, Open, column
from tests.hostile import LONG_TEXTS, TEXTS, hostile_site, long_site, shown

STRANGE = (
    *TEXTS.values(),
    "</script><script>document.title = 'hit'</script>",
    "\"'><img src=x onerror=\"document.title='hit'\">",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page about sites with a hostile text each, first in a few places, then in all of them."""
    folder = tmp_path_factory.mktemp("hostile")
    for number, text in enumerate(STRANGE):
        site = {
            "id": f"a{number}",
            "name": text,
            "kind": "社区物业",
            "city": text,
            "district": text,
            "organization": text,
        }
        overdue = {"items": [{"title": text, "owner": text, "due": date(2020, 1, 1)}]}
        (folder / f"a{number:02}.toml").write_bytes(
            tomli_w.dumps({"site": site, "responsibility_list": overdue}).encode()
        )
        (folder / f"b{number:02}.toml").write_bytes(tomli_w.dumps(hostile_site(text)).encode())
    title = "题" + "".join(STRANGE).replace("\0", "")
    return write_report(folder / "page.html", folder, "--title", title, "--by", "city", "--by", "organization")


def test_texts_of_strangers_are_shown_and_do_nothing(hostile: Path, open_page: Open) -> None:
    page = open_page(hostile)
    wanted = [shown(text).strip() for text in STRANGE]
    for number in (NAME, CITY, CITY + 1, CITY + 2):
        assert column(page, number)[: len(STRANGE)] == wanted
    title = "题" + "".join(map(shown, STRANGE)).replace("\\x00", "")
    assert (page.locator("h1").text_content(), " ".join(page.title().split())) == (title, " ".join(title.split()))
    page.evaluate("document.querySelectorAll('.sites tbody button').forEach((button) => button.click())")
    details = page.locator(".details").all_text_contents()
    assert len(details) == 2 * len(STRANGE)
    for text, detail in zip(wanted, details[len(STRANGE) :], strict=True):
        assert text in detail
    tags: list[str] = page.evaluate(
        "[...new Set([...document.body.querySelectorAll('*')].map((part) => part.localName))]"
    )
    assert not {"img", "iframe", "object", "embed", "em", "strong", "style", "link"} & set(tags)
    assert page.locator("script").count() == 3
    assert page.locator("a[href]:not([href^='#'])").count() == 0


def test_strangers_texts_can_be_chosen(hostile: Path, open_page: Open) -> None:
    page = open_page(hostile)
    choice = page.get_by_role("combobox", name="地市", exact=True)
    for text in ("a script", "quotes", "a template", "an entity", "a right-to-left override"):
        choice.select_option(shown(TEXTS[text]))
        assert column(page, CITY) == [shown(TEXTS[text])] * 2


def test_a_text_of_any_length_takes_a_few_lines_until_its_site_is_unfolded(tmp_path: Path, open_page: Open) -> None:
    for number, text in enumerate(LONG_TEXTS):
        (tmp_path / f"{number}.toml").write_bytes(tomli_w.dumps(long_site(text)).encode())
    page = open_page(write_report(tmp_path / "page.html", tmp_path, "--by", "city"))
    for row in page.locator("tbody tr").all():
        assert row.evaluate("row => row.getBoundingClientRect().height") < 250
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".sites tbody button").first.click()
    assert LONG_TEXTS[0][:499] in (page.locator(".details").text_content() or "")
    label = page.get_by_role("combobox", name="地市", exact=True).locator("option").last.text_content() or ""
    assert len(label) < 50
