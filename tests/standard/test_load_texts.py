"""What the second edition lets a standard say: texts with parameters, problems, placeholders, titles, and grades."""

from pathlib import Path

import pytest

from pilot_cli import assess, load_standard
from pilot_cli.locale import Language, use_language
from pilot_cli.site.rule_info import About, RuleInfo
from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF, CONSTRUCTION, Edit, drop, edit, edited, read_site
from tests.standard.cases import FAILS, PASSES, outcome
from tests.standard.own import EXTENDING, own_rule, write_standard

KNOWN = 'check = "waivers_known"'
NOT_GIVEN = 'check = "given"\nfields = ["branch.superior"]\n'


def loaded(folder: Path, text: str) -> Standard:
    return load_standard(write_standard(folder, text))


def info(standard: Standard, id: str) -> RuleInfo:
    return standard.catalogue[id]


@pytest.mark.parametrize(
    ("id", "override", "title", "problem"),
    [
        ("A005", "value = 10.5", "阵地面积不少于10.5平方米", "阵地面积不足10.5平方米"),
        ("B005", "at_most = 2", "按规定配备党支部书记", "未配备党支部书记，或党支部书记多于2名"),
        ("P005", "months = 6", "6个月内开展过满意度调查", "近6个月未开展满意度调查"),
        ("B008", "at_most = 4", "正式党员不足7名的，班子成员不超过4名", "正式党员不足7名而班子成员多于4名"),
        ("W009", 'problem.zh = "{months}月{kind}"', "12个月内上过党课", "12月党课"),
        ("A005", 'title.zh = "{value}{value}"', "1010", "阵地面积不足10平方米"),
        ("W004", 'problem.zh = "缺{missing}！"', "制度涵盖民主评议党员、党费收缴", "缺民主评议党员或党费收缴！"),
        ("W010", 'problem.zh = "{stood_months}:{year}"', "按年度召开组织生活会", "6:应查"),
    ],
)
def test_texts_have_the_parameters_of_their_rule(
    id: str, override: str, title: str, problem: str, tmp_path: Path
) -> None:
    found = info(loaded(tmp_path, f"{EXTENDING}[override.{id}]\n{override}"), id)
    assert (str(found.title), str(found.problem)) == (title, problem)


def test_advice_has_the_parameters_of_its_rule(tmp_path: Path) -> None:
    own = loaded(tmp_path, f"{EXTENDING}[override.B003]\nvalue = 5")
    assert "确实不足5名的" in str(info(own, "B003").advice)


def test_parameters_follow_through_a_chain_of_standards(tmp_path: Path) -> None:
    write_standard(tmp_path, f'{EXTENDING}[override.P005]\nproblem.zh = "{{months}}个月内没有调查"', "base.toml")
    own = loaded(tmp_path, 'name = "市"\nextends = "base.toml"\n[override.P005]\nmonths = 3')
    assert str(info(own, "P005").problem) == "3个月内没有调查"


@pytest.mark.parametrize(
    ("override", "edits", "text"),
    [
        ("values = ['三会一课', '发展党员', '请示报告']", [], "制度未涵盖发展党员、请示报告"),
        ('problem.zh = "制度不全"', [edit('"三会一课", ', "")], "制度不全：缺三会一课"),
        ('problem.zh = "缺{missing}"', [edit('"三会一课", ', "")], "缺三会一课"),
    ],
)
def test_what_is_found_stands_where_the_problem_has_it(
    override: str, edits: list[Edit], text: str, tmp_path: Path
) -> None:
    own = loaded(tmp_path, f"{EXTENDING}[override.W003]\n{override}")
    (finding,) = assess(read_site(tmp_path, edited(CONSTRUCTION, *edits)), own, AS_OF).findings
    assert str(finding.message) == text


def test_a_rule_that_does_not_say_what_is_wrong_says_what_it_asks(tmp_path: Path) -> None:
    own = loaded(tmp_path, EXTENDING + own_rule(NOT_GIVEN))
    assert str(info(own, "GZ01").problem) == "不符合要求：标题"
    (finding,) = assess(read_site(tmp_path, CONSTRUCTION), own, AS_OF).findings
    assert str(finding.message) == "不符合要求：标题"
    use_language(Language.ENGLISH)
    assert str(info(own, "GZ01").problem) == "不符合要求：标题"


def test_a_rule_without_a_problem_in_both_languages_has_it_in_both(tmp_path: Path) -> None:
    own = loaded(tmp_path, EXTENDING + own_rule(f'title.en = "Superior named"\n{NOT_GIVEN}'))
    use_language(Language.ENGLISH)
    assert str(info(own, "GZ01").problem) == "Not as asked: Superior named"


def test_a_rule_may_be_about_how_the_file_is_filled_in(tmp_path: Path) -> None:
    own = loaded(tmp_path, EXTENDING + own_rule(f'about = "filing"\n{KNOWN}').replace('one = "branch"\n', ""))
    assert (info(own, "GZ01").about, info(own, "GZ01").level) == (About.FILING, "填报问题")
    assert info(own, "B003").about is About.WORK


def test_placeholders_of_ones_own_replace_the_others(tmp_path: Path) -> None:
    own = loaded(tmp_path, f'placeholders = ["略", "See Above"]\n{EXTENDING}')
    site = edited(CONSTRUCTION, edit("先锋筑梦", "无"), edit("陈某", "ＳＥＥ above"))
    assert outcome("P004", read_site(tmp_path, site), own, AS_OF) is PASSES
    assert outcome("P003", read_site(tmp_path, site), own, AS_OF) is FAILS


def test_blank_texts_say_nothing_by_any_standard(tmp_path: Path) -> None:
    own = loaded(tmp_path, f'placeholders = ["略"]\n{EXTENDING}')
    for text in ("——", "／", "？？", "\u3000", "\u200d"):
        site = edited(CONSTRUCTION, edit("先锋筑梦", text))
        assert outcome("P004", read_site(tmp_path, site), own, AS_OF) is FAILS


def test_a_title_of_ones_own_is_what_people_read(tmp_path: Path) -> None:
    assert str(loaded(tmp_path, EXTENDING).title) == "广州市加强版"
    own = loaded(tmp_path, f'title.zh = "加强"\n{EXTENDING}')
    assert (own.name, str(own.title)) == ("广州市加强版", "加强")


@pytest.mark.parametrize(
    ("score", "complete", "name"),
    [(100, 5, "优"), (90, 5, "优"), (90, 4, "良"), (89.9, 5, "良"), (75, 3, "良"), (100, 2, "中"), (74.9, 5, "中")],
)
def test_a_grade_asks_for_a_score_and_for_complete_ones(score: float, complete: int, name: str, tmp_path: Path) -> None:
    written = [("中", 0, 0), ("优", 90, 5), ("良", 75, 3)]
    grade = '[[grades]]\nname.zh = "{}"\nfrom = {}\ncomplete = {}\n'
    grades = "".join(grade.format(*values) for values in written)
    assert str(loaded(tmp_path, EXTENDING + grades).grade(score, complete)) == name


def test_a_rule_of_ones_own_gives_credit_by_share(tmp_path: Path) -> None:
    rule = f'credit = "share"\npoints = 7\n{NOT_GIVEN}'.replace('"branch.superior"', '"branch.superior", "branch.name"')
    own = loaded(tmp_path, EXTENDING + own_rule(rule))
    branch = assess(read_site(tmp_path, CONSTRUCTION), own, AS_OF).pillars[0]
    assert (branch.earned, branch.possible, branch.score) == (29.5, 33, 17.9)  # 20 × 29.5/33 = 17.88


def test_an_override_may_take_the_share_away(tmp_path: Path) -> None:
    own = loaded(tmp_path, f'{EXTENDING}[override.L004]\ncredit = "all"')
    site = edited(CONSTRUCTION, drop('owner = "李乙"'))
    duties = assess(read_site(tmp_path, site), own, AS_OF).pillars[1]
    assert (duties.earned, duties.possible) == (22, 25)
