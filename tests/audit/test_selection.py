"""A selection of rules is no audit: no score, no grade, and a status only where all that decides it was judged."""

from pathlib import Path

import pytest

from pilot_cli import assess
from pilot_cli.audit.assessment import Assessment, Completion, Status
from pilot_cli.site.model import Pillar
from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF, CONSTRUCTION, Edit, append, drop, drop_table, edit, edited, read_site

ERRORS = [edit("full_members = 5", "full_members = 2"), drop("address = "), drop('owner = "李乙"')]
"""Three serious faults, of three of the ones."""
SPACE = ["A001", "A002", "A003"]
"""All that decides whether there is a space."""


def assessed(folder: Path, standard: Standard, *edits: Edit) -> Assessment:
    return assess(read_site(folder, edited(CONSTRUCTION, *edits)), standard, AS_OF)


@pytest.mark.parametrize(
    ("select", "ignore", "statuses", "judged"),
    [
        (["P001"], [], [None, None, None, None, None], 0),
        (["A002", "A005"], [], [None, None, None, None, None], 2),
        (SPACE, [], [None, None, "incomplete", None, None], 3),
        ([*SPACE, "A005"], ["A005"], [None, None, "incomplete", None, None], 3),
        (SPACE, ["A002"], [None, None, None, None, None], 2),
        (["A"], [], [None, None, "incomplete", None, None], 7),
        ([], ["P"], ["incomplete", "incomplete", "incomplete", "complete", "complete"], 51),
        ([], ["B003"], [None, "incomplete", "incomplete", "complete", "complete"], 50),
        ([], ["A006"], ["incomplete", "incomplete", "incomplete", "complete", "complete"], 50),
        (["F"], [], [None, None, None, None, None], 0),
        (["G", "W"], ["X"], [None, None, None, "complete", "complete"], 20),
    ],
)
def test_only_ones_all_of_whose_error_rules_were_judged_have_a_status(
    select: list[str], ignore: list[str], statuses: list[str | None], judged: int, tmp_path: Path, five_ones: Standard
) -> None:
    assessment = assessed(tmp_path, five_ones.select(select, ignore), *ERRORS)
    assert (assessment.score, assessment.grade) == (None, None)
    assert [completion.status for completion in assessment.pillars] == statuses
    assert [(one.score, one.earned, one.possible) for one in assessment.pillars] == [(None, None, None)] * 5
    assert sum(completion.applicable for completion in assessment.pillars) == judged


def test_only_selected_rules_are_judged(tmp_path: Path, five_ones: Standard) -> None:
    selected = five_ones.select(["A002", "A005"])
    assessment = assessed(tmp_path, selected, drop("area_m2"), drop("opening_hours"), drop("full_members"))
    assert [finding.rule.id for finding in assessment.findings] == ["A005"]
    assert assessment.pillars[2] == Completion(Pillar.ACTIVITY_SPACE, None, None, 1, 2, None, None)


def test_a_missing_one_is_missing_only_where_its_errors_were_judged(tmp_path: Path, five_ones: Standard) -> None:
    for selected, status in ((["A"], None), (["B001"], None), (["B"], Status.MISSING)):
        branch = assessed(tmp_path, five_ones.select(selected), drop_table("branch")).pillars[0]
        assert (branch.status, branch.score, branch.passed) == (status, None, 0)


def test_everything_selected_by_name_is_a_selection_too(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones.select(["P", "B", "L", "A", "G", "W"]))
    assert (assessment.score, assessment.complete) == (None, 5)


def test_a_selection_of_a_selection_is_of_the_whole_standard(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones.select(["A"]).select(["A002"]))
    assert assessment.pillars[2].status is None


def test_rules_not_selected_are_known_to_waivers(tmp_path: Path, five_ones: Standard) -> None:
    waiver = '[[waivers]]\nrule = "B003"\nreason = "试点"\napproved_by = "局党组"\nuntil = 2020-12-31'
    assert assessed(tmp_path, five_ones.select(["P007"]), append(waiver)).findings == ()
