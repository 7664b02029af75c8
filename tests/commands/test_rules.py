"""``pilot rules``: lists the rules of a standard, or explains one."""

import json
import re
from pathlib import Path

import pytest

from pilot_cli.standard.standard import Standard
from tests.commands.running import pilot


def test_the_rules_are_listed_with_severity_points_and_basis(five_ones: Standard) -> None:
    result = pilot("rules")
    assert result.returncode == 0
    assert len(re.findall(r"^│ [PBLAGW]\d{3}", result.stdout, re.MULTILINE)) == len(five_ones.rules)
    assert re.search(r"B003   │ 突出问题 │           3 │ 正式党员不少于 ?3 ?名 +│ 正式党员不足 ?3 ?名", result.stdout)


def test_one_rule_is_explained() -> None:
    out = pilot("rules", "B003").stdout
    assert out.startswith("B003 正式党员不少于3名")
    for part in (
        "突出问题",
        "正式党员不足",
        "党支部",
        "《中国共产党支部工作条例（试行）》",
        "[[waivers]]",
    ):
        assert part in out


@pytest.mark.parametrize(
    ("rule", "chinese", "english"),
    [
        ("B003", "所有试点单位", "all sites"),
        ("B006", "正式党员数不少于7；组建形式不是临时", "Full members: at least 7; Form of the branch: not temporary"),
        ("B008", "正式党员数不多于6；组建形式不是临时", "Full members: at most 6; Form of the branch: not temporary"),
        ("B010", "组建形式为联合", "Form of the branch: joint"),
    ],
)
def test_it_is_told_which_sites_a_rule_applies_to(rule: str, chinese: str, english: str) -> None:
    assert re.search(rf"适用范围 +{chinese} *\n", pilot("rules", rule).stdout)
    assert re.search(rf"Applies to +{english} *\n", pilot("--lang", "en", "rules", rule).stdout)


def test_conditions_of_every_sort_are_told(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    conditions = '"site.kind" = ["建筑工地", "社区物业"], "site.brand" = { given = false }, "site.city" = ["广州市"]'
    own.write_text(
        f'name = "示例"\nextends = "five-ones"\n[override.B003]\napplies = {{ {conditions} }}\n', encoding="utf-8"
    )
    assert (
        "站点类型为建筑工地或社区物业；未填写支部品牌；地市为广州市" in pilot("rules", "B003", "--standard", own).stdout
    )


@pytest.mark.parametrize(("rule", "title"), [("F003", "文件符合 TOML 语法"), ("x001", "各站点编号不重复")])
def test_what_is_asked_of_site_files_is_explained_as_a_rule(rule: str, title: str) -> None:
    out = pilot("rules", rule).stdout
    assert out.startswith(f"{rule.upper()} {title}\n")
    for part in ("级别 ", "填报问题", "所有试点单位", "站点文件格式", "建议 ", "不列入汇总报告和整改通知书"):
        assert part in out
    assert "[[waivers]]" not in out, "it cannot be waived"


def test_what_makes_an_on_site_item_is_told_in_every_format() -> None:
    asked = ("rules", "Y003", "--standard", "five-ones-onsite")
    look_for = "党支部工作制度是否在阵地上墙，内容是否现行有效、与印发的制度一致"
    out = pilot(*asked).stdout
    for label, text in (
        *(("考评方式", "现场查看"), ("查看要点", look_for), ("可选结果", "达标、基本达标、不达标")),
        ("有效期", "12个月"),
    ):
        assert re.search(rf"^{label} +{text} *$", out, re.MULTILINE), label
    (rule,) = json.loads(pilot(*asked, "--format", "json").stdout)["rules"]
    levels = ["达标", "基本达标", "不达标"]
    assert rule["on_site"] == {"method": "现场查看", "look_for": look_for, "valid_months": 12, "levels": levels}
    page = pilot(*asked, "--format", "markdown").stdout
    assert f"| Y003 | 现场查看 | {look_for} | 达标、基本达标、不达标 | 12个月 |\n" in page


@pytest.mark.parametrize(
    ("call", "command"),
    [
        (("rules", "y003"), "pilot rules Y003 --standard five-ones-onsite"),
        (("rules", "Y"), "pilot rules --select Y --standard five-ones-onsite"),
        (("check", "--select", "Y003"), "请用：--standard five-ones-onsite"),
    ],
)
def test_the_built_in_standard_that_has_a_rule_is_named(call: tuple[str, ...], command: str) -> None:
    told = " ".join(pilot(*call).stderr.split())
    assert "标准 five-ones 中没有检查项“Y" in told
    assert command in told


def test_what_is_asked_of_site_files_is_listed_where_it_is_selected() -> None:
    listed = json.loads(pilot("rules", "--select", "F,X002,B003", "--format", "json").stdout)["rules"]
    assert [rule["id"] for rule in listed] == ["B003", "F001", "F002", "F003", "F004", "F005", "F006", "F007", "X002"]
    assert [rule["points"] for rule in listed] == [3, *[None] * 8]


def test_it_is_told_what_a_rule_is_worth_and_whether_a_share_counts() -> None:
    assert re.search(r"分值 +2（按比例）", pilot("rules", "L007").stdout)
    assert re.search(r"分值 +3 *\n", pilot("rules", "B003").stdout)
    assert re.search(r"分值 +不计分", pilot("rules", "B012").stdout)
    assert re.search(r"Points +not scored", pilot("--lang", "en", "rules", "B012").stdout)
    credits = {rule["id"]: rule["credit"] for rule in json.loads(pilot("rules", "-f", "json").stdout)["rules"]}
    assert (credits["L007"], credits["B003"]) == ("share", "all")


def test_a_rule_about_filing_says_so() -> None:
    assert re.search(r"级别 +填报问题", pilot("rules", "P006").stdout)
    assert "此类问题只告知填报人" in pilot("rules", "P006").stdout
    assert "检查对象" not in pilot("rules", "B003").stdout


def test_an_unknown_rule_is_a_usage_error() -> None:
    result = pilot("rules", "B999")
    assert (result.returncode, result.stdout) == (2, "")
    assert "标准 five-ones 中没有检查项“B999”" in result.stderr


def test_the_rules_are_told_to_programs(five_ones: Standard) -> None:
    listed = json.loads(pilot("--lang", "en", "rules", "--format", "json").stdout)
    assert listed["standard"] == "five-ones"
    assert len(listed["rules"]) == len(five_ones.rules)
    assert listed["rules"][0] == {
        "id": "P001",
        "one": None,
        "severity": "error",
        "about": "filing",
        "points": 3,
        "credit": "all",
        "applies": "Start date: given; Planned end date: given",
        **{key: listed["rules"][0][key] for key in ("title", "problem", "basis", "advice")},
        "on_site": None,
    }
    assert listed["rules"][0]["title"].isascii()


def test_the_rules_are_told_as_markdown_and_written_to_a_file(tmp_path: Path, five_ones: Standard) -> None:
    path = tmp_path / "rules.md"
    assert pilot("rules", "--select", "L", "--format", "markdown", "--output", path).returncode == 0
    assert path.read_text(encoding="utf-8").count("\n| L0") == len(five_ones.select(["L"]).rules)


def test_the_rules_of_a_standard_of_ones_own_are_those_that_it_has(tmp_path: Path, five_ones: Standard) -> None:
    own = tmp_path / "own.toml"
    own.write_text('name = "示例"\nextends = "five-ones"\n[override.P004]\nenabled = false\n', encoding="utf-8")
    ids = [rule["id"] for rule in json.loads(pilot("rules", "--standard", own, "--format", "json").stdout)["rules"]]
    assert len(ids) == len(five_ones.rules) - 1
    assert "P004" not in ids
