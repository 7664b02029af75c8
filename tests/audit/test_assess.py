"""How far each one has come, what it scores, and the grade."""

import pickle
from datetime import date
from pathlib import Path

import pytest

from pilot_cli import Language, assess, load_site, load_standard, use_language
from pilot_cli.audit.assessment import Assessment, Completion, Status
from pilot_cli.site.model import Pillar
from pilot_cli.standard.standard import Standard
from tests.editing import (
    AS_OF,
    CONSTRUCTION,
    Edit,
    append,
    drop,
    drop_table,
    edit,
    edited,
    read_site,
    write_site,
)
from tests.standard.own import EXTENDING, own_rule, write_standard


def assessed(folder: Path, standard: Standard, *edits: Edit, as_of: date = AS_OF) -> Assessment:
    return assess(read_site(folder, edited(CONSTRUCTION, *edits)), standard, as_of)


def of(assessment: Assessment, one: Pillar) -> Completion:
    (completion,) = (completion for completion in assessment.pillars if completion.pillar is one)
    return completion


def rules_of(assessment: Assessment) -> list[str]:
    return [finding.rule.id for finding in assessment.findings]


TABLE_RULES = {
    Pillar.BRANCH: "B001",
    Pillar.RESPONSIBILITY_LIST: "L001",
    Pillar.ACTIVITY_SPACE: "A001",
    Pillar.MEMBER_GUIDE: "G001",
    Pillar.WORK_RULES: "W001",
}


def test_all_five_are_complete_in_a_good_site(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones)
    assert assessment.pillars == (
        # all rules but: B006, B007, B010, B011, B017, B019 · L009 · none · G008 · W006, W007, W014, W016, W017
        Completion(Pillar.BRANCH, Status.COMPLETE, 20.0, 13, 13, 26, 26),
        Completion(Pillar.RESPONSIBILITY_LIST, Status.COMPLETE, 20.0, 11, 11, 25, 25),
        Completion(Pillar.ACTIVITY_SPACE, Status.COMPLETE, 20.0, 7, 7, 15, 15),
        Completion(Pillar.MEMBER_GUIDE, Status.COMPLETE, 20.0, 8, 8, 18, 18),
        Completion(Pillar.WORK_RULES, Status.COMPLETE, 20.0, 12, 12, 25, 25),
    )
    assert (assessment.complete, assessment.score, str(assessment.grade)) == (5, 100.0, "优秀")


def test_an_assessment_says_which_site_it_is_of(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones)
    assert assessment.path == str(tmp_path / "site.toml")
    assert (assessment.id, assessment.name) == ("good-construction", "江湾路工地")
    assert (assessment.kind, assessment.city) == ("建筑工地", "广州市")
    assert assessment.is_readable


def test_a_failed_error_makes_a_one_incomplete(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, drop("address = "))
    assert of(assessment, Pillar.ACTIVITY_SPACE).status is Status.INCOMPLETE
    assert assessment.complete == 4


@pytest.mark.parametrize("line", ["documents/照片.txt", "opening_hours"], ids=["warning", "info"])
def test_a_failed_rule_of_lesser_severity_does_not(line: str, tmp_path: Path, five_ones: Standard) -> None:
    space = of(assessed(tmp_path, five_ones, drop(line)), Pillar.ACTIVITY_SPACE)
    assert (space.status, space.passed, space.applicable) == (Status.COMPLETE, 6, 7)
    assert space.score is not None
    assert space.score < 20


@pytest.mark.parametrize("one", Pillar)
@pytest.mark.parametrize("remains", ["", "[{one}]", "[{one}]\nnonsense = 1"])
def test_a_one_of_which_nothing_usable_is_there_is_missing(
    one: Pillar, remains: str, tmp_path: Path, five_ones: Standard
) -> None:
    text = edited(CONSTRUCTION, drop_table(one))
    line = remains.format(one=one)
    text = f"{text}\n{line}\n"
    assessment = assess(read_site(tmp_path, text), five_ones, AS_OF)
    assert of(assessment, one) == Completion(one, Status.MISSING, 0.0, 0, 1, 0, 3)
    assert assessment.complete == 4
    assert assessment.score is not None
    assert assessment.score <= 80
    family = TABLE_RULES[one][0]
    assert [rule for rule in rules_of(assessment) if rule.startswith(family)] == [TABLE_RULES[one]]


@pytest.mark.parametrize("one", Pillar)
def test_a_one_of_which_the_file_says_something_is_there(one: Pillar, tmp_path: Path, five_ones: Standard) -> None:
    text = f"{edited(CONSTRUCTION, drop_table(one))}\n[{one}]\ndocuments = 1\n"
    assessment = assess(read_site(tmp_path, text), five_ones, AS_OF)
    assert of(assessment, one).status is Status.INCOMPLETE
    told = [rule for rule in rules_of(assessment) if rule.startswith(TABLE_RULES[one][0])]
    assert TABLE_RULES[one] not in told
    assert told


@pytest.mark.parametrize("one", Pillar)
def test_a_one_with_a_single_list_that_is_empty_is_there(one: Pillar, tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, drop_table(one), append(f"[{one}]\ndocuments = []"))
    assert of(assessment, one).status is Status.INCOMPLETE
    assert TABLE_RULES[one] not in rules_of(assessment)


def test_a_one_whose_only_list_has_no_usable_element_is_there(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, drop_table("member_guide"), append('[member_guide]\nroles = ["岗"]'))
    assert of(assessment, Pillar.MEMBER_GUIDE).status is Status.INCOMPLETE


def test_a_site_of_which_nothing_is_there_scores_nothing(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assess(read_site(tmp_path, ""), five_ones, AS_OF)
    assert (assessment.score, str(assessment.grade), assessment.complete) == (0.0, "不合格", 0)
    assert [one.status for one in assessment.pillars] == [Status.MISSING] * 5


@pytest.mark.parametrize("content", [b"\xff", b"[site", b"x" * (1024 * 1024 + 1)], ids=["text", "TOML", "size"])
def test_a_file_that_cannot_be_read_has_no_score(content: bytes, tmp_path: Path, five_ones: Standard) -> None:
    path = tmp_path / "site.toml"
    path.write_bytes(content)
    assessment = assess(load_site(path), five_ones, AS_OF)
    assert not assessment.is_readable
    assert (assessment.score, assessment.grade, assessment.pillars, assessment.complete) == (None, None, (), 0)
    assert len(assessment.findings) == 1


def test_a_one_is_worth_20_by_the_points_of_its_rules(tmp_path: Path, five_ones: Standard) -> None:
    # L009 does not apply; without a completed item L006 does not either, and of the 23 points left L007 has 2
    overdue = edit('status = "已完成"', 'status = "进行中"')
    assessment = assessed(tmp_path, five_ones, overdue)
    duties = of(assessment, Pillar.RESPONSIBILITY_LIST)
    assert (duties.passed, duties.applicable) == (9, 10)
    # two of three items are in order: 21 + 2 × 2/3 of 23 points; 20 × 67/69 = 19.42
    assert (duties.earned, duties.possible, duties.score) == (22.3333, 23, 19.4)
    assert assessment.score == 99.4


def test_rules_that_count_for_none_do_not_touch_the_score(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(
        tmp_path,
        five_ones,
        edit("ends_on = 2021-12-31", "ends_on = 2018-01-01"),
        drop("organization = "),
        drop("liaison"),
        drop("brand"),
        edit("satisfied = 48", "satisfied = 51"),
        append('[[waivers]]\nrule = "X"'),
    )
    assert rules_of(assessment) == ["P001", "P002", "P003", "P004", "P006", "P007", "P008"]
    assert (assessment.score, assessment.complete) == (100.0, 5)


def test_findings_of_format_do_not_touch_the_score(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, edit("format = 1", "format = 2\nversion = 3"))
    assert sorted(rules_of(assessment)) == ["F004", "F005"]
    assert assessment.score == 100.0


def test_rules_on_a_value_left_out_do_not_apply(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, edit("full_members = 5", 'full_members = "5"'))
    assert rules_of(assessment) == ["F005"]
    # Without B003, B004 and B008, which ask how many members there are.
    assert of(assessment, Pillar.BRANCH) == Completion(Pillar.BRANCH, Status.COMPLETE, 20.0, 10, 10, 20, 20)


def test_rules_on_the_kind_of_a_site_do_not_apply_without_it(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, drop('kind = "建筑工地"'))
    assert rules_of(assessment) == ["F005"]
    assert of(assessment, Pillar.RESPONSIBILITY_LIST).applicable == 10
    assert of(assessment, Pillar.MEMBER_GUIDE).applicable == 7


def test_a_site_is_judged_as_of_the_day_asked_for(tmp_path: Path, five_ones: Standard) -> None:
    assert assessed(tmp_path, five_ones, as_of=date(2020, 12, 31)).findings != ()
    assert assessed(tmp_path, five_ones, as_of=AS_OF).findings == ()


@pytest.mark.parametrize(
    "check",
    [
        pytest.param('check = "given"\nfields = ["branch.name"]', id="a rule on a key of the table"),
        pytest.param('check = "waivers_known"', id="a rule on something else"),
        pytest.param('check = "table_given"\ntable = "work_rules"', id="a rule that asks for another table"),
    ],
)
def test_no_rule_of_ones_own_is_judged_on_a_missing_one(check: str, tmp_path: Path) -> None:
    own = load_standard(write_standard(tmp_path, EXTENDING + own_rule(check, severity="error")))
    assessment = assessed(tmp_path, own, drop_table("branch"))
    assert of(assessment, Pillar.BRANCH) == Completion(Pillar.BRANCH, Status.MISSING, 0.0, 0, 1, 0, 3)
    assert rules_of(assessment) == ["B001"]


def test_places_are_looked_up_unless_told_otherwise(tmp_path: Path, five_ones: Standard) -> None:
    path = write_site(tmp_path, edited(CONSTRUCTION, edit("full_members = 5", "full_members = 2")))
    (located,) = assess(load_site(path), five_ones, AS_OF).findings
    (bare,) = assess(load_site(path), five_ones, AS_OF, locate=False).findings
    assert (located.line > 0, located.column) == (True, 1)
    assert (bare.line, bare.column) == (0, 0)
    assert (bare.rule, bare.message, bare.path) == (located.rule, located.message, located.path)


def test_an_assessment_equals_itself_after_a_journey_and_in_every_language(five_ones: Standard, tmp_path: Path) -> None:
    files = [*Path("checklists").rglob("site.toml"), tmp_path / "broken.toml", tmp_path / "wrong.toml"]
    files[-2].write_text("id = “x”", encoding="utf-8")
    files[-1].write_text(edited(CONSTRUCTION, edit("full_members = 5", 'full_members = "5"')), encoding="utf-8")
    for path in files:
        here = assess(load_site(path), five_ones, AS_OF)
        there = pickle.loads(pickle.dumps(here))
        texts = [str(finding.message) for finding in here.findings]
        use_language(Language.ENGLISH)
        assert there == here == assess(load_site(path), five_ones, AS_OF)
        assert [str(finding.message) for finding in there.findings] != texts or not texts
        use_language(Language.CHINESE)
        assert [str(finding.message) for finding in there.findings] == texts
