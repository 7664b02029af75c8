"""``pilot schema``: what it says is what the reader does."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import tomli_w
from hypothesis import given, settings

from pilot_cli.site.field import find_field
from pilot_cli.site.guidance import GUIDANCE
from pilot_cli.site.problem import KeyPath
from pilot_cli.site.reader import parse_site
from pilot_cli.site.texts import folded
from pilot_cli.site.writer import SCHEMA
from tests.commands.breaking import as_json, broken, is_time_for_text, paths, value_at, whole_site
from tests.commands.running import AS_OF, ROOT, pilot
from tests.generated import sites

DRAFTS = {"2020-12": jsonschema_rs.Draft202012Validator, "7": jsonschema_rs.Draft7Validator}


def schema(*arguments: str, language: str = "zh") -> Any:
    result = pilot("--lang", language, "schema", *arguments)
    assert (result.returncode, result.stderr) == (0, "")
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def validator() -> Any:
    return jsonschema_rs.Draft202012Validator(schema(), validate_formats=True)


def test_the_shipped_schema_is_the_one_that_pilot_prints() -> None:
    stale = "`make docs` makes it anew"
    assert SCHEMA.read_text(encoding="utf-8") == pilot("schema").stdout, stale


@pytest.mark.parametrize("draft", DRAFTS)
def test_the_schema_follows_its_draft(draft: str) -> None:
    printed = schema("--draft", draft)
    jsonschema_rs.meta.validate(printed)
    assert draft.replace("7", "draft-07") in printed["$schema"]


def test_the_drafts_differ_in_nothing_but_their_name() -> None:
    newest, seventh = schema(), schema("--draft", "7")
    assert newest.pop("$schema") != seventh.pop("$schema")
    assert newest == seventh


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_key_has_a_title_and_a_description_in_the_language(language: str) -> None:
    def keys(table: dict[str, Any]) -> list[dict[str, Any]]:
        inner = list(table.get("items", table).get("properties", {}).values())
        return [*inner, *(key for below in inner for key in keys(below))]

    described = keys(schema(language=language))
    assert len(described) == len(GUIDANCE)
    for key in described:
        is_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in key["title"])
        assert is_chinese is (language == "zh")
        assert len(key["description"]) > 4


def test_words_are_explained_to_those_who_do_not_read_chinese() -> None:
    kind = schema(language="en")["properties"]["site"]["properties"]["kind"]
    assert kind["enum"] == ["建筑工地", "社区物业"]
    assert "建筑工地: construction; 社区物业: community" in kind["description"]


def test_what_a_key_is_when_it_is_left_out_is_told() -> None:
    printed = schema()
    item = printed["properties"]["responsibility_list"]["properties"]["items"]["items"]["properties"]
    assert item["status"]["default"] == "未开始"
    assert printed["properties"]["branch"]["properties"]["groups"]["default"] == 0
    assert "default" not in printed["properties"]["branch"]["properties"]["term_years"]


def test_each_example_is_valid(validator: Any) -> None:
    site = whole_site()
    validator.validate(site)
    assert parse_site(tomli_w.dumps(site).encode()).problems == ()
    assert {".".join(step for step in path if isinstance(step, str)) for path in paths(site) if path} == set(GUIDANCE)
    assert all(
        find_field(path).words or find_field(path).table for path, one in GUIDANCE.items() if one.example is None
    )


def test_each_example_site_is_valid(validator: Any) -> None:
    import tomllib

    files = sorted((ROOT / "checklists").rglob("site.toml"))
    assert len(files) == 19
    for file in files:
        validator.validate(as_json(tomllib.loads(file.read_text(encoding="utf-8"))))


@settings(max_examples=1000)
@given(sites())
def test_every_valid_site_is_valid_to_both(site: dict[str, Any]) -> None:
    validator = jsonschema_rs.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert parse_site(tomli_w.dumps(site).encode()).problems == ()
    assert validator.is_valid(as_json(site))


def is_name_that_says_nothing(path: KeyPath, site: dict[str, Any]) -> bool:
    """Whether a site is called 无 or the like, which is up to the standard to know, and so beyond a schema."""
    if path != ("site", "name"):
        return False
    name = value_at(site, path)
    return isinstance(name, str) and not folded(name)


def test_a_site_broken_at_one_key_is_refused_by_check_and_validators_or_by_none(tmp_path: Path) -> None:
    validators = [
        new_validator(schema("--draft", draft), validate_formats=validate_formats)
        for draft, new_validator in DRAFTS.items()
        for validate_formats in (True, False)
    ]
    accepted = {}
    for number, (path, site) in enumerate(broken(whole_site())):
        if not is_time_for_text(path, value_at(site, path)) and not is_name_that_says_nothing(path, site):
            (tmp_path / f"{number:05}.toml").write_text(tomli_w.dumps(site), encoding="utf-8", newline="")
            accepted[f"{number:05}.toml"] = [validator.is_valid(as_json(site)) for validator in validators]
    assert len(accepted) > 9000
    assert 1000 < sum(all(verdicts) for verdicts in accepted.values()) < 3000
    lines = pilot("check", ".", *AS_OF, "--select", "P007", "--format", "jsonl", cwd=tmp_path).stdout.splitlines()
    problems = {
        site["path"]: {finding["rule"] for finding in site["findings"]} & {"F001", "F002", "F003", "F004", "F005"}
        for site in map(json.loads, lines)
    }
    assert set().union(*problems.values()) == {"F004", "F005"}
    assert {name: [not rules] * len(validators) for name, rules in problems.items()} == accepted


def test_a_time_without_quotes_is_no_text_to_the_reader_and_one_to_json(validator: Any) -> None:
    differing = 0
    for path, site in broken(whole_site()):
        if is_time_for_text(path, value_at(site, path)):
            assert parse_site(tomli_w.dumps(site).encode()).problems
            differing += validator.is_valid(as_json(site))
    assert differing


def test_a_date_is_one_that_the_calendar_has() -> None:
    dates = schema()["properties"]["site"]["properties"]["ends_on"]
    is_date = jsonschema_rs.Draft202012Validator(dates).is_valid
    first, days = date(1895, 1, 1), 150_000
    assert all(is_date((first + timedelta(number)).isoformat()) for number in range(days))
    for year in ("0004", "0100", "0400", "1900", "2000", "2019", "2020", "2100", "9999"):
        for month in range(14):
            for day in range(33):
                text = f"{year}-{month:02}-{day:02}"
                try:
                    date.fromisoformat(text)
                except ValueError:
                    assert not is_date(text), text
                else:
                    assert is_date(text), text
