from pathlib import Path

import pytest

from pilot_cli.standard.standard import Standard
from tests.editing import append, drop, drop_table, edit
from tests.standard.cases import DOES_NOT_APPLY, FAILS, PASSES, Case, case

ISSUED = "issued_on = 2019-09-01"
COVERS = 'covers = ["三会一课", "主题党日", "组织生活会", "民主评议党员", "谈心谈话", "党费收缴"]'
FORM = 'form = "单独"'
TEMPORARY = edit(FORM, 'form = "临时"')
NO_RULES = drop_table("work_rules")

CASES = [
    case("W001", PASSES, "with a table"),
    case("W001", PASSES, "with a single key", NO_RULES, append("[work_rules]\ncovers = []")),
    case("W001", FAILS, "without the table", NO_RULES),
    case("W001", FAILS, "with an empty table", NO_RULES, append("[work_rules]")),
    case("W002", PASSES, "when issued on the as-of date", edit(ISSUED, "issued_on = 2020-11-23")),
    case("W002", FAILS, "when issued the day after", edit(ISSUED, "issued_on = 2020-11-24")),
    case("W002", FAILS, "without a date of issue", drop(ISSUED)),
    case("W003", PASSES, "with the four", edit(COVERS, 'covers = ["谈心谈话", "组织生活会", "主题党日", "三会一课"]')),
    case("W003", FAILS, "without the three meetings", edit('covers = ["三会一课", ', "covers = [")),
    case("W003", FAILS, "without the themed days", edit('"三会一课", "主题党日"', '"三会一课"')),
    case("W003", FAILS, "without the life meeting", edit('"组织生活会", "民主评议党员"', '"民主评议党员"')),
    case("W003", FAILS, "without the talks", edit('"谈心谈话", "党费收缴"', '"党费收缴"')),
    case("W003", FAILS, "without rules", drop(COVERS)),
    case("W003", FAILS, "even of a temporary branch", drop(COVERS), TEMPORARY),
    case("W004", PASSES, "with the two", edit(COVERS, 'covers = ["党费收缴", "民主评议党员"]')),
    case("W004", FAILS, "without the appraisal", edit('"民主评议党员", "谈心谈话"', '"谈心谈话"')),
    case("W004", FAILS, "without the dues", edit(', "党费收缴"]', "]")),
    case("W004", FAILS, "without rules and a form", drop(COVERS), drop(FORM)),
    case("W004", FAILS, "of a joint branch", edit(FORM, 'form = "联合"'), drop(COVERS)),
    case("W004", DOES_NOT_APPLY, "to a temporary branch", TEMPORARY, drop(COVERS)),
    case("W004", DOES_NOT_APPLY, "to a mobile branch", edit(FORM, 'form = "流动"'), drop(COVERS)),
    case("W017", PASSES, "with neither", TEMPORARY, edit(', "党费收缴"]', "]")),
    case("W017", PASSES, "without rules", TEMPORARY, drop(COVERS)),
    case("W017", FAILS, "with the dues", TEMPORARY),
    case("W017", FAILS, "with admissions", TEMPORARY, edit('"党费收缴"', '"发展党员"')),
    case("W017", DOES_NOT_APPLY, "to a branch that is not temporary"),
    case("W017", DOES_NOT_APPLY, "without a form", drop(FORM)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule_on_the_working_rules(case: Case, tmp_path: Path, five_ones: Standard) -> None:
    assert case.judge(tmp_path, five_ones) is case.outcome
