"""What many sites come to, told a second time from all assessments at once."""

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot_cli import survey
from pilot_cli.audit.assessment import Assessment, Status
from pilot_cli.audit.grouping import Grouping
from pilot_cli.audit.overview import Overview, group_of
from pilot_cli.audit.tally import Share
from pilot_cli.site.model import Pillar
from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF, CONSTRUCTION, Edit, append, drop, edit, edited, write_site

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def examples(five_ones: Standard) -> list[Assessment]:
    return list(survey(str(ROOT / "checklists"), five_ones, AS_OF, locate=False))


def overview(sites: list[Assessment], *by: Grouping, top: int = 10) -> Overview:
    folded = Overview(AS_OF, by or (Grouping.KIND,), top)
    for site in sites:
        folded.add(site)
    return folded


def rounded(part: int, whole: int) -> float:
    return float((Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP))


@given(st.integers(0, 40_000), st.integers(1, 40_000))
def test_a_share_is_rounded_half_up_to_one_decimal(part: int, whole: int) -> None:
    assert Share(part, whole).percent == rounded(part, whole)


def test_there_is_no_share_of_nothing() -> None:
    assert Share(0, 0).percent is None


@pytest.mark.parametrize("grouping", Grouping)
def test_every_readable_site_is_in_one_group(grouping: Grouping, examples: list[Assessment]) -> None:
    folded = overview(examples, grouping)
    members = Counter(group_of(site, grouping) for site in examples)
    assert {key: tally.sites for key, tally in folded.groups.items()} == {(name,): n for name, n in members.items()}
    for (name,), tally in folded.groups.items():
        sites = [site for site in examples if group_of(site, grouping) == name]
        assert tally.all_complete == sum(site.complete == 5 for site in sites)
        for number, one in enumerate(Pillar):
            for status in Status:
                expected = sum(site.pillars[number].status is status for site in sites)
                assert tally.share(one, status) == (expected, len(sites))


def test_the_groups_within_a_group_add_up_to_it(examples: list[Assessment]) -> None:
    groups = overview(examples, Grouping.KIND, Grouping.GRADE).groups
    for outer in [key for key in groups if len(key) == 1]:
        within = [tally for key, tally in groups.items() if len(key) == 2 and key[:1] == outer]
        assert sum(tally.sites for tally in within) == groups[outer].sites
        assert sum(tally.all_complete or 0 for tally in within) == groups[outer].all_complete


def test_rules_are_counted_by_site_and_by_finding_and_waived_findings_are_not(examples: list[Assessment]) -> None:
    findings = [(finding, site) for site in examples for finding in site.about_work if not finding.waived]
    failed = overview(examples).rules_failed
    assert {one.rule.id for one in failed} == {finding.rule.id for finding, _site in findings}
    for one in failed:
        assert one.findings == sum(finding.rule == one.rule for finding, _site in findings)
        assert one.sites == len({site.path for finding, site in findings if finding.rule == one.rule})
    assert [one.sites for one in failed] == sorted((one.sites for one in failed), reverse=True)


@given(order=st.permutations(range(19)), top=st.integers(1, 20))
def test_the_order_of_the_sites_changes_no_figure(examples: list[Assessment], order: list[int], top: int) -> None:
    straight, mixed = overview(examples, top=top), overview([examples[index] for index in order], top=top)
    for figure in ("sites", "complete", "mean_score", "findings", "waived", "ending_soon", "sites_overdue"):
        assert getattr(mixed, figure) == getattr(straight, figure)
    assert [site.score for site in mixed.best] == [site.score for site in straight.best]
    assert [site.score for site in mixed.weakest] == [site.score for site in straight.weakest]
    assert [one.item.days for one in mixed.overdue] == [one.item.days for one in straight.overdue]
    assert [one[:4] for one in mixed.rules_failed] == [one[:4] for one in straight.rules_failed]


def test_best_and_weakest_are_the_ends_of_one_order(examples: list[Assessment]) -> None:
    folded = overview(examples, top=3)
    scores = sorted((site.score or 0 for site in examples), reverse=True)
    assert [site.score for site in folded.best] == scores[:3]
    assert [site.score for site in folded.weakest] == scores[::-1][:3]


@pytest.mark.parametrize(("until", "ends_soon"), [("2020-11-23", True), ("2020-12-23", True), ("2020-12-24", False)])
def test_a_waiver_that_ends_within_thirty_days_is_pointed_out(
    until: str, ends_soon: bool, tmp_path: Path, five_ones: Standard
) -> None:
    waiver = f'[[waivers]]\nrule = "W008"\nreason = "停工"\napproved_by = "党工委"\nuntil = {until}'
    path = write_site(tmp_path, edited(CONSTRUCTION, append(waiver)))
    folded = overview(list(survey(str(path), five_ones, AS_OF)))
    assert [(one.waiver.rule, one.ends_soon) for one in folded.waivers] == [("W008", ends_soon)]
    assert folded.ending_soon == ends_soon


def test_a_file_that_cannot_be_read_counts_as_a_site_and_for_no_share(tmp_path: Path, five_ones: Standard) -> None:
    write_site(tmp_path, CONSTRUCTION, "a.toml")
    (tmp_path / "b.toml").write_text("= 1", encoding="utf-8")
    folded = overview(list(survey(str(tmp_path), five_ones, AS_OF)))
    assert (folded.sites, folded.unreadable, folded.readable.sites, folded.complete) == (2, 1, 1, 1)
    assert [Path(site.path).name for site in folded.unread] == ["b.toml"]
    assert len(folded.best) == len(folded.weakest) == 1


@pytest.mark.parametrize("change", [edit('district = "海珠区"', 'district = "  "'), drop("district = ")])
def test_a_group_that_is_blank_or_not_given_has_no_name(change: Edit, tmp_path: Path, five_ones: Standard) -> None:
    (site,) = survey(str(write_site(tmp_path, edited(CONSTRUCTION, change))), five_ones, AS_OF)
    assert site.is_readable
    assert group_of(site, Grouping.DISTRICT) is None


def test_grades_are_told_apart_by_what_they_are_and_not_by_a_name(examples: list[Assessment]) -> None:
    grades = {site.grade for site in examples if site.grade}
    by_grade = Overview(AS_OF, (Grouping.GRADE,), 5)
    for site in examples:
        by_grade.add(site)
    assert {group for (group,) in by_grade.groups} == grades
    assert {grade: by_grade.groups[grade,].sites for grade in grades} == dict(by_grade.readable.grades)


def test_what_is_wrong_is_headed_and_counted_by_case(tmp_path: Path, five_ones: Standard) -> None:
    second = append('[[branch.officers]]\nname = "王丙"\nposts = ["书记"]')
    without_date = drop("elected_on")
    for name, change in (("a", edit('["书记"]', '["委员"]')), ("b", second), ("c", second), ("d", without_date)):
        write_site(tmp_path / name, edited(CONSTRUCTION, change))
    folded = overview(list(survey(str(tmp_path), five_ones, AS_OF, locate=False)))
    told = [
        (str(rule.problem), sites, [site.path[len(str(tmp_path)) + 1] for site in folded.sites_by_rule[rule]])
        for rule, sites, _findings in folded.rules_failed
        if rule.id in ("B005", "B009")
    ]
    assert told == [
        ("党支部书记多于1名", 2, ["b", "c"]),
        ("未配备党支部书记", 1, ["a"]),
        ("未填写选举日期", 1, ["d"]),
    ]
    assert str(five_ones.catalogue["B005"].problem) == "未配备党支部书记，或党支部书记多于1名"
