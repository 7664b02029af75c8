import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as WordDocument
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.commands.running import write_report
from tests.formats.page import Open

QUIETLY = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIETLY)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def example_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the examples, and beside it a file with the same report as a document."""
    folder = tmp_path_factory.mktemp("page")
    write_report(folder / "page.json", "checklists")
    return write_report(folder / "page.html", "checklists")


@pytest.fixture(scope="session")
def summary_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(tmp_path_factory.mktemp("word") / "summary.docx", "checklists")


@pytest.fixture(scope="session")
def summary(summary_file: Path) -> WordDocument:
    """The summary of the examples as an official report."""
    return Document(str(summary_file))


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens a page offline; in the end, nothing may have been complained of or asked for but the page itself."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    opened: list[str] = []
    asked: list[str] = []

    def open(path: Path, **options: Any) -> Page:
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5_000)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        opened.append(path.as_uri())
        return page

    yield open
    for context in contexts:
        context.close()
    assert complaints == []
    assert asked == opened
