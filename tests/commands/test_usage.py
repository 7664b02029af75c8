"""What pilot says when a call is wrong, on its help pages, and of itself."""

from pathlib import Path

import pytest

import pilot_cli
from tests.commands.running import ROOT, check, pilot

EXAMPLE = "checklists/construction/guangzhou-pazhou-expo/site.toml"


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (["check", "nowhere.toml"], "没有文件或文件夹“nowhere.toml”", "there is no file or folder “nowhere.toml”"),
        (["check", "--as-of", "2020-13-01"], "“2020-13-01”不是日期", "“2020-13-01” is not a date"),
        (["check", "--as-of", "20201323"], "“20201323”不是日期", "“20201323” is not a date"),
        (["check", "--select", "Q"], "标准 five-ones 中没有检查项“Q”", "the standard five-ones has no rule “Q”"),
        (["check", "--ignore", "F009"], "标准 five-ones 中没有检查项“F009”", "five-ones has no rule “F009”"),
        (["check", "--standard", "none"], "没有可用的标准“none”", "There is no usable standard “none”"),
        (["check", "--format", "xml"], "不能是“xml”，可选：table（表格）、", "cannot be “xml”; choose one of table, "),
        (["check", "--fail-on", "x"], "--fail-on", "--fail-on"),
        (["check", "--format"], "选项 --format 需要一个值", "The option --format needs a value"),
        (["check", "--quiet=1"], "选项 --quiet 不需要值", "The option --quiet takes no value"),
        (["check", "--bogus"], "没有选项 --bogus", "There is no option --bogus"),
        (["chekc"], "没有命令 chekc", "There is no command chekc"),
        (["check", "--as-of", "2020-W48-1"], "“2020-W48-1”不是日期", "“2020-W48-1” is not a date"),
        (["check", "--select", ","], "没有写明检查项", "no rule is named"),
        (["check", "--select", "B", "--ignore", "B"], "没有剩下要检查的检查项", "no rule is left to be judged"),
        (["rules", "B003", "B004"], "参数过多：B004", "There are too many arguments: B004"),
        (["report", "--by", "kind", "--by", "x"], "--by 不能是“x”", "--by cannot be “x”"),
        (["report", "--top", "0"], "--top 不得小于 1", "--top must be 1 or more"),
        (["report", "--top", "1.5"], "--top 须为整数", "--top must be a whole number"),
        (["report", "--top", "9" * 5_000], "--top 须为整数", "--top must be a whole number"),
        (["export"], "缺少选项 --output", "The option --output is missing"),
        (["import"], "缺少参数 FILE", "The argument FILE is missing"),
        (["import", "checklists", "-o", "x"], "“checklists”是文件夹", "“checklists” is a folder"),
        (["import", EXAMPLE, "-o", "x"], "是站点文件，不是台账", "is a site file and no ledger"),
        (["import", "x", "-o"], "选项 -o 需要一个值", "The option -o needs a value"),
        (["check", "-Z"], "没有选项 -Z", "There is no option -Z"),
        (["--bogus"], "没有选项 --bogus", "There is no option --bogus"),
        (["--"], "缺少命令", "A command is missing"),
    ],
)
def test_a_wrong_call_is_explained_in_the_users_language(arguments: list[str], chinese: str, english: str) -> None:
    for language, said in (("zh", chinese), ("en", english)):
        result = pilot("--lang", language, *arguments)
        assert result.returncode == 2
        assert result.stdout == ""
        assert said in result.stderr
        assert "--help" in result.stderr
        assert "Traceback" not in result.stderr


@pytest.mark.parametrize("arguments", [["--format"], ["--quiet=1"], ["--bogus"], ["--format", "x"], ["--jobs", "0"]])
def test_a_wrong_option_leads_to_the_help_page_of_its_command(arguments: list[str]) -> None:
    assert pilot("--lang", "en", "check", *arguments).stderr.endswith(" check --help\n")


def test_an_unknown_language_is_a_wrong_call() -> None:
    for result in (pilot("--lang", "fr", "rules"), pilot("rules", PILOT_LANG="fr")):
        assert result.returncode == 2
        assert "--lang 不能是“fr”，可选：zh（中文）、en（英文）" in result.stderr


@pytest.mark.parametrize("command", [[], ["check"], ["rules"]])
def test_help_pages_speak_the_users_language(command: list[str]) -> None:
    chinese = pilot(*command, "--help").stdout
    assert "用法：" in chinese
    assert "\n选项：\n" in chinese
    assert "显示本帮助并退出。" in chinese
    for word in ("Usage", "Options", "Arguments", "Commands", "Show this", "default:", "Install"):
        assert word not in chinese
    english = pilot("--lang", "en", *command, "--help").stdout
    assert "Usage: " in english
    assert english.isascii() or not any("\u4e00" <= character <= "\u9fff" for character in english)


def test_the_version_is_told() -> None:
    assert pilot("--version").stdout == f"pilot {pilot_cli.__version__}\n"


def test_without_a_command_the_help_page_is_shown() -> None:
    result = pilot()
    assert result.returncode == 2
    assert "用法：pilot" in result.stderr.replace("python -m pilot_cli", "pilot")
    assert "\\n" not in result.stderr


def test_a_wrong_standard_is_named_with_file_line_rule_and_key(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('name = "x"\nextends = "five-ones"\n[override.B003]\nvalue = "three"\n', encoding="utf-8")
    result = check(ROOT / EXAMPLE, "--standard", path)
    assert result.returncode == 2
    assert f"{path}:4" in result.stderr.replace("\n", "")
    assert "检查项 B003" in result.stderr
    assert "value" in result.stderr
