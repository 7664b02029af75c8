"""What was seen on site, in ledgers as offices make them, and beside files that are there already."""

from pathlib import Path

import pytest

from pilot_cli.exchange.importing import Existing, Outcome
from tests.commands.books import Rows, make_book
from tests.exchange.field_book import HEADS, SITE, Told, read_books

SEEN_HEADS = ["项目名称", "检查时间", "检查人", "现场查看项", "检查结果", "问题记录", "现场照片"]
SEEN: Rows = [
    SEEN_HEADS,
    ["一号工地", "2020.11.20", "第一检查组", "Y003", "基本达标", "会议室未上墙", "a.jpg、b.jpg"],
    ["一号工地", "2020年11月20日", "第一检查组", "Y001", "达标", "/", None],
    ["一号工地", "20.11.22", "第二检查组", "Y003", "达标", "无", None],
]
WRITTEN = """[[inspections]]
on = 2020-11-20
by = "第一检查组"
[[inspections.results]]
rule = "Y003"
result = "基本达标"
note = "会议室未上墙"
photos = [
    "a.jpg",
    "b.jpg",
]
[[inspections.results]]
rule = "Y001"
result = "达标"

[[inspections]]
on = 2020-11-22
by = "第二检查组"
[[inspections.results]]
rule = "Y003"
result = "达标"
"""


def read(folder: Path, seen: Rows = SEEN, existing: Existing = Existing.KEEP) -> Told:
    return read_books(make_book(folder / "a.xlsx", {"站点": [HEADS, SITE], "Sheet2": seen}), existing=existing)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sites/gz-1/inspections.toml"


def test_a_sheet_of_what_was_seen_is_known_by_its_heads(tmp_path: Path, file: Path) -> None:
    told = read(tmp_path)
    assert (told.errors, told.ignored) == ([], [])
    assert file.read_text(encoding="utf-8") == WRITTEN


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ([None, "张某", "Y003", "达标", None], "Sheet2!B2 检查时间：不能为空；请补填，或者清空整行"),
        (["2020-11-20", "张某", None, "达标", None], "Sheet2!D2 现场查看项：不能为空；请补填，或者清空整行"),
        (["2020-11-20", "张某", "Y003", None, "未上墙"], "Sheet2!E2 检查结果：不能为空；请补填，或者清空整行"),
        (
            ["2020年11月", "张某", "Y003", "达标", None],
            "Sheet2!B2 检查时间：“2020年11月” 缺少日；请补填日",
        ),
    ],
)
def test_a_row_that_does_not_say_enough_is_told_and_nothing_is_written(
    tmp_path: Path, file: Path, row: list[str | None], error: str
) -> None:
    told = read(tmp_path, [SEEN_HEADS[:-1], ["一号工地", *row]])
    assert [text.removesuffix("，例如 2020-11-23") for text in told.errors] == [error]
    assert not file.parent.exists()


def test_results_and_notes_alone_are_no_such_sheet(tmp_path: Path, file: Path) -> None:
    told = read(tmp_path, [["项目名称", "结果", "备注"], ["一号工地", "好", "差"]])
    assert not told.errors
    assert "备注" in told.not_taken[-1]
    assert not file.exists()


def test_an_update_adds_below_what_stands_in_the_file(tmp_path: Path, file: Path) -> None:
    read(tmp_path, [SEEN_HEADS])
    before = '# 备注\r\n[[inspections]]\r\non = "2020-11-22"\r\nby = "第二检查组"  # 备注\r\n'
    before += '[[inspections.results]]\r\nrule = "Y003"\r\nresult = "达标"\r\nnota = 1'
    file.write_bytes(before.encode())
    assert read(tmp_path, existing=Existing.KEEP).imported.inspections[Outcome.CONFLICT] == [file]
    assert file.read_bytes() == before.encode()
    assert read(tmp_path, existing=Existing.UPDATE).imported.inspections[Outcome.CHANGED] == [file]
    after = file.read_bytes().decode()
    first, _second = WRITTEN.split("\n\n")
    assert after == before + "\r\n\r\n" + first.replace("\n", "\r\n") + "\r\n"
    assert read(tmp_path, existing=Existing.UPDATE).imported.inspections[Outcome.UNCHANGED] == [file]
    assert read(tmp_path, existing=Existing.REPLACE).imported.inspections[Outcome.CHANGED] == [file]
    assert file.read_text(encoding="utf-8") == WRITTEN


def test_a_ledger_without_inspections_leaves_those_of_a_site_alone(tmp_path: Path, file: Path) -> None:
    read(tmp_path)
    for existing in Existing:
        assert not any(read(tmp_path, [SEEN_HEADS], existing).imported.inspections.values())
    assert file.read_text(encoding="utf-8") == WRITTEN


@pytest.mark.parametrize("text", ["[[inspections]\n", "inspections = [{ on = 2020-01-01 }]\n"])
def test_a_file_that_nothing_can_be_added_to_is_not_touched(tmp_path: Path, file: Path, text: str) -> None:
    read(tmp_path, [SEEN_HEADS])
    file.write_text(text, encoding="utf-8")
    told = read(tmp_path, existing=Existing.UPDATE)
    assert told.imported.is_refused
    assert file.read_text(encoding="utf-8") == text


def test_a_link_is_never_replaced(tmp_path: Path, file: Path) -> None:
    read(tmp_path, [SEEN_HEADS])
    (tmp_path / "elsewhere.toml").touch()
    file.symlink_to(tmp_path / "elsewhere.toml")
    for existing in Existing:
        assert read(tmp_path, existing=existing).imported.inspections[Outcome.BLOCKED] == [file]
    assert not (tmp_path / "elsewhere.toml").read_bytes()
