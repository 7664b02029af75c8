"""What is wrong with a settings file is told with file and line, in the user's language; nothing else is done."""

import os
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest

from pilot_cli.locale import Language, use_language
from pilot_cli.settings.file import SettingsError
from pilot_cli.settings.names import COMMANDS
from pilot_cli.settings.read import read_settings
from tests.hostile import TEXTS
from tests.settings.pilots import settled, write_settings

MISTAKES = [
    # The file, the line, and what is said in each language.
    ("\nfail-on = 'error'", 2, "fail-on: 没有这项设置，是否为“fail_on”", "did you mean “fail_on”?"),
    ("[chekc]", 1, "chekc: 没有这项设置，是否为“check”", "did you mean “check”?"),
    ("[report]\ntpo = 1", 2, "report.tpo: 没有这项设置，是否为“top”", "did you mean “top”?"),
    ("[office]\nfax = '1'", 2, "office.fax: 没有这项设置", "there is no such setting"),
    ("x = 1", 1, "x: 没有这项设置", "there is no such setting"),
    ("force = true", 1, "选项 --force 不能写入设置文件", "the option --force cannot stand in the settings"),
    ("scheduler = 'tcp://x'", 1, "选项 --scheduler 不能写入设置文件", "the option --scheduler cannot stand"),
    ("[rules]\nfail_on = 'error'", 2, "请写在 [check] 之下", "write it below [check]"),
    ("city = '广州市'", 1, "请写在 [check]、[report]、[new] 之下", "write it below [check], [report], [new]"),
    ("url = 'x'", 1, "请写在 [ledger] 之下", "write it below [ledger]"),
    ("top = '3'", 1, "top: 应为整数，实际是 “3”", "it should be a whole number, but is “3”"),
    ("top = 0", 1, "top: 应为不小于1的整数，实际是 0", "a number of at least 1, but is 0"),
    ("jobs = true", 1, "jobs: 应为整数，实际是 true", "it should be a whole number, but is true"),
    ("verbose = 1", 1, "verbose: 应为true 或 false", "it should be true or false, but is 1"),
    ("standard = ['a']", 1, "standard: 应为文本，实际是 列表", "it should be a text, but is a list"),
    ("standard = ' '", 1, "standard: 应为非空文本", "it should be a text with something in it"),
    ("by = [\n'city',\n'x']", 3, "by[1]: 应为所列词语", "by[1]: it should be one of the words"),
    ("check = 1", 1, "check: 应为表", "check: it should be a table, but is 1"),
    ("[[report]]", 1, "report: 应为表", "report: it should be a table, but is a list"),
    ("lang = 'fr'", 1, "lang: 应为所列词语（zh、en）之一", "lang: it should be one of the words of the list: zh, en"),
    ("[check]\noutput = '../a'", 2, "须在设置文件所在的文件夹之内", "in the folder of the settings or below"),
    ("[check]\noutput = '/etc/passwd'", 2, "须在设置文件所在的文件夹之内", "in the folder of the settings or below"),
    ("[check]\noutput = 'link/a'", 2, "须在设置文件所在的文件夹之内", "in the folder of the settings or below"),
    ("[import]\noutput = '..'", 2, "须在设置文件所在的文件夹之内", "in the folder of the settings or below"),
    ("[deadlines]\nerror = 1.5", 2, "deadlines.error: 应为整数", "deadlines.error: it should be a whole number"),
    ("top = 1\ntop = 2", 2, "内容重复填写", "given a second time"),
    ("a = [", 1, "方括号没有写完", "The list is not closed"),
    ("top = “1”", 1, "却写成了全角 “", "Full-width “ stands where"),
    ("x" * 5000 + " = 1", 1, f"{'x' * 64}…: 没有这项设置", f"{'x' * 64}…: there is no such setting"),
]


@pytest.mark.parametrize(("text", "line", "chinese", "english"), MISTAKES, ids=[text[:20] for text, *_ in MISTAKES])
def test_a_mistake_is_told_with_its_line(
    text: str, line: int, chinese: str, english: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_settings(tmp_path, text)
    (tmp_path / "link").symlink_to(tmp_path.parent, target_is_directory=True)
    for language, said in ((Language.ENGLISH, english), (Language.CHINESE, chinese)):
        use_language(language)
        with pytest.raises(SettingsError, match=f"^pilot.toml:{line}: ") as caught:
            read_settings("pilot.toml", {"force", "scheduler"})
        assert said in str(caught.value)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "错误：pilot.toml:1: force: 选项 --force 不能写入设置文件，请在命令中写明\n"),
        (
            "en",
            "Error: pilot.toml:1: force: the option --force cannot stand in the settings; "
            "name it when you call pilot\n",
        ),
    ],
)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_does_anything_with_a_wrong_file(command: str, language: str, said: str, tmp_path: Path) -> None:
    write_settings(tmp_path, "force = true")
    result = settled("--lang", language, command, cwd=tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (2, "", said)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("title = '甲'".encode("gbk"), "pilot.toml:1: 文件"),
        ("title = '甲'".encode("utf-16"), "UTF-16"),
        (b"top = 1\n\xff", "pilot.toml:2: "),
        (b"#" * (1024 * 1024 + 1), "1 MiB"),
    ],
)
def test_what_is_no_text_is_told(raw: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "pilot.toml").write_bytes(raw)
    result = settled("check", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert "pilot.toml:" in result.stderr


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "pilot.toml").write_bytes(b"\xef\xbb\xbftop = 7")
    assert "top: 7 (pilot.toml:1)" in settled("--lang", "en", "doctor", cwd=tmp_path).stdout


def test_a_file_that_is_named_has_to_be_there_and_readable(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for name, said in (("none.toml", "没有这个文件"), ("folder", "文件夹"), ("a\nb", "没有这个文件")):
        result = settled("--settings", name, "rules", cwd=tmp_path)
        assert (result.returncode, result.stdout) == (2, "")
        assert said in result.stderr
        assert result.stderr.count("\n") == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    write_settings(tmp_path, {}).chmod(0)
    assert "permission" in settled("--lang", "en", "check", cwd=tmp_path).stderr


@pytest.mark.parametrize("text", ["x = 1", "a = ["])
def test_help_the_version_and_what_takes_no_settings_work_all_the_same(text: str, tmp_path: Path) -> None:
    write_settings(tmp_path, text)
    for arguments in (["--help"], ["check", "--help"], ["--version"], ["schema"], ["--no-settings", "rules"]):
        assert settled(*arguments, cwd=tmp_path).returncode == 0


def test_a_variable_that_is_to_blame_is_named(tmp_path: Path) -> None:
    for variable, command in (
        ({"PILOT_FAIL_ON": "x"}, "check"),
        ({"PILOT_REPORT_TOP": "0"}, "report"),
        ({"PILOT_ALL": "x"}, "check"),
        ({"PILOT_STANDARD": "x"}, "rules"),
    ):
        environment: dict[str, Any] = {**variable}
        result = settled("--lang", "en", command, cwd=tmp_path, **environment)
        assert result.returncode == 2
        assert "Input should" not in result.stderr
        assert f" comes from the variable {next(iter(variable))}\n" in result.stderr


DEEP = {
    "a deep list": f"a = {'[' * 10_000}{']' * 10_000}",
    "a deep table": f"a = {'{a=' * 10_000}1{'}' * 10_000}",
    "a deep key": f"{'.'.join('a' * 10_000)} = 1",
    "a known key that goes deep": f"top.{'.'.join('a' * 50)} = 1",
    "many unknown keys": "".join(f"key{number} = 1\n" for number in range(5_000)),
    "a long text": f"title = '{'x' * 900_000}'\ntop = 'x'",
    "a long word": f"borders = '{'x' * 900_000}'",
    "noise": "=[]{}\"'#\n" * 50_000,
    "a forged key": '"\\u001b[2J\\n" = 1',
    "a forged word": 'borders = "\\u001b[31m\\n错误"',
    "a forged path": 'standard = "\\u202e\\u200bx"',
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
@pytest.mark.parametrize("command", ["rules", "doctor"])
def test_a_hostile_file_is_refused_or_harmless(text: str, command: str, tmp_path: Path) -> None:
    write_settings(tmp_path, text)
    result = settled(command, cwd=tmp_path)
    assert result.returncode in (0, 2)
    assert_harmless(result.stdout + result.stderr)
    assert len(result.stderr) < 1500


def assert_harmless(said: str) -> None:
    assert "Traceback" not in said
    assert all(letter.isprintable() or letter in "\n\u3000\u00a0" for letter in said)


def test_hostile_texts_are_refused_or_harmless(tmp_path: Path) -> None:
    accepted = []
    for text in TEXTS.values():
        try:
            read_settings(str(write_settings(tmp_path, {"title": text})))
            accepted.append(text)
        except SettingsError as error:
            assert any(category(letter) == "Cc" for letter in text), text
            assert "控制字符" in str(error)
    assert len(TEXTS) / 2 < len(accepted) < len(TEXTS)
    write_settings(tmp_path, {"select": accepted, "title": accepted[0]})
    assert_harmless(settled("doctor", cwd=tmp_path).stdout)
    assert_harmless(settled("rules", cwd=tmp_path).stderr)
