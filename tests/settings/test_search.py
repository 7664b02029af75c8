"""Which ``pilot.toml`` holds, and from where its paths start."""

from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import AS_OF
from tests.settings.pilots import FOLDERS, SITE, held, settled, write_settings
from tests.standard.own import EXTENDING

TOP = "pilot.toml:1"


def test_the_nearest_file_upwards_holds_and_is_not_merged_with_others(tmp_path: Path) -> None:
    above, here = tmp_path / "市 1", tmp_path / "市 1/区 2"
    write_settings(above, {"top": 1, "title": "above"})
    here.mkdir()
    found = held(cwd=here)
    assert found["file"] == str(above / "pilot.toml")
    assert found["top"] == f"1 ({above / TOP})"
    write_settings(here, {"top": 2})
    found = held(cwd=here)
    assert (found["file"], found["top"], found["title"]) == ("pilot.toml", f"2 ({TOP})", "not set (default)")


def test_without_one_upwards_the_file_of_the_user_holds(tmp_path: Path) -> None:
    home, here = tmp_path / "home", tmp_path / "here"
    here.mkdir()
    path = write_settings(home / "configuration/pilot", {"top": 3})
    assert held(cwd=here, home=home)["top"] == f"3 ({path}:1)"
    write_settings(here, {"top": 4})
    assert held(cwd=here, home=home)["top"] == f"4 ({TOP})"


def test_home_alone_is_enough_to_find_the_file_of_the_user(tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    path = write_settings(tmp_path / ".config/pilot", {"top": 3})
    folders: dict[str, Any] = {**dict.fromkeys(FOLDERS, ""), "HOME": str(tmp_path)}
    found = held(cwd=here, **folders)
    assert found["top"] == f"3 ({path}:1)"


def test_a_file_can_be_named_or_none_be_wanted(tmp_path: Path) -> None:
    write_settings(tmp_path, {"top": 1})
    other = write_settings(tmp_path / "other", {"top": 2}).rename(tmp_path / "office.toml")
    assert held("--settings", "office.toml", cwd=tmp_path)["top"] == "2 (office.toml:1)"
    assert held(f"--settings={other}", cwd=tmp_path, PILOT_NO_SETTINGS="1")["top"] == f"2 ({other}:1)"
    assert held("--no-settings", cwd=tmp_path)["top"] == "10 (default)"
    assert held(cwd=tmp_path, PILOT_NO_SETTINGS="1")["top"] == "10 (default)"


def test_the_options_for_it_may_stand_behind_the_command(tmp_path: Path) -> None:
    (tmp_path / "pilot.toml").write_text("= broken", encoding="utf-8")
    write_settings(tmp_path / "other", {"lang": "en", "by": ["city"]}).rename(tmp_path / "office.toml")
    told = settled("doctor", "--settings", "office.toml", cwd=tmp_path).stdout
    assert "language: en (office.toml:1)" in told
    assert settled("doctor", cwd=tmp_path).returncode == 2
    assert settled("rules", "--no-settings", cwd=tmp_path).returncode == 0
    assert settled("rules", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize(
    "options", [["--settings", "a.toml", "--settings", "b.toml"], ["--no-settings", "--settings", "a.toml"]]
)
@pytest.mark.parametrize("command", ["check", "doctor"])
@pytest.mark.parametrize("behind", [0, 1, 2])
def test_two_cannot_be_named(options: list[str], command: str, behind: int, tmp_path: Path) -> None:
    """The options may stand before the command, or some of them or all behind it."""
    split = {0: len(options), 1: options.index("--settings", 1), 2: 0}[behind]
    result = settled(*options[:split], command, *options[split:], cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "两个选项只能使用一个，且只能使用一次" in result.stderr


def test_a_folder_of_that_name_is_no_settings_file(tmp_path: Path) -> None:
    write_settings(tmp_path, {"top": 1})
    (tmp_path / "here/pilot.toml").mkdir(parents=True)
    assert held(cwd=tmp_path / "here")["file"] == str(tmp_path / "pilot.toml")


def test_a_standard_and_an_output_start_from_the_settings(tmp_path: Path) -> None:
    write_settings(tmp_path, {"standard": "own.toml", "check": {"output": "out.json", "format": "json"}})
    (tmp_path / "own.toml").write_text(EXTENDING, encoding="utf-8")
    below = tmp_path / "a/b"
    below.mkdir(parents=True)
    assert settled("check", SITE, *AS_OF, cwd=below).returncode in (0, 1)
    assert "广州市加强版" in (tmp_path / "out.json").read_text(encoding="utf-8")
    assert settled("check", SITE, *AS_OF, "--standard", "own.toml", cwd=below).returncode == 2
    (tmp_path / "own.toml").unlink()
    result = settled("--lang", "en", "check", SITE, *AS_OF, cwd=below)
    assert result.returncode == 2
    assert f"\n--standard comes from {tmp_path / TOP}\n" in result.stderr


def test_a_built_in_standard_is_no_path_and_patterns_are_none(tmp_path: Path) -> None:
    write_settings(tmp_path, {"standard": "five-ones", "exclude": ["archive/"]})
    below = tmp_path / "sites"
    (below / "archive").mkdir(parents=True)
    (below / "archive/site.toml").write_text("[site]\n", encoding="utf-8")
    (below / "site.toml").write_bytes(SITE.read_bytes())
    result = settled("--lang", "en", "check", *AS_OF, "--format", "concise", cwd=below)
    assert result.stderr == "Skipped: 1 folder (--verbose names them)\n"
    assert "archive" not in result.stdout


def test_the_language_may_stand_there_and_is_spoken_by_help_too(tmp_path: Path) -> None:
    write_settings(tmp_path, {"lang": "en"})
    assert "Usage: " in settled("check", "--help", cwd=tmp_path).stdout
    assert "language: en (pilot.toml:1)" in settled("doctor", cwd=tmp_path).stdout
    assert "language: en (pilot.toml:1)" in settled("--settings", "pilot.toml", "doctor", cwd=tmp_path).stdout
    assert "语言：zh（环境变量 PILOT_LANG）" in settled("doctor", cwd=tmp_path, PILOT_LANG="zh").stdout
    assert "语言：zh（命令行）" in settled("--lang", "zh", "doctor", cwd=tmp_path).stdout
    assert "语言：zh（默认）" in settled("--no-settings", "doctor", cwd=tmp_path).stdout


def test_completion_knows_the_standard_of_the_settings(tmp_path: Path) -> None:
    write_settings(tmp_path, {"standard": "own.toml"})
    (tmp_path / "own.toml").write_text(EXTENDING + "[override.B003]\nenabled = false\n", encoding="utf-8")
    question: dict[str, Any] = {"_PILOT_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    line: dict[str, Any] = {"_TYPER_COMPLETE_ARGS": "pilot rules B00", "_TYPER_COMPLETE_WORD_TO_COMPLETE": "B00"}
    offered = settled(cwd=tmp_path, **question, **line).stdout
    assert "B002" in offered
    assert "B003" not in offered
    write_settings(tmp_path, "standard = [")
    assert "B003" in settled(cwd=tmp_path, **question, **line).stdout
