"""Makes and changes Excel ledgers as people do: with openpyxl, or with LibreOffice."""

import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.commands.running import Result, pilot

WITHOUT_DOCUMENTS = ("--ignore", "B015,L011,A007,G009,W015")
"""Documents stay where they are when a ledger is imported elsewhere."""

Rows = list[list[Any]]
SITES: Rows = [
    ["站点编号", "站点名称", "站点类型", "开工（入驻）日期", "党支部名称", "正式党员数"],
    ["gz-1", "一号工地", "建筑工地", "2020-03-01", "一号支部", 5],
    ["gz-2", "二号小区", "社区物业", "2019-01-01", "二号支部", 3],
]
ITEMS: Rows = [
    ["站点编号", "事项", "责任人", "类别", "完成时限"],
    ["gz-1", "巡查", "张甲", "安全质量", "2020-12-31"],
    ["gz-2", "夜校", "李乙", "服务群众", "2020-12-31"],
]


def export(*arguments: str | Path, output: Path, language: str = "zh") -> Path:
    """Have pilot write a ledger without anything to say of it."""
    result = pilot("--lang", language, "export", *arguments, "--output", output)
    assert (result.returncode, result.stderr) == (0, "")
    return output


def make_book(path: Path, sheets: Mapping[str, Rows] | None = None, merges: Iterable[str] = (), **others: Rows) -> Path:
    """Write a ledger with some sheets; merges are as 站点!A2:A3."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in {**(sheets or {}), **others}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for merge in merges:
        name, _sign, area = merge.partition("!")
        book[name].merge_cells(area)
    book.save(path)
    return path


def import_book(book: Path, folder: Path, *options: str) -> Result:
    """Have pilot write the sites of a ledger into a folder."""
    return pilot("import", book, "--output", folder, *options)


def change_book(path: Path, change: Callable[[Workbook], object]) -> Path:
    """Open a ledger, change it and save it again."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def saved_by_libreoffice(path: Path, format: str, folder: Path) -> Path:
    """Have LibreOffice open a ledger and save it again in a folder of its own."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    out = folder / format
    command = ["soffice", profile, "--headless", "--convert-to", format, "--outdir", str(out), str(path)]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    return out / f"{path.stem}.{format}"


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder, hidden ones too, and empty folders."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"(folder)"
        for path in folder.rglob("*")
    }
