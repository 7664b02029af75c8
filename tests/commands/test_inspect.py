"""``pilot inspect``: what inspectors see is asked for, and written down at once."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import Result, pilot
from tests.commands.session import Session
from tests.editing import CONSTRUCTION, write_site

ON = ("--on", "2020-11-23")
ITEMS = 12


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path, CONSTRUCTION)


def written(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((folder / "inspections.toml").read_text(encoding="utf-8"))[
        "inspections"
    ]
    return found


def results(inspection: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {one["rule"]: (one["result"], one.get("note", "")) for one in inspection["results"]}


def inspect(site: Path, *options: str, input: str | None = None) -> Result:
    return pilot("inspect", site, *ON, *options, input=input)


def test_results_come_from_options(site: Path) -> None:
    result = inspect(site, "--by", "一组", "--result", "Y003=基本达标", "--note", "Y003=未上墙", "--result", "y001：1")
    assert result.returncode == 0
    assert "待现场查看10项" in result.stdout
    (inspection,) = written(site.parent)
    assert (inspection["by"], str(inspection["on"])) == ("一组", "2020-11-23")
    assert results(inspection) == {"Y003": ("基本达标", "未上墙"), "Y001": ("达标", "")}


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--result", "Y003"], "应写成 Y003=…"),
        (["--result", "Y999=达标"], "没有 Y999 这一项"),
        (["--result", "B003=达标"], "没有 B003 这一项"),
        (["--result", "Y003=好"], "“好”不是Y003的结果，可用：达标、基本达标、不达标"),
        (["--result", "Y010=2", "--result", "Y010=1"], "给出了两次"),
        (["--note", "Y003=x"], "问题记录应与结果一并给出"),
        (["--result", "Y003=1", "--note", "Y001=x"], "没有给出 Y001 的结果"),
        (["--standard", "five-ones", "--result", "Y003=1"], "没有现场查看项"),
        (["--on", "昨天"], "不是日期"),
        (["--on", "2999-01-01", "--result", "Y003=1"], "2999年1月1日晚于今天"),
        (["--on", "2999-01-01"], "2999年1月1日晚于今天"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(site: Path, options: list[str], complaint: str) -> None:
    on = () if "--on" in options else ON
    result = pilot("inspect", site, *on, *options)
    assert (result.returncode, result.stdout) == (2, "")
    assert complaint in result.stderr.replace("\n", "")
    assert not (site.parent / "inspections.toml").exists()


def test_an_item_that_does_not_apply_is_refused(site: Path) -> None:
    site.write_text(CONSTRUCTION.replace('form = "单独"', 'form = "临时"'), encoding="utf-8")
    result = inspect(site, "--result", "Y006=达标")
    assert result.returncode == 2
    assert "Y006 不适用于该试点单位" in result.stderr


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[inspections]\n", "请先更正"),
        ('inspections = [{ on = 2020-01-01, by = "x" }]\n', "请将每次查看都写在"),
    ],
)
def test_a_file_that_nothing_can_be_added_to_stays_as_it_is(site: Path, text: str, complaint: str) -> None:
    file = site.parent / "inspections.toml"
    file.write_text(text, encoding="utf-8")
    result = inspect(site, "--result", "Y003=达标")
    assert result.returncode == 2
    assert complaint in result.stderr.replace("\n", "")
    assert file.read_text(encoding="utf-8") == text


def test_what_stands_in_the_file_is_kept(site: Path) -> None:
    file = site.parent / "inspections.toml"
    before = '# 备注\r\n[[inspections]]\r\non = "2020-01-02"\r\nby = "二组"  # 备注\r\nnote = 1'
    file.write_bytes(before.encode())
    assert inspect(site, "--by", "一组", "--result", "Y003=达标").returncode == 0
    after = file.read_bytes().decode()
    assert after.startswith(before + "\r\n")
    assert after.count("\n") == after.count("\r\n")
    assert [one["by"] for one in written(site.parent)] == ["二组", "一组"]


def test_texts_of_strangers_are_nothing_but_texts(site: Path) -> None:
    note = '"]\n[[inspections]]\nx = 1\x1b[31m \\ {x} [b]'
    assert inspect(site, "--by", note, "--result", "Y003=3", "--note", f"Y003={note}").returncode == 0
    (inspection,) = written(site.parent)
    assert inspection["by"] == note.strip()
    assert results(inspection) == {"Y003": ("不达标", note)}


def test_a_folder_with_several_sites_has_to_be_narrowed(site: Path) -> None:
    (site.parent / "b").mkdir()
    write_site(site.parent / "b", CONSTRUCTION)
    result = inspect(site.parent, "--result", "Y003=1")
    assert result.returncode == 2
    assert "请指定其中一个" in result.stderr
    assert inspect(site.parent / "b", "--result", "Y003=1").returncode == 0


def test_answers_may_be_piped_and_end_early(site: Path) -> None:
    result = inspect(site, input="一组\n2\n缺标牌\n2\n")
    assert result.returncode == 0
    assert "已登记2项，还有10项待查看" in result.stderr
    assert results(written(site.parent)[0]) == {"Y001": ("基本达标", "缺标牌"), "Y002": ("基本达标", "")}


def test_the_completion_is_shown_even_where_nothing_is_answered(site: Path, tmp_path: Path) -> None:
    settings = tmp_path / "pilot.toml"
    settings.write_text('[office]\ninspectors = "示例·第一检查组"\n', encoding="utf-8")
    result = pilot("--settings", settings, "inspect", site, *ON, input="q\n")
    asked_who = inspect(site, input="q\n")
    assert (asked_who.returncode, asked_who.stdout) == (0, result.stdout), "q is no name"
    assert (result.returncode, "待现场查看12项" in result.stdout) == (0, True)
    assert "检查人员：示例·第一检查组\n" in result.stderr, "who inspects is known from the settings"
    assert "已写入" not in result.stderr
    assert not (site.parent / "inspections.toml").exists()


def test_it_goes_through_all_items_in_a_terminal(site: Path) -> None:
    with Session("inspect", site, *ON) as session:
        session.wait_for("检查人员：")
        session.type("一组 张某\n")
        for number in range(1, ITEMS + 1):
            session.wait_for(f"[{number}/{ITEMS}]")
            session.wait_for("查看要点：")
            session.wait_for("达标: ")
            session.type("1\n")
        session.wait_for("还有0项待查看")
        assert session.finish() == 0
        assert "待现场查看" not in session.shown
    (inspection,) = written(site.parent)
    assert results(inspection) == {f"Y{number:03}": ("达标", "") for number in range(1, ITEMS + 1)}


def test_back_skip_stop_and_going_on_later(site: Path) -> None:
    with Session("inspect", site, *ON, "--by", "一组") as session:
        session.wait_for("[1/12]")
        session.wait_for("不达标: ")
        session.type("3\n")
        session.wait_for("问题记录")
        session.type("没有标牌\n")
        session.wait_for("[2/12]")
        session.wait_for("不达标: ")
        session.type("b\n")
        session.wait_for("[1/12]")
        session.wait_for("上次结果：不达标（2020年11月23日，一组） 没有标牌")
        session.wait_for("不达标: ")
        session.type("7\n")
        session.wait_for("没有这个选项")
        session.type("１\n")
        session.wait_for("[2/12]")
        session.wait_for("不达标: ")
        session.type("\n")
        session.wait_for("[3/12]")
        session.wait_for("不达标: ")
        session.type("q\n")
        session.wait_for("已登记1项，还有11项待查看")
        assert session.finish() == 0
    assert results(written(site.parent)[0]) == {"Y001": ("达标", "")}
    with Session("inspect", site, *ON, "--by", "一组") as session:
        session.wait_for("现场查看项12项，已查看1项")
        session.wait_for("[1/11] ")
        session.wait_for("达标: ")
        session.type("2\n")
        session.wait_for("问题记录")
        session.type("\nq\n")
        assert session.finish() == 0
    (inspection,) = written(site.parent)
    assert len(results(inspection)) == 2


def test_two_inspectors_on_two_days_have_inspections_of_their_own(site: Path) -> None:
    for on, by, result in (("2020-11-21", "一组", "3"), ("2020-11-22", "二组", "1")):
        assert pilot("inspect", site, "--on", on, "--by", by, "--result", f"Y003={result}").returncode == 0
    assert [(str(one["on"]), one["by"]) for one in written(site.parent)] == [
        ("2020-11-21", "一组"),
        ("2020-11-22", "二组"),
    ]
    told = pilot("check", site, "--standard", "five-ones-onsite", "--as-of", "2020-11-21", "-f", "concise").stdout
    assert "Y003" in told
    later = pilot("check", site, "--standard", "five-ones-onsite", "--as-of", "2020-11-22", "-f", "concise").stdout
    assert "Y003" not in later


@pytest.mark.parametrize("answered", [0, 1, 2])
@pytest.mark.parametrize("at_note", [False, True])
def test_ctrl_c_loses_nothing_that_was_answered(site: Path, answered: int, at_note: bool) -> None:
    with Session("inspect", site, *ON, "--by", "一组") as session:
        for number in range(1, answered + 1):
            session.wait_for(f"[{number}/12]")
            session.wait_for("不达标: ")
            session.type("1\n")
        session.wait_for(f"[{answered + 1}/12]")
        session.wait_for("不达标: ")
        if at_note:
            session.type("3\n")
            session.wait_for("问题记录")
        assert session.interrupt() == 130
        assert "Traceback" not in session.shown
    expected = {f"Y{number:03}": ("达标", "") for number in range(1, answered + 1)}
    if at_note:
        expected[f"Y{answered + 1:03}"] = ("不达标", "")
    if expected:
        assert results(written(site.parent)[0]) == expected
    else:
        assert not (site.parent / "inspections.toml").exists()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_findings_from_on_site_are_in_every_format(site: Path, language: str) -> None:
    inspect(site, "--by", "一组", "--result", "Y003=3", "--note", "Y003=未上墙")
    for format in ("table", "concise", "json", "jsonl", "sarif", "junit", "github", "markdown", "csv"):
        told = pilot(
            *("--lang", language, "check", site, "--standard", "five-ones-onsite", "--as-of", "2020-11-23"),
            *("--format", format),
        )
        assert told.returncode == 0, told.stderr
        assert "Y003" in told.stdout
        assert "未上墙" in told.stdout
        if format not in ("table", "markdown"):
            assert "inspections.toml" in told.stdout, format
    for format in ("terminal", "markdown", "json", "csv", "html"):
        told = pilot(
            *("--lang", language, "report", site, "--standard", "five-ones-onsite", "--as-of", "2020-11-23"),
            *("--format", format),
        )
        assert told.returncode == 0, told.stderr
        if format != "csv":
            assert "11" in told.stdout
