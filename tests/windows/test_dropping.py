"""What happens when a folder or a file is dropped on a batch file."""

import shutil
from pathlib import Path

import pytest

from tests.windows.conftest import Windows

ARCHIVES = (b"PK\x03\x04",)


@pytest.fixture
def folder(windows: Windows, tmp_path: Path) -> Path:
    """A folder of sites elsewhere, as Windows knows it by its letter and back-slashes."""
    shutil.copytree(windows.bundle / "示例" / "community", tmp_path / "我的 工地", copy_function=shutil.copyfile)
    return tmp_path / "我的 工地"


def of_windows(path: Path) -> str:
    """Name a path as Wine does."""
    return "Z:" + str(path).replace("/", "\\")


def test_a_folder_on_check_is_checked_and_the_reports_lie_beside_it(windows: Windows, folder: Path) -> None:
    [done] = windows.run(f'检查.cmd "{of_windows(folder)}"')
    assert "10个试点单位" in done.out
    assert "已写入" in done.out + done.err
    assert {path.name for path in folder.parent.iterdir()} == {
        "我的 工地",
        "我的 工地-汇总.docx",
        "我的 工地-汇总.xlsx",
    }
    assert all(path.read_bytes().startswith(ARCHIVES) for path in folder.parent.glob("*.*x"))


def test_a_site_on_check_gets_its_notice(windows: Windows, folder: Path) -> None:
    site = next(folder.rglob("site.toml"))
    [done] = windows.run(f'检查.cmd "{of_windows(site)}"')
    assert done.out.startswith("示例·")
    assert (site.parent / "site-整改通知书.docx").read_bytes().startswith(ARCHIVES)
    assert (site.parent / "site-汇总.xlsx").read_bytes().startswith(ARCHIVES)


def test_a_folder_on_report_becomes_word_excel_and_a_page(windows: Windows, folder: Path) -> None:
    [done] = windows.run(f'汇总.cmd "{of_windows(folder)}"')
    assert done.status == 0, done.err
    assert {path.name for path in folder.parent.iterdir()} == {
        "我的 工地",
        *(f"我的 工地-汇总.{suffix}" for suffix in ("docx", "xlsx", "html")),
    }


def test_nothing_dropped_says_what_to_do(windows: Windows) -> None:
    check, report = windows.run("检查.cmd", "汇总.cmd")
    assert "拖到“检查.cmd”图标上" in check.out
    assert "拖到“汇总.cmd”图标上" in report.out


def test_a_folder_without_sites_gets_no_reports(windows: Windows, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    [done] = windows.run(f'检查.cmd "{of_windows(tmp_path / "空")}"')
    assert "没有找到" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["空"]
