"""The 19 example sites: what they show, and that they say what is invented."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pilot_cli import assess, load_site
from pilot_cli.site.words import BranchForm, Decision, MeetingKind, SiteKind
from pilot_cli.standard.standard import Standard
from tests.oracle import recompute

CHECKLISTS = Path(__file__).parents[1] / "checklists"
AS_OF = date(2020, 11, 23)
FILES = sorted(CHECKLISTS.glob("*/*/site.toml"))
REAL = {"深圳清华大学研究院新大楼建设项目", "蓝漪花园小区"}


def test_there_are_9_building_sites_and_10_communities() -> None:
    kinds = [load_site(path).site.site.kind for path in FILES]  # type: ignore[union-attr]
    assert kinds.count(SiteKind.CONSTRUCTION) == 9
    assert kinds.count(SiteKind.COMMUNITY) == 10
    assert {path.parts[-3] for path in FILES} == {"construction", "community"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_an_example_is_free_of_mistakes_and_says_what_is_invented(path: Path) -> None:
    reading = load_site(path)
    assert reading.problems == ()
    assert reading.site is not None
    assert reading.site.site.id == path.parent.name
    name = reading.site.site.name or ""
    assert name in REAL or "示例" in name
    head = path.read_text(encoding="utf-8").split("\n\n")[0]
    assert head.startswith("#")
    assert "虚构" in head
    assert "invented" in head.lower()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_the_second_opinion_agrees_on_an_example(path: Path, five_ones: Standard) -> None:
    import tomllib

    expected = recompute(tomllib.loads(path.read_text(encoding="utf-8")), path.parent, AS_OF)
    assessment = assess(load_site(path), five_ones, AS_OF)
    assert Decimal(str(assessment.score)) == expected.score
    assert assessment.grade is not None
    assert assessment.grade.name.zh == expected.grade
    assert {finding.rule.id for finding in assessment.findings if not finding.waived} == expected.failed
    assert {finding.rule.id for finding in assessment.findings if finding.waived} == expected.waived


def test_they_differ_as_real_ones_do(five_ones: Standard) -> None:
    readings = [load_site(path) for path in FILES]
    assessments = [assess(reading, five_ones, AS_OF) for reading in readings]
    complete = [assessment.complete for assessment in assessments]
    assert complete.count(5) > len(FILES) / 2
    assert any(one.status == "missing" for assessment in assessments for one in assessment.pillars)
    assert {str(assessment.grade) for assessment in assessments} == {"优秀", "良好", "合格", "不合格"}
    assert any(finding.rule.id == "L007" for assessment in assessments for finding in assessment.findings)
    assert sum(any(finding.waived for finding in assessment.findings) for assessment in assessments) == 1
    assert sum(not assessment.findings for assessment in assessments) >= 2
    failed = {finding.rule.id for assessment in assessments for finding in assessment.findings}
    assert len(failed) > 2 / 3 * len(five_ones.rules)
    forms = [reading.site.branch.form for reading in readings if reading.site]
    assert forms.count(BranchForm.JOINT) == 2
    assert forms.count(BranchForm.TEMPORARY) >= 3


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_the_branch_of_an_example_is_one_that_there_may_be(path: Path) -> None:
    site = load_site(path).site
    assert site is not None
    branch = site.branch
    if branch.form is BranchForm.TEMPORARY:
        # Its officers are appointed, and the members stay with the branches that they come from.
        assert branch.elected_on is None
        assert branch.term_years is None
        assert "转接" not in path.read_text(encoding="utf-8")
    else:
        residents = any(word in (branch.name or "") for word in ("居民党支部", "社区党支部"))
        assert branch.term_years == (5 if residents else 3)
    # Mobile branches are of members away from home, and neither a building site nor a community is one.
    assert branch.form is not BranchForm.MOBILE


def test_they_show_the_keys_of_records() -> None:
    records = [record for path in FILES if (site := load_site(path).site) for record in site.work_rules.records]
    assert {record.decision for record in records} == {*Decision, None}
    assert any(record.year is not None for record in records)
    for record in records:
        if record.year is not None:
            assert record.kind in (MeetingKind.ORGANIZATIONAL_LIFE_MEETING, MeetingKind.DEMOCRATIC_APPRAISAL_OF_MEMBERS)
