"""Filters, sorting and statistics: what is shown is what filtering the whole document leaves."""

import csv
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from docx import Document

from tests.commands.running import AS_OF, ROOT, check, pilot, report_document, write_report
from tests.editing import CONSTRUCTION, edit, edited, write_site

Predicate = Callable[[dict[str, Any]], bool]
EVERY: Predicate = lambda _one: True  # noqa: E731

FILTERS: dict[str, tuple[list[str], Predicate, Predicate]] = {
    "a kind": (["--kind", "建筑工地"], lambda site: site["kind"] == "建筑工地", EVERY),
    "a kind in English": (["--kind", "Community"], lambda site: site["kind"] == "社区物业", EVERY),
    "a city as people write it": (["--city", "广州"], lambda site: site["city"] == "广州市", EVERY),
    "cities": (["--city", "广州市", "--city", "深 圳"], lambda site: site["city"] in ("广州市", "深圳市"), EVERY),
    "cities with a comma": (["--city", "广州，珠海"], lambda site: site["city"] in ("广州市", "珠海市"), EVERY),
    "a city of none": (["--city", "北京"], lambda _site: False, EVERY),
    "grades": (["--grade", "良好", "--grade", "pass"], lambda site: site["grade"] in ("良好", "合格"), EVERY),
    "an id": (["--site", "zhuhai-hengqin-tower"], lambda site: site["id"] == "zhuhai-hengqin-tower", EVERY),
    "kind and grade": (
        ["--kind", "construction", "--grade", "优秀"],
        lambda site: (site["kind"], site["grade"]) == ("建筑工地", "优秀"),
        EVERY,
    ),
    "a severity": (["--severity", "error"], EVERY, lambda finding: finding["severity"] == "error"),
    "severities": (
        ["--severity", "warning", "--severity", "info"],
        EVERY,
        lambda finding: finding["severity"] in ("warning", "info"),
    ),
    "entries": (["--severity", "filing"], EVERY, lambda finding: finding["about"] == "filing"),
    "a city and a severity": (
        ["--city", "珠海", "--severity", "error"],
        lambda site: site["city"] == "珠海市",
        lambda finding: finding["severity"] == "error",
    ),
}

case = pytest.mark.parametrize("name", FILTERS)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, files that cannot be read, and a site that has the id and the approval number of another."""
    folder = tmp_path_factory.mktemp("filters")
    shutil.copytree(ROOT / "checklists", folder / "checklists")
    write_site(folder / "a", CONSTRUCTION)
    write_site(folder / "z", edited(CONSTRUCTION, edit('city = "广州市"', 'city = "珠海市"')))
    (folder / "broken.toml").write_text("[site\n", encoding="utf-8")
    (folder / "gbk.toml").write_bytes('[site]\nname = "甲"\n'.encode("gbk"))
    return folder


@pytest.fixture(scope="module")
def whole(sites: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(check(".", "--format", "json", cwd=sites).stdout)
    return document


def filtered(whole: dict[str, Any], name: str) -> list[dict[str, Any]]:
    _options, fits, shows = FILTERS[name]
    return [site | {"findings": list(filter(shows, site["findings"]))} for site in whole["sites"] if fits(site)]


def places(sites: list[dict[str, Any]]) -> list[tuple[str, str, int]]:
    return [(site["path"], finding["rule"], finding["line"]) for site in sites for finding in site["findings"]]


def run(sites: Path, name: str, *options: str) -> str:
    return check(".", *FILTERS[name][0], *options, cwd=sites).stdout


@case
def test_the_document_is_the_whole_one_filtered(name: str, sites: Path, whole: dict[str, Any]) -> None:
    expected = filtered(whole, name)
    told = json.loads(run(sites, name, "--format", "json"))
    assert told["sites"] == expected
    assert [json.loads(line) for line in run(sites, name, "--format", "jsonl").splitlines()] == expected
    summary = told["summary"]
    assert (summary["sites"], summary["left_out"]) == (len(expected), len(whole["sites"]) - len(expected))
    assert summary["unreadable"] == sum(site["grade"] is None for site in expected)
    findings = [finding for site in expected for finding in site["findings"] if not finding["waived"]]
    counts = Counter("filing" if one["about"] == "filing" else one["severity"] for one in findings)
    assert {key: summary["findings"][key] for key in ("error", "warning", "info", "filing")} == {
        key: counts[key] for key in ("error", "warning", "info", "filing")
    }


@case
@pytest.mark.parametrize("fail_on", ["error", "info"])
def test_the_exit_status_and_the_line_of_totals_judge_what_is_left(
    name: str, fail_on: str, sites: Path, whole: dict[str, Any]
) -> None:
    expected = filtered(whole, name)
    severities = {one["severity"] for site in expected for one in site["findings"] if not one["waived"]}
    status = int("error" in severities if fail_on == "error" else bool(severities))
    table = check(".", *FILTERS[name][0], "--fail-on", fail_on, cwd=sites)
    for jobs in ("1", "2"):
        quiet = check(".", *FILTERS[name][0], "--fail-on", fail_on, "--quiet", "--jobs", jobs, cwd=sites)
        assert quiet.returncode == table.returncode == status
        assert quiet.stdout.strip() in table.stdout or len(expected) == 1
    if len(expected) < len(whole["sites"]):
        assert f"已筛选：{len(whole['sites'])}个试点单位中的{len(expected)}个" in table.stdout


@case
def test_rows_and_annotations_are_those_of_the_document(name: str, sites: Path, whole: dict[str, Any]) -> None:
    expected = filtered(whole, name)
    rows = list(csv.DictReader(io.StringIO(run(sites, name, "--format", "csv").removeprefix("\ufeff"))))
    assert [(row["文件"], row["检查项"], int(row["行"])) for row in rows if row["检查项"]] == places(expected)
    assert list(dict.fromkeys(row["文件"] for row in rows)) == [site["path"] for site in expected]
    lines = run(sites, name, "--format", "concise").splitlines()
    found = [re.fullmatch(r"(.*?):(\d+):\d+: ([A-Z]\d+) .*", line) for line in lines]
    assert [(one[1], one[3], int(one[2])) for one in found if one] == places(expected)
    told = run(sites, name, "--format", "github")
    annotations = re.findall(r"^::.*?file=(.*?),line=(\d+),.*title=([A-Z]\d+)", told, re.M)
    assert [(path, rule, int(line)) for path, line, rule in annotations] == places(expected)


@case
def test_sarif_and_junit_and_markdown_have_the_findings_of_the_document(
    name: str, sites: Path, whole: dict[str, Any]
) -> None:
    expected = filtered(whole, name)
    results = json.loads(run(sites, name, "--format", "sarif"))["runs"][0]["results"]
    found = [(one["locations"][0]["physicalLocation"], one["ruleId"]) for one in results]
    lines = [(rule, place["region"]["startLine"]) for place, rule in found]
    assert lines == [(rule, line) for _path, rule, line in places(expected)]
    everything = json.loads(check(".", "--format", "sarif", cwd=sites).stdout)["runs"][0]["results"]
    keys = {json.dumps(one, sort_keys=True) for one in everything}
    assert {json.dumps(one, sort_keys=True) for one in results} <= keys, "a result is the same however it is filtered"
    suites = ElementTree.fromstring(run(sites, name, "--format", "junit", "--fail-on", "info"))
    assert [suite.get("file") for suite in suites] == [site["path"] for site in expected]
    for suite, site in zip(suites, expected, strict=True):
        told = {str(one.get("name"))[:4] for tag in ("failure", "error") for one in suite.findall(f"testcase[{tag}]")}
        assert told == {finding["rule"] for finding in site["findings"] if not finding["waived"]}
    rules = re.findall(r"^- \*\*([A-Z]\d+)\*\*", run(sites, name, "--format", "markdown"), re.M)
    assert rules == [rule for _path, rule, _line in places(expected)]


def test_a_rule_whose_findings_are_hidden_has_no_case_that_looks_passed(sites: Path) -> None:
    suites = ElementTree.fromstring(run(sites, "a severity", "--format", "junit"))
    names = {str(one.get("name"))[:4] for suite in suites for one in suite}
    assert "B003" in names
    assert "W008" not in names


SITE_FILTERS = [name for name, (_, _, shows) in FILTERS.items() if shows is EVERY and name != "a city of none"]


@pytest.mark.parametrize("name", SITE_FILTERS)
def test_a_filtered_report_is_a_report_on_the_files_that_fit(name: str, whole: dict[str, Any], sites: Path) -> None:
    # Duplicates are found among all files, so that those alone tell less of what is in others.
    paths = [site["path"] for site in filtered(whole, name) if site["path"].startswith("checklists")]
    options = FILTERS[name][0]
    told, alone = report_document("checklists", *options, cwd=sites), report_document(*paths, cwd=sites)
    assert told.pop("filters")
    assert (told["summary"].pop("left_out"), alone["summary"].pop("left_out")) == (19 - len(paths), 0)
    assert alone.pop("filters") == {}
    assert told == alone
    for format in ("terminal", "markdown", "csv"):
        outs = [
            pilot("report", *arguments, *AS_OF, "--format", format, cwd=sites).stdout.splitlines()
            for arguments in (["checklists", *options], paths)
        ]
        assert {line.strip() for line in set(outs[0]) ^ set(outs[1]) if "已筛选" not in line} <= {""}


def test_files_to_hand_on_say_what_they_are_about(tmp_path: Path) -> None:
    options = ("checklists", "--city", "广州", "--severity", "error")
    note = "已筛选：19个试点单位中的2个（地市为广州；只列突出问题）"
    paragraphs = [one.text for one in Document(str(write_report(tmp_path / "a.docx", *options))).paragraphs]
    assert any(note in text for text in paragraphs)
    book = openpyxl.load_workbook(write_report(tmp_path / "a.xlsx", *options))
    assert any(note in str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
    assert note in write_report(tmp_path / "a.html", *options).read_text(encoding="utf-8")


def test_a_report_says_why_a_file_cannot_be_read_although_its_findings_are_hidden(sites: Path) -> None:
    everything, hidden = report_document(cwd=sites), report_document("--severity", "info", cwd=sites)
    reasons = [site["unreadable"] for site in everything["sites"]]
    assert len([reason for reason in reasons if reason]) == 2
    assert [site["unreadable"] for site in hidden["sites"]] == reasons


def test_files_that_cannot_be_read_fit_no_filter_of_sites_and_are_counted(sites: Path) -> None:
    assert "未列入的有2个无法读取" in check(".", "--city", "广州", "--quiet", cwd=sites).stdout


def test_duplicates_are_found_among_all_sites(sites: Path) -> None:
    (site,) = json.loads(check("a", "z", "--city", "珠海", "--format", "json", cwd=sites).stdout)["sites"]
    assert [finding["rule"] for finding in site["findings"]] == ["X001", "X002"]
    quiet = check("a", "z", "--city", "珠海", "--quiet", cwd=sites)
    assert ("填报问题2" in quiet.stdout, quiet.returncode) == (True, 1)
    hidden = check("a", "z", "--city", "珠海", "--severity", "warning", "--quiet", cwd=sites)
    assert ("填报问题1" in hidden.stdout, hidden.returncode) == (True, 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--kind", "工地"], "--kind：“工地”不在可选范围内（建筑工地、社区物业）；是否为“建筑工地”？"),
        (["--grade", "优"], "是否为“优秀”？"),
        (["--kind", "x"], "--kind：“x”不在可选范围内"),
        (["--city", " ，"], "没有给出要筛选的内容"),
        (["--severity", "grave"], "--severity"),
        (["--sort", "size"], "--sort"),
        (["--grade", "优秀", "--select", "B"], "选用部分检查项时不评分"),
    ],
)
@pytest.mark.parametrize("command", ["check", "report"])
def test_a_word_that_is_in_no_list_is_refused(command: str, arguments: list[str], said: str) -> None:
    result = pilot(command, "checklists", *AS_OF, *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.parametrize("command", ["check", "report"])
def test_sites_are_sorted(command: str, sites: Path) -> None:
    def sorted_by(order: str) -> list[dict[str, Any]]:
        out = pilot(command, "checklists", *AS_OF, "--format", "json", "--sort", order, cwd=sites).stdout
        told: list[dict[str, Any]] = json.loads(out)["sites"]
        return told

    scores = [site["score"] for site in sorted_by("score")]
    assert scores == sorted(scores)
    paths = [site["path"] for site in sorted_by("path")]
    assert paths == sorted(paths)
    cities = list(dict.fromkeys(site["city"] for site in sorted_by("city")))
    in_guangdong = ["广州市", "深圳市", "珠海市", "汕头市", "佛山市", "惠州市", "东莞市", "中山市", "江门市"]
    assert cities == [*in_guangdong, "湛江市", "肇庆市", "清远市"]


def test_cities_that_are_not_in_guangdong_come_after_those_that_are(tmp_path: Path) -> None:
    cities = ["北京", "云浮市", "安庆市", " 广州 ", "东莞", "广州市", "东莞市"]
    for number, city in enumerate(cities):
        text = f'[site]\nid = "a-{number}"\nname = "甲"\nkind = "社区物业"\ncity = "{city}"\n'
        (tmp_path / f"{number}.toml").write_text(text, encoding="utf-8")
    told = json.loads(check(".", "-f", "json", "--sort", "city", cwd=tmp_path).stdout)
    in_order = ["广州市", " 广州 ", "东莞市", "东莞", "云浮市", "安庆市", "北京"]
    assert [site["city"] for site in told["sites"]] == in_order
    groups = report_document(".", "--by", "city", cwd=tmp_path)["groups"]
    assert [group["group"] for group in groups[:5]] == [[city.strip()] for city in in_order[:5]]
    assert {group["group"][0] for group in groups[5:]} == {"安庆市", "北京"}


def test_what_has_no_place_comes_last_and_unreadable_files_are_the_weakest(sites: Path) -> None:
    def paths(order: str) -> list[str]:
        told = json.loads(check(".", "-f", "json", "--sort", order, cwd=sites).stdout)
        return [site["path"] for site in told["sites"]]

    assert set(paths("score")[:2]) == set(paths("city")[-2:]) == {"broken.toml", "gbk.toml"}
    assert sorted(paths("name")) == sorted(paths("path"))


def test_the_table_follows_the_order_too(sites: Path) -> None:
    out = check(".", "--sort", "score", "--no-findings", cwd=sites).stdout
    rows = [line for line in out.splitlines() if "│" in line]
    assert "broken.toml" in rows[1]


def test_statistics_tell_how_often_each_rule_is_not_kept(sites: Path, whole: dict[str, Any]) -> None:
    findings: Counter[str] = Counter()
    failing: Counter[str] = Counter()
    for site in whole["sites"]:
        rules = [finding["rule"] for finding in site["findings"] if not finding["waived"]]
        findings.update(rules)
        failing.update(set(rules))
    told = json.loads(check(".", "-f", "json", "--statistics", cwd=sites).stdout)["summary"]["statistics"]
    assert {one["rule"]: (one["sites"], one["findings"]) for one in told} == {
        rule: (failing[rule], findings[rule]) for rule in findings
    }
    assert [one["sites"] for one in told] == sorted((one["sites"] for one in told), reverse=True)
    out = check(".", "--statistics", cwd=sites).stdout
    assert re.search(rf"{told[0]['rule']} +│ .* │ +{told[0]['sites']} │ +{told[0]['findings']} │", out)
    assert "依据：" not in out
    assert "statistics" not in whole["summary"]


@pytest.mark.parametrize("arguments", [["--quiet"], ["-f", "csv"], ["-f", "sarif"]])
def test_statistics_are_told_by_table_and_json_alone(arguments: list[str]) -> None:
    result = check("checklists", "--statistics", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert "--statistics" in result.stderr


def test_the_document_with_filters_is_as_the_schema_says(sites: Path) -> None:
    import jsonschema_rs

    schema = json.loads((ROOT / "pilot_cli/formats/check/check.schema.json").read_text(encoding="utf-8"))
    every = ["--severity", "filing", "--kind", "社区物业", "--site", "x", "--district", "海珠", "--grade", "优秀"]
    for options in (["--city", "无此市"], every, ["--statistics"]):
        told = json.loads(check(".", "-f", "json", *options, cwd=sites).stdout)
        assert jsonschema_rs.validator_for(schema).is_valid(told)
