"""``pilot doctor``: all that a bug report needs, whatever is wrong with the settings."""

import os
import platform
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

import pilot_cli
from pilot_cli.commands.fonts import FONTS
from pilot_cli.settings.listing import without_passwords
from tests.commands.session import Session
from tests.settings.pilots import held, settled, write_settings

SECTIONS = {
    "zh": ("程序", "所用的库", "语言和终端", "文书用字体", "文件夹", "设置"),
    "en": ("Program", "Libraries", "Language and terminal", "Fonts of documents", "Folders", "Settings"),
}


@pytest.mark.parametrize("language", SECTIONS)
@pytest.mark.parametrize(("text", "status"), [("", 0), ("top = 3", 0), ("top = 'x'", 2), ("top = [", 2)])
def test_everything_is_shown_whatever_the_settings(language: str, text: str, status: int, tmp_path: Path) -> None:
    if text:
        write_settings(tmp_path, text)
    result = settled("--lang", language, "doctor", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (status, "")
    lines = result.stdout.splitlines()
    titles = [line for line in lines if not line.startswith("  ")]
    assert tuple(titles[:6]) == SECTIONS[language]
    assert len(titles) == 6 + (status == 2)
    if status:
        assert titles[6].startswith(("Error: pilot.toml:1: ", "错误：pilot.toml:1: "))
    for shown in (pilot_cli.__version__, platform.python_version(), "typer", "platformdirs", str(tmp_path)):
        assert shown in result.stdout
    if text:
        assert any(line.strip() in ("file: pilot.toml", "设置文件：pilot.toml") for line in lines)
    if language == "en":
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in result.stdout)


def test_every_setting_is_shown_with_where_it_comes_from(tmp_path: Path) -> None:
    write_settings(tmp_path, {"fail_on": "info", "rules": {"borders": "ascii"}, "deadlines": {"error": 15}})
    found = held(cwd=tmp_path, PILOT_EXCLUDE="a/ b/", PILOT_CHECK_FORMAT="csv")
    assert found["fail_on"] == "info (pilot.toml:1)"
    assert found["exclude"] == "a/, b/ (the variable PILOT_EXCLUDE)"
    assert found["check.format"] == "csv (the variable PILOT_CHECK_FORMAT)"
    assert found["rules.format"] == "not set (default)"
    assert found["check.borders"] == "not set (default)"
    assert found["rules.borders"] == "ascii (pilot.toml:4)"
    assert found["deadlines.error"] == "15 (pilot.toml:7)"
    assert found["office.name"] == "not set (default)"


def test_a_variable_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    result = settled("--lang", "en", "doctor", cwd=tmp_path, PILOT_TOP="x")
    assert result.returncode == 2
    assert result.stdout.endswith("\nError: the variable PILOT_TOP: x cannot be used\n")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:geheim@h/db", "postgresql://u:***@h/db"),
        ("postgresql+psycopg://u:ge@he:im@h:5432/db", "postgresql+psycopg://u:***@h:5432/db"),
        ("postgresql://h/db?user=u&password=geheim&x=1", "postgresql://h/db?user=u&password=***&x=1"),
        ("sqlite:///ledger.db", "sqlite:///ledger.db"),
        ("postgresql://u@h:5432/db", "postgresql://u@h:5432/db"),
    ],
)
def test_a_password_is_never_shown(url: str, shown: str, tmp_path: Path) -> None:
    assert without_passwords(url) == shown
    for mistake in ("", "\ntop = 1", f'\nurl = "{url}"', f"\nx = “{url}”"):
        write_settings(tmp_path, f'[ledger]\nurl = "{url}"{mistake}')
        result = settled("doctor", cwd=tmp_path)
        assert "geheim" not in result.stdout + result.stderr
        assert "he:im" not in result.stdout + result.stderr


@pytest.mark.parametrize("text", [None, "= broken", 'name = "空"\n'], ids=["absent", "broken", "incomplete"])
def test_a_standard_that_cannot_be_used_is_told(text: str | None, tmp_path: Path) -> None:
    path = write_settings(tmp_path, {"standard": "own.toml"})
    if text:
        (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    result = settled("--lang", "en", "doctor", cwd=tmp_path)
    assert result.returncode == 2
    [line] = [line for line in result.stdout.splitlines() if line.startswith("Error: ")]
    assert line.startswith("Error: pilot.toml:1: ")
    assert "own.toml" in line
    path.write_text('standard = "five-ones-onsite"\n', encoding="utf-8")
    assert settled("doctor", cwd=tmp_path).returncode == 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert "cannot be written: permission was denied" in settled("--lang", "en", "doctor", cwd=tmp_path).stdout
    finally:
        tmp_path.chmod(0o700)


FONTCONFIG = """<?xml version="1.0"?>
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <cachedir>{cache}</cachedir>
  <match target="scan">
    <test name="family"><string>DejaVu Sans</string></test>
    <edit name="family" mode="assign"><string>仿宋</string></edit>
  </match>
  <match target="scan">
    <test name="family"><string>DejaVu Serif</string></test>
    <edit name="family" mode="assign"><string>SimSun</string></edit>
  </match>
</fontconfig>
"""
"""Gives fonts that this computer has the names of others."""


@pytest.mark.skipif(not shutil.which("fc-list"), reason="fontconfig is not installed")
def test_fonts_of_documents_that_are_not_there_are_told(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(FONTCONFIG.format(cache=tmp_path / "cache"), encoding="utf-8")
    told = settled("doctor", cwd=tmp_path, FONTCONFIG_FILE=str(fonts)).stdout
    for line in ("方正小标宋简体：未安装", "仿宋_GB2312：未安装，以仿宋代替", "楷体_GB2312：未安装", "宋体：已安装"):
        assert f"  {line}\n" in told
    told = settled("--lang", "en", "doctor", cwd=tmp_path, FONTCONFIG_FILE=str(fonts)).stdout
    for line in ("FangSong_GB2312: not installed; FangSong is taken", "SimSun: installed", "SimHei: not installed"):
        assert f"  {line}\n" in told


def test_where_the_system_knows_no_fonts_that_is_told(tmp_path: Path) -> None:
    assert "  SimSun: cannot be found out\n" in settled("--lang", "en", "doctor", cwd=tmp_path, PATH="").stdout


def test_the_fonts_are_those_of_documents_with_the_similar_ones_that_they_name() -> None:
    namespace = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    path = Path(pilot_cli.__file__).parent / "formats/report/word/fontTable.xml"
    named = {}
    for element in ElementTree.parse(path).getroot():
        similar = element.find(f"{namespace}altName")
        named[element.get(f"{namespace}name")] = "" if similar is None else similar.get(f"{namespace}val", "")
    assert list(named) == [font.chinese for font in FONTS]
    for font in FONTS:
        for other in (font, *font.similar):
            assert {other.chinese, other.english} & {font.chinese, *named[font.chinese].split(",")}


def test_folders_that_are_not_there_are_told(tmp_path: Path) -> None:
    result = settled("--lang", "en", "doctor", cwd=tmp_path)
    assert f"current folder: {tmp_path} (can be written)" in result.stdout
    assert f"settings of the user: {tmp_path / 'nobody/configuration/pilot'} (is not there)" in result.stdout


def test_in_a_terminal_width_and_colours_are_told(tmp_path: Path) -> None:
    with Session("--lang", "en", "doctor", cwd=tmp_path) as session:
        session.wait_for("ledger.url")
        assert "terminal: yes" in session.shown
        assert "width: 100" in session.shown
        assert "colours: yes" in session.shown
