"""What is asked of site files, selected and ignored like the rules of a standard."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import check, document
from tests.editing import CONSTRUCTION, drop, edit, edited, write_site


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    """Two files of one site, the second with a key that nobody knows and a wrong value, and one that is not TOML."""
    write_site(tmp_path, edited(CONSTRUCTION, drop("brand = ")), "a.toml")
    wrong = edited(CONSTRUCTION, edit("full_members = 5", 'full_members = "5"'), edit("brand = ", "brnad = "))
    write_site(tmp_path, wrong, "b.toml")
    write_site(tmp_path, "[site]\nid = “x”\n", "c.toml")
    return tmp_path


def found(told: Any) -> dict[str, list[str]]:
    return {Path(site["path"]).name: [finding["rule"] for finding in site["findings"]] for site in told["sites"]}


def test_all_of_it_is_asked_unless_something_is_said(sites: Path) -> None:
    assert found(document(sites)) == {
        "a.toml": ["P004"],
        "b.toml": ["F004", "F005", "X001", "X002", "P004"],
        "c.toml": ["F003"],
    }


@pytest.mark.parametrize(
    ("options", "of_b"),
    [
        (["--ignore", "X001"], ["F004", "F005", "X002", "P004"]),
        (["--ignore", "X,F004"], ["F005", "P004"]),
        (["--select", "F"], ["F004", "F005"]),
        (["--select", "X002"], ["X002"]),
        (["--select", "F005,B003"], ["F005"]),
        (["--select", "P"], ["F004", "F005", "X001", "X002", "P004"]),
        (["--select", "F", "--ignore", "F004"], ["F005"]),
        (["--ignore", "X001", "--select", "F"], ["F004", "F005"]),
    ],
)
def test_it_is_selected_and_ignored_like_any_rule(sites: Path, options: list[str], of_b: list[str]) -> None:
    told = document(sites, *options)
    assert found(told)["b.toml"] == of_b
    counts = told["summary"]["findings"]
    assert sum(counts.values()) == sum(len(rules) for rules in found(told).values())
    result = check(sites, *options, "--quiet")
    levels = {"突出问题": "error", "一般问题": "warning", "工作建议": "info", "填报问题": "filing"}
    line = "、".join(f"{level}{counts[key]}" for level, key in levels.items())
    assert line in result.stdout, "sums are the same where sites are not told one by one"


@pytest.mark.parametrize("options", [["--ignore", "F"], ["--ignore", "F003"], ["--select", "X"], ["--select", "F005"]])
def test_what_makes_a_file_unreadable_is_told_in_any_case(sites: Path, options: list[str]) -> None:
    told = document(sites, *options)
    assert found(told)["c.toml"] == ["F003"]
    assert told["summary"]["unreadable"] == 1
    assert check(sites / "c.toml", *options).returncode == 1


def test_a_code_scanner_is_told_of_the_same(sites: Path) -> None:
    run = json.loads(check(sites, "--select", "X", "--format", "sarif").stdout)["runs"][0]
    assert [result["ruleId"] for result in run["results"]] == ["X001", "X002", "F003"]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(ids[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
