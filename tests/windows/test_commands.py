"""Every command in the bundle, on Windows; what it says is what it says on Linux."""

import json
import re
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest

from tests.commands.running import ROOT, pilot
from tests.windows.conftest import CODE_PAGES, Windows

AS_OF = "--as-of 2020-11-23"


@pytest.mark.parametrize("code_page", CODE_PAGES)
def test_every_command_runs_whatever_the_code_page(code_page: str, unpack: Callable[[str], Windows]) -> None:
    windows = unpack(code_page)
    done = windows.run(
        "pilot --version",
        "pilot doctor",
        f"pilot check 示例 {AS_OF} --quiet",
        f"pilot check 示例 {AS_OF} --jobs 2 --no-findings",
        f"pilot check 示例 {AS_OF} -o 结果\\检查.json -o 结果\\检查.csv",
        f"pilot report 示例 {AS_OF} -o 结果\\a.docx -o 结果\\a.xlsx -o 结果\\a.html",
        "pilot rules B003",
        "pilot schema -o 结果\\schema.json",
        "pilot new 新建\\甲 --id jia --name 示例工地 --kind construction --no-input",
        "pilot fix --diff 新建",
        "pilot export 示例 -o 结果\\台账.xlsx",
        "pilot import 结果\\台账.xlsx -o 导入",
        f"pilot ledger record 示例 {AS_OF} --by 示例",
        "pilot inspect 示例 --form 结果\\查看表.xlsx",
    )
    assert [step.status for step in done] == [0, 0, 1, 1, 1, *[0] * 9], done
    assert all("Traceback" not in step.err for step in done)
    sites = {path.parent.name for path in (windows.bundle / "示例").rglob("site.toml")}
    assert {path.parent.name for path in (windows.bundle / "导入").rglob("site.toml")} == sites
    if code_page == "gbk":
        assert done[2].out.startswith("19个试点单位；")


def test_fonts_of_documents_are_looked_up_where_windows_registers_them(windows: Windows) -> None:
    names = {"HKLM": "SimSun & NSimSun (TrueType)", "HKCU": "仿宋_GB2312 (TrueType)"}
    key = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
    *_added, done = windows.run(
        *(f'reg add "{root}\\{key}" /v "{name}" /d font.ttf /f' for root, name in names.items()), "pilot doctor"
    )
    for line in ("宋体：已安装", "仿宋_GB2312：已安装", "楷体_GB2312：未安装"):
        assert f"  {line}\r\n" in done.out


def test_watching_goes_on_until_ctrl_c(windows: Windows) -> None:
    shown = windows.console(["check", "示例", "--as-of", "2020-11-23", "--watch"], interrupt_at="Ctrl-C")
    assert "Traceback" not in shown


def test_tables_have_the_lines_that_the_console_can_draw(windows: Windows) -> None:
    # A console of Wine takes one cell for a line, and says so.
    assert "┌─" in windows.console(["rules", "--select", "B"])


ONE_SITE = "示例/construction/zhanjiang-port-warehouse"
MONTH = (
    f"ledger record 示例 {AS_OF} --by 示例 --note 第一批 --borders ascii",
    "ledger record 示例 --as-of 2020-12-23 --by 示例 --jobs 2 --borders ascii",
    "ledger audits --borders ascii",
    "ledger show --borders ascii",
    "ledger compare --borders ascii",
    "ledger trend --borders ascii",
    "ledger assign 1 2 --owner 示例 --due 2021-01-10 --measure 示例措施 --by 示例 --as-of 2020-12-24",
    "ledger extend 2 --due 2021-01-20 --reason 示例原因 --by 示例 --as-of 2020-12-24",
    "ledger submit 1 2 --progress 已整改 --by 示例 --as-of 2020-12-25",
    "ledger return 2 --reason 示例原因 --by 示例 --as-of 2020-12-26",
    "ledger close 1 --opinion 属实 --method documents --by 示例 --as-of 2020-12-26",
    "ledger reopen 1 --reason 示例原因 --by 示例 --as-of 2020-12-27",
    "ledger problem 1 --as-of 2020-12-26 --borders ascii",
    "ledger problems --as-of 2021-02-01 -o 问题.csv",
    "ledger export -o 整改台账.xlsx --as-of 2020-12-28",
    "ledger import 整改台账.xlsx --by 示例 --as-of 2020-12-28",
    "ledger report --kind bulletin --as-of 2020-12-31 -o 通报.docx",
    "ledger upgrade",
    "ledger dump -o 台账.jsonl",
    "ledger load 台账.jsonl --ledger 另存.db",
    f"inspect {ONE_SITE} --result Y003=达标 --on 2020-11-20 --by 示例 --borders ascii",
    "inspect 示例 --form 查看表.html",
    f"inspect {ONE_SITE} --import 查看.json --borders ascii",
    f"report 示例/community {AS_OF} --notices 通知书",
    "fix 笔误 --yes",
)
SEEN = {
    "pilot_inspection": 1,
    "standard": "five-ones-onsite",
    "sites": [
        {
            **{"site": "zhanjiang-port-warehouse", "on": "2020-11-21", "by": "示例"},
            "results": [{"rule": "Y003", "result": "达标", "note": ""}],
        }
    ],
}
SLIPS = "format = １\n[site]\nid = “gz-1”\nname = '示例工地'\nkind = \"建筑工地\" // 示例\n"


def test_a_month_with_the_ledger_and_on_site_is_that_of_linux(windows: Windows, tmp_path: Path) -> None:
    folders = here, there = tmp_path, windows.bundle / "整改"
    for folder in folders:
        shutil.copytree(ROOT / "checklists", folder / "示例", copy_function=shutil.copyfile)
        (folder / "查看.json").write_text(json.dumps(SEEN), encoding="utf-8")
        (folder / "笔误").mkdir()
        (folder / "笔误" / "site.toml").write_text(SLIPS, encoding="utf-8")
    done = windows.run(*(f"..\\pilot {line}" for line in MONTH), cwd=there)
    for line, step in zip(MONTH, done, strict=True):
        wanted = pilot(*line.split(), cwd=here)
        assert (step.status, *map(as_on_linux, step[1:])) == (0, wanted.stdout, wanted.stderr), line
    names = ("问题.csv", "整改台账.xlsx", "通报.docx", "查看表.html", f"{ONE_SITE}/inspections.toml", "笔误/site.toml")
    for name in names:
        assert contents(there / name) == contents(here / name), name
    notices = [sorted(path.name for path in (folder / "通知书").iterdir()) for folder in folders]
    assert notices[0] == notices[1]


def as_on_linux(text: str) -> str:
    """A text with paths and line ends as on Linux."""
    return text.replace("\r\n", "\n").replace("\\", "/")


OUTPUTS = {
    **{f"检查.{suffix}": f"check 示例 {AS_OF}" for suffix in ("json", "jsonl", "csv", "sarif", "xml", "md")},
    **{f"汇总.{suffix}": f"report 示例 {AS_OF}" for suffix in ("json", "csv", "html", "docx", "xlsx", "md")},
    "schema.json": "schema",
    "台账.xlsx": "export 示例",
}


@pytest.fixture(scope="module")
def written(windows: Windows) -> Path:
    """The folder of what the commands write on Windows."""
    windows.run(*(f"pilot {command} -o 写出\\{name}" for name, command in OUTPUTS.items()))
    return windows.bundle / "写出"


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_file_is_that_of_linux(name: str, written: Path, tmp_path: Path) -> None:
    (tmp_path / "示例").symlink_to(ROOT / "checklists")
    pilot(*OUTPUTS[name].split(), "-o", tmp_path / name, cwd=tmp_path)
    assert contents(written / name) == contents(tmp_path / name)


def contents(file: Path | BytesIO) -> dict[str, Any]:
    """What a file holds, with paths and line ends as on Linux; how it is packed may differ."""
    if is_zipfile(file):
        with ZipFile(file) as parts:
            return {name: contents(BytesIO(parts.read(name))) for name in parts.namelist()}
    text = file.read_bytes() if isinstance(file, Path) else file.getvalue()
    return {"": re.sub(rb"\\\\?", b"/", text.replace(b"\r\n", b"\n"))}
