"""The formats of ``pilot check``: the same findings and figures in each."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import check, document

LEVELS = {"error": "突出问题", "warning": "一般问题", "info": "工作建议", "filing": "填报问题"}
ONES = ["branch", "responsibility_list", "activity_space", "member_guide", "work_rules"]


@pytest.fixture(scope="module")
def whole() -> Any:
    return document("checklists")


@pytest.fixture(scope="module")
def findings(whole: Any) -> list[tuple[str, str]]:
    return [(site["path"], finding["rule"]) for site in whole["sites"] for finding in site["findings"]]


def test_the_json_document_has_the_agreed_keys(whole: Any) -> None:
    assert list(whole) == ["format", "pilot", "standard", "as_of", "filters", "sites", "summary"]
    assert (whole["standard"], whole["as_of"]) == ("five-ones", "2020-11-23")
    site_keys = ["path", "id", "name", "kind", "city", "score", "grade", "complete", "ones"]
    site_keys += ["to_inspect", "findings", "more"]
    finding_keys = [
        *("rule", "severity", "about", "one", "problem", "message", "file", "field", "line", "column"),
        *("basis", "advice", "waived"),
    ]
    one_keys = ["status", "score", "passed", "applicable", "earned", "possible"]
    for site in whole["sites"]:
        assert list(site) == site_keys
        assert list(site["ones"]) == ONES
        assert all(list(one) == one_keys for one in site["ones"].values())
        assert all(list(finding) == finding_keys for finding in site["findings"])
    numbers = ["rules", "sites", "left_out", "complete", "unreadable", "mean_score", "to_inspect"]
    assert list(whole["summary"]) == [*numbers, "findings"]


def test_the_summary_follows_from_the_sites(whole: Any) -> None:
    summary, sites = whole["summary"], whole["sites"]
    counted = [finding for site in sites for finding in site["findings"] if not finding["waived"]]
    assert summary["sites"] == len(sites) == 19
    assert summary["complete"] == sum(site["complete"] == 5 for site in sites)
    of_work = [finding for finding in counted if finding["about"] == "work"]
    assert summary["findings"] == {
        **{severity: sum(one["severity"] == severity for one in of_work) for severity in ("error", "warning", "info")},
        "filing": len(counted) - len(of_work),
        "waived": sum(bool(finding["waived"]) for site in sites for finding in site["findings"]),
    }
    assert summary["mean_score"] == pytest.approx(sum(site["score"] for site in sites) / 19, abs=0.05)


def test_a_waived_finding_has_reason_approver_and_end(whole: Any) -> None:
    waived = [finding["waived"] for site in whole["sites"] for finding in site["findings"] if finding["waived"]]
    assert [list(waiver) for waiver in waived] == [["reason", "approved_by", "until"]]
    assert waived[0]["until"] == "2021-03-31"


def test_each_finding_stands_at_its_line(whole: Any) -> None:
    for site in whole["sites"]:
        lines = Path(site["path"]).read_text(encoding="utf-8").splitlines()
        for finding in site["findings"]:
            key = re.sub(r"\[\d+\]", "", finding["field"]).split(".")
            line = lines[finding["line"] - 1]
            there = any(step in line for step in key)
            assert there or finding["line"] == 1, (site["path"], finding)


def test_a_file_that_cannot_be_read_has_null_for_what_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_bytes(b"\xff\xfe")
    whole = document(tmp_path)
    site = whole["sites"][0]
    nothing = ("id", "name", "kind", "city", "score", "grade", "complete")
    assert all(site[key] is None for key in nothing)
    assert [finding["rule"] for finding in site["findings"]] == ["F002"]
    assert whole["summary"]["unreadable"] == 1
    assert whole["summary"]["mean_score"] is None


def test_json_lines_are_the_sites_of_the_document(whole: Any) -> None:
    lines = check("checklists", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == whole["sites"]


def test_concise_has_one_line_a_finding(whole: Any) -> None:
    lines = check("checklists", "--format", "concise").stdout.splitlines()
    found = [(site, finding) for site in whole["sites"] for finding in site["findings"]]
    assert len(lines) == len(found)
    for line, (site, finding) in zip(lines, found, strict=True):
        start = f"{site['path']}:{finding['line']}:{finding['column']}: {finding['rule']} {finding['severity']} "
        assert line.startswith(start + finding["message"])


def test_csv_is_for_excel_and_has_a_row_a_finding_and_one_for_a_site_without(
    whole: Any, findings: list[tuple[str, str]]
) -> None:
    text = check("checklists", "--format", "csv").stdout
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert head[:7] == ["文件", "试点单位编号", "试点单位名称", "类型", "地市", "得分", "等级"]
    assert {len(row) for row in rows} == {len(head)}
    rule = head.index("检查项")
    assert [(row[0], row[rule]) for row in rows if row[rule]] == findings
    spotless = [site["path"] for site in whole["sites"] if not site["findings"]]
    assert [row[0] for row in rows if not row[rule]] == spotless


def test_markdown_has_a_row_a_site_and_an_item_a_finding(whole: Any, findings: list[tuple[str, str]]) -> None:
    text = check("checklists", "--format", "markdown").stdout
    assert text.count("\n| ") == 2 + len(whole["sites"]) - 1 + 0 or text.count("\n| ") == 2 + len(whole["sites"])
    assert re.findall(r"^- \*\*([A-Z]\d{3})\*\*", text, re.MULTILINE) == [rule for _path, rule in findings]


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "markdown"])
def test_formats_for_programs_and_files_are_utf_8_whatever_the_console_has(format: str, tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    command = [sys.executable, "-m", "pilot_cli", "check", "checklists", "--as-of", "2020-11-23", "--format", format]
    environment = {**os.environ, "PYTHONIOENCODING": "gbk"}
    written = subprocess.run(command, env=environment, capture_output=True, check=False).stdout
    assert "示例·东莞南城锦园小区".encode() in written.replace(b"\\", b"")
    path = tmp_path / "out"
    subprocess.run([*command, "--output", str(path)], env=environment, check=False)
    assert path.read_bytes() == written
