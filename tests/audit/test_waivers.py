"""Waivers take their rules out of the score, and their findings are still listed."""

from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from pilot_cli import Summary, assess
from pilot_cli.audit.assessment import Assessment, Completion, Status, WaiverInForce
from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import About
from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF, CONSTRUCTION, Edit, append, drop, drop_table, edit, edited, read_site

TOO_FEW = edit("full_members = 5", "full_members = 2")
"""Fails B003; G005 and G006 still pass."""


def waiver(rule: str, until: str = "until = 2020-11-23") -> Edit:
    return append(f'[[waivers]]\nrule = "{rule}"\nreason = "疫情防控"\napproved_by = "区住建局党组"\n{until}')


def assessed(folder: Path, standard: Standard, *edits: Edit) -> Assessment:
    return assess(read_site(folder, edited(CONSTRUCTION, *edits)), standard, AS_OF)


def branch(assessment: Assessment) -> Completion:
    return assessment.pillars[0]


def waived(assessment: Assessment) -> dict[str, bool]:
    return {finding.rule.id: finding.waived is not None for finding in assessment.findings}


def test_without_a_waiver_a_failed_rule_costs_its_points(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, TOO_FEW)
    # 20 × 23/26 = 17.69
    assert branch(assessment) == Completion(Pillar.BRANCH, Status.INCOMPLETE, 17.7, 12, 13, 23, 26)
    assert (assessment.score, assessment.complete, str(assessment.grade)) == (97.7, 4, "良好")
    assert waived(assessment) == {"B003": False}


def test_a_waiver_in_force_takes_a_failed_rule_out_of_the_score(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, TOO_FEW, waiver("B003"))
    assert branch(assessment) == Completion(Pillar.BRANCH, Status.COMPLETE, 20.0, 12, 12, 23, 23)
    assert (assessment.score, assessment.complete) == (100.0, 5)


def test_a_finding_that_is_waived_is_listed_with_reason_approver_and_end(tmp_path: Path, five_ones: Standard) -> None:
    (finding,) = assessed(tmp_path, five_ones, TOO_FEW, waiver("B003", "until = 2021-02-28")).findings
    assert finding.rule.id == "B003"
    assert finding.waived == WaiverInForce("B003", "疫情防控", "区住建局党组", date(2021, 2, 28))
    assert (finding.line, finding.column) == (29, 1)


def test_a_waiver_takes_a_rule_that_passes_out_of_the_score_too(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, drop("approval_no"), waiver("B003"))
    # B014 has 1 of the 23 points that are left without B003; 20 × 22/23 = 19.13
    assert branch(assessment) == Completion(Pillar.BRANCH, Status.COMPLETE, 19.1, 11, 12, 22, 23)
    assert waived(assessment) == {"B014": False}


def test_a_waiver_of_a_rule_that_does_not_apply_changes_nothing(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, waiver("B006"))
    assert branch(assessment) == Completion(Pillar.BRANCH, Status.COMPLETE, 20.0, 13, 13, 26, 26)
    assert assessment.findings == ()


@pytest.mark.parametrize(
    ("until", "in_force"),
    [
        pytest.param("until = 2020-11-22", False, id="until the day before"),
        pytest.param("until = 2020-11-23", True, id="until the as-of date"),
        pytest.param('until = "2020-11-24"', True, id="until a quoted date"),
        pytest.param("until = 9999-12-31", True, id="until the end of the calendar"),
        pytest.param("", False, id="without an end"),
    ],
)
def test_a_waiver_is_in_force_until_its_last_day(
    until: str, in_force: bool, tmp_path: Path, five_ones: Standard
) -> None:
    assessment = assessed(tmp_path, five_ones, TOO_FEW, waiver("B003", until))
    assert waived(assessment)["B003"] is in_force
    assert ("P006" in waived(assessment)) is not in_force
    assert assessment.score == (100.0 if in_force else 97.7)


def test_a_waiver_with_an_end_that_is_no_date_is_not_in_force(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, TOO_FEW, waiver("B003", 'until = "永久"'))
    assert waived(assessment) == {"F005": False, "B003": False}


def test_a_waiver_in_force_is_not_undone_by_one_that_expired(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, TOO_FEW, waiver("B003"), waiver("B003", "until = 2019-12-31"))
    assert waived(assessment) == {"P006": False, "B003": True}


def test_a_waiver_for_an_unknown_rule_waives_nothing(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, TOO_FEW, waiver("B099"))
    assert waived(assessment) == {"P007": False, "B003": False}


@pytest.mark.parametrize("rule", ["b003", "B", " B003", "B003 "])
def test_a_waiver_names_its_rule_exactly(rule: str, tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, TOO_FEW, waiver(rule))
    assert waived(assessment) == {"P007": False, "B003": False}


GIVEN = {"reason": "疫情防控", "approved_by": "区住建局党组", "until": "2020-12-31"}
NAMES = {"reason": "理由", "approved_by": "批复（批准）单位", "until": "有效期至"}
BLANK = ["", " ", "　", "\u200b", "\u00a0\u2060", "——", "/", "？", "无", "暂无", "Ｎ／Ａ", "待补充"]
"""Texts that say nothing; that which is empty is an error of format."""


def lacking(*keys: str, text: str | None = None) -> Edit:
    """Add a waiver of B003 in which some keys are absent, or have this text."""
    lines = [f'{key} = "{value}"' for key, value in GIVEN.items() if key not in keys]
    if text is not None:
        lines += [f'{key} = "{text}"' for key in keys]
    return append("\n".join(["[[waivers]]", 'rule = "B003"', *lines]))


@pytest.mark.parametrize("keys", [c for n in (1, 2, 3) for c in combinations(GIVEN, n)], ids=" ".join)
def test_a_waiver_is_not_in_force_whatever_it_lacks(keys: tuple[str, ...], tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, TOO_FEW, lacking(*keys))
    assert waived(assessment) == {"P006": False, "B003": False}
    assert (assessment.score, assessment.waivers) == (97.7, ())
    finding = assessment.findings[0]
    assert str(finding.message) == f"第1项暂不执行事项（B003）未填写{'、'.join(NAMES[key] for key in keys)}"
    assert finding.rule.about is About.FILING


@pytest.mark.parametrize("key", ["reason", "approved_by"])
@pytest.mark.parametrize("text", BLANK, ids=ascii)
def test_a_waiver_is_not_in_force_for_a_text_that_says_nothing(
    key: str, text: str, tmp_path: Path, five_ones: Standard
) -> None:
    assessment = assessed(tmp_path, five_ones, TOO_FEW, lacking(key, text=text))
    assert waived(assessment) == {"P006" if text else "F005": False, "B003": False}
    assert assessment.complete == 4


def test_every_finding_of_a_waived_rule_is_waived(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, drop("approved_by"), drop("approved_on"), waiver("B002"))
    assert [(finding.rule.id, finding.waived is not None) for finding in assessment.findings] == [("B002", True)] * 2


def test_a_waiver_excuses_a_rule_that_counts_for_none(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, drop("brand"), waiver("P004"))
    assert waived(assessment) == {"P004": True}


def test_a_waiver_does_not_excuse_what_is_wrong_with_the_file(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, edit("brand = ", "brend = "), waiver("F004"))
    assert waived(assessment) == {"F004": False, "P004": False, "P007": False}


def test_a_missing_one_stays_missing_when_its_rule_is_waived(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, drop_table("activity_space"), waiver("A001"))
    assert assessment.pillars[2] == Completion(Pillar.ACTIVITY_SPACE, Status.MISSING, 0.0, 0, 0, 0, 0)
    assert waived(assessment) == {"A001": True}
    assert (assessment.score, assessment.complete) == (80.0, 4)


def test_a_one_of_which_every_rule_is_waived_has_the_full_score(tmp_path: Path, five_ones: Standard) -> None:
    waivers = [waiver(f"A00{number}") for number in range(1, 8)]
    emptied = [drop_table("activity_space"), append("[activity_space]\nhas = []")]
    assessment = assessed(tmp_path, five_ones, *emptied, *waivers)
    assert assessment.pillars[2] == Completion(Pillar.ACTIVITY_SPACE, Status.COMPLETE, 20.0, 0, 0, 0, 0)
    assert waived(assessment) == {f"A00{number}": True for number in range(2, 8)}


def test_waived_findings_are_counted_apart(tmp_path: Path, five_ones: Standard) -> None:
    summary = Summary()
    summary.add(assessed(tmp_path, five_ones, TOO_FEW, drop("approval_no"), waiver("B003")))
    assert (summary.waived, summary.findings.total()) == (1, 1)
    assert [(rule.id, rule.severity) for rule in summary.by_rule] == [("B014", "info")]
