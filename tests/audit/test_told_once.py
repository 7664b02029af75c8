"""A value that cannot be used is told once, as an error of the file; the rules on it do not apply."""

from pathlib import Path

import pytest

from pilot_cli import assess
from pilot_cli.audit.assessment import Assessment, Status
from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF, CONSTRUCTION, Edit, append, drop, drop_table, edit, edited, read_site

TEMPORARY = edit('form = "单独"', 'form = "临时"')
LATE = "due = 2020-01-01"
ITEM = "\n[[responsibility_list.items]]\ntitle = "
WAIVER = '\n[[waivers]]\nrule = "B003"\nreason = "试点"\napproved_by = "局党组"\n'
KIND = 'kind = "主题党日", date = 2020-05-15'


def assessed(folder: Path, standard: Standard, *edits: Edit) -> Assessment:
    return assess(read_site(folder, edited(CONSTRUCTION, *edits)), standard, AS_OF)


def told(assessment: Assessment) -> list[str]:
    return [finding.rule.id for finding in assessment.findings]


# what is wrong, what is absent instead, and the rules that would fail then, but do not apply
CASES = [
    ([edit("full_members = 5", 'full_members = "5名"')], [drop("full_members")], {"B003"}),
    ([edit('form = "单独"', 'form = "临时党支部"')], [drop('form = "单独"')], set()),
    ([edit("term_years = 3", 'term_years = "三年"')], [drop("term_years")], {"B016"}),
    ([edit("elected_on = 2019-05-11", 'elected_on = "去年"')], [drop("elected_on")], {"B009"}),
    ([edit("approved_on = 2019-05-06", "approved_on = 20190506")], [drop("approved_on")], {"B002"}),
    ([edit('approved_by = "江湾街道党工委"', "approved_by = 7")], [drop("approved_by")], {"B002"}),
    ([edit("established_on = 2019-05-10", "established_on = 2019")], [drop("established_on")], {"B013"}),
    (
        [edit("established_on = 2019-05-10", "established_on = 2019"), drop("2020-05-15"), drop("党课")],
        [drop("established_on"), drop("2020-05-15"), drop("党课")],
        {"B013", "W008", "W009"},
    ),
    ([edit('posts = ["书记"]', 'posts = ["支书"]')], [edit('posts = ["书记"]', "posts = []")], {"B005"}),
    ([edit('posts = ["书记"]', 'posts = "书记"')], [drop('posts = ["书记"]')], {"B005"}),
    ([edit('documents = ["documents/批复.txt"]', "documents = 5")], [drop("documents/批复.txt")], {"B015"}),
    ([edit('["documents/批复.txt"]', "[5]")], [edit('["documents/批复.txt"]', "[]")], {"B015"}),
    ([edit('"documents/批复.txt"', '"没有.txt", 5')], [edit("documents/批复.txt", "没有.txt")], set()),
    ([edit("area_m2 = 36.5", 'area_m2 = "36㎡"')], [drop("area_m2")], {"A005"}),
    ([edit('"书报", "制度"]', '"书报", "制度上墙"]')], [edit('"书报", "制度"]', '"书报"]')], {"A004"}),
    (
        [edit('课", "主题党日"', '课", "主题党⽇"')],
        [edit('课", "主题党日"', '课"')],
        {"W003"},
    ),
    ([edit(KIND, 'kind = "主题党曰", date = 2020-05-15')], [edit(KIND, "date = 2020-05-15")], {"W008"}),
    ([edit(KIND, 'kind = "主题党日", date = 5')], [edit(KIND, 'kind = "主题党日"')], {"W008"}),
    ([edit("surveyed_on = 2020-09-30", 'surveyed_on = "9月"')], [drop("surveyed_on")], {"P005"}),
    ([edit("pledged_members = 5", "pledged_members = -5")], [drop("pledged_members")], {"G006"}),
    ([edit('liaison = "陈某"', "liaison = 5")], [drop("liaison")], {"P003"}),
    ([edit('kind = "建筑工地"', 'kind = "工地"')], [drop('kind = "建筑工地"')], set()),
    # of rows, the rule is silent about the row concerned alone
    (
        [append(f'{ITEM}"甲"\nowner = "张甲"\ndue = "长期"{ITEM}"乙"\nowner = "张甲"')],
        [append(f'{ITEM}"甲"\nowner = "张甲"{ITEM}"乙"\nowner = "张甲"')],
        {"L005 4"},
    ),
    (
        [append(f'{ITEM}"甲"\nowner = 5\nfrequency = "每月"{ITEM}"乙"\nfrequency = "每月"')],
        [append(f'{ITEM}"甲"\nfrequency = "每月"{ITEM}"乙"\nfrequency = "每月"')],
        {"L004 4"},
    ),
    (
        [append(f'{ITEM}"甲"\nowner = "甲"\n{LATE}\nstatus = "办结"{ITEM}"乙"\nowner = "乙"\ndue = 2020-01-01')],
        [append(f'{ITEM}"甲"\nowner = "甲"\n{LATE}{ITEM}"乙"\nowner = "乙"\n{LATE}')],
        {"L007 4"},
    ),
    (
        [append(f'{WAIVER}until = "永久"\n{WAIVER}until = 2020-01-01')],
        [append(f"{WAIVER}\n{WAIVER}until = 2020-01-01")],
        {"P006 1"},
    ),
]


def row_told(assessment: Assessment) -> list[str]:
    """Name rules, and rows counted from 1, that are told, but for errors of the file."""
    rows = [next((step + 1 for step in finding.path if isinstance(step, int)), 0) for finding in assessment.findings]
    told_of = zip(assessment.findings, rows, strict=True)
    return [f"{finding.rule.id} {row}" for finding, row in told_of if finding.rule.family != "F"]


@pytest.mark.parametrize(("wrong", "absent", "silent"), CASES)
def test_a_value_that_cannot_be_used_is_told_once_and_costs_no_points(
    wrong: list[Edit], absent: list[Edit], silent: set[str], tmp_path: Path, five_ones: Standard
) -> None:
    with_wrong, without = assessed(tmp_path, five_ones, *wrong), assessed(tmp_path, five_ones, *absent)
    assert told(with_wrong).count("F005") == 1
    unsaid = [name for name in row_told(without) if name in silent or name.partition(" ")[0] in silent]
    assert {name if name in silent else name.partition(" ")[0] for name in unsaid} == silent
    assert row_told(with_wrong) == [name for name in row_told(without) if name not in unsaid]
    assert {rule for rule in silent if " " not in rule} <= {*with_wrong.left_out}
    assert with_wrong.score is not None
    assert without.score is not None
    scored = {rule.info.id for rule in five_ones.rules if rule.info.pillar}
    assert (with_wrong.score > without.score) == any(rule[:4] in scored for rule in silent)


def test_what_is_said_beside_a_value_that_cannot_be_used_is_told(tmp_path: Path, five_ones: Standard) -> None:
    approved_on = edit("approved_on = 2019-05-06", "approved_on = 20190506")
    assessment = assessed(
        tmp_path, five_ones, approved_on, edit('approved_by = "江湾街道党工委"', 'approved_by = "无"')
    )
    assert row_told(assessment) == ["B002 0"]


@pytest.mark.parametrize("one", ["branch", "responsibility_list", "activity_space", "member_guide", "work_rules"])
def test_a_one_that_is_no_table_is_missing_and_told_once(one: str, tmp_path: Path, five_ones: Standard) -> None:
    text = f'{one} = "有"\n' + edited(CONSTRUCTION, drop_table(one))
    assessment = assess(read_site(tmp_path, text), five_ones, AS_OF)
    assert [rule for rule in told(assessment) if rule not in {"L010", "G006"}] == ["F005"]
    assert [completion.status for completion in assessment.pillars].count(Status.MISSING) == 1


def test_a_key_that_nobody_knows_silences_no_rule(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, edit("full_members = 5", "ful_members = 5"))
    assert told(assessment) == ["F004", "B003"]


def test_a_rule_on_something_else_is_told(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, edit("full_members = 5", 'full_members = "5"'), drop("address = "))
    assert told(assessment) == ["F005", "A002"]


@pytest.mark.parametrize("text", ["", "  ", "\u3000", "\u200b", "无", "/", "待定"], ids=ascii)
def test_a_name_that_says_nothing_is_an_error_of_the_file(text: str, tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, edit('name = "江湾路工地"', f'name = "{text}"'))
    (finding,) = assessment.findings
    assert (finding.rule.id, finding.path, finding.line) == ("F005", ("site", "name"), 8)
    assert str(finding.message) == "缺少必填项：站点名称（site.name）"
    assert str(finding.advice) == '应写成：name = "…"'
    assert (assessment.name, assessment.score) == (None, 100)
