"""A ledger like real ones is taken in one call, and the check judges what it says."""

import re
from pathlib import Path
from random import Random
from typing import Any

import rtoml
import tomli_w

from pilot_cli.exchange.marks import says_nothing
from tests.commands.books import WITHOUT_DOCUMENTS
from tests.commands.running import document, pilot
from tests.exchange.real_ledger import CITIES, NUMBER, Facts, make_facts, write_ledger


def test_a_ledger_of_forty_sites_is_taken_and_judged_by_what_it_says(tmp_path: Path) -> None:
    random = Random(20201123)
    facts = make_facts(random)
    write_ledger(tmp_path / "台账.xlsx", facts, random)
    result = pilot("import", "台账.xlsx", "--output", "sites", cwd=tmp_path)
    assert result.returncode == 1, result.stderr
    assert f"新建{NUMBER}个" in result.stdout
    told = result.stderr.splitlines()
    found = [re.match(r"内容未导入：(.+)市!.+（(\d+)格）：“备注”列不属于台账栏目", line) for line in told]
    assert {line[1]: int(line[2]) for line in found if line} == notes(tmp_path / "台账.xlsx")
    assert {"未导入：合计行6处", "未导入：填表说明行、栏次行3处", "未导入：备注、落款行9处"} <= {*told}
    imported = {site["site"]["name"]: site for site in map(rtoml.load, (tmp_path / "sites").glob("*/site.toml"))}
    assert imported.keys() == {site["site"]["name"] for site in facts}
    for site in facts:
        id = imported[site["site"]["name"]]["site"]["id"]
        assert without(imported[site["site"]["name"]]) == site
        folder = tmp_path / "known" / id
        folder.mkdir(parents=True)
        (folder / "site.toml").write_bytes(tomli_w.dumps(with_id(site, id)).encode())
    assert judged(tmp_path / "sites") == judged(tmp_path / "known")


def notes(book: Path) -> dict[str, int]:
    """Count the notes beside the sites of each city."""
    import openpyxl

    sheets = openpyxl.load_workbook(book)
    return {
        city: sum(
            not says_nothing(row[-1] or "/") for row in sheets[f"{city}市"].iter_rows(min_row=6, values_only=True)
        )
        for city in CITIES
    }


def without(site: Facts) -> Facts:
    """Leave out what is only in the file."""
    site = {**site, "site": {key: value for key, value in site["site"].items() if key != "id"}}
    return {key: value for key, value in site.items() if key != "format"}


def with_id(site: Facts, id: str) -> Facts:
    return {**site, "site": {"id": id, **site["site"]}}


def judged(folder: Path) -> dict[str, Any]:
    """What the check says of each site, but where it stands."""
    found = {}
    for site in document(folder, *WITHOUT_DOCUMENTS)["sites"]:
        for finding in site["findings"]:
            del finding["line"], finding["column"]
        found[site["id"]] = {**site, "path": ""}
    return found
