"""``pilot check --format json``: every document is as the schema says that ships with pilot."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from tests.commands.running import AS_OF, ROOT, check, document, pilot
from tests.docs.blocks import blocks
from tests.editing import COMMUNITY, CONSTRUCTION, append, drop_table, edit, edited, write_site

SCHEMA = json.loads(files("pilot_cli.formats.check").joinpath("check.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
LINES = Draft202012Validator({"$ref": "#/$defs/site", "$defs": SCHEMA["$defs"]})
WAIVERS = """
[[waivers]]
rule = "B003"
reason = "人手不足"
approved_by = "上级党委"
until = 2021-06-30

[[waivers]]
rule = "W008"
"""


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    """Sites of every sort: good, waived, with a one missing, with mistakes, and files that cannot be read."""
    write_site(tmp_path / "good", COMMUNITY)
    few = edit("full_members = 5", "full_members = 2")
    write_site(tmp_path / "waived", edited(CONSTRUCTION, few, append(WAIVERS)))
    write_site(tmp_path / "missing", edited(CONSTRUCTION, drop_table("work_rules"), drop_table("branch")))
    write_site(
        tmp_path / "mistakes", edited(CONSTRUCTION, edit("full_members = 5", 'full_members = "五"\nmembres = 1'))
    )
    write_site(tmp_path / "least", "[site]\n")
    for name, content in (("empty", b""), ("toml", b"[site]\nname = \xe2\x80\x9c\n"), ("utf16", b"\xff\xfe")):
        (tmp_path / f"{name}.toml").write_bytes(content)
    return tmp_path


def assert_valid(told: Any) -> None:
    assert list(VALIDATOR.iter_errors(told)) == []


def test_the_document_of_the_examples_is_valid() -> None:
    assert_valid(document("checklists"))


@pytest.mark.parametrize(
    "options", [[], ["--select", "B003"], ["--ignore", "P"], ["--select", "F,X"], ["--select", "B", "--ignore", "B003"]]
)
def test_the_document_of_broken_files_waivers_and_selections_is_valid(options: list[str], sites: Path) -> None:
    told = document(sites, *options)
    assert_valid(told)
    assert told["format"] == 2
    assert told["summary"]["unreadable"] == 2
    lines = check(sites, *options, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == told["sites"]
    for line in lines:
        LINES.validate(json.loads(line))


def test_the_schema_refuses_what_it_does_not_know() -> None:
    told = document("checklists/construction")
    for damage in (
        {**told, "format": 1},
        {**told, "more": 1},
        {**told, "sites": [{**told["sites"][0], "score": "95.6"}]},
        {**told, "sites": [{**told["sites"][0], "ones": {"branch": told["sites"][0]["ones"]["branch"]}}]},
    ):
        assert not VALIDATOR.is_valid(damage)


def test_findings_about_filing_are_counted_apart(sites: Path) -> None:
    told = document(sites)
    found = [finding for site in told["sites"] for finding in site["findings"] if not finding["waived"]]
    counts = told["summary"]["findings"]
    assert counts["filing"] == sum(finding["about"] == "filing" for finding in found) > 0
    for severity in ("error", "warning", "info"):
        about_work = [finding for finding in found if finding["about"] == "work"]
        assert counts[severity] == sum(finding["severity"] == severity for finding in about_work)
    assert counts["waived"] == 1
    assert {finding["rule"] for finding in found if finding["about"] == "filing"} >= {"F003", "F004", "F005", "P006"}


def test_a_selection_has_no_scores_and_says_how_many_rules_were_judged() -> None:
    told = document("checklists", "--select", "B003,L")
    rules = document("checklists")["summary"]["rules"]
    assert rules["judged"] == rules["of"] > 60
    assert told["summary"]["rules"] == {"judged": 13, "of": rules["of"]}
    assert (told["summary"]["mean_score"], told["summary"]["complete"]) == (None, None)
    for site in told["sites"]:
        assert (site["score"], site["grade"]) == (None, None)
        for one in site["ones"].values():
            assert (one["score"], one["earned"], one["possible"]) == (None, None, None)
        assert site["ones"]["branch"]["status"] is None
        assert site["ones"]["responsibility_list"]["status"] is not None, "all that decides it was judged"


def test_the_points_of_a_one_give_its_score() -> None:
    for site in document("checklists")["sites"]:
        for one in site["ones"].values():
            expected = 0 if one["status"] == "missing" else 20 * one["earned"] / one["possible"]
            assert one["score"] == pytest.approx(expected, abs=0.051)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_on_the_document_names_every_key(language: str) -> None:
    page = (ROOT / "docs" / language / "json.md").read_text(encoding="utf-8")
    for definition in ({"properties": SCHEMA["properties"]}, *SCHEMA["$defs"].values()):
        for key in definition.get("properties", {}):
            assert f"`{key}`" in page, key


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_example_of_the_page_is_what_pilot_writes(language: str, tmp_path: Path) -> None:
    (example,) = [json.loads(block.text) for block in blocks("json.md", language) if block.language == "json"]
    assert_valid(example)
    changes = (("good-construction", "gz-01"), ('"江湾路工地"', '"示例工地"'), ("full_members = 5", "full_members = 2"))
    write_site(tmp_path, edited(CONSTRUCTION, *(edit(old, new) for old, new in changes)))
    told = pilot("--lang", language, "check", "site.toml", *AS_OF, "--format", "json", cwd=tmp_path)
    assert {**example, "pilot": ""} == {**json.loads(told.stdout), "pilot": ""}
