"""The rules on the programme (P) and on the branch (B)."""

from __future__ import annotations

from datetime import date

from tests.oracle.dates import is_recent, term_is_over
from tests.oracle.texts import given, is_given, people
from tests.oracle.usable import Row, Site, as_date
from tests.oracle.verdicts import Judged, documents, each, kept, row_by_row, share

OFFICERS = "branch.officers"
POSTS = "branch.officers.posts"
NAMES = "branch.officers.name"
FORM = "branch.form"
FULL = "branch.full_members"


def programme_rules(site: Site, known_rules: set[str]) -> dict[str, Judged]:
    started, ends = site.day("site.started_on"), site.day("site.ends_on")
    surveys, waivers, records = site.rows("satisfaction"), site.rows("waivers"), site.elements("work_rules.records")
    answered = [survey for survey in surveys if "rated" in survey and "satisfied" in survey]
    counted = [record for record in records if "attended" in record and "expected" in record]
    is_construction = site.text("site.kind") == "建筑工地"
    has_guide = is_given(site.get("site.liaison")) or is_given(site.get("site.instructor"))
    is_surveyed = any(is_recent(as_date(survey.get("surveyed_on")), site.as_of) for survey in surveys)
    return {
        "P001": None
        if started is None or ends is None
        else kept(ends >= started, site, "site.started_on", "site.ends_on"),
        "P002": kept(is_given(site.get("site.organization")), site, "site.organization", "site.kind")
        if is_construction
        else None,
        "P003": kept(has_guide, site, "site.liaison", "site.instructor"),
        "P004": kept(is_given(site.get("site.brand")), site, "site.brand"),
        "P005": kept(is_surveyed, site, "satisfaction.surveyed_on"),
        "P006": row_by_row(waivers, lambda row: is_in_force(row, site.as_of), "until", "reason", "approved_by"),
        "P007": row_by_row(waivers, lambda row: row.get("rule") in known_rules, "rule"),
        "P008": row_by_row(answered, lambda row: bool(row["satisfied"] <= row["rated"]), "satisfied", "rated"),
        "P009": row_by_row(counted, lambda row: bool(row["attended"] <= row["expected"]), "attended", "expected"),
    }


def is_in_force(waiver: Row, as_of: date) -> bool:
    until = as_date(waiver.get("until"))
    has_papers = is_given(waiver.get("reason")) and is_given(waiver.get("approved_by"))
    return has_papers and until is not None and until >= as_of


def excused_rules(site: Site) -> set[str]:
    return {row["rule"] for row in site.rows("waivers") if "rule" in row and is_in_force(row, site.as_of)}


def is_temporary(site: Site) -> bool:
    """An absent form is not 临时."""
    return site.text(FORM) == "临时"


def needs_committee(site: Site) -> bool:
    """7 or more full members, form not 临时."""
    full = site.number(FULL)
    return full is not None and full >= 7 and not is_temporary(site)


def is_too_small_for_one(site: Site) -> bool:
    """Fewer than 7 full members, form not 临时. Of an unknown number neither is true."""
    full = site.number(FULL)
    return full is not None and full < 7 and not is_temporary(site)


def branch_rules(site: Site) -> dict[str, Judged]:
    return {
        "B001": kept(site.has("branch"), site),
        **founding_rules(site),
        **size_rules(site),
        **officer_rules(site),
        **term_rules(site),
        "B015": documents(site, "branch"),
    }


def founding_rules(site: Site) -> dict[str, Judged]:
    applied, approved = site.day("branch.applied_on"), site.past_day("branch.approved_on")
    established = site.past_day("branch.established_on")
    approval = {"branch.approved_by": is_given(site.get("branch.approved_by")), "branch.approved_on": bool(approved)}
    follows = established is not None and (approved is None or established >= approved)
    return {
        "B002": each(approval, site),
        "B012": None
        if applied is None or approved is None
        else kept(0 <= (approved - applied).days <= 31, site, "branch.applied_on", "branch.approved_on"),
        "B013": kept(follows, site, "branch.established_on", "branch.approved_on"),
        "B014": kept(is_given(site.get("branch.approval_no")), site, "branch.approval_no"),
    }


def size_rules(site: Site) -> dict[str, Judged]:
    full, probationary = site.number(FULL), site.number("branch.probationary_members")
    units = len(given(site.elements("branch.covers")))
    ends = site.day("site.ends_on")
    return {
        "B003": kept((full or 0) >= 3, site, FULL),
        "B004": None
        if full is None
        else kept(full + (probationary or 0) <= 50, site, FULL, "branch.probationary_members"),
        "B010": kept(2 <= units <= 5, site, "branch.covers", FORM) if site.text(FORM) == "联合" else None,
        "B011": kept(ends >= site.as_of, site, "site.ends_on", FORM)
        if is_temporary(site) and ends is not None
        else None,
    }


def officer_rules(site: Site) -> dict[str, Judged]:
    officers = site.elements(OFFICERS)
    held = [set(officer.get("posts", [])) for officer in officers]
    filled = {"组织委员", "宣传委员", "纪检委员"} & {post for posts in held for post in posts}
    secretaries = [officer for officer, posts in zip(officers, held, strict=True) if "书记" in posts]
    # An officer who has no name is nobody; two of the same name are one person.
    named = people(officer.get("name", "") for officer in officers)
    is_led = people(officer.get("name", "") for officer in secretaries)
    deputies = sum("副书记" in posts for posts in held)
    committee, small = needs_committee(site), is_too_small_for_one(site)
    return {
        "B005": kept(len(secretaries) == 1 and bool(is_led), site, POSTS, NAMES),
        "B006": kept(len(named) >= 3, site, OFFICERS, NAMES, FULL, FORM) if committee else None,
        "B007": share(len(filled), 3, site, POSTS, FULL, FORM) if committee else None,
        "B008": kept(len(officers) <= 2, site, OFFICERS, FULL, FORM) if small else None,
        "B017": kept(len(officers) <= 7, site, OFFICERS, FULL, FORM) if committee else None,
        "B018": kept(deputies <= 1, site, POSTS),
    }


def term_rules(site: Site) -> dict[str, Judged]:
    elected, years = site.past_day("branch.elected_on"), site.number("branch.term_years")
    goes_on = elected is not None and years is not None and not term_is_over(elected, years, site.as_of)
    temporary = is_temporary(site)
    return {
        "B009": None
        if temporary or years is None
        else kept(goes_on, site, "branch.elected_on", "branch.term_years", FORM),
        "B016": None if temporary else kept(years in (3, 5), site, "branch.term_years", FORM),
        "B019": kept(elected is None, site, "branch.elected_on", FORM) if temporary else None,
    }
