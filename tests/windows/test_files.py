"""Files and names as only Windows has them; nothing is lost, and each message says what to do."""

import os
import shutil

import pytest

from tests.windows.conftest import Windows
from tests.windows.test_dropping import of_windows

AS_OF = "--as-of 2020-11-23"
REPORTS = {"a.docx": "report 示例", "a.xlsx": "report 示例", "b.xlsx": "export 示例 --force"}


@pytest.mark.parametrize("name", REPORTS)
def test_what_another_program_has_open_is_told_and_left_as_it_is(name: str, windows: Windows) -> None:
    held = windows.bundle / name
    held.write_bytes(b"old")
    [done] = windows.run({"line": f"pilot {REPORTS[name]} -o {name}", "hold": name})
    assert done.status == 2
    assert "请先在" in done.err
    assert held.read_bytes() == b"old"
    assert not list(windows.bundle.glob(".pilot-*"))


def test_a_file_that_is_held_for_a_moment_is_replaced_a_little_later(windows: Windows) -> None:
    for name in ("held", "released"):
        (windows.bundle / f"{name}.txt").write_bytes(b"old")
        (windows.bundle / f"{name}.new").write_bytes(b"new")
    done = windows.run(
        {"replace": ["released.new", "released.txt"], "hold": "released.txt", "release": 0.3},
        {"replace": ["held.new", "held.txt"], "hold": "held.txt"},
    )
    assert [step.status for step in done] == [0, 2], done
    assert [(windows.bundle / f"{name}.txt").read_bytes() for name in ("released", "held")] == [b"new", b"old"]


def test_a_site_file_that_another_program_has_locked_is_told(windows: Windows) -> None:
    site = windows.bundle / "锁住" / "site.toml"
    site.parent.mkdir()
    shutil.copyfile(next((windows.bundle / "示例").rglob("site.toml")), site)
    [done] = windows.run({"line": f"pilot check 锁住 {AS_OF}", "hold": "锁住\\site.toml"})
    assert done.status == 1
    assert "F001" in done.out
    assert "关闭" in done.out


@pytest.mark.parametrize("id", ["con", "nul", "aux", "com1", "lpt9"])
def test_names_that_windows_keeps_for_itself_are_no_ids(id: str, windows: Windows) -> None:
    [done] = windows.run(f"pilot new 新\\{id} --id {id} --name 甲 --kind construction --no-input")
    assert done.status == 2
    assert "Traceback" not in done.err


def test_long_paths_are_read_and_shares_are_read_and_written(windows: Windows) -> None:
    """Wine cannot tell the final name of a path over 260 characters, which is asked for before anything is written."""
    deep = windows.bundle / "长" / "/".join(["党支部建在工地上" * 5] * 6) / "site.toml"
    os.makedirs(deep.parent)
    shutil.copyfile(next((windows.bundle / "示例").rglob("site.toml")), deep)
    assert len(str(deep)) > 260
    share = "\\\\?\\unix" + str(windows.bundle / "示例").replace("/", "\\")
    shutil.copytree(windows.bundle / "示例" / "community", windows.bundle / "共享", copy_function=shutil.copyfile)
    beside = share.replace("示例", "共享")
    done = windows.run(
        f"pilot check 长 {AS_OF} -q",
        f'pilot check "{of_windows(windows.bundle)}\\示例" {AS_OF} -q',
        f'pilot check "{share}" {AS_OF} -q',
        f'pilot report "{beside}" {AS_OF} -o "{beside}\\汇总.docx" -o "{beside}\\汇总.xlsx"',
    )
    told = [step.out.partition("；")[0] for step in done[:3]]
    assert told == ["1个试点单位", "19个试点单位", "19个试点单位"], done
    assert done[3].status == 0, done
    assert all((windows.bundle / "共享" / f"汇总.{suffix}").stat().st_size > 0 for suffix in ("docx", "xlsx"))


def test_trailing_dots_and_blanks_are_in_no_name_of_a_file(windows: Windows) -> None:
    odd = windows.bundle / "点" / "jia"
    odd.mkdir(parents=True)
    text = 'format = 1\n[site]\nid = "jia"\nname = "示例工地. . "\nkind = "建筑工地"\n'
    (odd / "site.toml").write_text(text, encoding="utf-8")
    refused, done = windows.run(
        'pilot new 新 --id "jia. " --name 甲 --kind construction --no-input',
        f"pilot report 点 {AS_OF} --notices 点\\通知书",
    )
    assert (refused.status, done.status) == (2, 0), (refused, done)
    written = [path for path in (windows.bundle / "点" / "通知书").iterdir() if path.suffix == ".docx"]
    assert written
    assert not any(path.stem.endswith((".", " ")) for path in written), written


def test_imported_folders_have_the_permissions_of_their_parent(windows: Windows) -> None:
    done = windows.run("pilot export 示例 -o 权限.xlsx", "pilot import 权限.xlsx -o 权限")
    assert [step.status for step in done] == [0, 0], done
    folder = windows.bundle / "权限"
    assert {path.stat().st_mode for path in folder.iterdir()} == {folder.stat().st_mode}


def test_ctrl_c_ends_quietly_and_leaves_nothing_half_written(windows: Windows) -> None:
    many = windows.bundle / "许多"
    original = next((windows.bundle / "示例").rglob("site.toml")).read_text(encoding="utf-8")
    for number in range(1500):
        (many / f"s{number}").mkdir(parents=True)
        (many / f"s{number}" / "site.toml").write_text(original, encoding="utf-8")
    shown = windows.console(["report", "许多", "-o", "中断.xlsx", "--jobs", "2"], interrupt_at="1500")
    assert "Traceback" not in shown
    assert not list(windows.bundle.glob("中断*"))
    assert not list(windows.bundle.glob(".pilot-*"))
