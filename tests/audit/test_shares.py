"""Credit by share: exactly, as a fraction, of the things that a rule looks at."""

from fractions import Fraction
from math import floor
from pathlib import Path

import pytest

from pilot_cli import assess
from pilot_cli.audit.assessment import Assessment
from pilot_cli.site.model import Pillar
from pilot_cli.standard.rule import Credit
from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF, COMMUNITY, CONSTRUCTION, Edit, add_record, append, drop, edit, edited, read_site

ITEMS = "[[responsibility_list.items]]\n"
SAME_POSTS = edit('posts = ["组织委员"]', 'posts = ["委员"]')
VOTE = 'kind = "党员大会", date = 2020-11-01, decision = "{decision}", attended = {attended}, expected = 9'


def votes(decision: str, *attended: int) -> list[Edit]:
    return [add_record(VOTE.format(decision=decision, attended=number)) for number in attended]


# the rule, what is changed, how many things are in order, of how many, and what the change adds to what is possible
SHARES = [
    ("B007", COMMUNITY, [SAME_POSTS], 2, 3, 0),
    ("B007", COMMUNITY, [SAME_POSTS, edit('["宣传委员"]', '["委员"]'), edit('["纪检委员"]', "[]")], 0, 3, 0),
    ("B015", CONSTRUCTION, [edit('["documents/批复.txt"]', '["documents/批复.txt", "a", "b", "../c"]')], 1, 4, 0),
    ("B015", CONSTRUCTION, [edit('["documents/批复.txt"]', '["documents/批复.txt", " ", "/", "无", "b"]')], 1, 2, 0),
    ("B015", CONSTRUCTION, [drop("documents/批复.txt")], 0, 1, 0),
    ("L004", CONSTRUCTION, [drop('owner = "李乙"')], 2, 3, 0),
    ("L004", CONSTRUCTION, [drop("owner = "), append(f'{ITEMS}owner = "张甲"\nfrequency = "每年"')], 1, 4, 0),
    ("L005", CONSTRUCTION, [drop("due = 2020-12-31")], 2, 3, 0),
    ("L006", CONSTRUCTION, [append(f'{ITEMS}owner = "乙"\nfrequency = "每月"\nstatus = "已完成"')], 1, 2, 0),
    ("L007", CONSTRUCTION, [append(f'{ITEMS}owner = "乙"\ndue = 2020-11-22')], 3, 4, 0),
    (
        "L011",
        CONSTRUCTION,
        [edit('["documents/清单.txt"]', '["a", "documents/清单.txt", "site.toml"]')],
        2,
        3,
        0,
    ),
    ("A004", CONSTRUCTION, [edit('"设施", ', ""), edit(', "制度"]', "]")], 4, 6, 0),
    ("A004", CONSTRUCTION, [drop("has = ")], 0, 6, 0),
    ("A007", CONSTRUCTION, [edit('["documents/照片.txt"]', '["documents/照片.txt", "documents"]')], 1, 2, 0),
    ("G004", CONSTRUCTION, [append('[[member_guide.roles]]\nname = "丙岗"\nmembers = ["　"]')], 2, 3, 0),
    ("G009", CONSTRUCTION, [edit('["documents/指引.txt"]', "[]")], 0, 1, 0),
    ("W003", CONSTRUCTION, [edit('"三会一课", "主题党日", ', '"三会一课", ')], 3, 4, 0),
    ("W004", CONSTRUCTION, [edit(', "党费收缴"]', "]")], 1, 2, 0),
    ("W005", CONSTRUCTION, [drop("2020-02-20")], 2, 3, 0),
    ("W006", COMMUNITY, [drop("2020-02-05")], 10, 11, 0),
    ("W007", COMMUNITY, [drop("2020-08-12")], 10, 11, 0),
    ("W008", CONSTRUCTION, [drop("2019-12-15"), drop("2020-09-15"), drop("2020-10-15")], 8, 11, 0),
    (
        "W008",
        CONSTRUCTION,
        [
            drop('主题党日", date'),
        ],
        0,
        11,
        0,
    ),
    ("W014", CONSTRUCTION, votes("表决", 4, 5, 9), 2, 3, 2),
    ("W014", CONSTRUCTION, votes("表决", 4), 0, 1, 2),
    ("W015", CONSTRUCTION, [edit('["documents/制度.txt"]', '["documents/制度.txt", "x"]')], 1, 2, 0),
    ("W016", CONSTRUCTION, votes("选举", 7, 8, 9), 2, 3, 2),
]


def half_up(number: Fraction) -> float:
    return floor(number * 10 + Fraction(1, 2)) / 10


def assessed(folder: Path, standard: Standard, site: str, *edits: Edit) -> Assessment:
    return assess(read_site(folder, edited(site, *edits)), standard, AS_OF)


@pytest.mark.parametrize(("rule", "site", "edits", "in_order", "looked_at", "added"), SHARES)
def test_a_rule_that_is_not_kept_earns_the_share_that_is_in_order(
    rule: str,
    site: str,
    edits: list[Edit],
    in_order: int,
    looked_at: int,
    added: int,
    tmp_path: Path,
    five_ones: Standard,
) -> None:
    (found,) = (found for found in five_ones.rules if found.info.id == rule)
    one = list(Pillar).index(found.info.pillar or Pillar.BRANCH)
    before = assessed(tmp_path, five_ones, site).pillars[one]
    after = assessed(tmp_path, five_ones, site, *edits)
    assert {finding.rule.id for finding in after.findings} == {rule}
    assert before.possible is not None
    possible = before.possible + added
    earned = Fraction(possible - found.points) + Fraction(found.points * in_order, looked_at)
    completion = after.pillars[one]
    assert (completion.earned, completion.possible) == (round(float(earned), 4), possible)
    assert completion.score == half_up(20 * earned / Fraction(possible))
    # the others have all that they can have
    assert after.score == half_up(80 + 20 * earned / Fraction(possible))


def test_every_rule_that_gives_credit_by_share_is_tried(five_ones: Standard) -> None:
    by_share = {rule.info.id for rule in five_ones.rules if rule.credit is Credit.SHARE}
    assert by_share == {rule for rule, *_rest in SHARES}
    assert by_share == {
        *("B007", "B015", "L004", "L005", "L006", "L007", "L011", "A004", "A007", "G004", "G009", "W003"),
        *("W004", "W005", "W006", "W007", "W008", "W014", "W015", "W016"),
    }


def test_the_total_is_the_sum_of_the_unrounded_ones(tmp_path: Path, five_ones: Standard) -> None:
    # 20 × 71/75 = 18.933, 20 × 22/25 = 17.6 and 20 × 13.667/15 = 18.222: 94.756, where 18.9 + 17.6 + 18.2 is 94.7
    assessment = assessed(
        tmp_path,
        five_ones,
        CONSTRUCTION,
        edit('["documents/清单.txt"]', '["documents/清单.txt", "a", "b"]'),
        edit('"设施", ', ""),
        drop("area_m2"),
        drop('kind = "党课"'),
        drop('kind = "谈心谈话"'),
    )
    assert [one.score for one in assessment.pillars] == [20.0, 18.9, 18.2, 20.0, 17.6]
    assert [one.earned for one in assessment.pillars] == [26, 23.6667, 13.6667, 18, 22]
    assert assessment.score == 94.8


def test_a_rule_worth_nothing_is_told_and_costs_nothing(tmp_path: Path, five_ones: Standard) -> None:
    assessment = assessed(tmp_path, five_ones, CONSTRUCTION, edit("applied_on = 2019-04-15", "applied_on = 2019-03-01"))
    assert [finding.rule.id for finding in assessment.findings] == ["B012"]
    branch = assessment.pillars[0]
    assert (branch.passed, branch.applicable, branch.earned, branch.score) == (12, 13, 26, 20)
    assert assessment.score == 100
