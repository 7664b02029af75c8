"""``pilot rules``: lists the rules of a standard, or explains one."""

import json
import re
from pathlib import Path

from tests.commands.running import pilot


def test_the_rules_are_listed_with_severity_points_and_basis() -> None:
    result = pilot("rules")
    assert result.returncode == 0
    assert len(re.findall(r"^│ [PBLAGW]\d{3}", result.stdout, re.MULTILINE)) == 66
    assert re.search(r"B003 │ 错误 │    3 │ 正式党员不少于 3 名", result.stdout)


def test_one_rule_is_explained() -> None:
    out = pilot("rules", "B003").stdout
    assert out.startswith("B003 正式党员不少于 3 名")
    for part in ("错误", "党支部", "《中国共产党支部工作条例（试行）》", "组建联合党支部", "[[waivers]]"):
        assert part in out


def test_an_unknown_rule_is_a_usage_error() -> None:
    result = pilot("rules", "B999")
    assert (result.returncode, result.stdout) == (2, "")
    assert "标准 five-ones 中没有规则“B999”" in result.stderr


def test_the_rules_are_told_to_programs() -> None:
    listed = json.loads(pilot("--lang", "en", "rules", "--format", "json").stdout)
    assert listed["standard"] == "five-ones"
    assert len(listed["rules"]) == 66
    assert listed["rules"][0] == {
        "id": "P001",
        "one": None,
        "severity": "error",
        "points": 3,
        **{key: listed["rules"][0][key] for key in ("title", "basis", "advice")},
    }
    assert listed["rules"][0]["title"].isascii()


def test_the_rules_are_told_as_markdown_and_written_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "rules.md"
    assert pilot("rules", "--select", "L", "--format", "markdown", "--output", path).returncode == 0
    assert path.read_text(encoding="utf-8").count("\n| L0") == 12


def test_the_rules_of_a_standard_of_ones_own_are_those_that_it_has(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('name = "示例"\nextends = "five-ones"\n[override.P004]\nenabled = false\n', encoding="utf-8")
    ids = [rule["id"] for rule in json.loads(pilot("rules", "--standard", own, "--format", "json").stdout)["rules"]]
    assert len(ids) == 65
    assert "P004" not in ids
