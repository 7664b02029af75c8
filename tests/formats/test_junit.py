"""``pilot check --format junit``: valid JUnit results that say what the JSON document says."""

import json
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from lxml import etree

from pilot_cli.formats.check.junit import write_junit
from tests.commands.progress import outputs_before_each_site
from tests.commands.running import ROOT, check, document, pilot
from tests.editing import CONSTRUCTION, FIXTURES, append, drop, drop_table, edit, edited, write_site
from tests.hostile import LONG_TEXTS, TEXTS, long_site, shown, unseen, write_hostile_names, write_hostile_sites

SCHEMA = etree.XMLSchema(etree.parse(FIXTURES / "schemas" / "junit-10.xsd"))
HUGE = etree.XMLParser(huge_tree=True)
FEW_MEMBERS = edit("full_members = 5", "full_members = 2")


def waiver(rule: str) -> str:
    return f'[[waivers]]\nrule = "{rule}"\nreason = "人手不足"\napproved_by = "上级党委"\nuntil = 2021-06-30\n'


def suites_of(text: str) -> list[Any]:
    """Read results, which have to be valid, and return their suites."""
    root = etree.fromstring(text.encode(), HUGE)
    assert SCHEMA.validate(root), SCHEMA.error_log
    return list(root)


def junit(*arguments: str | Path, cwd: Path = ROOT, language: str = "zh", **settings: Any) -> list[Any]:
    result = check(*arguments, "--format", "junit", cwd=cwd, PILOT_LANG=language, **settings)
    assert (result.returncode in (0, 1), result.stderr) == (True, "")
    return suites_of(result.stdout)


def rules(language: str = "zh") -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(pilot("rules", "--format", "json", PILOT_LANG=language).stdout)["rules"]
    return listed


FAILING_ON = ("--fail-on", "info")
"""All that is found is a failure."""


def cases(suite: Any) -> dict[str, Any]:
    """Sort the cases of a suite by their rules."""
    found = {case.get("name").split(" ")[0]: case for case in suite.iter("testcase")}
    assert len(found) == len(suite.findall("testcase"))
    return found


def outcome(case: Any) -> str:
    """Say what became of a case."""
    assert len(case) <= 1
    return "passed" if not len(case) or case[0].tag == "system-out" else case[0].tag


def assert_same(suites: list[Any], whole: Any, failing: tuple[str, ...] = ("error",)) -> None:
    """Compare suites with the JSON document, finding by finding; those of some severities are failures."""
    assert len(suites) == len(whole["sites"]) > 0
    for suite, site in zip(suites, whole["sites"], strict=True):
        assert suite.get("file") == shown(site["path"])
        assert suite.get("name") == shown(site["name"] or site["id"] or site["path"])
        found = cases(suite)
        outcomes = [outcome(case) for case in found.values()]
        for count, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(count)) == outcomes.count(kind)
        assert int(suite.get("tests")) == len(outcomes)
        told = {rule: (case[0].text or "").split("\n") for rule, case in found.items() if len(case)}
        for finding in site["findings"]:
            place = f"{shown(site['path'])}:{finding['line']}:{finding['column']}"
            lines = told[finding["rule"]]
            lines.remove(f"{place}: {shown(finding['message'])}")
            assert shown(finding["basis"]) in "\n".join(lines)
            assert shown(finding["advice"]) in "\n".join(lines)
            bad = "failure" if site["ones"] else "error"
            is_bad = finding["severity"] in failing and not finding["waived"]
            expected = "skipped" if finding["waived"] else bad if is_bad else "passed"
            assert outcome(found[finding["rule"]]) == expected
            assert found[finding["rule"]][0].get("type") == (finding["severity"] if is_bad else None)
        assert not [line for lines in told.values() for line in lines if ".toml:" in line], "a finding too many"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_examples_are_told_as_in_the_json_document(language: str) -> None:
    suites = junit("checklists", language=language)
    whole = json.loads(check("checklists", "--format", "json", PILOT_LANG=language).stdout)
    assert_same(suites, whole)
    assert all(suite.get("errors") == "0" for suite in suites)
    names = [f"{rule['id']} {rule['title']}" for rule in rules(language)]
    for suite, site in zip(suites, whole["sites"], strict=True):
        assert [case.get("name") for case in suite.iter("testcase")] == names
        assert {case.get("classname") for case in suite.iter("testcase")} == {site["id"]}
        properties = {one.get("name"): one.get("value") for one in suite.iter("property")}
        assert (properties["standard"], properties["as_of"]) == ("five-ones", "2020-11-23")
        assert float(properties["score"]) == site["score"]


def test_the_schema_does_refuse_what_are_no_results() -> None:
    root = etree.fromstring(check("checklists", "--format", "junit").stdout.encode())
    del root[0].attrib["tests"]
    assert not SCHEMA.validate(root)


def test_what_passed_and_what_applies_is_as_in_the_json_document(tmp_path: Path) -> None:
    write_site(tmp_path / "1", edited(CONSTRUCTION, FEW_MEMBERS, append(waiver("B003")), append(waiver("A004"))))
    write_site(tmp_path / "2", edited(CONSTRUCTION, drop_table("work_rules"), append(waiver("W005"))))
    for paths in (["checklists"], [tmp_path]):
        suites = junit(*paths, *FAILING_ON)
        for suite, site in zip(suites, document(*paths)["sites"], strict=True):
            found = cases(suite)
            for one, completion in site["ones"].items():
                outcomes = [outcome(found[rule["id"]]) for rule in rules() if rule["one"] == one]
                counts = [outcomes.count(kind) for kind in ("passed", "failure", "skipped")]
                assert sum(counts) == len(outcomes)
                assert counts[:2] == [completion["passed"], completion["applicable"] - completion["passed"]]


def test_a_rule_that_does_not_apply_is_skipped(tmp_path: Path) -> None:
    write_site(tmp_path / "1", CONSTRUCTION)
    write_site(tmp_path / "2", edited(CONSTRUCTION, drop("ends_on = ")))
    asked, not_asked = (cases(suite)["P001"] for suite in junit(".", cwd=tmp_path))
    assert outcome(asked) == "passed"
    assert (outcome(not_asked), not_asked[0].get("message")) == ("skipped", "不适用")


def test_of_a_missing_one_only_the_rule_that_asks_for_it_failed(tmp_path: Path) -> None:
    write_site(tmp_path, edited(CONSTRUCTION, drop_table("work_rules")))
    (suite,) = junit(".", cwd=tmp_path)
    found = {rule: case for rule, case in cases(suite).items() if rule.startswith("W")}
    assert [rule for rule, case in found.items() if outcome(case) == "failure"] == ["W001"]
    assert {case[0].get("message") for rule, case in found.items() if rule != "W001"} == {"不适用"}
    (suite,) = junit(".", cwd=tmp_path, language="en")
    assert cases(suite)["W002"][0].get("message") == "not applicable"


def test_the_message_of_a_failure_is_its_first_finding_and_its_text_tells_all_of_them(tmp_path: Path) -> None:
    write_site(tmp_path, edited(CONSTRUCTION, edit("[branch]", "[branch]\nnaem = 1\nform2 = 1")))
    (suite,) = junit(".", *FAILING_ON, cwd=tmp_path)
    failure = cases(suite)["F004"][0]
    lines = failure.text.split("\n")
    assert failure.get("message") == lines[0].split(": ", 1)[1]
    assert ["naem" in lines[0], "form2" in lines[1]] == [True, True]
    assert [line[:3] for line in lines[2:]] == ["依据：", "建议：", "建议："]


def test_a_waived_rule_is_skipped_with_the_reason_whether_it_failed_or_not(tmp_path: Path) -> None:
    write_site(tmp_path, edited(CONSTRUCTION, FEW_MEMBERS, append(waiver("B003")), append(waiver("A004"))))
    (suite,) = junit(".", cwd=tmp_path)
    for rule in ("B003", "A004"):
        skipped = cases(suite)[rule][0]
        assert skipped.tag == "skipped"
        assert all(text in skipped.get("message") for text in ("人手不足", "上级党委", "2021年6月30日"))
    assert ("site.toml:" in (cases(suite)["B003"][0].text or ""), cases(suite)["A004"][0].text) == (True, None)
    assert_same([suite], document(".", cwd=tmp_path))


def test_what_is_wrong_with_the_file_is_a_case_of_its_own_that_nothing_excuses(tmp_path: Path) -> None:
    text = edited(CONSTRUCTION, edit("[branch]", "[branch]\nnaem = 1"), append(waiver("F004")), append(waiver("X001")))
    write_site(tmp_path / "a", text)
    write_site(tmp_path / "b", text)
    suites = junit(".", *FAILING_ON, cwd=tmp_path)
    assert_same(suites, document(".", cwd=tmp_path), ("error", "warning", "info"))
    first, second = map(cases, suites)
    assert (outcome(first["F004"]), "X001" in first) == ("failure", False)
    assert [outcome(second[rule]) for rule in ("F004", "X001", "X002")] == ["failure"] * 3
    assert list(second)[3:] == [rule["id"] for rule in rules()]


def test_a_file_that_cannot_be_read_is_a_suite_with_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"[site]\nname = \xff\n")
    (tmp_path / "b.toml").write_text("[site]\nname = “\n", encoding="utf-8")
    suites = junit(".", cwd=tmp_path)
    assert_same(suites, document(".", cwd=tmp_path))
    for suite, rule in zip(suites, ("F002", "F003"), strict=True):
        assert [suite.get(count) for count in ("tests", "failures", "errors", "skipped")] == ["1", "0", "1", "0"]
        assert [(name, case[0].tag) for name, case in cases(suite).items()] == [(rule, "error")]
        assert suite.find("testcase").get("classname") == suite.get("file")


@pytest.mark.parametrize(
    ("fail_on", "failing"),
    [("error", ("error",)), ("warning", ("error", "warning")), ("info", ("error", "warning", "info")), ("never", ())],
)
def test_what_does_not_fail_the_check_is_no_failure(fail_on: str, failing: tuple[str, ...], tmp_path: Path) -> None:
    write_site(tmp_path / "a", edited(CONSTRUCTION, FEW_MEMBERS, drop("brand = "), drop("opening_hours = ")))
    write_site(tmp_path / "b", edited(CONSTRUCTION, edit("[branch]", "[branch]\nnaem = 1")))
    (tmp_path / "c.toml").write_text("[site]\nname = “\n", encoding="utf-8")
    suites = junit(".", "--fail-on", fail_on, cwd=tmp_path)
    assert_same(suites, document(".", cwd=tmp_path), failing)
    told = cases(suites[0])["P004"][0]
    assert (told.tag, "依据：" in told.text) == ("failure" if fail_on == "info" else "system-out", True)
    is_failing = any(int(suite.get(count)) for suite in suites for count in ("failures", "errors"))
    assert is_failing is bool(check(".", "--fail-on", fail_on, cwd=tmp_path).returncode)


def test_what_comes_through_standard_input_is_called_as_it_was_on_the_command_line() -> None:
    text = "[site]\nname = 1\n"
    assert_same(junit("-", input=text), json.loads(check("-", "--format", "json", input=text).stdout))


def test_only_the_rules_that_were_asked_for_are_cases() -> None:
    for suite in junit("checklists", "--select", "A"):
        assert list(cases(suite)) == [f"A00{number}" for number in range(1, 8)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_texts_do_nothing(language: str, tmp_path: Path) -> None:
    write_hostile_sites(tmp_path)
    result = check(".", "--format", "junit", cwd=tmp_path, PILOT_LANG=language)
    assert unseen(result.stdout) == set()
    suites = suites_of(result.stdout)
    assert_same(suites, json.loads(check(".", "--format", "json", cwd=tmp_path, PILOT_LANG=language).stdout))
    assert [suite.get("name") for suite in suites] == [shown(text) for text in TEXTS.values()]


def test_long_texts_do_nothing(tmp_path: Path) -> None:
    for number, text in enumerate(LONG_TEXTS):
        (tmp_path / f"{number:02}.toml").write_bytes(tomli_w.dumps(long_site(text)).encode())
    assert_same(junit(".", cwd=tmp_path), document(".", cwd=tmp_path))


def test_hostile_file_names_do_nothing(tmp_path: Path) -> None:
    write_hostile_names(tmp_path)
    assert_same(junit(".", cwd=tmp_path), document(".", cwd=tmp_path))


def test_results_are_utf_8_whatever_the_console_has() -> None:
    out = check("checklists", "--format", "junit", PYTHONIOENCODING="gbk").stdout
    assert out == check("checklists", "--format", "junit").stdout
    assert "示例·东莞南城锦园小区" in out


def test_a_suite_is_written_before_the_next_site_is_read(tmp_path: Path) -> None:
    *before, _whole = outputs_before_each_site(write_junit, tmp_path)
    written = [output.count("</testsuite>") for output in before]
    assert written == [0, 1, 2]
