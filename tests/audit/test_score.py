"""The arithmetic of the score, with a standard of which every rule is worth what the case needs."""

from pathlib import Path

import pytest

from pilot_cli import assess, load_site, load_standard
from pilot_cli.audit.assessment import Assessment
from pilot_cli.site.model import Pillar
from tests.editing import AS_OF

SITE = """
[site]
id = "s1"
name = "工地"
kind = "建筑工地"
[branch]
documents = []
[responsibility_list]
documents = []
[activity_space]
documents = []
[member_guide]
documents = []
[work_rules]
documents = []
"""
"""A site that names its kind and has no brand."""

HEAD = """
name = "算分"
weight = 20
grades = [
  { from = 90, name.zh = "优秀" },
  { from = 75, name.zh = "良好" },
  { from = 60, name.zh = "合格" },
  { from = 0, name.zh = "不合格" },
]
"""
RULE = """
[[rules]]
id = "{id}"
one = "{one}"
severity = "info"
check = "given"
fields = ["{field}"]
points = {points}
title.zh = "标题"
basis.zh = "依据"
advice.zh = "建议"
"""

Points = tuple[int, int]
"""Points that are earned, and points in all."""


def scored(folder: Path, *ones: Points) -> Assessment:
    """Assess a site that earns so many points of so many for each one."""
    standard = HEAD
    for letter, one, (earned, in_all) in zip("BLAGW", Pillar, ones, strict=True):
        standard += RULE.format(id=f"{letter}001", one=one, field="site.kind", points=earned)
        standard += RULE.format(id=f"{letter}002", one=one, field="site.brand", points=in_all - earned)
    (folder / "own.toml").write_text(standard, encoding="utf-8")
    (folder / "site.toml").write_text(SITE, encoding="utf-8")
    return assess(load_site(folder / "site.toml"), load_standard(folder / "own.toml"), AS_OF)


ALL, NONE = (1, 1), (0, 1)


@pytest.mark.parametrize(
    ("points", "score"),
    [
        pytest.param((1, 1), 20.0, id="all"),
        pytest.param((0, 1), 0.0, id="none"),
        pytest.param((1, 3), 6.7, id="up from 6.67"),
        pytest.param((2, 3), 13.3, id="down from 13.33"),
        pytest.param((1, 16), 1.3, id="up from 1.25 exactly"),
        pytest.param((3, 16), 3.8, id="up from 3.75 exactly"),
        pytest.param((3, 400), 0.2, id="up from 0.15, which no float holds exactly"),
        pytest.param((23, 400), 1.2, id="up from 1.15, of which the float is a bit less"),
        pytest.param((93, 400), 4.7, id="up from 4.65, of which the float is a bit more"),
        pytest.param((397, 400), 19.9, id="up from 19.85, of which the float is a bit more"),
        pytest.param((399, 400), 20.0, id="up from 19.95"),
        pytest.param((1, 400), 0.1, id="up from 0.05"),
        pytest.param((1, 401), 0.0, id="down from a bit less than 0.05"),
        pytest.param((10**15 + 1, 4 * 10**17), 0.1, id="up from a bit more than 0.05"),
        pytest.param((10**15 - 1, 4 * 10**17), 0.0, id="down from a tiny bit less than 0.05"),
    ],
)
def test_a_score_is_rounded_half_up_to_one_decimal(points: Points, score: float, tmp_path: Path) -> None:
    assessment = scored(tmp_path, points, NONE, NONE, NONE, NONE)
    assert assessment.pillars[0].score == score
    assert assessment.score == score


@pytest.mark.parametrize(
    ("ones", "scores", "total"),
    [
        pytest.param([(1, 16)] * 2 + [NONE] * 3, [1.3, 1.3, 0, 0, 0], 2.5, id="1.25 and 1.25"),
        pytest.param([(1, 3)] * 3 + [NONE] * 2, [6.7, 6.7, 6.7, 0, 0], 20.0, id="three thirds"),
        pytest.param([(1, 3)] * 5, [6.7] * 5, 33.3, id="five thirds"),
        pytest.param([(1, 401)] * 5, [0.0] * 5, 0.2, id="what is nothing alone"),
        pytest.param([(1, 3), (1, 7), (1, 11), (1, 13), (1, 17)], [6.7, 2.9, 1.8, 1.5, 1.2], 14.1, id="14.06"),
        pytest.param([(1, 3), (2, 3), (3, 400), NONE, NONE], [6.7, 13.3, 0.2, 0, 0], 20.2, id="20.15 of fractions"),
    ],
)
def test_the_total_is_the_sum_of_what_is_not_yet_rounded(
    ones: list[Points], scores: list[float], total: float, tmp_path: Path
) -> None:
    assessment = scored(tmp_path, *ones)
    assert [completion.score for completion in assessment.pillars] == scores
    assert assessment.score == total


@pytest.mark.parametrize(
    ("points", "score", "grade"),
    [
        pytest.param((20000, 20000), 100.0, "优秀", id="full score"),
        pytest.param((10000, 20000), 90.0, "优秀", id="90"),
        pytest.param((9950, 20000), 90.0, "优秀", id="89.95, which is rounded to 90"),
        pytest.param((9949, 20000), 89.9, "良好", id="89.949, which is rounded to 89.9"),
    ],
)
def test_a_grade_is_decided_by_the_rounded_total(points: Points, score: float, grade: str, tmp_path: Path) -> None:
    assessment = scored(tmp_path, points, ALL, ALL, ALL, ALL)
    assert (assessment.score, str(assessment.grade)) == (score, grade)


@pytest.mark.parametrize(
    ("hundredths", "score", "grade"),
    [
        pytest.param(7500, 75.0, "良好", id="75"),
        pytest.param(7495, 75.0, "良好", id="74.95"),
        pytest.param(7494, 74.9, "合格", id="74.94"),
        pytest.param(6000, 60.0, "合格", id="60"),
        pytest.param(5995, 60.0, "合格", id="59.95"),
        pytest.param(5994, 59.9, "不合格", id="59.94"),
        pytest.param(0, 0.0, "不合格", id="0"),
    ],
)
def test_a_grade_begins_at_its_bound(hundredths: int, score: float, grade: str, tmp_path: Path) -> None:
    assessment = scored(tmp_path, *[(hundredths, 10000)] * 5)
    assert (assessment.score, str(assessment.grade)) == (score, grade)


def test_rules_without_points_ask_for_nothing(tmp_path: Path) -> None:
    assessment = scored(tmp_path, (0, 0), NONE, NONE, NONE, NONE)
    assert (assessment.pillars[0].score, assessment.pillars[0].passed, assessment.pillars[0].applicable) == (20.0, 1, 2)
