"""The JSON Schema of settings says what the reader does, and the one in the package is up to date."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import tomli_w

from pilot_cli.settings.file import SettingsError
from pilot_cli.settings.model import OPTIONS, TABLES
from pilot_cli.settings.read import read_settings
from tests.commands.running import ROOT, pilot

SHIPPED = ROOT / "pilot_cli/settings/settings.schema.json"
VALUES: list[Any] = [
    *("", " ", "x", "zh", "ascii", "error", "never", "city", "json", "xlsx", "five-ones", "甲"),
    *(0, 1, -1, 10, 1.0, 1.5, True, False, [], ["x"], ["city"], [1], [[]], {}, {"x": 1}),
]


def test_the_shipped_schema_is_the_one_that_pilot_prints() -> None:
    said = pilot("schema", "--of", "settings").stdout
    assert SHIPPED.read_text(encoding="utf-8") == said, "`make docs` makes it anew"


@pytest.mark.parametrize("draft", ["7", "2020-12"])
def test_the_schema_follows_its_draft(draft: str) -> None:
    jsonschema_rs.meta.validate(json.loads(pilot("schema", "--of", "settings", "--draft", draft).stdout))


def test_there_is_no_page_of_settings() -> None:
    result = pilot("schema", "--of", "settings", "--format", "markdown")
    assert (result.returncode, result.stdout) == (2, "")


def test_reader_and_schema_refuse_the_same(tmp_path: Path) -> None:
    validator = jsonschema_rs.Draft202012Validator(json.loads(SHIPPED.read_text(encoding="utf-8")))
    path = tmp_path / "pilot.toml"
    keys: list[tuple[str, ...]] = [("lang",), ("unknown",), *((key,) for key in (*OPTIONS, *TABLES))]
    keys += [(name, key) for name in TABLES for key in (*TABLES[name], "unknown")]
    accepted = 0
    for key in keys:
        for value in VALUES:
            settings: Any = {key[0]: {key[1]: value}} if key[1:] else {key[0]: value}
            path.write_text(tomli_w.dumps(settings), encoding="utf-8")
            try:
                read_settings(str(path))
                is_read = True
            except SettingsError:
                is_read = False
            # JSON takes 1.0 for a whole number.
            assert is_read is validator.is_valid(settings) or value == 1.0, settings
            accepted += is_read
    assert 150 < accepted < len(keys) * len(VALUES) / 2


def test_every_key_is_described_in_the_users_language() -> None:
    for language in ("zh", "en"):
        schema = json.loads(pilot("--lang", language, "schema", "--of", "settings").stdout)
        for key in schema["properties"].values():
            for described in (key, *key.get("properties", {}).values()):
                is_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in described["description"])
                assert is_chinese is (language == "zh"), described
