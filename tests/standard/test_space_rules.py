from pathlib import Path

import pytest

from pilot_cli.standard.standard import Standard
from tests.editing import append, drop, drop_table, edit
from tests.standard.cases import FAILS, PASSES, Case, case

OPENED = "opened_on = 2019-07-01"
AREA = "area_m2 = 36.5"
NO_SPACE = drop_table("activity_space")
FEATURES = ("场所", "设施", "标志", "党旗", "书报", "制度")

CASES = [
    case("A001", PASSES, "with a table"),
    case("A001", PASSES, "with a single key", NO_SPACE, append("[activity_space]\narea_m2 = 1")),
    case("A001", FAILS, "without the table", NO_SPACE),
    case("A001", FAILS, "with an empty table", NO_SPACE, append("[activity_space]")),
    case("A002", PASSES, "with an address"),
    case("A002", FAILS, "with a blank address", edit("江湾路工地生活区 3 号板房", "\\n")),
    case("A002", FAILS, "with a placeholder for an address", edit("江湾路工地生活区 3 号板房", "未定")),
    case("A002", FAILS, "without an address", drop("address = ")),
    case("A003", PASSES, "when opened on the as-of date", edit(OPENED, "opened_on = 2020-11-23")),
    case("A003", FAILS, "when opened the day after", edit(OPENED, "opened_on = 2020-11-24")),
    case("A003", FAILS, "without a date of opening", drop(OPENED)),
    case("A004", PASSES, "with all six"),
    case("A004", PASSES, "in any order and repeated", edit('"书报", "制度"]', '"制度", "书报", "场所"]')),
    case("A004", FAILS, "without any of the six", drop("has = ")),
    *(
        case("A004", FAILS, f"without number {n}", edit(f'"{word}"', '"党旗"'))
        for n, word in enumerate(FEATURES, 1)
        if word != "党旗"
    ),
    case("A004", FAILS, "without number 4", edit('"党旗"', '"书报"')),
    case("A005", PASSES, "with 10 square metres", edit(AREA, "area_m2 = 10")),
    case("A005", PASSES, "with 10.0 square metres", edit(AREA, "area_m2 = 10.0")),
    case("A005", FAILS, "with less than 10 square metres", edit(AREA, "area_m2 = 9.99")),
    case("A005", FAILS, "without the area", drop(AREA)),
    case("A006", PASSES, "with opening hours"),
    case("A006", FAILS, "with blank opening hours", edit("每日 12:00—21:00", "")),
    case("A006", FAILS, "without opening hours", drop("opening_hours")),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule_on_the_activity_space(case: Case, tmp_path: Path, five_ones: Standard) -> None:
    assert case.judge(tmp_path, five_ones) is case.outcome
