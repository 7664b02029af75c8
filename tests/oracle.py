"""A second opinion: what the rulebook says of a site, worked out again in the plainest possible way.

Written from the rulebook's prose alone. It shares no code and no shape with the program, so that a mistake
in the one is unlikely to be found in the other. It expects a *valid* site, as tomllib reads it, and knows the
built-in standard only. Findings of format (F) and across files (X) are none of its business.
"""

from __future__ import annotations

import stat
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

Table = Mapping[str, object]
Verdict = bool | None  # None: the rule does not apply

ONES = {
    "branch": "B",
    "responsibility_list": "L",
    "activity_space": "A",
    "member_guide": "G",
    "work_rules": "W",
}
ERRORS = {
    *("P001", "B001", "B002", "B003", "B005", "B006", "L001", "L002", "L003", "L004", "L005"),
    *("A001", "A002", "A003", "G001", "G002", "G003", "G004", "W001", "W002", "W003"),
}
WARNINGS = {
    *("P002", "P006", "P007", "P008", "B004", "B007", "B009", "B010", "B011", "B013", "B014", "B015"),
    *("L006", "L007", "L008", "L009", "L011", "A004", "A007", "G005", "G009", "W004", "W005", "W006"),
    *("W007", "W008", "W009", "W010", "W011", "W013", "W014", "W015"),
}
INFOS = {
    *("P003", "P004", "P005", "B008", "B012", "L010", "L012", "A005", "A006", "G006", "G007", "G008"),
    "W012",
}
POINTS = {**dict.fromkeys(ERRORS, 3), **dict.fromkeys(WARNINGS, 2), **dict.fromkeys(INFOS, 1)}


@dataclass(frozen=True)
class ExpectedOne:
    status: str
    score: Decimal
    passed: int
    applicable: int


@dataclass(frozen=True)
class Expected:
    score: Decimal
    grade: str
    complete: int
    ones: dict[str, ExpectedOne]
    failed: frozenset[str]
    waived: frozenset[str]


def recompute(site: dict[str, object], folder: Path, as_of: date) -> Expected:
    """What `pilot` should say of this site, whose file stands in `folder`, as of that date."""
    verdicts = {
        **programme_rules(site, as_of),
        **branch_rules(site, folder, as_of),
        **list_rules(site, folder, as_of),
        **space_rules(site, folder, as_of),
        **guide_rules(site, folder, as_of),
        **paper_rules(site, folder, as_of),
        **meeting_rules(site, as_of),
    }
    assert verdicts.keys() == POINTS.keys()
    for one, letter in ONES.items():
        if not table(site, one):
            verdicts |= {rule: None for rule in verdicts if rule.startswith(letter)}
            verdicts[letter + "001"] = False

    excused = waivers_in_force(site, as_of)
    failing = {rule for rule, verdict in verdicts.items() if verdict is False}
    counted = {rule: bool(v) for rule, v in verdicts.items() if v is not None and rule not in excused}

    ones: dict[str, ExpectedOne] = {}
    total = Fraction(0)
    for one, letter in ONES.items():
        own = {rule: passed for rule, passed in counted.items() if rule.startswith(letter)}
        missing = not table(site, one)
        score = Fraction(0) if missing else exact_score(own)
        total += score
        ones[one] = ExpectedOne(
            status="missing" if missing else status_of(own),
            score=one_decimal(score),
            passed=sum(own.values()),
            applicable=len(own),
        )
    return Expected(
        score=one_decimal(total),
        grade=grade_of(one_decimal(total)),
        complete=sum(one.status == "complete" for one in ones.values()),
        ones=ones,
        failed=frozenset(failing - excused),
        waived=frozenset(failing & excused),
    )


def exact_score(own: Mapping[str, bool]) -> Fraction:
    """20 x points of passed rules / points of applicable rules; nothing asked is nothing lost."""
    if not own:
        return Fraction(20)
    passed = sum(POINTS[rule] for rule in own if own[rule])
    return Fraction(20 * passed, sum(POINTS[rule] for rule in own))


def status_of(own: Mapping[str, bool]) -> str:
    return "complete" if all(own[rule] for rule in own if rule in ERRORS) else "incomplete"


def grade_of(score: Decimal) -> str:
    if score < 60:
        return "不合格"
    return "优秀" if score >= 90 else "良好" if score >= 75 else "合格"


def one_decimal(exact: Fraction) -> Decimal:
    """Half up. 28 digits hold a tie exactly, and no other score comes so near to one."""
    return (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)


def table(parent: Table, key: str) -> Table:
    value = parent.get(key, {})
    assert isinstance(value, dict)
    return value


def entries(parent: Table, key: str) -> list[Any]:
    """A list of strings or an array of tables; what is absent has none."""
    value = parent.get(key, [])
    assert isinstance(value, list)
    return value


def text(parent: Table, key: str) -> str:
    value = parent.get(key, "")
    assert isinstance(value, str)
    return value


def is_written(parent: Table, key: str) -> bool:
    """Whether a text is given: present and not blank."""
    return text(parent, key).strip() != ""


def number(parent: Table, key: str) -> int | None:
    value = parent.get(key)
    assert value is None or isinstance(value, int)
    return value


def day(parent: Table, key: str) -> date | None:
    """A TOML date, or a quoted one."""
    value = parent.get(key)
    if isinstance(value, str):
        return date.fromisoformat(value)
    assert value is None or (isinstance(value, date) and not isinstance(value, datetime))
    return value


def in_another_year(of: date, year: int) -> date:
    """The same day of that year; 29 February becomes 28 February where there is none."""
    if (of.month, of.day) == (2, 29) and monthrange(year, 2)[1] == 28:
        return date(year, 2, 28)
    return date(year, of.month, of.day)


def first_day(as_of: date) -> date:
    """The first of the 12 months up to the as-of date. 29 February always goes back to 28 February."""
    return date.min if as_of.year == 1 else in_another_year(as_of, as_of.year - 1)


def is_recent(when: date | None, as_of: date) -> bool:
    """Within the 12 months up to the as-of date, both ends included."""
    return when is not None and first_day(as_of) <= when <= as_of


def has_come(when: date | None, as_of: date) -> bool:
    """Given, and not after the as-of date."""
    return when is not None and when <= as_of


def whole_periods(months: int, as_of: date, established: date | None) -> list[tuple[date, date]]:
    """First and last days of the calendar months (3 months: quarters) in which meetings are expected."""
    periods = []
    for year in sorted({first_day(as_of).year, as_of.year}):
        for month in range(1, 13, months):
            last_month = month + months - 1
            begin = date(year, month, 1)
            end = date(year, last_month, monthrange(year, last_month)[1])
            old_enough = established is None or begin >= established
            if begin >= first_day(as_of) and old_enough and end <= as_of:
                periods.append((begin, end))
    return periods


def documents_exist(one: Table, folder: Path) -> bool:
    """Documents are named, and every one exists."""
    names = entries(one, "documents")
    return len(names) > 0 and all(document_exists(name, folder) for name in names)


def document_exists(name: str, folder: Path) -> bool:
    if Path(name).anchor:  # absolute; on Windows also "\x" and "C:x"
        return False
    depth = 0
    for part in Path(name).parts:
        depth += -1 if part == ".." else 1
        if depth < 0:
            return False
    try:
        real = (folder / name).resolve(strict=True)
        facts = real.stat()
    except (OSError, ValueError, RuntimeError):  # not there, a name no file can have, links in a circle
        return False
    return real.is_relative_to(folder.resolve()) and stat.S_ISREG(facts.st_mode) and facts.st_size > 0


def programme_rules(site: Table, as_of: date) -> dict[str, Verdict]:
    head = table(site, "site")
    started, ends = day(head, "started_on"), day(head, "ends_on")
    surveys = entries(site, "satisfaction")
    both = [survey for survey in surveys if "rated" in survey and "satisfied" in survey]
    waivers = entries(site, "waivers")
    return {
        "P001": None if started is None or ends is None else ends >= started,
        "P002": is_written(head, "organization"),
        "P003": is_written(head, "liaison"),
        "P004": is_written(head, "brand"),
        "P005": any(is_recent(day(survey, "surveyed_on"), as_of) for survey in surveys),
        "P006": all(is_valid_waiver(waiver, as_of) for waiver in waivers) if waivers else None,
        "P007": all(text(waiver, "rule") in POINTS for waiver in waivers) if waivers else None,
        "P008": all(survey["satisfied"] <= survey["rated"] for survey in both) if both else None,
    }


def is_valid_waiver(waiver: Table, as_of: date) -> bool:
    until = day(waiver, "until")
    return until is not None and until >= as_of


def waivers_in_force(site: Table, as_of: date) -> set[str]:
    return {text(waiver, "rule") for waiver in entries(site, "waivers") if is_valid_waiver(waiver, as_of)}


def is_temporary(site: Table) -> bool:
    """An absent form is not 临时."""
    return text(table(site, "branch"), "form") == "临时"


def needs_committee(site: Table) -> bool:
    """7 or more full members, form not 临时."""
    full = number(table(site, "branch"), "full_members")
    return full is not None and full >= 7 and not is_temporary(site)


def is_too_small_for_one(site: Table) -> bool:
    """Fewer than 7 full members, form not 临时. Of an unknown number neither is true."""
    full = number(table(site, "branch"), "full_members")
    return full is not None and full < 7 and not is_temporary(site)


def branch_rules(site: Table, folder: Path, as_of: date) -> dict[str, Verdict]:
    branch = table(site, "branch")
    full = number(branch, "full_members") or 0
    officers = entries(branch, "officers")
    posts = {post for officer in officers for post in entries(officer, "posts")}
    committee = {"组织委员", "宣传委员", "纪检委员"}
    joint = text(branch, "form") == "联合"
    ends = day(table(site, "site"), "ends_on")
    applied, approved = day(branch, "applied_on"), day(branch, "approved_on")
    established = day(branch, "established_on")
    return {
        "B001": len(branch) > 0,
        "B002": is_written(branch, "approved_by") and approved is not None,
        "B003": full >= 3,
        "B004": full + (number(branch, "probationary_members") or 0) <= 50,
        "B005": sum("书记" in entries(officer, "posts") for officer in officers) == 1,
        "B006": 3 <= len(officers) <= 7 if needs_committee(site) else None,
        "B007": committee <= posts if needs_committee(site) else None,
        "B008": len(officers) <= 2 if is_too_small_for_one(site) else None,
        "B009": None if is_temporary(site) else term_has_not_run_out(branch, as_of),
        "B010": 2 <= len(entries(branch, "covers")) <= 5 if joint else None,
        "B011": ends >= as_of if is_temporary(site) and ends is not None else None,
        "B012": None if applied is None or approved is None else 0 <= (approved - applied).days <= 31,
        "B013": established is not None and (approved is None or established >= approved),
        "B014": is_written(branch, "approval_no"),
        "B015": documents_exist(branch, folder),
    }


def term_has_not_run_out(branch: Table, as_of: date) -> bool:
    """It runs out on the very day, some years later; beyond the year 9999 it never does."""
    elected, years = day(branch, "elected_on"), number(branch, "term_years")
    if elected is None:
        return False
    last_year = elected.year + (3 if years is None else years)
    return last_year > 9999 or as_of < in_another_year(elected, last_year)


def list_rules(site: Table, folder: Path, as_of: date) -> dict[str, Verdict]:
    duties = table(site, "responsibility_list")
    items = entries(duties, "items")
    done = [item for item in items if text(item, "status") == "已完成"]
    categories = [text(item, "category") for item in items]
    dates = [day(duties, "issued_on"), day(duties, "reviewed_on")]
    kind = text(table(site, "site"), "kind")
    return {
        "L001": len(duties) > 0,
        "L002": has_come(day(duties, "issued_on"), as_of),
        "L003": len(items) > 0,
        "L004": all(is_written(item, "owner") for item in items) if items else None,
        "L005": all("due" in item or "frequency" in item for item in items) if items else None,
        "L006": all(is_written(item, "feedback") for item in done) if done else None,
        "L007": not any(is_overdue(item, as_of) for item in items) if items else None,
        "L008": "安全质量" in categories if items and kind == "建筑工地" else None,
        "L009": "小区治理" in categories if items and kind == "社区物业" else None,
        "L010": secretary_owns_something(site),
        "L011": documents_exist(duties, folder),
        "L012": any(is_recent(when, as_of) for when in dates),
    }


def is_overdue(item: Table, as_of: date) -> bool:
    due = day(item, "due")
    return due is not None and due < as_of and text(item, "status") != "已完成"


def secretary_owns_something(site: Table) -> Verdict:
    officers = entries(table(site, "branch"), "officers")
    named = [officer for officer in officers if is_written(officer, "name")]
    secretaries = {text(officer, "name") for officer in named if "书记" in entries(officer, "posts")}
    items = entries(table(site, "responsibility_list"), "items")
    if not secretaries or not items:
        return None
    return any(text(item, "owner") in secretaries for item in items)


def space_rules(site: Table, folder: Path, as_of: date) -> dict[str, Verdict]:
    space = table(site, "activity_space")
    area = space.get("area_m2", 0)
    assert isinstance(area, int | float)
    return {
        "A001": len(space) > 0,
        "A002": is_written(space, "address"),
        "A003": has_come(day(space, "opened_on"), as_of),
        "A004": {"场所", "设施", "标志", "党旗", "书报", "制度"} <= set(entries(space, "has")),
        "A005": area >= 10,
        "A006": is_written(space, "opening_hours"),
        "A007": documents_exist(space, folder),
    }


def guide_rules(site: Table, folder: Path, as_of: date) -> dict[str, Verdict]:
    guide = table(site, "member_guide")
    roles = entries(guide, "roles")
    kinds = {text(role, "kind") for role in roles}
    members = {member for role in roles for member in entries(role, "members")}
    full = number(table(site, "branch"), "full_members") or 0
    pledged = number(guide, "pledged_members")
    kind = text(table(site, "site"), "kind")
    return {
        "G001": len(guide) > 0,
        "G002": has_come(day(guide, "issued_on"), as_of),
        "G003": len(roles) > 0,
        "G004": all(len(entries(role, "members")) > 0 for role in roles) if roles else None,
        "G005": len(members) * 100 >= full * 60 if full >= 1 else None,
        "G006": pledged is not None and pledged >= full if full >= 1 else None,
        "G007": bool(kinds & {"党员先锋岗", "党员责任区"}) if roles and kind == "建筑工地" else None,
        "G008": "党员志愿服务队" in kinds if roles and kind == "社区物业" else None,
        "G009": documents_exist(guide, folder),
    }


def paper_rules(site: Table, folder: Path, as_of: date) -> dict[str, Verdict]:
    work = table(site, "work_rules")
    covers = set(entries(work, "covers"))
    return {
        "W001": len(work) > 0,
        "W002": has_come(day(work, "issued_on"), as_of),
        "W003": {"三会一课", "主题党日", "组织生活会", "谈心谈话"} <= covers,
        "W004": None if is_temporary(site) else {"民主评议党员", "党费收缴"} <= covers,
        "W015": documents_exist(work, folder),
    }


def meeting_rules(site: Table, as_of: date) -> dict[str, Verdict]:
    has_groups = (number(table(site, "branch"), "groups") or 0) >= 1
    return {
        "W005": held_every(3, "党员大会", site, as_of),
        "W006": held_every(1, "支委会", site, as_of) if needs_committee(site) else None,
        "W007": held_every(1, "党小组会", site, as_of) if has_groups else None,
        "W008": held_every(1, "主题党日", site, as_of),
        "W009": held_once("党课", site, as_of),
        "W010": held_once("组织生活会", site, as_of),
        "W011": None if is_temporary(site) else held_once("民主评议党员", site, as_of),
        "W012": held_once("谈心谈话", site, as_of),
        "W013": at_most_two_recorders(site, as_of),
        "W014": half_attended(site, as_of),
    }


def recent_records(site: Table, as_of: date) -> list[Any]:
    records = entries(table(site, "work_rules"), "records")
    return [record for record in records if is_recent(day(record, "date"), as_of)]


def held_every(months: int, kind: str, site: Table, as_of: date) -> Verdict:
    periods = whole_periods(months, as_of, day(table(site, "branch"), "established_on"))
    if not periods:
        return None
    held = [day(record, "date") for record in recent_records(site, as_of) if text(record, "kind") == kind]
    return all(any(on is not None and begin <= on <= end for on in held) for begin, end in periods)


def held_once(kind: str, site: Table, as_of: date) -> Verdict:
    established = day(table(site, "branch"), "established_on")
    if established is not None and established > first_day(as_of):
        return None
    return any(text(record, "kind") == kind for record in recent_records(site, as_of))


def at_most_two_recorders(site: Table, as_of: date) -> Verdict:
    recent = recent_records(site, as_of)
    recorders = {text(record, "recorder") for record in recent if is_written(record, "recorder")}
    return len(recorders) <= 2 if recorders else None


def half_attended(site: Table, as_of: date) -> Verdict:
    enough = []
    for record in recent_records(site, as_of):
        attended, expected = number(record, "attended"), number(record, "expected")
        if text(record, "kind") in ("党员大会", "支委会") and attended is not None and expected is not None:
            enough.append(attended * 2 >= expected)
    return all(enough) if enough else None
