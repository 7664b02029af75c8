"""Exports and imports that take long show on a terminal how far they have come."""

import os
import time
from pathlib import Path

import pytest

from pilot_cli.commands.progress import SHOW_AFTER_SECONDS
from tests.commands.books import export
from tests.commands.running import pilot
from tests.commands.session import Session
from tests.province import make_province

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the terminals and signals of POSIX")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_province(tmp_path_factory.mktemp("province"), 1500)


def test_an_export_shows_how_many_files_are_done(province: Path, tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    with Session("export", province, "--output", book) as session:
        while not list(tmp_path.glob(".pilot-*.tmp")):
            time.sleep(0.001)
        # However quick the machine is, it takes long now.
        session.suspend(SHOW_AFTER_SECONDS)
        session.wait_for("已查看")
        session.wait_for("已导出")
        session.wait_for("个文件，每秒")
        assert session.finish() == 0
    assert session.shown.splitlines()[-1].startswith("已写入")


def test_an_import_shows_how_many_rows_and_sites_are_done(province: Path, tmp_path: Path) -> None:
    assert pilot("export", province, "--output", tmp_path / "a.xlsx").returncode == 0
    with Session("import", tmp_path / "a.xlsx", "--output", tmp_path / "sites") as session:
        while not (tmp_path / "sites").exists() and not session.has_children():
            time.sleep(0.001)
        session.suspend(SHOW_AFTER_SECONDS)
        session.wait_for("已读取")
        session.wait_for("行，每秒")
        session.wait_for("已处理")
        session.wait_for("个试点单位，每秒")
        assert session.finish() == 0
    assert "新建1482个" in session.shown.splitlines()[-1]


def test_nothing_is_shown_of_a_few_files(tmp_path: Path) -> None:
    export("checklists", output=tmp_path / "a.xlsx")
    with Session("import", tmp_path / "a.xlsx", "--output", tmp_path / "sites") as session:
        assert session.finish() == 0
    assert session.shown.splitlines() == [f"{tmp_path}/sites：新建19个，修改0个，不变0个"]
