"""The rules on the working rules and the meetings (W)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.oracle.branch import FORM, FULL, is_temporary, needs_committee
from tests.oracle.dates import first_day, is_recent, last_year_due, whole_periods
from tests.oracle.papers import has_happened
from tests.oracle.texts import people
from tests.oracle.usable import Row, Site, as_date
from tests.oracle.verdicts import Judged, documents, kept, row_by_row, share

COVERS = "work_rules.covers"
RECORDS = "work_rules.records"
ESTABLISHED = "branch.established_on"
WHAT_AND_WHEN = (f"{RECORDS}.kind", f"{RECORDS}.date", ESTABLISHED)


def work_rules(site: Site) -> dict[str, Judged]:
    covers = set(site.elements(COVERS))
    meetings = {"三会一课", "主题党日", "组织生活会", "谈心谈话"}
    members = {"民主评议党员", "党费收缴"}
    others = {"发展党员", "党费收缴"}
    has_members = site.text(FORM) not in ("临时", "流动")
    return {
        "W001": kept(site.has("work_rules"), site),
        "W002": has_happened(site, "work_rules.issued_on"),
        "W003": share(len(meetings & covers), len(meetings), site, COVERS),
        "W004": share(len(members & covers), len(members), site, COVERS, FORM) if has_members else None,
        **rhythm_rules(site),
        "W013": at_most_two_recorders(site),
        "W014": enough_attended(site, is_quorate_by_half, 1, 2, "kind"),
        "W015": documents(site, "work_rules"),
        "W016": enough_attended(site, lambda record: record.get("decision") == "选举", 4, 5),
        "W017": kept(not others & covers, site, COVERS, FORM) if is_temporary(site) else None,
    }


def rhythm_rules(site: Site) -> dict[str, Judged]:
    has_groups = (site.number("branch.groups") or 0) >= 1
    return {
        "W005": held_every(3, "党员大会", site),
        "W006": held_every(1, "支委会", site, FULL, FORM) if needs_committee(site) else None,
        "W007": held_every(1, "党小组会", site, "branch.groups") if has_groups else None,
        "W008": held_every(1, "主题党日", site),
        "W009": held_once("党课", site),
        "W010": held_for_last_year("组织生活会", site),
        "W011": None if is_temporary(site) else held_for_last_year("民主评议党员", site, FORM),
        "W012": held_once("谈心谈话", site),
    }


def recent_records(site: Site) -> list[Row]:
    return [record for record in site.elements(RECORDS) if is_recent(as_date(record.get("date")), site.as_of)]


def recent_days(kind: str, site: Site) -> list[date]:
    days = [as_date(record["date"]) for record in recent_records(site) if record.get("kind") == kind]
    return [day for day in days if day is not None]


def held_every(months: int, kind: str, site: Site, *also_looked_at: str) -> Judged:
    periods = whole_periods(months, site.as_of, site.past_day(ESTABLISHED))
    if not periods:
        return None
    days = recent_days(kind, site)
    held = [any(begin <= day <= end for day in days) for begin, end in periods]
    return share(sum(held), len(periods), site, *WHAT_AND_WHEN, *also_looked_at)


def held_once(kind: str, site: Site) -> Judged:
    """In the last 12 months, once the branch has stood for as long."""
    established = site.past_day(ESTABLISHED)
    if established is not None and established > first_day(site.as_of):
        return None
    return kept(bool(recent_days(kind, site)), site, *WHAT_AND_WHEN)


def held_for_last_year(kind: str, site: Site, *also_looked_at: str) -> Judged:
    """For the last year that is due, where the branch had stood for six months by the end of it."""
    year, established = last_year_due(site.as_of), site.past_day(ESTABLISHED)
    if year < 1 or (established is not None and established > date(year, 6, 30)):
        return None
    records = [record for record in site.elements(RECORDS) if record.get("kind") == kind]
    is_held = any(serves(record, year, site.as_of) for record in records)
    return kept(is_held, site, *WHAT_AND_WHEN, f"{RECORDS}.year", *also_looked_at)


def serves(record: Row, year: int, as_of: date) -> bool:
    """What is said of the year goes before the date, but a meeting that is ahead serves no year yet."""
    when = as_date(record.get("date"))
    if when is not None and when > as_of:
        return False
    if "year" in record:
        return bool(record["year"] == year)
    return when is not None and date(year, 1, 1) <= when <= date(year + 1, 3, 31)


def at_most_two_recorders(site: Site) -> Judged:
    recorders = people(record["recorder"] for record in recent_records(site) if "recorder" in record)
    return kept(len(recorders) <= 2, site, f"{RECORDS}.recorder", f"{RECORDS}.date") if recorders else None


def is_quorate_by_half(record: Row) -> bool:
    """支委会, whatever it decides, and 党员大会 that votes."""
    kind, decision = record.get("kind"), record.get("decision")
    return kind == "支委会" or (kind == "党员大会" and decision == "表决")


def enough_attended(site: Site, is_meant: Callable[[Row], bool], part: int, whole: int, *more_keys: str) -> Judged:
    """At each meeting of the 12 months that is meant and gives both numbers."""
    meant = [record for record in recent_records(site) if is_meant(record)]
    counted = [record for record in meant if "attended" in record and "expected" in record]
    keys = ("date", "decision", "attended", "expected", *more_keys)
    return row_by_row(counted, lambda row: bool(row["attended"] * whole >= row["expected"] * part), *keys)
