from datetime import date
from pathlib import Path

import pytest

from pilot_cli.standard.standard import Standard
from tests.editing import COMMUNITY, append, drop, drop_table, edit
from tests.standard.cases import DOES_NOT_APPLY, FAILS, PASSES, Case, case

ISSUED = "issued_on = 2019-06-01"
REVIEWED = "reviewed_on = 2020-06-02"
DONE = 'status = "已完成"'
FEEDBACK = 'feedback = "档案补齐，已复查"'
ITEM = "[[responsibility_list.items]]\n"
DONE_ON_THE_DAY = edit("done_on = 2020-05-28", "done_on = 2020-11-23")
DONE_LATER = edit("done_on = 2020-05-28", "done_on = 2020-11-24")
NO_LIST = drop_table("responsibility_list")
NO_ITEMS = drop_table("responsibility_list.items")
SAFETY = 'category = "安全质量"'
GOVERNANCE = 'category = "小区治理"'

CASES = [
    case("L001", PASSES, "with a table"),
    case("L001", PASSES, "with a single key", NO_LIST, append("[responsibility_list]\nreviewed_on = 2020-01-01")),
    case("L001", PASSES, "with an empty list", NO_LIST, append("[responsibility_list]\nitems = []")),
    case("L001", FAILS, "without the table", NO_LIST),
    case("L001", FAILS, "with an empty table", NO_LIST, append("[responsibility_list]")),
    case("L002", PASSES, "when issued on the as-of date", edit(ISSUED, "issued_on = 2020-11-23")),
    case("L002", FAILS, "when issued the day after", edit(ISSUED, "issued_on = 2020-11-24")),
    case("L002", FAILS, "without a date of issue", drop(ISSUED)),
    case("L003", PASSES, "with one item", NO_ITEMS, append(ITEM + 'title = "巡查"')),
    case("L003", PASSES, "with an item that says nothing", NO_ITEMS, append(ITEM)),
    case("L003", FAILS, "without items", NO_ITEMS),
    case("L003", FAILS, "with an empty list of items", NO_ITEMS, edit(ISSUED, f"{ISSUED}\nitems = []")),
    case("L004", PASSES, "when each item has an owner"),
    case("L004", FAILS, "when one item has no owner", drop('owner = "李乙"')),
    case("L004", FAILS, "when one owner is blank", edit('owner = "李乙"', 'owner = "\u3000"')),
    case("L004", FAILS, "when one owner is a placeholder", edit('owner = "李乙"', 'owner = "待定"')),
    case("L004", DOES_NOT_APPLY, "without items", NO_ITEMS),
    case("L005", PASSES, "when each item has a due date or a frequency"),
    case("L005", PASSES, "when an item has both", append(ITEM + 'due = "2021-01-01"\nfrequency = "每年"')),
    case("L005", FAILS, "when one item has neither", drop("due = 2020-12-31")),
    case("L005", FAILS, "when a completed item has neither", drop("due = 2020-05-31")),
    case("L005", DOES_NOT_APPLY, "without items", NO_ITEMS),
    case("L006", PASSES, "when the completed item has feedback"),
    case("L006", FAILS, "when the completed item has none", drop("feedback = ")),
    case("L006", FAILS, "when the feedback is blank", edit(FEEDBACK, 'feedback = " "')),
    case("L006", FAILS, "when one of two completed items has none", append(ITEM + DONE)),
    case("L006", FAILS, "when the feedback says nothing", edit(FEEDBACK, 'feedback = "/"')),
    case("L006", FAILS, "when completed on the as-of date", drop("feedback = "), DONE_ON_THE_DAY),
    case(
        "L006", DOES_NOT_APPLY, "when it is completed on the day after the as-of date", drop("feedback = "), DONE_LATER
    ),
    case("L006", DOES_NOT_APPLY, "when no item is completed", edit(DONE, 'status = "进行中"')),
    case("L006", DOES_NOT_APPLY, "when no item says its progress", drop("status = ")),
    case("L006", DOES_NOT_APPLY, "without items", NO_ITEMS),
    case("L007", PASSES, "when an item is due on the as-of date", as_of=date(2020, 12, 31)),
    case("L007", FAILS, "when an item was due the day before", as_of=date(2021, 1, 1)),
    case("L007", PASSES, "when the overdue item is completed"),
    case("L007", FAILS, "when the overdue item is in progress", edit(DONE, 'status = "进行中"')),
    case("L007", FAILS, "when the overdue item does not say its progress", drop(DONE)),
    case("L007", FAILS, "when the overdue item has a date of completion alone", edit(DONE, 'status = "未开始"')),
    case("L007", PASSES, "when the overdue item is completed on the as-of date", DONE_ON_THE_DAY),
    case("L007", FAILS, "when the overdue item is completed on the day after the as-of date", DONE_LATER),
    case("L007", PASSES, "when the overdue item does not say when it was completed", drop("done_on = ")),
    case("L007", PASSES, "when no item has a due date", drop("due = ")),
    case("L007", DOES_NOT_APPLY, "without items", NO_ITEMS),
    case("L008", PASSES, "with an item on safety and quality"),
    case("L008", FAILS, "without an item on safety and quality", edit(SAFETY, GOVERNANCE)),
    case("L008", FAILS, "when no item has a category", drop("category = ")),
    case("L008", DOES_NOT_APPLY, "to a community", site=COMMUNITY),
    case("L008", DOES_NOT_APPLY, "without items", NO_ITEMS),
    case("L009", PASSES, "with an item on community governance", site=COMMUNITY),
    case("L009", FAILS, "without an item on community governance", edit(GOVERNANCE, SAFETY), site=COMMUNITY),
    case("L009", DOES_NOT_APPLY, "to a building site"),
    case("L009", DOES_NOT_APPLY, "without items", drop("飞线充电整治"), drop("独居老人探访"), site=COMMUNITY),
    case("L010", PASSES, "when the secretary owns an item"),
    case("L010", FAILS, "when the secretary owns none", edit('owner = "张甲"', 'owner = "李乙"')),
    *(
        case("L010", PASSES, f"when the owner is written {name!a}", edit('owner = "张甲"', f'owner = "{name}"'))
        for name in ("张甲 ", "张　甲", "张\u200b甲", "\u00a0张甲", "张 \u202e甲")
    ),
    case("L010", FAILS, "when the owner is another", edit('owner = "张甲"', 'owner = "张甲某"')),
    case("L010", DOES_NOT_APPLY, "when the secretary's name is a placeholder", edit('name = "张甲"', 'name = "待定"')),
    case(
        "L010",
        PASSES,
        "when one of two secretaries owns an item",
        append('[[branch.officers]]\nname = "丁"\nposts = ["书记"]'),
    ),
    case("L010", FAILS, "when no item has an owner", drop("owner = ")),
    case("L010", DOES_NOT_APPLY, "without items", NO_ITEMS),
    case("L010", DOES_NOT_APPLY, "without a secretary", edit('["书记"]', '["委员"]')),
    case("L010", DOES_NOT_APPLY, "when the secretary has no name", drop('name = "张甲"')),
    case("L010", DOES_NOT_APPLY, "when the secretary's name is blank", edit('name = "张甲"', 'name = " "')),
    case("L010", DOES_NOT_APPLY, "without officers", drop_table("branch.officers")),
    case("L012", PASSES, "when revised exactly 12 months ago", edit(REVIEWED, "reviewed_on = 2019-11-23")),
    case("L012", FAILS, "when revised 12 months and a day ago", edit(REVIEWED, "reviewed_on = 2019-11-22")),
    case("L012", PASSES, "when revised on the as-of date", edit(REVIEWED, "reviewed_on = 2020-11-23")),
    case("L012", FAILS, "when the revision is yet to come", edit(REVIEWED, "reviewed_on = 2020-11-24")),
    case(
        "L012",
        PASSES,
        "when issued 12 months ago and not revised",
        drop(REVIEWED),
        edit(ISSUED, "issued_on = 2019-11-23"),
    ),
    case("L012", FAILS, "when issued longer ago and not revised", drop(REVIEWED)),
    case("L012", FAILS, "when issued on a day to come", drop(REVIEWED), edit(ISSUED, "issued_on = 2020-11-24")),
    case("L012", FAILS, "without dates", drop(REVIEWED), drop(ISSUED)),
    case(
        "L012",
        PASSES,
        "on 29 February when revised on 28 February",
        edit(REVIEWED, "reviewed_on = 2019-02-28"),
        as_of=date(2020, 2, 29),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule_on_the_responsibility_list(case: Case, tmp_path: Path, five_ones: Standard) -> None:
    assert case.judge(tmp_path, five_ones) is case.outcome
