"""What the verdicts add up to: status, points, score and grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

from tests.oracle.branch import branch_rules, excused_rules, programme_rules
from tests.oracle.meetings import work_rules
from tests.oracle.on_site import ITEMS, on_site_rules
from tests.oracle.papers import guide_rules, list_rules, space_rules
from tests.oracle.usable import Site, use
from tests.oracle.verdicts import Judged, Verdict, share

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
    *("P002", "P006", "P007", "P008", "P009", "B004", "B007", "B009", "B010", "B011", "B013", "B015"),
    *("B016", "B017", "B018", "B019", "L006", "L007", "L008", "L009", "L011", "A004", "A007", "G005", "G009"),
    *("W004", "W005", "W006", "W007", "W008", "W009", "W010", "W011", "W014", "W015", "W016"),
}
INFOS = {
    *("P003", "P004", "P005", "B008", "B012", "B014", "L010", "L012", "A005", "A006", "G006", "G007", "G008"),
    *("W012", "W013", "W017"),
}
POINTS = {**dict.fromkeys(ERRORS, 3), **dict.fromkeys(WARNINGS, 2), **dict.fromkeys(INFOS, 1), "B012": 0}
POINTS |= {rule: item.points for rule, item in ITEMS.items()}
SHARED = {
    *("B007", "B015", "L004", "L005", "L006", "L007", "L011", "A004", "A007", "G004", "G009"),
    *("W003", "W004", "W005", "W006", "W007", "W008", "W014", "W015", "W016"),
    *ITEMS,
}
WEIGHT = 20


@dataclass(frozen=True)
class ExpectedOne:
    status: str
    score: Decimal
    passed: int
    applicable: int
    earned: Fraction
    possible: int


@dataclass(frozen=True)
class Expected:
    score: Decimal
    grade: str
    complete: int
    ones: dict[str, ExpectedOne]
    failed: frozenset[str]
    waived: frozenset[str]
    to_inspect: frozenset[str] = frozenset()


def recompute(
    site: dict[str, object], folder: Path | None, as_of: date, inspections: Mapping[str, Any] | None = None
) -> Expected:
    """What `pilot` should say of a site as of that date. Its file stands in `folder`; None: it has no place.

    With inspections, by the standard that has on-site items.
    """
    used = use(site, folder, as_of)
    on_site, unseen = on_site_rules(used, inspections) if inspections is not None else ({}, set())
    verdicts = all_verdicts(used, on_site)
    excused = excused_rules(used)
    unseen = {rule for rule in unseen if used.has(one_of_rule(rule))}
    told = {rule for rule, v in verdicts.items() if v is not None and not v.is_kept}
    counted = {rule: v for rule, v in verdicts.items() if v is not None and rule not in excused}

    ones: dict[str, ExpectedOne] = {}
    total = Fraction(0)
    for one in ONES:
        own = {rule: verdict for rule, verdict in counted.items() if one_of_rule(rule) == one}
        is_missing = not used.has(one)
        ones[one] = expected_one(own, is_missing)
        total += exact_score(ones[one], is_missing)
    complete = sum(one.status == "complete" for one in ones.values())
    return Expected(
        score=one_decimal(total),
        grade=grade_of(one_decimal(total), complete),
        complete=complete,
        ones=ones,
        failed=frozenset(told - excused),
        waived=frozenset(told & excused),
        to_inspect=frozenset(unseen - excused),
    )


def one_of_rule(rule: str) -> str:
    """The one that a rule counts for; empty for those of the programme."""
    if rule in ITEMS:
        return ITEMS[rule].one
    return next((one for one, letter in ONES.items() if rule.startswith(letter)), "")


def all_verdicts(site: Site, on_site: Mapping[str, Judged]) -> dict[str, Judged]:
    known = {rule for rule in POINTS if rule in on_site or rule not in ITEMS}
    verdicts = {
        **programme_rules(site, known),
        **branch_rules(site),
        **list_rules(site),
        **space_rules(site),
        **guide_rules(site),
        **work_rules(site),
        **on_site,
    }
    assert verdicts.keys() == known
    for one, letter in ONES.items():
        if not site.has(one):
            verdicts |= {rule: None for rule in verdicts if one_of_rule(rule) == one}
            verdicts[letter + "001"] = share(0, 1, site, one)
    return verdicts


def expected_one(own: Mapping[str, Verdict], is_missing: bool) -> ExpectedOne:
    one = ExpectedOne(
        status="missing" if is_missing else status_of(own),
        score=Decimal(0),
        passed=sum(verdict.is_kept for verdict in own.values()),
        applicable=len(own),
        earned=sum((earned(rule, own[rule]) for rule in own), Fraction(0)),
        possible=sum(POINTS[rule] for rule in own),
    )
    score = one_decimal(exact_score(one, is_missing))
    return ExpectedOne(one.status, score, one.passed, one.applicable, one.earned, one.possible)


def earned(rule: str, verdict: Verdict) -> Fraction:
    """All points of a rule that is kept; of another a share of them, or none."""
    if verdict.is_kept:
        return Fraction(POINTS[rule])
    return Fraction(POINTS[rule] * verdict.in_order, verdict.looked_at) if rule in SHARED else Fraction(0)


def exact_score(one: ExpectedOne, is_missing: bool) -> Fraction:
    """Points earned of those possible; nothing asked is nothing lost."""
    if is_missing:
        return Fraction(0)
    return WEIGHT * one.earned / one.possible if one.possible else Fraction(WEIGHT)


def status_of(own: Mapping[str, Verdict]) -> str:
    return "complete" if all(own[rule].is_kept for rule in own if rule in ERRORS) else "incomplete"


def grade_of(score: Decimal, complete: int) -> str:
    """优秀 asks for all five as well."""
    if score >= 90 and complete == 5:
        return "优秀"
    return "良好" if score >= 75 else "合格" if score >= 60 else "不合格"


def one_decimal(exact: Fraction) -> Decimal:
    """Rounded half up, in whole numbers, where nothing is lost."""
    return Decimal(floor(exact * 10 + Fraction(1, 2))) / 10
