"""The rules on the responsibility list (L), the activity space (A) and the member guide (G)."""

from __future__ import annotations

from datetime import date

from tests.oracle.dates import is_recent
from tests.oracle.texts import given, is_given, people
from tests.oracle.usable import Row, Site, as_date
from tests.oracle.verdicts import Judged, documents, kept, row_by_row, share

ITEMS = "responsibility_list.items"
ROLES = "member_guide.roles"
FULL = "branch.full_members"
FITTINGS = {"场所", "设施", "标志", "党旗", "书报", "制度"}


def has_happened(site: Site, path: str) -> Judged:
    """The day is given, and not ahead."""
    return kept(site.past_day(path) is not None, site, path)


def is_written(site: Site, path: str) -> Judged:
    return kept(is_given(site.get(path)), site, path)


def list_rules(site: Site) -> dict[str, Judged]:
    items = site.elements(ITEMS)
    done = [item for item in items if is_done(item, site.as_of)]
    dates = ("responsibility_list.issued_on", "responsibility_list.reviewed_on")
    is_reviewed = any(is_recent(site.day(path), site.as_of) for path in dates)
    return {
        "L001": kept(site.has("responsibility_list"), site),
        "L002": has_happened(site, "responsibility_list.issued_on"),
        "L003": kept(len(items) > 0, site, ITEMS),
        "L004": row_by_row(items, lambda item: is_given(item.get("owner")), "owner"),
        "L005": row_by_row(items, lambda item: "due" in item or "frequency" in item, "due", "frequency"),
        "L006": row_by_row(done, lambda item: is_given(item.get("feedback")), "feedback", "status", "done_on"),
        "L007": row_by_row(items, lambda item: not is_overdue(item, site.as_of), "due", "status", "done_on"),
        "L008": some_item_is("安全质量", "建筑工地", site),
        "L009": some_item_is("小区治理", "社区物业", site),
        "L010": secretary_owns_something(site),
        "L011": documents(site, "responsibility_list"),
        "L012": kept(is_reviewed, site, *dates),
    }


def is_done(item: Row, as_of: date) -> bool:
    """What is said to be done on a day that is ahead is not done yet."""
    done_on = as_date(item.get("done_on"))
    return item.get("status") == "已完成" and (done_on is None or done_on <= as_of)


def is_overdue(item: Row, as_of: date) -> bool:
    due = as_date(item.get("due"))
    return due is not None and due < as_of and not is_done(item, as_of)


def some_item_is(category: str, kind: str, site: Site) -> Judged:
    items = site.elements(ITEMS)
    if not items or site.text("site.kind") != kind:
        return None
    return kept(any(item.get("category") == category for item in items), site, "site.kind", f"{ITEMS}.category")


def secretary_owns_something(site: Site) -> Judged:
    officers, items = site.elements("branch.officers"), site.elements(ITEMS)
    secretaries = people(row["name"] for row in officers if "name" in row and "书记" in row.get("posts", []))
    if not secretaries or not items:
        return None
    owners = people(item["owner"] for item in items if "owner" in item)
    looked_at = ("branch.officers.name", "branch.officers.posts", f"{ITEMS}.owner")
    return kept(bool(owners & secretaries), site, *looked_at)


def space_rules(site: Site) -> dict[str, Judged]:
    area = site.get("activity_space.area_m2")
    there = FITTINGS & set(site.elements("activity_space.has"))
    return {
        "A001": kept(site.has("activity_space"), site),
        "A002": is_written(site, "activity_space.address"),
        "A003": has_happened(site, "activity_space.opened_on"),
        "A004": share(len(there), len(FITTINGS), site, "activity_space.has"),
        "A005": kept(area is not None and area >= 10, site, "activity_space.area_m2"),
        "A006": is_written(site, "activity_space.opening_hours"),
        "A007": documents(site, "activity_space"),
    }


def guide_rules(site: Site) -> dict[str, Judged]:
    roles = site.elements(ROLES)
    members = people(name for role in roles for name in role.get("members", []))
    full, pledged = site.number(FULL) or 0, site.number("member_guide.pledged_members")
    pledges = pledged is not None and pledged >= full
    return {
        "G001": kept(site.has("member_guide"), site),
        "G002": has_happened(site, "member_guide.issued_on"),
        "G003": kept(len(roles) > 0, site, ROLES),
        "G004": row_by_row(roles, lambda role: len(given(role.get("members", []))) > 0, "members"),
        "G005": kept(len(members) * 100 >= full * 60, site, f"{ROLES}.members", FULL) if roles and full >= 1 else None,
        "G006": kept(pledges, site, "member_guide.pledged_members", FULL) if full >= 1 else None,
        "G007": some_role_is({"党员先锋岗", "党员责任区"}, "建筑工地", site),
        "G008": some_role_is({"党员志愿服务队"}, "社区物业", site),
        "G009": documents(site, "member_guide"),
    }


def some_role_is(kinds: set[str], kind: str, site: Site) -> Judged:
    roles = site.elements(ROLES)
    if not roles or site.text("site.kind") != kind:
        return None
    return kept(any(role.get("kind") in kinds for role in roles), site, "site.kind", f"{ROLES}.kind")
