"""``pilot new``: a first site file, by asking or from options."""

import os
import shlex
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pilot_cli.site.field import known_keys
from pilot_cli.site.texts import folded
from pilot_cli.site.writer import SCHEMA
from tests.commands.running import Result, document, pilot
from tests.commands.session import Session
from tests.hostile import TEXTS, shown
from tests.oracle import recompute

OPTIONS = {
    "--kind": "社区物业",
    "--name": "示例·滨江花园",
    "--id": "example-riverside",
    "--city": "广州市",
    "--district": "海珠区",
    "--organization": "示例·物业公司",
    "--started-on": "2019-03-01",
    "--ends-on": "2022-06-30",
    "--branch": "示例·滨江花园党支部",
    "--form": "联合",
    "--term-years": "3",
    "--full-members": "5",
}
WRITTEN = {
    "format": 1,
    "site": {
        "id": "example-riverside",
        "name": "示例·滨江花园",
        "kind": "社区物业",
        "city": "广州市",
        "district": "海珠区",
        "organization": "示例·物业公司",
        "started_on": date(2019, 3, 1),
        "ends_on": date(2022, 6, 30),
    },
    "branch": {"name": "示例·滨江花园党支部", "form": "联合", "term_years": 3, "full_members": 5},
    **{name: {} for name in ("responsibility_list", "activity_space", "member_guide", "work_rules")},
}


def new(folder: Path, *arguments: str) -> Result:
    return pilot("new", folder, "--no-input", *arguments)


def all_options(**changed: str) -> list[str]:
    return [
        part for option in (OPTIONS | {f"--{key}": value for key, value in changed.items()}).items() for part in option
    ]


def written(folder: Path) -> Any:
    return tomllib.loads((folder / "site.toml").read_text(encoding="utf-8"))


def everything_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_options_alone_make_a_whole_file(tmp_path: Path) -> None:
    result = new(tmp_path / "a" / "b", *all_options())
    assert (result.returncode, result.stderr) == (0, "")
    assert everything_in(tmp_path / "a" / "b") == ["documents", "site.toml"]
    assert written(tmp_path / "a" / "b") == WRITTEN
    assert str(tmp_path / "a" / "b" / "site.toml") in result.stdout


def test_tables_and_keys_stand_in_the_order_of_the_format(tmp_path: Path) -> None:
    new(tmp_path, *all_options())
    tables = written(tmp_path)
    assert list(tables) == [key for key in known_keys(()) if key in tables]
    for name in ("site", "branch"):
        assert list(tables[name]) == [key for key in known_keys((name,)) if key in tables[name]]


def test_without_options_the_folder_gives_the_name(tmp_path: Path) -> None:
    assert new(tmp_path / "River_Garden 2").returncode == 0
    site = written(tmp_path / "River_Garden 2")["site"]
    assert site == {"id": "river-garden-2", "name": "River_Garden 2", "kind": "建筑工地"}


def test_without_a_folder_it_is_the_current_one(tmp_path: Path) -> None:
    assert pilot("new", "--no-input", cwd=tmp_path).returncode == 0
    assert everything_in(tmp_path) == ["documents", "site.toml"]


def test_the_folder_above_gives_its_name_too(tmp_path: Path) -> None:
    (tmp_path / "riverside" / "documents").mkdir(parents=True)
    assert pilot("new", "..", "--no-input", cwd=tmp_path / "riverside" / "documents").returncode == 0
    assert written(tmp_path / "riverside")["site"]["id"] == "riverside"


def test_what_cannot_be_guessed_has_to_be_said(tmp_path: Path) -> None:
    result = new(tmp_path / "滨江花园")
    assert result.returncode == 2
    assert "--id" in result.stderr
    assert "此项必填" in result.stderr
    assert not (tmp_path / "滨江花园").exists()


@pytest.mark.parametrize("options", [[], all_options(), all_options(kind="建筑工地", form="临时")])
def test_check_lists_just_what_is_still_to_be_done(options: list[str], tmp_path: Path) -> None:
    new(tmp_path / "site", *options)
    [site] = document(tmp_path / "site")["sites"]
    expected = recompute(written(tmp_path / "site"), tmp_path / "site", date(2020, 11, 23))
    assert {finding["rule"] for finding in site["findings"]} == set(expected.failed)


def test_the_comments_speak_the_users_language(tmp_path: Path) -> None:
    for language, label in (
        ("zh", '# brand = "红色工地"   # 支部品牌：'),
        ("en", '# brand = "红色工地"   # Branch brand: '),
    ):
        assert pilot("new", tmp_path / language, "--no-input", "--lang", language).returncode == 0
        assert label in (tmp_path / language / "site.toml").read_text(encoding="utf-8")
        assert {finding["rule"][0] for finding in document(tmp_path / language)["sites"][0]["findings"]}.isdisjoint(
            "FX"
        )


def test_a_typing_mistake_in_an_option_is_understood(tmp_path: Path) -> None:
    options = ("—no-input", "––Kind＝ＣＯＭＭＵＮＩＴＹ", "--form", "联 合", "--started-on", "2019．3．1")
    assert pilot("new", tmp_path / "a-b", *options).returncode == 0
    tables = written(tmp_path / "a-b")
    assert (tables["site"]["kind"], tables["branch"]["form"]) == ("社区物业", "联合")
    assert tables["site"]["started_on"] == date(2019, 3, 1)


def test_words_can_be_given_in_english_and_dates_as_they_are_written(tmp_path: Path) -> None:
    new(tmp_path, *all_options(**{"kind": "construction", "form": "temporary", "started-on": "2019年3月1日"}))
    tables = written(tmp_path)
    assert (tables["site"]["kind"], tables["branch"]["form"]) == ("建筑工地", "临时")
    assert tables["site"]["started_on"] == date(2019, 3, 1)


@pytest.mark.parametrize(
    ("option", "text", "why"),
    [
        ("kind", "工地", "建筑工地、社区物业"),
        ("id", "海珠", "小写字母"),
        ("id", "", "此项必填"),
        ("name", " ", "此项必填"),
        ("name", "\u200b", "此项必填"),
        ("name", "——", "此项必填"),
        ("name", "无", "此项必填"),
        ("kind", "工地", "是否为“建筑工地”？"),
        ("started-on", "2020-02-30", "日期"),
        ("started-on", "去年", "日期"),
        ("full-members", "八", "整数"),
        ("full-members", "3.5", "整数"),
        ("full-members", "-1", "0"),
        ("term-years", "6", "不大于5"),
        ("form", "独立", "单独、联合、临时、流动"),
    ],
)
def test_an_option_that_cannot_be_is_refused_with_the_reason(option: str, text: str, why: str, tmp_path: Path) -> None:
    result = new(tmp_path / "site", *all_options(**{option: text}))
    assert result.returncode == 2
    assert f"--{option}" in result.stderr
    assert why in result.stderr
    assert not (tmp_path / "site").exists()


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("mine", encoding="utf-8")
    refused = new(tmp_path, *all_options())
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert (tmp_path / "site.toml").read_text(encoding="utf-8") == "mine"
    assert everything_in(tmp_path) == ["site.toml"]
    assert new(tmp_path, *all_options(), "--force").returncode == 0
    assert written(tmp_path) == WRITTEN


def test_documents_that_are_there_are_kept(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.pdf").write_text("a", encoding="utf-8")
    assert new(tmp_path, *all_options()).returncode == 0
    assert everything_in(tmp_path) == ["documents", "documents/a.pdf", "site.toml"]


def test_a_folder_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = new(tmp_path / "file", *all_options())
    assert result.returncode == 2
    assert result.stderr.startswith(f"错误：{tmp_path / 'file'}")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("text", [text for text in TEXTS.values() if "\0" not in text and folded(text)])
def test_any_text_arrives_in_the_file_as_it_was_given(text: str, tmp_path: Path) -> None:
    result = new(tmp_path / "site", *all_options(name=text, city=text, organization=text, branch=text))
    assert (result.returncode, result.stderr) == (0, "")
    assert written(tmp_path / "site")["site"]["name"] == text.strip()
    assert document(tmp_path / "site")["sites"][0]["name"] == text.strip()


@pytest.mark.parametrize("option", OPTIONS)
def test_what_is_no_text_is_refused_by_the_name_of_its_option(option: str, tmp_path: Path) -> None:
    result = new(tmp_path / "site", option, os.fsdecode(b"\xff"))
    assert result.returncode == 2
    assert f"错误：{option}：" in result.stderr
    assert not (tmp_path / "site").exists()


def test_the_file_begins_with_the_schema_of_pilot(tmp_path: Path) -> None:
    new(tmp_path, *all_options())
    first = (tmp_path / "site.toml").read_text(encoding="utf-8").splitlines()[0]
    assert first == f"#:schema {SCHEMA.as_uri()}"


def test_the_file_begins_with_the_schema_of_its_collection(tmp_path: Path) -> None:
    assert pilot("schema", "--output", tmp_path / "site.schema.json").returncode == 0
    new(tmp_path / "gz" / "riverside", *all_options())
    text = (tmp_path / "gz" / "riverside" / "site.toml").read_text(encoding="utf-8")
    assert text.startswith("#:schema ../../site.schema.json\n")


# --- in a terminal --------------------------------------------------------------------------------------------


def answer(session: Session, *answers: tuple[str, str]) -> None:
    for question, text in answers:
        session.wait_for(question)
        session.type(text + "\n")


def test_questions_are_answered_in_a_terminal(tmp_path: Path) -> None:
    with Session("new", tmp_path / "riverside") as session:
        answer(
            session,
            ("站点类型 1 建筑工地 / 2 社区物业 [1]: ", "2"),
            ("站点名称 [riverside]: ", "示例·滨江花园"),
            ("站点编号 [riverside]: ", ""),
            ("地市: ", "广州市"),
            ("区县: ", ""),
            ("所属“两新”组织: ", ""),
            ("开工（入驻）日期: ", "2019.3.1"),
            ("计划竣工（撤场）日期: ", ""),
            ("党支部名称: ", ""),
            ("组建形式 1 单独 / 2 联合 / 3 临时 / 4 流动: ", "联合"),
            ("任期（年）: ", "3"),
            ("正式党员数: ", "5"),
        )
        assert session.finish() == 0
    assert written(tmp_path / "riverside") == {
        **WRITTEN,
        "site": {
            **{"id": "riverside", "name": "示例·滨江花园", "kind": "社区物业", "city": "广州市"},
            "started_on": date(2019, 3, 1),
        },
        "branch": {"form": "联合", "term_years": 3, "full_members": 5},
    }


def test_an_id_is_proposed_where_the_folder_gives_none(tmp_path: Path) -> None:
    result = pilot("new", tmp_path / "滨江花园", input="2\n示例·滨江花园\n\n" + "\n" * 9)
    assert result.returncode == 0
    assert "站点编号 [slbjhy]: " in result.stderr
    assert written(tmp_path / "滨江花园")["site"]["id"] == "slbjhy"


def test_a_temporary_branch_is_not_asked_for_its_term(tmp_path: Path) -> None:
    options = [part for option in OPTIONS.items() if option[0] not in ("--form", "--term-years") for part in option]
    with Session("new", tmp_path / "riverside", *options) as session:
        answer(session, ("组建形式 1 单独 / 2 联合 / 3 临时 / 4 流动: ", "3"))
        assert session.finish() == 0
        assert "任期" not in session.shown
    assert written(tmp_path / "riverside")["branch"] == {
        "name": "示例·滨江花园党支部",
        "form": "临时",
        "full_members": 5,
    }


def test_a_refused_answer_is_explained_and_asked_again(tmp_path: Path) -> None:
    with Session("--lang", "en", "new", tmp_path / "riverside", *all_options()[2:]) as session:
        session.wait_for("Kind of site 1 construction / 2 community [1]: ")
        session.type("3\n")
        said = session.wait_for("[1]: ")
        assert "It has to be one of the words of the list: 建筑工地, 社区物业, not “3”" in said
        session.type("community\n")
        assert session.finish() == 0
    assert written(tmp_path / "riverside") == WRITTEN


def test_what_options_say_is_not_asked(tmp_path: Path) -> None:
    with Session("new", tmp_path / "riverside", *all_options()) as session:
        assert session.finish() == 0
        assert "]: " not in session.shown
    assert written(tmp_path / "riverside") == WRITTEN


@pytest.mark.parametrize("questions_before", [0, 1, 4])
def test_ctrl_c_leaves_nothing_behind(questions_before: int, tmp_path: Path) -> None:
    with Session("new", tmp_path / "riverside", COVERAGE_PROCESS_CONFIG="") as session:
        for _question in range(questions_before):
            session.wait_for(": ")
            session.type("\n")
        session.wait_for(": ")
        assert session.interrupt() == 130
        assert "Traceback" not in session.shown
    assert everything_in(tmp_path) == []


def test_an_existing_file_is_said_before_the_first_question(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("mine", encoding="utf-8")
    with Session("new", tmp_path) as session:
        assert session.finish() == 2
        assert "--force" in session.shown


def test_answers_can_come_from_a_file(tmp_path: Path) -> None:
    answers = "2\n示例·滨江花园\nexample-riverside\n" + "\n" * 9
    result = pilot("new", tmp_path / "site", input=answers)
    assert result.returncode == 0
    assert written(tmp_path / "site")["site"]["id"] == "example-riverside"


def test_too_few_answers_are_said_and_nothing_is_written(tmp_path: Path) -> None:
    result = pilot("new", tmp_path / "site", input="2\n")
    assert result.returncode == 2
    assert "--no-input" in result.stderr
    assert everything_in(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="the quotes of POSIX")
@pytest.mark.parametrize("name", ["滨江花园", "a b", "a$HOME", "a`id`", "a&b", 'a"b', "a'b", "-x"])
def test_the_command_that_is_named_can_be_run_as_it_stands(name: str, tmp_path: Path) -> None:
    result = pilot("new", "--no-input", "--id", "ab", "--", name, cwd=tmp_path)
    assert result.returncode == 0
    *_said, command = result.stdout.strip().rpartition("pilot check ")
    [path] = shlex.split(command)
    assert pilot("check", path, "--quiet", cwd=tmp_path).returncode == 1
    assert path.removeprefix("./") == f"{name}/site.toml"


def test_a_hostile_folder_is_shown_as_text(tmp_path: Path) -> None:
    folder = tmp_path / "[red]\x1b[31m红"
    result = new(folder, "--id", "ab", "--name", "甲")
    assert result.returncode == 0
    assert shown(str(folder)) in result.stdout
    assert "\x1b" not in result.stdout
