"""Of each rule, a hundred findings of a site are listed and the others counted, in every format; figures stay exact."""

import csv
import io
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pilot_cli.ledger.outcome import outcomes_of_files
from pilot_cli.site.problem import MAX_LISTED
from pilot_cli.standard.load import load_standard
from tests.commands.running import AS_OF, pilot
from tests.editing import write_site

SITE = '[site]\nid = "s-1"\nname = "示例"\nkind = "建筑工地"\n'
ITEMS = 230
MORE = ITEMS - MAX_LISTED
CLOSING = f"另有{MORE}处同类问题，不再逐一列出"
TEXT = f"{SITE}[responsibility_list]\nitems = [{', '.join(['{}'] * ITEMS)}]\n"
CHECK_FORMATS = ["table", "concise", "json", "jsonl", "sarif", "junit", "github", "markdown", "csv"]


def waived(rule: str, reason: str = "因故") -> str:
    return f'[[waivers]]\nrule = "{rule}"\nreason = "{reason}"\napproved_by = "示例局"\nuntil = 2030-01-01\n'


def document(folder: Path, *options: str) -> dict[str, Any]:
    result = pilot("check", folder, "-f", "json", *options, *AS_OF)
    assert result.returncode in (0, 1), result.stderr
    read: dict[str, Any] = json.loads(result.stdout)
    return read


def one_site(document: dict[str, Any]) -> dict[str, Any]:
    sites = document["sites"]
    assert isinstance(sites, list)
    (site,) = sites
    return dict(site)


def test_json_lists_a_hundred_and_counts_the_others(tmp_path: Path) -> None:
    write_site(tmp_path, TEXT)
    read = document(tmp_path)
    site = one_site(read)
    listed = Counter(finding["rule"] for finding in site["findings"])
    assert listed["L004"] == listed["L005"] == MAX_LISTED
    assert site["more"] == {"L004": MORE, "L005": MORE}
    paths = [finding["field"] for finding in site["findings"] if finding["rule"] == "L004"]
    assert paths == [f"responsibility_list.items[{number}].owner" for number in range(MAX_LISTED)]
    counted = sum(listed.values()) + 2 * MORE
    assert sum(read["summary"]["findings"].values()) == counted


@pytest.mark.parametrize("format", [name for name in CHECK_FORMATS if not name.startswith("json")])
def test_other_formats_say_in_one_line_how_many_more_there_are(format: str, tmp_path: Path) -> None:
    write_site(tmp_path, TEXT)
    all_of_them = ["--all"] if format == "table" else []
    result = pilot("check", tmp_path, "-f", format, "--select", "L004", *all_of_them, *AS_OF)
    assert result.returncode == 1, result.stderr
    assert re.sub(r"\s", "", result.stdout).count(CLOSING) == 1
    assert len(re.findall(r"第\d+条事项", result.stdout)) >= MAX_LISTED


def test_the_closing_row_of_a_table_for_excel_names_the_list(tmp_path: Path) -> None:
    write_site(tmp_path, TEXT)
    result = pilot("check", tmp_path, "-f", "csv", "--select", "L004", *AS_OF)
    *_others, last = csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff")))
    assert (last["检查项"], last["键"], last["问题"]) == ("L004", "responsibility_list.items", CLOSING)


def test_a_report_a_notice_and_a_page_say_how_many_more_there_are(tmp_path: Path) -> None:
    write_site(tmp_path, TEXT)
    outputs = [option for name in ("a.docx", "a.xlsx", "a.html", "a.json") for option in ("-o", name)]
    result = pilot("report", tmp_path, *outputs, *AS_OF, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    sheet = load_workbook(tmp_path / "a.xlsx")["问题清单"]
    assert sum(cell == CLOSING for row in sheet.iter_rows(values_only=True) for cell in row) == 2
    assert CLOSING in (tmp_path / "a.html").read_text(encoding="utf-8")
    told = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["sites"][0]["findings"]
    assert told["error"] == one_severity(tmp_path, "error")


def one_severity(folder: Path, severity: str) -> int:
    read = document(folder / "site.toml")
    return int(read["summary"]["findings"][severity])


def test_scores_and_shares_are_those_of_all_rows(tmp_path: Path) -> None:
    half = [*['{owner = "张甲"}'] * ITEMS, *["{}"] * ITEMS]
    few = ['{owner = "张甲"}', "{}"]
    scores = []
    for name, items in (("many", half), ("few", few)):
        write_site(tmp_path / name, f"{SITE}[responsibility_list]\nitems = [{', '.join(items)}]\n")
        ones = one_site(document(tmp_path / name))["ones"]
        scores.append(ones["responsibility_list"]["earned"])
    assert scores[0] == scores[1]


def test_waived_findings_that_are_not_listed_count_as_waived(tmp_path: Path) -> None:
    write_site(tmp_path, TEXT + waived("L004"))
    read = document(tmp_path)
    assert read["summary"]["findings"]["waived"] == ITEMS
    assert one_site(read)["more"] == {"L004": MORE, "L005": MORE}


@pytest.mark.parametrize("element", ["1", "[]", "{}", "true", "2020-01-01"])
def test_wrong_elements_of_a_list_are_counted_together_with_what_else_is_wrong(element: str, tmp_path: Path) -> None:
    write_site(tmp_path, f"{SITE}[branch]\ncovers = [{', '.join([element] * ITEMS)}]\nfull_members = 'x'\n")
    read = document(tmp_path)
    assert one_site(read)["more"]["F005"] == ITEMS + 1 - MAX_LISTED
    assert read["summary"]["findings"]["filing"] == ITEMS + 1


def test_what_a_filter_leaves_out_is_not_counted_either(tmp_path: Path) -> None:
    write_site(tmp_path, TEXT)
    assert one_site(document(tmp_path, "--severity", "warning"))["more"] == {}
    assert one_site(document(tmp_path, "--ignore", "L004"))["more"] == {"L005": MORE}


def test_processes_count_alike(tmp_path: Path) -> None:
    for number in range(40):
        write_site(tmp_path / f"s{number}", TEXT)
    one, two = (document(tmp_path, "--jobs", jobs) for jobs in "12")
    assert one == two


def test_the_inspections_are_counted_with_the_site_file(tmp_path: Path) -> None:
    write_site(tmp_path, f"{SITE}[branch]\ncovers = [{', '.join(['1'] * 80)}]\n")
    (tmp_path / "inspections.toml").write_text("".join("[[inspections]]\n" for _ in range(80)), encoding="utf-8")
    site = one_site(document(tmp_path, "--standard", "five-ones-onsite"))
    listed = Counter(finding["rule"] for finding in site["findings"])
    assert listed["F005"] == MAX_LISTED
    assert site["more"]["F005"] >= 60


def test_the_ledger_does_not_take_for_solved_what_it_is_not_told(tmp_path: Path) -> None:
    site = write_site(tmp_path, TEXT)
    (outcome,) = outcomes_of_files(load_standard(), date(2020, 11, 23), [str(site)], None)
    assert {"L004", "L005"} <= set(outcome.unjudged)


@pytest.mark.parametrize("where", ["reason", "name"])
def test_a_long_text_is_not_repeated_for_every_finding(where: str, tmp_path: Path) -> None:
    long = "长" * 10_000
    site = SITE.replace("示例", long) if where == "name" else SITE
    reason = long if where == "reason" else "因故"
    write_site(tmp_path, TEXT.replace(SITE, site) + waived("L004", reason))
    for format in CHECK_FORMATS:
        result = pilot("check", tmp_path, "-f", format, *AS_OF)
        assert result.returncode in (0, 1)
        assert len(result.stdout) < 1_000_000, format


@pytest.mark.parametrize(
    ("key", "value"), [("advice", "长" * 2001), ("basis", "长" * 2001), ("title", "{value}" * 400)]
)
def test_a_text_of_a_standard_that_nobody_would_read_is_refused(key: str, value: str, tmp_path: Path) -> None:
    texts = {"title": "示例", "basis": "示例", "advice": "示例"} | {key: value}
    own = tmp_path / "own.toml"
    rule = (
        '[[rules]]\nid = "Z01"\nseverity = "info"\ncheck = "at_least"\nfield = "branch.full_members"\nvalue = 1000000\n'
    )
    lines = "".join(f'{name}.zh = "{text}"\n' for name, text in texts.items())
    own.write_text(f'name = "own"\nextends = "five-ones"\n{rule}{lines}', encoding="utf-8")
    result = pilot("rules", "--standard", own)
    assert result.returncode == 2
    assert "Z01" in result.stderr
    assert key in result.stderr
    assert "文字超过2000个字" in result.stderr


@pytest.mark.parametrize(
    "text",
    [
        f"[branch]\ncovers = [{','.join(['1'] * 130_000)}]\n",
        f"[branch]\ncovers = [{','.join(['[1]'] * 65_000)}]\n",
        f"[responsibility_list]\nitems = [{','.join(['{a=1}'] * 65_000)}]\n",
    ],
)
def test_a_file_of_more_values_than_anybody_writes_is_refused_as_a_whole(text: str, tmp_path: Path) -> None:
    write_site(tmp_path, SITE + text)
    site = one_site(document(tmp_path))
    assert [finding["rule"] for finding in site["findings"]] == ["F001"]
    assert "内容超过12万项" in str(site["findings"])
