"""``pilot check --format sarif``: valid SARIF 2.1.0 that says what the JSON document says."""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import pytest
import tomli_w
from jsonschema_rs import Draft4Validator

from pilot_cli.formats.check.sarif import write_sarif
from tests.commands.progress import outputs_before_each_site
from tests.commands.running import ROOT, check, document, pilot
from tests.editing import COMMUNITY, CONSTRUCTION, FIXTURES, drop, edit, edit_all, edited, write_site
from tests.hostile import LONG_TEXTS, TEXTS, long_site, shown, write_hostile_names, write_hostile_sites

LEVELS = {"error": "error", "warning": "warning", "info": "note"}
OF_FILES = ["F001", "F002", "F003", "F004", "F005", "F006", "F007", "X001", "X002"]
REASON = "人手{0}[少](http://x.y)"
WAIVED = f'[[waivers]]\nrule = "B003"\nreason = "{REASON}"\napproved_by = "上级党委"\nuntil = 2021-06-30\n'


def sarif_schema() -> Any:
    text = (FIXTURES / "schemas" / "sarif-2.1.0-rtm.4.json").read_text(encoding="utf-8")
    # A bracket too many, which the errata of the standard take out.
    return json.loads(edit_all("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$")(text))


SCHEMA = Draft4Validator(sarif_schema(), validate_formats=True)


def run_of(text: str) -> Any:
    """Read a log, which has to be valid, and return its only run."""
    log = json.loads(text)
    assert [f"{error.instance_path}: {error.message}" for error in SCHEMA.iter_errors(log)] == []
    (run,) = log["runs"]
    return run


def sarif(*arguments: str | Path, cwd: Path = ROOT, language: str = "zh", **settings: Any) -> Any:
    result = check(*arguments, "--format", "sarif", cwd=cwd, PILOT_LANG=language, **settings)
    assert (result.returncode in (0, 1), result.stderr) == (True, "")
    return run_of(result.stdout)


def plain(text: str) -> str:
    """Read a plain text as a viewer does that knows placeholders and links; there must not be any."""
    assert not re.search(r"\[[^\]]*\]\(", text), "a link"
    assert set(re.sub(r"\{\{|\}\}", "", text)).isdisjoint("{}"), "a placeholder"
    return text.replace("{{", "{").replace("}}", "}")


def told(text: str) -> str:
    """Say how a text is to be told: as people see it anywhere, and with no link in it."""
    return shown(text).replace("](", "] (")


def uris(run: Any) -> list[str]:
    return [place(result)["artifactLocation"]["uri"] for result in run["results"]]


def place(result: Any) -> Any:
    (location,) = result["locations"]
    return location["physicalLocation"]


def fingerprints(run: Any) -> list[str]:
    return [result["partialFingerprints"]["pilotFinding/v1"] for result in run["results"]]


def assert_same(run: Any, whole: Any) -> None:
    """Compare a run with the JSON document, finding by finding."""
    found = [(site["path"], finding) for site in whole["sites"] for finding in site["findings"]]
    assert len(run["results"]) == len(found) > 0
    for result, (path, finding) in zip(run["results"], found, strict=True):
        at = place(result)
        assert (result["ruleId"], result["level"]) == (finding["rule"], LEVELS[finding["severity"]])
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == finding["rule"]
        assert plain(result["message"]["text"]) == told(finding["message"])
        assert at["region"] == {"startLine": finding["line"], "startColumn": finding["column"]}
        assert os.fsencode(unquote(at["artifactLocation"]["uri"], errors="surrogateescape")) == os.fsencode(path)
        names = [name["fullyQualifiedName"] for name in result["locations"][0].get("logicalLocations", [])]
        assert names == ([finding["field"]] if finding["field"] else [])
        assert len(result["suppressions"]) == bool(finding["waived"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_examples_are_told_as_in_the_json_document(language: str) -> None:
    run = sarif("checklists", language=language)
    whole = json.loads(check("checklists", "--format", "json", PILOT_LANG=language).stdout)
    assert_same(run, whole)
    named = {"zh": "zh-CN", "en": "en-US"}[language]
    assert (run["language"], run["tool"]["driver"]["language"]) == (named, named)
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": True}]
    properties = run["properties"]
    assert (properties["standard"], properties["asOf"], properties["sites"]) == ("five-ones", "2020-11-23", 19)
    assert properties["findings"] == whole["summary"]["findings"]
    assert properties["rules"] == whole["summary"]["rules"]
    assert uris(run) == [site["path"] for site in whole["sites"] for _finding in site["findings"]]


def test_the_schema_does_refuse_what_is_no_log() -> None:
    log = json.loads(check("checklists", "--format", "sarif").stdout)
    log["runs"][0]["results"][0]["level"] = "info"
    del log["runs"][0]["tool"]
    assert len(list(SCHEMA.iter_errors(log))) == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_rules_are_described_whether_they_failed_or_not(language: str) -> None:
    described = sarif("checklists", language=language)["tool"]["driver"]["rules"]
    rules = json.loads(pilot("rules", "--format", "json", PILOT_LANG=language).stdout)["rules"]
    assert [rule["id"] for rule in described] == [rule["id"] for rule in rules] + OF_FILES
    for rule, described_rule in zip(rules, described, strict=False):
        assert plain(described_rule["shortDescription"]["text"]) == told(rule["title"])
        assert plain(described_rule["fullDescription"]["text"]) == told(rule["basis"])
        for text in (rule["basis"], rule["advice"]):
            assert told(text) in plain(described_rule["help"]["text"])
        assert described_rule["defaultConfiguration"] == {"level": LEVELS[rule["severity"]]}
        assert described_rule["help"]["markdown"].startswith("- ")
        assert described_rule["properties"]["about"] == rule["about"]
        assert plain(described_rule["properties"]["problem"]) == told(rule["problem"])
    levels = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in described}
    assert [id for id in OF_FILES if levels[id] == "warning"] == ["F004", "F006", "F007", "X002"]
    texts = [json.dumps(rule, ensure_ascii=False) for rule in described if rule["id"] in OF_FILES]
    assert {bool(re.search("[一-龥]", text)) for text in texts} == {language == "zh"}


def test_only_the_rules_that_were_asked_for_are_described() -> None:
    rules = sarif("checklists", "--select", "A")["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules if rule["id"] not in OF_FILES] == [f"A00{number}" for number in range(1, 8)]


def test_a_waiver_is_a_suppression_and_its_reason_the_justification(tmp_path: Path) -> None:
    write_site(tmp_path, edited(CONSTRUCTION, edit("full_members = 5", "full_members = 2")) + WAIVED)
    run = sarif(".", cwd=tmp_path)
    suppressions = {result["ruleId"]: result["suppressions"] for result in run["results"]}
    ((suppression,),) = [suppressions.pop("B003")]
    assert suppression["kind"] == "inSource"
    assert all(text in suppression["justification"] for text in (REASON, "上级党委", "2021年6月30日"))
    assert all(suppressed == [] for suppressed in suppressions.values())


def test_a_file_that_cannot_be_read_is_a_result_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"[site]\nname = \xff\n")
    (tmp_path / "b.toml").write_text("[site]\nname = “\n", encoding="utf-8")
    (tmp_path / "c.toml").write_text("#" * 2_000_000, encoding="utf-8")
    run = sarif(".", cwd=tmp_path)
    assert [(result["ruleId"], place(result)["region"]["startLine"]) for result in run["results"]] == [
        ("F002", 2),
        ("F003", 2),
        ("F001", 1),
    ]
    assert run["properties"]["unreadable"] == 3


def test_what_comes_through_standard_input_is_called_as_it_was_on_the_command_line() -> None:
    run = sarif("-", input="[site]\nname = 1\n")
    assert set(uris(run)) == {"-"}
    assert_same(run, json.loads(check("-", "--format", "json", input="[site]\nname = 1\n").stdout))


def test_a_path_below_the_current_folder_is_relative_and_any_other_a_file_uri(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in side", tmp_path / "öut%20"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "a.toml").write_text("[site]\n", encoding="utf-8")
    (inside / "sub").mkdir()
    for path in (inside / "a.toml", Path("a.toml"), Path("sub/../a.toml"), Path("../in side/a.toml")):
        assert set(uris(sarif(path, cwd=inside))) == {"a.toml"}
    assert set(uris(sarif(inside / "a.toml", cwd=tmp_path))) == {"in%20side/a.toml"}
    for path in (outside / "a.toml", Path("../öut%20/a.toml")):
        (uri,) = set(uris(sarif(path, cwd=inside)))
        assert urlsplit(uri).scheme == "file"
        assert Path(url2pathname(urlsplit(uri).path)) == outside / "a.toml"


def moved(*texts: str, name: str = "site.toml", folder: Path, language: str = "zh") -> Any:
    for number, text in enumerate(texts):
        write_site(folder / str(number), text, name)
    return sarif(".", cwd=folder, language=language)


def test_fingerprints_stay_when_lines_come_the_file_moves_or_the_language_changes(tmp_path: Path) -> None:
    text = edited(CONSTRUCTION, drop("brand = "), edit("full_members = 5", "full_members = 2")) + "\n[extra]\na = 1\n"
    before = moved(text, folder=tmp_path / "before")
    after = moved(text.replace("\n[", "\n# 新的一行\n\n["), name="other.toml", folder=tmp_path / "after", language="en")
    assert fingerprints(before) == fingerprints(after)
    assert [place(result) for result in before["results"]] != [place(result) for result in after["results"]]
    assert len(set(fingerprints(before))) == len(before["results"]) >= 3


def test_a_site_without_id_is_known_by_its_file(tmp_path: Path) -> None:
    text = edited(CONSTRUCTION, drop("id = "), drop("brand = "))
    once = moved(text, folder=tmp_path / "once")
    assert fingerprints(once) == fingerprints(moved("# 新的一行\n" + text, folder=tmp_path / "again"))
    assert set(fingerprints(once)).isdisjoint(fingerprints(moved(text, name="b.toml", folder=tmp_path / "other")))


def test_fingerprints_of_one_run_are_unique(tmp_path: Path) -> None:
    text = edited(CONSTRUCTION, drop("brand = "), edit("full_members = 5", "full_members = 2"))
    run = moved(text, text, text, COMMUNITY, folder=tmp_path)
    assert "X001" in {result["ruleId"] for result in run["results"]}
    for one in (run, sarif("checklists")):
        assert len(set(fingerprints(one))) == len(one["results"])


def test_hostile_texts_do_nothing(tmp_path: Path) -> None:
    write_hostile_sites(tmp_path)
    run = sarif(".", cwd=tmp_path)
    assert_same(run, document(".", cwd=tmp_path))
    assert len(set(fingerprints(run))) == len(run["results"])
    for number, text in enumerate(LONG_TEXTS):
        (tmp_path / f"{number:02}.toml").write_bytes(tomli_w.dumps(long_site(text)).encode())
    assert_same(sarif(".", cwd=tmp_path), document(".", cwd=tmp_path))


def test_hostile_texts_of_a_standard_do_nothing(tmp_path: Path) -> None:
    write_site(tmp_path, CONSTRUCTION)
    text = "".join(TEXTS.values()).replace("{0}", "")
    rule = {key: {"zh": text, "en": text} for key in ("title", "basis", "advice")}
    standard = {"name": TEXTS["a template"], "extends": "five-ones", "override": {"A001": rule}}
    (tmp_path / "standard").write_bytes(tomli_w.dumps(standard).encode())
    run = sarif(".", "--standard", "standard", cwd=tmp_path)
    (rule,) = (rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "A001")
    assert plain(rule["shortDescription"]["text"]) == plain(rule["fullDescription"]["text"]) == told(text)


def test_hostile_file_names_are_percent_encoded(tmp_path: Path) -> None:
    write_hostile_names(tmp_path)
    run = sarif(".", cwd=tmp_path)
    assert_same(run, document(".", cwd=tmp_path))
    assert all(re.fullmatch(r"([A-Za-z0-9_.~/-]|%[0-9A-F]{2})+", uri) for uri in uris(run))
    assert len(set(uris(run))) == len(list(tmp_path.rglob("*.toml")))


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")
def test_a_file_name_that_is_no_text_is_told_byte_by_byte(tmp_path: Path) -> None:
    with open(os.path.join(os.fsencode(tmp_path), b"\xb9\xe3.toml"), "wb") as file:
        file.write(b"[site]\nname = 1\n")
    assert set(uris(sarif(".", cwd=tmp_path))) == {"%B9%E3.toml"}


def test_a_log_is_utf_8_whatever_the_console_has() -> None:
    assert sarif("checklists", PYTHONIOENCODING="gbk") == sarif("checklists")


def test_results_are_written_before_the_next_site_is_read(tmp_path: Path) -> None:
    *before, whole = outputs_before_each_site(write_sarif, tmp_path)
    written = [output.count('"ruleId"') for output in before]
    run_of(whole)
    assert written[0] == 0 < written[1] < written[2]
