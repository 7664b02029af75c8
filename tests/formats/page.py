"""The page that ``pilot report --format html`` writes, as a browser shows it."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page

Open = Callable[..., Page]
"""Opens a page offline; see the fixture ``open_page``."""

NAME, PILLARS, SCORE, GRADE, COUNTS, CITY = 0, 1, 6, 7, 8, 12
"""Columns of the table of sites; those of the five begin at PILLARS, those of findings and overdue items at COUNTS."""


def rows(page: Page) -> Locator:
    """The sites in sight, without what has been unfolded."""
    return page.locator(".sites tbody tr:not(.details):visible")


def column(page: Page, number: int) -> list[str]:
    """The texts of a column of the table of sites, as far as they are in sight."""
    texts: list[str] = page.evaluate(
        """(number) => [...document.querySelectorAll(".sites tbody tr:not(.details):not([hidden])")]
        .map((row) => row.cells[number].textContent.trim())""",
        number,
    )
    return texts


def sort_by(page: Page, title: str) -> str | None:
    """Press the head of a column of the table of sites; return how it is sorted by then."""
    head = page.locator(".sites").get_by_role("columnheader", name=title, exact=True)
    head.get_by_role("button").click()
    return head.get_attribute("aria-sort")


def unfold(page: Page, name: str) -> Locator:
    button = page.get_by_role("button", name=name, exact=True)
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    return page.locator(f"id={button.get_attribute('aria-controls')}")
