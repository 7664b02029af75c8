"""What holds for the rules as a whole: that they are those of the rulebook, and that none is without its cases."""

import re
import tomllib
from pathlib import Path

import pytest

from pilot_cli import assess
from pilot_cli.site.model import Pillar
from pilot_cli.standard.checks import CHECKS
from pilot_cli.standard.load import BUILT_IN
from pilot_cli.standard.standard import Standard
from tests.editing import (
    AS_OF,
    COMMUNITY,
    CONSTRUCTION,
    read_site,
)
from tests.standard import (
    test_attendance_rules,
    test_branch_rules,
    test_document_rules,
    test_guide_rules,
    test_list_rules,
    test_meeting_rules,
    test_site_rules,
    test_space_rules,
    test_work_rules,
    test_yearly_rules,
)
from tests.standard.cases import DOES_NOT_APPLY, FAILS, PASSES, Case, Outcome

CASES: list[Case] = [
    *test_site_rules.CASES,
    *test_branch_rules.CASES,
    *test_list_rules.CASES,
    *test_space_rules.CASES,
    *test_guide_rules.CASES,
    *test_work_rules.CASES,
    *test_meeting_rules.CASES,
    *test_yearly_rules.CASES,
    *test_attendance_rules.CASES,
    *test_document_rules.CASES,
]
FAMILIES = {"P": 9, "B": 19, "L": 12, "A": 7, "G": 9, "W": 17}
"""How many rules the rulebook has in each family."""

RULES = tomllib.loads(BUILT_IN["five-ones"].read_text(encoding="utf-8"))["rules"]


def wanted(rule: dict[str, object]) -> set[Outcome]:
    """Every rule passes and fails; one that has a condition, or whose check has one, also does not apply."""
    check = CHECKS[str(rule["check"])]
    is_conditional = "applies" in rule or re.search("Applies (when|where|once)", check.__doc__ or "")
    return {PASSES, FAILS, DOES_NOT_APPLY} if is_conditional else {PASSES, FAILS}


def test_the_standard_has_the_rules_of_the_rulebook() -> None:
    expected = [f"{family}{number:03}" for family, last in FAMILIES.items() for number in range(1, last + 1)]
    assert [rule["id"] for rule in RULES] == expected


def test_every_rule_has_cases_for_all_that_it_can_come_to() -> None:
    covered = {(case.rule, case.outcome) for case in CASES}
    missing = [
        f"{rule['id']} {outcome}"
        for rule in RULES
        for outcome in wanted(rule) - {o for r, o in covered if r == rule["id"]}
    ]
    assert not missing


def test_every_check_decides_some_rule_of_the_standard() -> None:
    on_site = tomllib.loads(BUILT_IN["five-ones-onsite"].read_text(encoding="utf-8"))["rules"]
    assert {rule["check"] for rule in (*RULES, *on_site)} == set(CHECKS)


def test_no_two_cases_have_the_same_name() -> None:
    names = [str(case) for case in CASES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("site", [CONSTRUCTION, COMMUNITY], ids=["construction", "community"])
def test_there_is_nothing_to_find_in_a_good_site(site: str, tmp_path: Path, five_ones: Standard) -> None:
    assessment = assess(read_site(tmp_path, site), five_ones, AS_OF)
    assert assessment.findings == ()
    assert assessment.score == 100
    assert assessment.complete == len(Pillar)
