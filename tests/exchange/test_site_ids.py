"""Ids that are made from names are unique, safe as names of folders, and stay what they are."""

import re
from itertools import islice, product
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_cli.exchange.site_ids import SiteName, make_ids
from tests.commands.books import Rows, make_book
from tests.commands.running import pilot
from tests.exchange.field_book import read_books

PATTERN = re.compile("[a-z0-9][a-z0-9-]{1,63}")
RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))}
HEADS = ["站点名称", "站点类型", "地市", "区县"]
ROWS: Rows = [
    ["示例·琶洲会展工地", "建筑工地", "广州市", "海珠区"],
    ["A1地块项目", "建筑工地", "广州市", "海珠区"],
    ["千灯苑", "社区物业", "佛山市", "禅城区"],
]


def names(number: int) -> list[SiteName]:
    """Names as sites have them; many have the same initials."""
    cities, districts = ["广州", "深圳", "佛山"], ["海珠区", "南山区", "禅城区", "花都区"]
    parts = (cities, districts, "东西南北中新", "湖江山河园城", "一二三四五六七八九十", "期标段区号")
    made = (SiteName(f"{a}{b}{c}{d}项目", district, f"{city}市") for city, district, a, b, c, d in product(*parts))
    some = list(islice(made, number))
    more = (SiteName(f"{name.name}（{number}）", name.district, name.city) for number in range(20) for name in some)
    return [*some, *islice(more, number - len(some))]


def test_ids_are_unique_over_thirty_thousand_names_whatever_their_order() -> None:
    some = names(30_000)
    ids = make_ids(some, ())
    assert len({*some}) == len({*ids.values()}) == 30_000
    assert all(PATTERN.fullmatch(id) for id in ids.values())
    Random(1).shuffle(some)
    assert make_ids(some, ()) == ids


@settings(max_examples=300, deadline=None)
@given(st.lists(st.builds(SiteName, st.text(max_size=9), st.text(max_size=4)), unique=True, max_size=6))
def test_every_name_comes_to_a_safe_id(some: list[SiteName]) -> None:
    ids = make_ids(some, {"site", "a"})
    assert len({*ids.values()}) == len(some)
    assert all(PATTERN.fullmatch(id) and id not in RESERVED for id in ids.values())
    assert not any(id.startswith("example-") for id in ids.values())


@pytest.mark.parametrize("name", ["CON", "Aux", "com1", "nul", "例", "LPT9"])
def test_what_windows_cannot_have_as_a_folder_is_made_longer(name: str) -> None:
    (id,) = make_ids([SiteName(name)], ()).values()
    assert re.search("-[0-9a-f]{4}$", id)


def test_an_id_is_the_district_and_the_initials() -> None:
    ids = make_ids([SiteName("琶洲会展工地", "海珠区", "广州市"), SiteName("A1地块", "", "")], ())
    assert {*ids.values()} == {"haizhu-pzhzgd", "a1dk"}


def test_made_ids_are_listed_and_kept_in_the_files(tmp_path: Path) -> None:
    book = make_book(tmp_path / "a.xlsx", {"站点": [HEADS, *ROWS]})
    result = pilot("import", book, "--output", tmp_path / "sites")
    assert (result.returncode, result.stderr) == (0, "")
    made = sorted(path.name for path in (tmp_path / "sites").iterdir())
    _outcome, told, *listed = result.stdout.splitlines()
    assert told == "按站点名称自动编号3个，编号已写入站点文件"
    assert sorted(line.split()[0] for line in listed) == made
    assert all(f'id = "{id}"' in (tmp_path / "sites" / id / "site.toml").read_text(encoding="utf-8") for id in made)


def test_ids_are_the_same_from_import_to_import(tmp_path: Path) -> None:
    book = make_book(tmp_path / "a.xlsx", {"站点": [HEADS, *ROWS]})
    before = read_books(book).sites
    more: Rows = [["琶洲会展工地二期", "建筑工地", "广州市", "海珠区"], *ROWS[::-1]]
    read_books(make_book(tmp_path / "a.xlsx", {"站点": [HEADS, *more]}))
    after = read_books(book).sites
    assert before.items() <= after.items()
    assert len(after) == 4


def test_a_file_that_is_there_keeps_its_id(tmp_path: Path) -> None:
    with_id: Rows = [["站点编号", *HEADS], ["my-own", *ROWS[0]]]
    read_books(make_book(tmp_path / "a.xlsx", {"站点": with_id}))
    told = read_books(make_book(tmp_path / "b.xlsx", {"站点": [HEADS, ROWS[0]]}))
    assert (list(told.sites), told.imported.made) == (["my-own"], [])


def test_a_made_id_is_none_that_the_ledger_gives(tmp_path: Path) -> None:
    (id,) = read_books(make_book(tmp_path / "a.xlsx", {"站点": [HEADS, ROWS[0]]})).sites
    rows: Rows = [["站点编号", *HEADS], [id, *ROWS[2]], [None, *ROWS[0]]]
    (tmp_path / "other").mkdir()
    sites = read_books(make_book(tmp_path / "other" / "b.xlsx", {"站点": rows})).sites
    assert sites[id]["site"]["name"] == "千灯苑"
    assert len(sites) == 2


def test_the_same_name_in_two_districts_is_two_sites(tmp_path: Path) -> None:
    rows: Rows = [HEADS, ROWS[0], [*ROWS[0][:3], "天河区"], ROWS[0]]
    told = read_books(make_book(tmp_path / "a.xlsx", {"站点": rows}))
    assert [line.partition(" ")[0] for line in told.errors] == ["站点!A4"]
    told = read_books(make_book(tmp_path / "b.xlsx", {"站点": rows[:3]}))
    assert len(told.sites) == 2
