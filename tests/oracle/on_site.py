"""The on-site items (Y) of the standard ``five-ones-onsite``, by what inspectors wrote down."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.oracle.usable import Site, as_date, is_text
from tests.oracle.verdicts import Judged, Verdict

THREE = ("达标", "基本达标", "不达标")
TWO = ("达标", "不达标")


@dataclass(frozen=True)
class Item:
    """What the standard says of an item."""

    one: str
    points: int
    months: int
    levels: tuple[str, ...]
    only_for: tuple[str, tuple[str, ...]] | None = None


OWN_MEMBERS = ("branch.form", ("单独", "联合"))
ITEMS = {
    "Y001": Item("activity_space", 2, 12, THREE),
    "Y002": Item("activity_space", 2, 12, THREE),
    "Y003": Item("work_rules", 2, 12, THREE),
    "Y004": Item("responsibility_list", 2, 12, THREE),
    "Y005": Item("branch", 2, 12, THREE),
    "Y006": Item("branch", 1, 12, TWO, OWN_MEMBERS),
    "Y007": Item("work_rules", 2, 6, TWO, OWN_MEMBERS),
    "Y008": Item("branch", 2, 60, TWO),
    "Y009": Item("work_rules", 2, 6, THREE),
    "Y010": Item("work_rules", 1, 12, TWO),
    "Y011": Item("member_guide", 1, 12, THREE),
    "Y012": Item("responsibility_list", 2, 6, THREE, ("site.kind", ("建筑工地",))),
}


def on_site_rules(site: Site, written: Mapping[str, Any]) -> tuple[dict[str, Judged], set[str]]:
    """What each item comes to, and which of those that apply nobody has looked at in time."""
    verdicts: dict[str, Judged] = {}
    unseen: set[str] = set()
    for rule, item in ITEMS.items():
        verdicts[rule] = None
        if item.only_for and site.text(item.only_for[0]) not in item.only_for[1]:
            continue
        results = [result for on, result in usable_results(written, rule, item) if is_valid(on, item, site.as_of)]
        if results:
            worst = len(item.levels) - 1
            verdicts[rule] = Verdict(worst - item.levels.index(results[-1]), worst)
        else:
            unseen.add(rule)
    return verdicts, unseen


def usable_results(written: Mapping[str, Any], rule: str, item: Item) -> list[tuple[date, str]]:
    """The results of an item by day, of one day as they are written."""
    found = []
    for inspection in written["inspections"]:
        on = as_date(inspection.get("on"))
        for result in inspection.get("results", []):
            told = result.get("result")
            if on and result.get("rule") == rule and is_text(told) and told in item.levels:
                found.append((on, told))
    return sorted(found, key=lambda pair: pair[0])


def is_valid(on: date, item: Item, as_of: date) -> bool:
    """Not later than the as-of date, and on or after the same day so many months before."""
    month = as_of.year * 12 + as_of.month - 1 - item.months
    year, month = month // 12, month % 12 + 1
    if year < 1:
        return on <= as_of
    first = date(year, month, min(as_of.day, monthrange(year, month)[1]))
    return first <= on <= as_of
