from pathlib import Path

import pytest

from pilot_cli.standard.standard import Standard
from tests.editing import COMMUNITY, append, drop, drop_table, edit
from tests.standard.cases import DOES_NOT_APPLY, FAILS, PASSES, Case, case

ISSUED = "issued_on = 2019-08-01"
PLEDGED = "pledged_members = 5"
MEMBERS = "full_members = 5"
NO_GUIDE = drop_table("member_guide")
NO_ROLES = drop_table("member_guide.roles")
NO_COMMUNITY_ROLES = drop('name = "便民队"')
SECOND_ROLE = 'members = ["李乙", "王丙"]'
PIONEER = 'kind = "党员先锋岗"'
VOLUNTEERS = 'kind = "党员志愿服务队"'
ROLE = "[[member_guide.roles]]\n"

CASES = [
    case("G001", PASSES, "with a table"),
    case("G001", PASSES, "with a single key", NO_GUIDE, append("[member_guide]\npledged_members = 0")),
    case("G001", PASSES, "with a role alone", NO_GUIDE, append(ROLE)),
    case("G001", FAILS, "without the table", NO_GUIDE),
    case("G001", FAILS, "with an empty table", NO_GUIDE, append("[member_guide]")),
    case("G002", PASSES, "when issued on the as-of date", edit(ISSUED, "issued_on = 2020-11-23")),
    case("G002", FAILS, "when issued the day after", edit(ISSUED, "issued_on = 2020-11-24")),
    case("G002", FAILS, "without a date of issue", drop(ISSUED)),
    case("G003", PASSES, "with one role", NO_ROLES, append(ROLE)),
    case("G003", FAILS, "without roles", NO_ROLES),
    case("G003", FAILS, "with an empty list of roles", NO_ROLES, edit(ISSUED, f"{ISSUED}\nroles = []")),
    case("G004", PASSES, "when each role has members"),
    case("G004", FAILS, "when one role has no members", drop(SECOND_ROLE)),
    case("G004", FAILS, "when one role has an empty list of members", edit(SECOND_ROLE, "members = []")),
    case("G004", FAILS, "when one role has blank members alone", edit(SECOND_ROLE, 'members = [" ", "　", "", "无"]')),
    case("G004", DOES_NOT_APPLY, "without roles", NO_ROLES),
    case("G005", PASSES, "with 3 of 5 in roles, one of them in two"),
    case("G005", FAILS, "with 2 of 5 in roles", edit(SECOND_ROLE, 'members = ["李乙", "张甲"]')),
    case("G005", FAILS, "with 3 of 6 in roles", edit(MEMBERS, "full_members = 6")),
    case(
        "G005",
        PASSES,
        "with 4 of 6 in roles",
        edit(SECOND_ROLE, 'members = ["丙", "丁"]'),
        edit(MEMBERS, "full_members = 6"),
    ),
    case("G005", FAILS, "with none of 1 in roles", NO_ROLES, append(ROLE), edit(MEMBERS, "full_members = 1")),
    case("G005", DOES_NOT_APPLY, "without roles", NO_ROLES),
    case("G005", FAILS, "with the same person written otherwise", edit(SECOND_ROLE, 'members = ["李　乙", "张甲 "]')),
    case("G005", FAILS, "with names that say nothing", edit(SECOND_ROLE, 'members = ["　", "/", "\\u200b"]')),
    case("G005", PASSES, "with more in roles than full members", edit(MEMBERS, "full_members = 1")),
    case("G005", DOES_NOT_APPLY, "with no full members", NO_ROLES, edit(MEMBERS, "full_members = 0")),
    case("G005", DOES_NOT_APPLY, "without the number of full members", NO_ROLES, drop("full_members")),
    case("G006", PASSES, "with as many pledges as full members"),
    case("G006", PASSES, "with more pledges than full members", edit(PLEDGED, "pledged_members = 6")),
    case("G006", FAILS, "with one pledge less", edit(PLEDGED, "pledged_members = 4")),
    case("G006", FAILS, "without the number of pledges", drop(PLEDGED)),
    case("G006", DOES_NOT_APPLY, "with no full members", drop(PLEDGED), edit(MEMBERS, "full_members = 0")),
    case("G006", DOES_NOT_APPLY, "without the number of full members", drop("full_members")),
    case("G007", PASSES, "with a pioneer post"),
    case("G007", PASSES, "with a responsibility area", edit(PIONEER, 'kind = "党员责任区"')),
    case("G007", FAILS, "with a volunteer team instead", edit(PIONEER, VOLUNTEERS)),
    case("G007", FAILS, "when no role says its kind", drop('kind = "党员')),
    case("G007", DOES_NOT_APPLY, "to a community", site=COMMUNITY),
    case("G007", DOES_NOT_APPLY, "without roles", NO_ROLES),
    case("G008", PASSES, "with a volunteer team", site=COMMUNITY),
    case("G008", FAILS, "with a pioneer post instead", edit(VOLUNTEERS, PIONEER), site=COMMUNITY),
    case("G008", DOES_NOT_APPLY, "to a building site"),
    case("G008", DOES_NOT_APPLY, "without roles", NO_COMMUNITY_ROLES, site=COMMUNITY),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule_on_the_member_guide(case: Case, tmp_path: Path, five_ones: Standard) -> None:
    assert case.judge(tmp_path, five_ones) is case.outcome
