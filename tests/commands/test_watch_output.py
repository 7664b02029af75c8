"""What ``pilot check --watch`` shows, on a terminal and elsewhere, and how it ends."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.running import AS_OF, ROOT, check
from tests.commands.session import PATIENCE, Session
from tests.commands.watching import READY, Watch, watching
from tests.editing import CONSTRUCTION, append, drop, edit, edited, write_site

RENAMED = edited(CONSTRUCTION, edit('name = "江湾路工地"', 'name = "改名后的工地"'))
BROKEN = edited(CONSTRUCTION, append("[site"))
on_posix = pytest.mark.skipif(os.name == "nt", reason="the signals and names of POSIX")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "sites" / "a", CONSTRUCTION)


@on_posix
def test_without_a_terminal_results_follow_one_another_and_the_rest_goes_to_standard_error(
    site: Path, tmp_path: Path
) -> None:
    expected = check(site, "--quiet").stdout
    command = [sys.executable, "-m", "pilot_cli", "check", str(site), "--watch", "--quiet", *AS_OF]
    out = tmp_path / "out"
    with (
        out.open("w") as stdout,
        subprocess.Popen(command, cwd=ROOT, stdout=stdout, stderr=subprocess.PIPE, encoding="utf-8") as process,
    ):
        watch = Watch(process)
        said = watch.line(READY)
        assert out.read_text(encoding="utf-8") == expected
        site.write_text(edited(CONSTRUCTION, drop("opening_hours")), encoding="utf-8")
        said += watch.line(READY)
        assert watch.interrupt() == 130
    first, *_others, last = out.read_text(encoding="utf-8").splitlines(keepends=True)
    assert first == expected
    assert "工作建议1" in last
    assert len(said.splitlines()) == 2
    assert "\x1b" not in said


@pytest.mark.parametrize("format", ["table", "concise", "json", "jsonl", "markdown", "csv", "sarif", "junit", "github"])
def test_every_format_is_shown_again(format: str, site: Path) -> None:
    with watching(site, format=format) as watch:
        site.write_text(BROKEN, encoding="utf-8")
        watch.line("F003")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-"], "标准输入"),
        (["checklists", "--output", "results.txt"], "请去掉本选项"),
        (["nowhere"], "没有文件或文件夹“nowhere”"),
        (["checklists", "--standard", "none"], "没有可用的标准“none”"),
        (["checklists", "--as-of", "someday"], "“someday”不是日期"),
        (["checklists", "--select", "Q"], "没有检查项“Q”"),
    ],
)
def test_a_call_that_is_wrong_from_the_start_is_refused(arguments: list[str], said: str) -> None:
    command = [sys.executable, "-m", "pilot_cli", "check", "--watch", *arguments]
    result = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr


@on_posix
def test_each_check_asks_anew_what_day_it_is(site: Path) -> None:
    # Every time somebody asks, another day has come.
    calendar = """
import sys
from datetime import date, timedelta
import pilot_cli.commands.options as options
class Calendar:
    day = date(2020, 11, 22)
    @classmethod
    def today(cls):
        cls.day += timedelta(days=1)
        return cls.day
options.date = Calendar
from pilot_cli.__main__ import main
sys.argv = ["pilot", "check", "--watch", "--format", "csv", sys.argv[1]]
main()
"""
    with subprocess.Popen(
        [sys.executable, "-c", calendar, site],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        try:
            watch = Watch(process)
            watch.line("2020-11-23")
            watch.line(READY)
            site.write_text(RENAMED, encoding="utf-8")
            watch.line("2020-11-24")
            assert watch.interrupt() == 130
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "正在等待文件变动；按 Ctrl-C 结束。"), ("en", "Watching for changes; Ctrl-C ends it.")],
)
def test_a_terminal_is_drawn_again_and_ctrl_c_ends_it_quietly(language: str, said: str, site: Path) -> None:
    with Session("--lang", language, "check", site.parent, "--watch", *AS_OF) as session:
        assert "江湾路工地" in session.wait_for(said)
        before = session.written
        assert b"\x1b[2J" not in before
        site.write_text(RENAMED, encoding="utf-8")
        session.wait_for("改名后的工地")
        session.wait_for(said)
        assert session.written[len(before) :].lstrip().startswith(b"\x1b[2J\x1b[H")
        shown = len(session.shown)
        session.type("\x03")
        assert session.finish() == 130
        assert session.shown[shown:].strip() in ("", "^C")
    assert sorted(os.listdir(site.parent)) == ["documents", "site.toml"]


def test_a_terminal_shows_what_went_wrong_in_place_of_results(site: Path, tmp_path: Path) -> None:
    standard = tmp_path / "own.toml"
    standard.write_text('name = "本市"\nextends = "five-ones"\n', encoding="utf-8")
    with Session("check", site.parent, "--watch", "--standard", standard, *AS_OF) as session:
        session.wait_for(READY)
        standard.write_text("\x1b[31m", encoding="utf-8")
        session.wait_for(f"错误：{standard}:1: ")
        session.wait_for(READY)
        standard.write_text('name = "本市"\nextends = "five-ones"\n', encoding="utf-8")
        assert "江湾路工地" in session.wait_for(READY)
        session.type("\x03")
        assert session.finish() == 130


def test_a_terminal_shows_first_what_has_changed_since_the_last_check(tmp_path: Path) -> None:
    one = tmp_path / "site.toml"
    text = (ROOT / "checklists/construction/zhuhai-hengqin-tower/site.toml").read_text(encoding="utf-8")
    one.write_text(text, encoding="utf-8")
    with Session("check", one, "--watch", *AS_OF, LINES="50") as session:
        first = session.wait_for(READY)
        assert "与上次检查相比" not in first
        assert "建议：" in first
        assert re.findall(r"[A-Z]\d{3} (\w+)", first)[0] == "突出问题"
        mended = text.replace("2020-12-15", "2020-11-15").replace("full_members = 4", "full_members = 2")
        assert mended.count("full_members = 2") == 1
        one.write_text(mended, encoding="utf-8")
        second = session.wait_for(READY).partition("示例·珠海横琴海纳大厦工地")[0]
        assert re.search(r"与上次检查相比：解决\d个、新增\d个、得分[\d.]+（[+-][\d.]+）", second)
        assert "已解决  A003 阵地未启用" in second
        assert "新增  B003 正式党员不足3名" in second
        one.write_text(mended + "\n", encoding="utf-8")
        assert "与上次检查相比：没有变化" in session.wait_for(READY)
        session.type("\x03")
        assert session.finish() == 130


@pytest.mark.parametrize("height", [20, 30])
def test_what_a_terminal_shows_fits_its_height(height: int) -> None:
    with Session("check", "checklists", "--watch", *AS_OF, LINES=str(height)) as session:
        shown = session.wait_for(READY)
        assert shown.count("\n") in (height - 3, height - 2, height - 1)
        assert "19个试点单位" in shown
        levels = re.findall(r"^[A-Z]\d{3} (\w+)", shown, re.MULTILINE)
        ranks = [("突出问题", "一般问题", "填报问题").index(level) for level in levels]
        assert ranks == sorted(ranks)
        left_out = re.search(r"另有(\d+)个未显示", shown)
        assert left_out
        assert int(left_out[1]) + len(levels) == 91
        session.type("\x03")
        assert session.finish() == 130
