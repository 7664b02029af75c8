"""What people mistype on the command line is understood, or answered with the right word."""

import shutil
from functools import cache
from pathlib import Path

import pytest

from tests.commands.running import ROOT, Result, pilot
from tests.editing import CONSTRUCTION, write_site

EXAMPLE = "checklists/construction/guangzhou-pazhou-expo/site.toml"
CHECK = ("check", EXAMPLE, "--quiet")
DAY = (*CHECK, "--as-of", "2020-11-23")

UNDERSTOOD: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    # Another dash, width or case of an option, or another sign behind it.
    (("check", EXAMPLE, "--quiet", "—as-of", "2020-11-23"), DAY),
    (("check", EXAMPLE, "——quiet", "––as–of", "2020-11-23"), DAY),
    (("check", EXAMPLE, "–q", "－－as-of", "2020-11-23"), DAY),
    (("check", EXAMPLE, "−−quiet", "--as_of=2020-11-23"), DAY),
    (("check", EXAMPLE, "--QUIET", "--as-of＝2020-11-23"), DAY),
    (("check", EXAMPLE, "-quiet", "--ａｓ-ｏｆ：2020-11-23"), DAY),
    (("check", EXAMPLE, "-Q", "--As-Of", "2020-11-23"), DAY),
    (("CHECK", *DAY[1:]), DAY),
    (("检查", *DAY[1:]), DAY),
    # Dates in the spellings that ledgers know.
    *(
        ((*CHECK, "--as-of", day), DAY)
        for day in (
            "２０２０-11-23",
            "2020.11.23",
            "2020/11/23",
            "2020年11月23日",
            "20201123",
            "2020–11–23",
            "2020。11。23",
        )
    ),
    *(((*CHECK, "--as-of", day), CHECK) for day in ("today", "今天")),
    # Rules, however they are joined.
    *(
        ((*DAY, "--select", rules), (*DAY, "--select", "B008,L001"))
        for rules in ("B008，L001", "b008、l001", "Ｂ００８ L001", "B008;L001", " b008 ,, l001 ")
    ),
    ((*DAY, "--ignore", "p，x001"), (*DAY, "--ignore", "P,X001")),
    (("rules", "b003"), ("rules", "B003")),
    (("rules", "Ｂ００３"), ("rules", "B003")),
    # The words of options.
    ((*DAY, "--fail-on", "工作建议"), (*DAY, "--fail-on", "info")),
    ((*DAY, "--fail-on", "Advice"), (*DAY, "--fail-on", "info")),
    (("rules", "B003", "-f", "ＪＳＯＮ"), ("rules", "B003", "--format", "json")),
    (("rules", "B003", "–f=md"), ("rules", "B003", "--format", "markdown")),
    (("report", EXAMPLE, "--by", "地市，类型"), ("report", EXAMPLE, "--by", "city", "--by", "kind")),
    (("report", EXAMPLE, "--top", "２"), ("report", EXAMPLE, "--top", "2")),
    # Help and the language, before and after the command.
    (("check", "-h"), ("check", "--help")),
    (("-h",), ("--help",)),
    (("rules", "B003", "--lang", "en"), ("--lang", "en", "rules", "B003")),
    (("rules", "--lang=English", "B003"), ("--lang", "en", "rules", "B003")),
    (("—lang", "英文", "rules", "B003"), ("--lang", "en", "rules", "B003")),
]

NAMED: list[tuple[tuple[str, ...], str, str]] = [
    (("chekc",), "没有命令 chekc。是否为“check”？", "There is no command chekc. Did you mean “check”?"),
    (("rapport", "x"), "是否为“report”？", "Did you mean “report”?"),
    ((EXAMPLE,), f"是否为“pilot check {EXAMPLE}”？", f"Did you mean “pilot check {EXAMPLE}”?"),
    (("check", "--formt", "json"), "没有选项 --formt。是否为“--format”？", "Did you mean “--format”?"),
    (("check", "—formt", "json"), "没有选项 --formt。是否为“--format”？", "Did you mean “--format”?"),
    (("check", "--out", "a.json"), "是否为“--output”？", "Did you mean “--output”?"),
    (("check", "--by", "city"), "有这一选项的是：pilot report", "these have it: pilot report"),
    (("--format", "json", "check"), "例如：pilot check --format", "after the command: pilot check --format"),
    (("check", "--format", "jsn"), "是否为“json”？", "Did you mean “json”?"),
    (("report", "--format", "exel"), "是否为“xlsx”？", "Did you mean “xlsx”?"),
    (("check", "--fail-on", "wraning"), "是否为“warning”？", "Did you mean “warning”?"),
    (("report", "--by", "city,knd"), "是否为“kind”？", "Did you mean “kind”?"),
    (("check", "--standard", "five-one"), "是否为“five-ones”？", "Did you mean “five-ones”?"),
    (("check", "--select", "B03"), "没有检查项“B03”。是否为“B003”？", "Did you mean “B003”?"),
    (("check", "--select", "Q"), "以下列字母开头：P、B、L", "its rules begin with P, B, L"),
    (("check", EXAMPLE, "--select", "B003，", "l001"), "例如：B003,L001", "without blanks: B003,L001"),
    (("rules", "b"), "pilot rules --select B", "pilot rules --select B"),
    (("rules", "b003，l001"), "pilot rules --select B003,L001", "pilot rules --select B003,L001"),
    (("rules", "　"), "没有写明检查项", "no rule is named"),
    (("check", "chekclists/community"), "有“checklists/community”", "there is “checklists/community”"),
    (("check", "checklists/comunity/"), "有“checklists/community”", "there is “checklists/community”"),
    (("check", "README.ZH.md"), "有“README.zh.md”", "there is “README.zh.md”"),
    (("import", "README.zh.m", "-o", "x"), "是否为“README.zh.md”？", "Did you mean “README.zh.md”?"),
    (("check", "--as-of", "23.11.2020"), "请写成2020-11-23", "write it as 2020-11-23"),
    (("check", "--as-of", "2020年11月"), "请写成2020-11-23", "write it as 2020-11-23"),
]


@cache
def told(arguments: tuple[str, ...]) -> tuple[int, str, str]:
    result = pilot(*arguments)
    return result.returncode, result.stdout, result.stderr


@pytest.mark.parametrize(("typed", "right"), UNDERSTOOD, ids=lambda arguments: " ".join(arguments))
def test_a_mistake_is_understood(typed: tuple[str, ...], right: tuple[str, ...]) -> None:
    assert told(right)[0] in (0, 1)
    assert told(typed) == told(right)


@pytest.mark.parametrize(("typed", "chinese", "english"), NAMED)
def test_a_mistake_is_answered_with_the_right_word(typed: tuple[str, ...], chinese: str, english: str) -> None:
    for language, said in (("zh", chinese), ("en", english)):
        result = pilot(*typed, PILOT_LANG=language)
        assert (result.returncode, result.stdout) == (2, "")
        assert said in result.stderr
        assert "Traceback" not in result.stderr


@pytest.mark.parametrize("locale", ["zh_CN.UTF-8", "ZH", "中文"])
def test_the_variable_for_the_language_knows_what_locales_are_called(locale: str) -> None:
    result = pilot("rules", "B003", PILOT_LANG=locale)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == told(("rules", "B003"))[1]


@pytest.mark.parametrize("name", ["—quiet", "–as-of", "－－formt"])
def test_a_file_that_is_really_called_like_an_option_is_a_file(name: str, tmp_path: Path) -> None:
    shutil.move(write_site(tmp_path, CONSTRUCTION), tmp_path / name)
    result = pilot("check", name, "--as-of", "2020-11-23", "--quiet", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("1个试点单位；")


def test_the_value_of_an_option_is_not_taken_for_an_option() -> None:
    for title in ("—quiet", "--QUIET", "–格式"):
        assert pilot("report", EXAMPLE, "--title", title).stdout.startswith(f"{title}\n")


def test_what_stands_behind_two_dashes_is_no_option(tmp_path: Path) -> None:
    for arguments in (("--", "--format"), ("--", "—format"), ("--", "--lang", "en")):
        result = pilot("check", *arguments, cwd=tmp_path)
        assert (result.returncode, "没有文件或文件夹“" in result.stderr) == (2, True)


def refused(*arguments: str, cwd: Path = ROOT) -> Result:
    result = pilot(*arguments, cwd=cwd)
    assert (result.returncode, result.stdout) == (2, "")
    return result


def test_names_that_are_suggested_are_shown_as_text(tmp_path: Path) -> None:
    (tmp_path / "[red]\x1b[31msite.toml").write_text("", encoding="utf-8")
    said = refused("check", "[red]\x1b[31msit.toml", cwd=tmp_path).stderr
    assert "[red]\\x1b[31msite.toml" in said
    assert "\x1b" not in said


@pytest.mark.parametrize(
    "argument", ["\x1b[31m", "—" * 300, "—" + "x" * 5_000, "a" * 5_000, "\udcff", "—\udcff=1", "—=", ""]
)
def test_no_argument_is_too_odd_to_be_answered(argument: str) -> None:
    for arguments in ((argument,), ("check", argument), ("check", "--format", argument), ("rules", argument)):
        said = refused(*arguments).stderr
        assert "Traceback" not in said and "\x1b" not in said
        assert "--help" in said


def test_nothing_is_suggested_that_nobody_meant() -> None:
    for arguments in (("check", "--bogus"), ("check", "--format", "xml"), ("xyz",), ("check", "nowhere.toml")):
        assert "是否为" not in refused(*arguments).stderr
