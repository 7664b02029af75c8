"""What a person sees at a terminal: nothing is cut, lines break right, what matters stands out, and what to do next."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.running import AS_OF, ROOT, check, document
from tests.commands.session import Session
from tests.commands.terminal import pilot_in_terminal, without_colours

ONE = "checklists/construction/zhuhai-hengqin-tower/site.toml"
MANY = ["check", "checklists", *AS_OF]
WIDTHS = (40, 60, 80, 120, 200)


def screen(*arguments: str, width: int, cwd: Path = ROOT, language: str = "zh") -> list[str]:
    return pilot_in_terminal(*arguments, width=width, cwd=cwd, NO_COLOR="1", PILOT_LANG=language).splitlines()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_of_a_finding_is_lost_at_any_width(width: int) -> None:
    shown = "".join("".join(screen(*MANY, width=width)).split())
    sites = document("checklists")["sites"]
    findings = [finding for site in sites for finding in site["findings"]]
    assert len(findings) > 80
    for finding in findings:
        for text in (finding["message"], finding["basis"], finding["advice"]):
            assert "".join(text.split()) in shown


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_site_stands_in_the_table_with_score_and_grade_at_any_width(width: int, language: str) -> None:
    lines = screen("--lang", language, "check", "checklists", "--no-findings", *AS_OF, width=width)
    squeezed = "".join(re.sub(r"[│\s]", "", line) for line in lines)
    for site in document("checklists")["sites"]:
        assert f"{site['score']:.1f}" in squeezed
    unbroken = "".join(lines)
    assert unbroken.count("45.8") == 1
    assert "…" not in squeezed


def test_findings_are_told_by_severity_and_totals_last() -> None:
    lines = screen("check", ONE, *AS_OF, width=100)
    levels = [re.match(r"  [A-Z]\d{3} (\w+)", line) for line in lines]
    assert [level[1] for level in levels if level] == [
        "突出问题",
        "一般问题",
        "一般问题",
        "一般问题",
        "填报问题",
        "工作建议",
    ]
    assert lines[-3].startswith("问题：突出问题1、一般问题3")
    many = screen(*MANY, width=130)
    assert many[-3].startswith("19个试点单位；")


def test_complete_cells_are_dim_and_others_in_colour() -> None:
    out = pilot_in_terminal("check", "checklists", "--no-findings", *AS_OF, width=130, COLORTERM="truecolor")
    grey, red, brown, green = "38;2;118;118;118", "1;38;2;226;40;40", "1;38;2;165;103;0", "38;2;0;135;95"
    assert {*re.findall(r"\x1b\[([\d;]+)m已完成", out)} == {grey}
    assert {*re.findall(r"\x1b\[([\d;]+)m未建立", out)} == {red}
    assert {*re.findall(r"\x1b\[([\d;]+)m部分完成", out)} == {brown}
    assert {*re.findall(r"\x1b\[([\d;]+)m优秀", out)} == {green}
    assert {*re.findall(r"\x1b\[([\d;]+)m不合格", out)} == {red}
    row = next(line for line in without_colours(out).splitlines() if "惠州仲恺" in line)
    header = next(line for line in without_colours(out).splitlines() if "突出" in line)
    cells = dict(zip(re.split(r" *│ *", header), re.split(r" *│ *", row), strict=True))
    assert (cells["突出"], cells["一般"], cells["得分"]) == ("5", "5", "45.8")


def test_colours_come_without_a_terminal_where_they_are_asked_for_and_never_where_they_are_not() -> None:
    assert "\x1b[" not in check(ONE).stdout
    assert "\x1b[38;5;" in check(ONE, FORCE_COLOR="1").stdout
    assert "\x1b[38;2;" in check(ONE, FORCE_COLOR="1", COLORTERM="truecolor").stdout
    assert "\x1b[" not in check(ONE, FORCE_COLOR="1", NO_COLOR="1").stdout
    assert "\x1b[" not in check(ONE, "--format", "json", FORCE_COLOR="1").stdout
    assert without_colours(check(ONE, FORCE_COLOR="1").stdout) == check(ONE).stdout


def told(lines: list[str]) -> list[str]:
    """Return the commands that are told."""
    return [line[line.index("pilot ") :] for line in lines if re.search("[：:] ?pilot ", line)]


def run(command: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    """Run a command that is told as a user would, in a shell."""
    path = os.pathsep.join((os.path.dirname(sys.executable), os.environ.get("PATH", "")))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": path}
    return subprocess.run(["sh", "-c", command], cwd=cwd, env=environment, capture_output=True, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a site whose path a shell would take apart."""
    site = tmp_path / "甲 乙（$HOME）'x';" / "site.toml"
    site.parent.mkdir()
    site.write_text((ROOT / ONE).read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def test_what_to_do_next_works_as_it_stands(folder: Path) -> None:
    site = next(folder.glob("*/site.toml")).relative_to(folder)
    for path, file in ((str(site), "整改通知书.docx"), (str(site.parent), "汇总报告.docx")):
        commands = told(screen("check", path, *AS_OF, "--ignore", "A004", width=100, cwd=folder))
        assert [shlex.split(command)[:2] for command in commands] == [["pilot", "report"], ["pilot", "rules"]]
        assert path in shlex.split(commands[0])
        for command in commands:
            result = run(command, folder)
            assert (result.returncode, "错误" in result.stderr) == (0, False)
        assert (folder / file).is_file()
        # What is there by now is not written over.
        again = told(screen("check", path, width=100, cwd=folder))[0]
        assert shlex.split(again)[-1] == file.replace(".docx", "-2.docx")


@pytest.mark.parametrize("call", ["--no-settings --lang en check", "check --no-settings --lang en"])
def test_what_to_do_next_asks_as_the_call_did(call: str, folder: Path) -> None:
    (folder / "own.toml").write_text('name = "own"\ntitle.zh = "本地标准"\nextends = "five-ones"\n', encoding="utf-8")
    options = ("--standard", "own.toml", "--exclude", "old/", "--kind", "建筑工地")
    first, second = told(screen(*call.split(), ".", *options, "--no-findings", *AS_OF, width=80, cwd=folder))
    assert sorted(shlex.split(first)) == sorted(
        ["pilot", "check", "--no-settings", *options, *AS_OF, "--severity", "error", "--lang", "en"]
    )
    assert shlex.split(second)[1] == "report"
    result = run(first, folder)
    assert result.returncode == 1
    assert "A003" in result.stdout
    assert "L007" not in result.stdout
    assert run(second, folder).returncode == 0


def test_what_to_do_next_is_mending_where_a_file_is_broken(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("[site]\nname = “甲”\n", encoding="utf-8")
    assert told(screen("check", "site.toml", width=80, cwd=tmp_path))[0] == "pilot fix site.toml"


@pytest.mark.parametrize(
    "arguments",
    [["--quiet"], ["--format", "concise"], ["--format", "json"], ["--output", "x.json"]],
)
def test_what_to_do_next_is_for_people_at_a_table_alone(arguments: list[str], folder: Path) -> None:
    expected = 2 if "concise" in arguments else 0
    assert len(told(screen("check", *AS_OF, *arguments, width=80, cwd=folder))) == expected


def test_programs_and_pipes_are_told_nothing_more(folder: Path) -> None:
    (folder / "pilot.toml").write_text('fail_on = "never"\n', encoding="utf-8")
    result = check(*folder.glob("*/site.toml"), cwd=folder, PILOT_NO_SETTINGS="")
    assert (result.returncode, result.stderr) == (0, "")
    assert "pilot" not in result.stdout
    assert result.stdout.splitlines()[-1].startswith("问题：")


@pytest.mark.parametrize("command", ["check", "report"])
def test_a_terminal_is_told_which_settings_hold(command: str, folder: Path) -> None:
    (folder / "pilot.toml").write_text('exclude = ["old/"]\n', encoding="utf-8")
    with Session(command, *AS_OF, cwd=folder, COLUMNS="300", PILOT_NO_SETTINGS="") as session:
        session.finish()
        assert f"按设置文件{folder / 'pilot.toml'}执行" in session.shown
    with Session("--no-settings", command, *AS_OF, cwd=folder, PILOT_NO_SETTINGS="") as session:
        session.finish()
        assert "设置文件" not in session.shown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_demo_fits_a_screen_and_ends_with_what_to_do_next(language: str) -> None:
    recipe = re.search(r"^demo:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe
    lines: list[str] = []
    for line in recipe[1].splitlines():
        words = shlex.split(line.strip().removeprefix("@"))
        lines += [""] if words == ["echo"] else screen(*words[1:], width=120, language=language)
    assert len(lines) <= {"zh": 60, "en": 64}[language]
    assert len(told(lines[-2:])) == 2
    assert sum("示例·" in line for line in lines) >= 17
    assert any(re.match(r"  [A-Z]\d{3} ", line) for line in lines)
