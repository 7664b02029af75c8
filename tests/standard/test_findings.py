"""What findings say in English, where they stand, and what they carry of their rule."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from pilot_cli import assess
from pilot_cli.audit.assessment import Finding
from pilot_cli.site.model import Pillar
from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF, CONSTRUCTION, Edit, add_record, append, drop, drop_table, edit, edited, read_site


def findings_of(rule: str, folder: Path, text: str, standard: Standard) -> list[Finding]:
    findings = assess(read_site(folder, text), standard, AS_OF).findings
    return [finding for finding in findings if finding.rule.id == rule]


def places(text: str, parts: Iterable[str]) -> list[tuple[int, int]]:
    """Find line and column of parts of a text, each of which stands in it once."""
    found = []
    for part in parts:
        assert text.count(part) == 1, f"{part!r} stands in the file {text.count(part)} times"
        before = text[: text.index(part)]
        found.append((before.count("\n") + 1, len(before) - before.rfind("\n")))
    return found


OVERDUE = """
[[responsibility_list.items]]
due = 2020-11-22

[[responsibility_list.items]]
  due = 2019-11-23
  title = "搬迁"
"""
FEW = 'kind = "支委会", date = 2020-11-02, attended = 4, expected = 9'

ENGLISH = [
    pytest.param(
        "P001",
        [edit("ends_on = 2021-12-31", "ends_on = 2019-02-28")],
        ["Planned end date (2019-02-28) is before Start date (2019-03-01)"],
        ["ends_on"],
        id="a date before another stands where the date does",
    ),
    pytest.param(
        "B002",
        [drop("approved_by"), drop("approved_on")],
        [
            "Not approved by the higher-level Party organization: Approving organization: not given",
            "Not approved by the higher-level Party organization: Date of approval: not given",
        ],
        ["[branch]", "[branch]"],
        id="each key that is absent is a finding where its table is",
    ),
    pytest.param(
        "P002",
        [edit("江湾建设有限公司", "")],
        ["No “two-new” organization named"],
        ["organization ="],
        id="a blank text stands where it does",
    ),
    pytest.param(
        "B001",
        [drop_table("branch")],
        ["No Party branch"],
        ["# 建筑工地"],
        id="an absent table stands on the first line",
    ),
    pytest.param(
        "A001",
        [drop_table("activity_space"), append("[activity_space]")],
        ["No activity space"],
        ["[activity_space]"],
        id="an empty table stands where its header is",
    ),
    pytest.param(
        "B003",
        [edit("full_members = 5", "full_members = 2")],
        ["Fewer than 3 full members: Full members is 2"],
        ["full_members"],
        id="a number that is too low",
    ),
    pytest.param(
        "B004",
        [edit("full_members = 5", "full_members = 50")],
        ["More than 50 members: Full members and Probationary members are 51"],
        ["full_members"],
        id="a sum that is too high stands where its first number does",
    ),
    pytest.param(
        "B005",
        [edit('["书记"]', '["委员"]')],
        ["No branch secretary"],
        ['[[branch.officers]]\nname = "张甲"'],
        id="a wrong number of rows stands where the first row does",
    ),
    pytest.param(
        "B009",
        [edit("elected_on = 2019-05-11", "elected_on = 2017-11-23")],
        ["Term of office run out without an election: the term ended on 2020-11-23"],
        ["elected_on"],
        id="a term that has run out",
    ),
    pytest.param(
        "L002",
        [edit("issued_on = 2019-06-01", "issued_on = 2020-11-24")],
        ["Responsibility list not issued: Date of issue (2020-11-24) is after the as-of date"],
        ["issued_on = 2020-11-24"],
        id="a date that has not come",
    ),
    pytest.param(
        "L004",
        [drop('owner = "李乙"')],
        ["Item 2 “工友夜校”: Owner not given"],
        ['[[responsibility_list.items]]\ntitle = "工友夜校"'],
        id="a row that lacks a key is called by its number and title",
    ),
    pytest.param(
        "L005",
        [append('[[responsibility_list.items]]\ncategory = "其他"')],
        ["Item 4: Due date or Frequency not given"],
        ['[[responsibility_list.items]]\ncategory = "其他"'],
        id="a row without a title is called by its number",
    ),
    pytest.param(
        "L007",
        [edit('status = "已完成"', 'status = "进行中"'), append(OVERDUE)],
        [
            "Item 3 “补建学习档案” was due on 2020-05-31, 176 days ago",
            "Item 4 was due on 2020-11-22, 1 day ago",
            "Item 5 “搬迁” was due on 2019-11-23, 366 days ago",
        ],
        ["due = 2020-05-31", "due = 2020-11-22", "due = 2019-11-23"],
        id="three overdue items are three findings",
    ),
    pytest.param(
        "L010",
        [edit('owner = "张甲"', 'owner = "王丙"')],
        ["No item owned by the branch secretary (张甲)"],
        ['[[responsibility_list.items]]\ntitle = "每月安全巡查"'],
        id="a secretary without an item is named",
    ),
    pytest.param(
        "A004",
        [edit('"设施", ', ""), edit(', "制度"]', "]")],
        ["“Six haves” of the space incomplete: facilities, rules missing"],
        ["has ="],
        id="words that a list lacks are named",
    ),
    pytest.param(
        "G007",
        [edit("党员先锋岗", "党员突击队")],
        ["No model post or responsibility zone"],
        ['[[member_guide.roles]]\nkind = "党员突击队"\nname = "塔吊安全岗"'],
        id="rows none of which matches",
    ),
    pytest.param(
        "W005",
        [drop("2020-02-20"), drop("2020-08-20")],
        ["General meeting of members not held every quarter: none in quarter 1 of 2020, quarter 3 of 2020"],
        ["records ="],
        id="quarters without a record are named",
    ),
    pytest.param(
        "W008",
        [drop("2019-12-15"), drop("2020-09-15"), drop("2020-10-15")],
        ["Themed Party day not held every month: none in 2019-12, 2020-09, 2020-10"],
        ["records ="],
        id="months without a record are named",
    ),
    pytest.param(
        "W009",
        [drop('kind = "党课"')],
        ["No Party lecture in the last 12 months"],
        ["records ="],
        id="a meeting that was not held",
    ),
    pytest.param(
        "W014",
        [add_record(FEW)],
        ["At the branch committee meeting of 2020-11-02, 4 of 9 expected attended, less than 50 per cent"],
        ["attended = 4"],
        id="a figure inside of an inline table",
    ),
    pytest.param(
        "B015",
        [edit('["documents/批复.txt"]', '[ "documents/批复.txt",\n  "没有.txt", # 待补\n\t"../a", "/a"]')],
        [
            "Document “没有.txt”: it does not exist",
            "Document “../a”: the path leads out of the site's folder",
            "Document “/a”: the path is absolute; name it relative to the site's folder",
        ],
        ['"没有.txt"', '"../a"', '"/a"'],
        id="each bad document is a finding with words of its own",
    ),
    pytest.param(
        "P006",
        [append('[[waivers]]\nrule = "B003"\nuntil = 2020-11-22'), append('[[waivers]]\nrule = "B004"')],
        [
            "Waiver 1 (B003) does not give: Reason, Approving organization",
            "Waiver 1 (B003) ended on 2020-11-22",
            "Waiver 2 (B004) does not give: Reason, Approving organization, Valid until",
        ],
        ['[[waivers]]\nrule = "B003"', "until = 2020-11-22", '[[waivers]]\nrule = "B004"'],
        id="each waiver that is not in force",
    ),
]


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(("rule", "edits", "messages", "parts"), ENGLISH)
def test_findings_say_what_is_wrong_and_where(
    rule: str, edits: list[Edit], messages: list[str], parts: list[str], tmp_path: Path, five_ones: Standard
) -> None:
    text = edited(CONSTRUCTION, *edits)
    findings = findings_of(rule, tmp_path, text, five_ones)
    assert [str(finding.message) for finding in findings] == messages
    assert [(finding.line, finding.column) for finding in findings] == places(text, parts)


def test_a_rule_fails_once_however_many_findings_it_makes(tmp_path: Path, five_ones: Standard) -> None:
    text = edited(CONSTRUCTION, edit('status = "已完成"', 'status = "进行中"'), append(OVERDUE))
    alone = five_ones.select(["L007"])
    assessment = assess(read_site(tmp_path, text), alone, AS_OF)
    (completion,) = (completion for completion in assessment.pillars if completion.pillar is Pillar.RESPONSIBILITY_LIST)
    assert len(assessment.findings) == 3
    assert (completion.passed, completion.applicable) == (0, 1)


def test_a_finding_carries_severity_one_basis_and_advice_of_its_rule(tmp_path: Path, five_ones: Standard) -> None:
    text = edited(CONSTRUCTION, edit("full_members = 5", "full_members = 2"))
    (finding,) = findings_of("B003", tmp_path, text, five_ones)
    (rule,) = (rule for rule in five_ones.rules if rule.info.id == "B003")
    assert (finding.rule, finding.advice) == (rule.info, rule.info.advice)
    assert (finding.rule.pillar, finding.path) == (Pillar.BRANCH, ("branch", "full_members"))
    assert finding.waived is None
