"""Nothing found is no success: it is said, with what may have been meant, and no output is written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.running import AS_OF, ROOT, check, pilot

STANDARD = 'name = "本市"\nextends = "five-ones"\n'
COMMANDS = ("check", "report", "export")


NOTHING = {
    "empty": [],
    "text": ["site.toml.txt"],
    "backup": ["SITE.TOML.bak"],
    "editor": ["site.toml~", "site.toml.swp"],
    "download": ["site.toml (1)", "site.toml.download"],
    "full width": ["site．toml"],
    "hidden": [".site.toml", "._site.toml"],
    "ledger": ["台账.xlsx"],
    "system": ["@eaDir/site.toml", ".git/site.toml"],
    "left out": ["pilot.toml", "pyproject.toml"],
    "notes": ["a/notes.txt"],
}


@pytest.mark.parametrize(
    ("command", "kind"), [*(("check", kind) for kind in NOTHING), ("report", "empty"), ("export", "left out")]
)
def test_nothing_found_is_never_a_success(command: str, kind: str, tmp_path: Path) -> None:
    sites = tmp_path / "sites"
    sites.mkdir()
    for name in NOTHING[kind]:
        (sites / name).parent.mkdir(exist_ok=True)
        (sites / name).write_text("x", encoding="utf-8")
    output = ["--output", "out.xlsx"] if command == "export" else []
    result = pilot(command, "sites", *output, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "在“sites”中没有找到站点文件" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["sites"]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["site.toml.txt"], "因文件名不符而没有读取的有：sites/site.toml.txt\n"),
        (["b/SITE.TOML.bak", "a/x.tml"], "：sites/a/x.tml、sites/b/SITE.TOML.bak\n"),
        (["site．toml"], "：sites/site．toml\n"),
        ([".site.toml"], "：sites/.site.toml\n"),
        (["台账.xlsx", "b.XLS"], "；Excel 台账请先用 pilot import 生成站点文件：sites/b.XLS、sites/台账.xlsx\n"),
        ([f"{n}.toml.txt" for n in range(7)], "sites/3.toml.txt、sites/4.toml.txt…\n"),
        (["a\u202e.toml.txt"], "sites/a\\u202e.toml.txt\n"),
        (["._site.toml", "~$台账.xlsx", ".#a.toml", ".git/a.toml.txt", "notes.txt"], "（*.toml）\n"),
    ],
)
def test_what_may_have_been_meant_is_named(names: list[str], told: str, tmp_path: Path) -> None:
    for name in names:
        path = tmp_path / "sites" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    assert told in check("sites", cwd=tmp_path).stderr


def test_in_english_what_may_have_been_meant_is_named_too(tmp_path: Path) -> None:
    for name in ("site.toml.txt", "ledger.xlsx"):
        (tmp_path / name).touch()
    told = pilot("--lang", "en", "check", cwd=tmp_path).stderr
    assert "found in the current folder; a name has to end in .toml" in told
    assert "not read for their names: site.toml.txt; use pilot import first to make site files from ledger.xlsx" in told


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "sarif", "junit", "github", "markdown", "concise", "table"])
def test_a_folder_of_standards_alone_makes_no_output_in_any_format(format: str, tmp_path: Path) -> None:
    folder = tmp_path / "sites"
    folder.mkdir()
    (folder / "std.toml").write_text(STANDARD, encoding="utf-8")
    result = check("sites", "--format", format, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("另有1个文件未作为站点文件处理")
    output = tmp_path / "out"
    output.write_text("以前的结果", encoding="utf-8")
    assert check("sites", "--format", format, "--output", output, cwd=tmp_path).returncode == 2
    assert output.read_text(encoding="utf-8") == "以前的结果"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "sites"]


@pytest.mark.parametrize("name", ["a.md", "a.csv", "a.json", "a.xlsx", "a.docx", "a.html", "a.txt"])
def test_a_report_on_nothing_is_not_written(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "sites"
    folder.mkdir()
    (folder / "std.toml").write_text(STANDARD, encoding="utf-8")
    result = pilot("report", "sites", "--output", name, *AS_OF, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "没有找到站点文件" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["sites"]


def test_a_notice_from_an_empty_folder_is_refused_for_that(tmp_path: Path) -> None:
    result = pilot("report", tmp_path, "--site", "a-b", "--output", tmp_path / "a.docx", *AS_OF)
    assert result.returncode == 2
    assert "没有找到站点文件" in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a current folder")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_current_folder_that_has_been_deleted_holds_nothing(command: str, tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    output = ["--output", str(tmp_path / "out.xlsx")] if command == "export" else []
    result = subprocess.run(
        [sys.executable, "-m", "pilot_cli", command, *output],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        preexec_fn=folder.rmdir,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert "在当前文件夹中没有找到站点文件（*.toml）；当前文件夹已不存在" in result.stderr


def test_a_folder_that_cannot_be_looked_into_or_a_broken_link_is_something_found(tmp_path: Path) -> None:
    (tmp_path / "a.toml").symlink_to("nowhere.toml")
    assert check(tmp_path).returncode == 1
    assert check("-", input="").returncode == 1
