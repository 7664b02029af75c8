"""What is wrong with a ledger is told by address, with what to type instead, and nothing is written."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook

from tests.commands.books import ITEMS, SITES, change_book, import_book, make_book
from tests.commands.running import pilot


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A small ledger of two sites."""
    return make_book(tmp_path / "台账.xlsx", 站点=SITES, 责任清单=ITEMS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the sites are to be; it is not there yet."""
    return tmp_path / "sites"


WORDS = "党的建设、安全质量、小区治理、服务群众、其他"
ID_ADVICE = "请填写例如 gz-haizhu-01 的编号，或者留空由系统编号"
NUMBER_ADVICE = "请只填数字，例如 5"
DATE_ADVICE = "请填写日期，例如 2020-11-23"
WRONG = [
    (("站点", "A2"), "GZ 1", f"站点!A2 站点编号：“GZ 1” 不是由2至64个小写字母、数字和连字符组成的编号；{ID_ADVICE}"),
    (("站点", "A3"), "gz-1", "站点!A3 站点编号：“gz-1”与“站点”表第 2 行重复；每个试点单位只占一行，编号不能相同"),
    (
        ("站点", "A3"),
        123456789012345678,
        "站点!A3 站点编号：数字 1.234567890123457e+17 已被 Excel 截短；请将该列设为文本格式后重新填写完整数字",
    ),
    (
        ("站点", "B3"),
        440106199001011234,
        "站点!B3 站点名称：数字 4.401061990010113e+17 已被 Excel 截短；请将该列设为文本格式后重新填写完整数字",
    ),
    (
        ("站点", "A3"),
        datetime(2025, 1, 2),
        "站点!A3 站点编号：已被 Excel 改成日期 2025-01-02；请将该列设为文本格式后重新填写",
    ),
    (("站点", "B2"), None, "站点!B2 站点名称：不能为空；请改正"),
    (("站点", "C2"), "/", "站点!C2 站点类型：不能为空；请从所列词语中选填"),
    (("站点", "C2"), "工地", "站点!C2 站点类型：“工地” 不是所列词语（建筑工地、社区物业）之一；是否为“建筑工地”？"),
    (("站点", "D2"), "去年三月", f"站点!D2 开工（入驻）日期：“去年三月” 不是日期；{DATE_ADVICE}"),
    (("站点", "D2"), "2020年3月", "站点!D2 开工（入驻）日期：“2020年3月” 缺少日；请补填日，例如 2020-11-23"),
    (("站点", "F2"), "若干名", f"站点!F2 正式党员数：“若干名” 不是整数；{NUMBER_ADVICE}"),
    (("站点", "F2"), 2.5, "站点!F2 正式党员数：2.5 不是整数；请改正"),
    (("站点", "F2"), -1, "站点!F2 正式党员数：-1 不是不小于0的整数；请改正"),
    (("责任清单", "A2"), "gz-7", "责任清单!A2 站点编号：“gz-7”不在“站点”表中；请在“站点”表中补上，或者改正编号"),
    (("责任清单", "D3"), "服务", f"责任清单!D3 类别：“服务” 不是所列词语（{WORDS}）之一；是否为“服务群众”？"),
    (("责任清单", "E3"), "2020-13-01", f"责任清单!E3 完成时限：“2020-13-01” 不是日期；{DATE_ADVICE}"),
    (("责任清单", "C3"), "#REF!", "责任清单!C3 责任人：是错误值 #REF!；请填写实际内容，或者留空"),
]


@pytest.mark.parametrize(("cell", "value", "told"), WRONG)
def test_a_wrong_cell_is_told_with_its_place_and_nothing_is_written(
    cell: tuple[str, str], value: Any, told: str, book: Path, folder: Path
) -> None:
    change_book(book, lambda book: book[cell[0]].__setitem__(cell[1], value))
    result = import_book(book, folder)
    assert (result.returncode, result.stdout) == (1, "")
    assert told in result.stderr.splitlines()
    assert not folder.exists()


def test_all_errors_are_told_in_the_order_of_the_book(book: Path, folder: Path) -> None:
    def spoil(book: Workbook) -> None:
        book["责任清单"]["E3"] = book["责任清单"]["E2"] = "长期"
        book["站点"]["F3"] = "若干"
        book["站点"]["B2"] = None

    change_book(book, spoil)
    result = import_book(book, folder)
    assert result.returncode == 1
    assert [line.split(" ")[0] for line in result.stderr.splitlines()[:-1]] == [
        *("站点!B2", "站点!F3", "责任清单!E2", "责任清单!E3"),
    ]
    assert "未写入任何文件" in result.stderr.splitlines()[-1]


def test_english_errors_are_english(book: Path, folder: Path) -> None:
    change_book(book, lambda book: book["责任清单"].__setitem__("E3", "2020-13-01"))
    result = pilot("--lang", "en", "import", book, "--output", folder)
    assert (
        result.stderr.splitlines()[0]
        == "责任清单!E3 完成时限: “2020-13-01” is not a date; type a day, such as 2020-11-23"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "FILE"),
        (["a.xlsx"], "--output"),
        (["nowhere.xlsx", "--output", "sites"], "nowhere.xlsx"),
        (["checklists", "--output", "sites"], "checklists"),
        (["README.md", "--output", "sites"], "README.md"),
        (["README.md", "--output", "sites", "--ids", "some"], "--ids"),
        (["README.md", "--output", "README.md"], "README.md 不是文件夹"),
        (["README.md", "--output", "sites", "--force", "--update"], "--update / --force"),
    ],
)
def test_a_call_that_cannot_be_is_refused(arguments: list[str], told: str) -> None:
    result = pilot("import", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert told in result.stderr


def test_a_new_site_needs_what_a_site_file_needs_in_an_update_too(book: Path, folder: Path) -> None:
    import_book(book, folder)

    def add_a_site(book: Workbook) -> None:
        book["站点"].delete_cols(2)
        book["站点"].append(["gz-3", "社区物业"])

    result = import_book(change_book(book, add_a_site), folder, "--update")
    assert result.returncode == 1
    assert result.stderr.splitlines()[0] == "站点!A4 站点编号：“gz-3”是新的试点单位，但缺少“站点名称”列；请补上这一列"
    assert [path.name for path in sorted(folder.iterdir())] == ["gz-1", "gz-2"]
