"""``pilot check --format github``: workflow commands that say what the JSON document says, and no others."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import tomli_w

from tests.commands.running import ROOT, check
from tests.editing import CONSTRUCTION, append, edit, edited, write_site
from tests.hostile import LONG_TEXTS, long_site, shown, unseen, write_hostile_names, write_hostile_sites

COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
WAIVER = '[[waivers]]\nrule = "B003"\nreason = "人手，不足: 100%"\napproved_by = "上级党委"\nuntil = 2021-06-30\n'


class Command(NamedTuple):
    """A workflow command as the runner understands it."""

    name: str
    properties: dict[str, str]
    message: str


def runner(out: str) -> Iterator[Command | str]:
    """Read what a step wrote as the runner does: line by line, commands or plain text."""
    for line in out.split("\n")[:-1]:
        if not line.lstrip().startswith("::"):
            assert "##[" not in line, "an old command"
            yield line
            continue
        head, message = line.lstrip()[2:].split("::", 1)
        name, _space, written = head.partition(" ")
        pairs = [part.split("=", 1) for part in written.split(",") if part]
        properties = {key: unescaped(value, {"3A": ":", "2C": ","}) for key, value in pairs}
        assert len(properties) == len(pairs)
        yield Command(name, properties, unescaped(message, {}))


def unescaped(text: str, more: dict[str, str]) -> str:
    """Undo the escapes that GitHub documents; there must not be any other."""
    escapes = {"25": "%", "0D": "\r", "0A": "\n", **more}
    first, *others = text.split("%")
    return first + "".join(escapes[other[:2]] + other[2:] for other in others)


def github(*arguments: str | Path, cwd: Path = ROOT, language: str = "zh", **settings: Any) -> list[Command]:
    """Run the check; return its commands, which come before one line of plain text."""
    result = check(*arguments, "--format", "github", cwd=cwd, PILOT_LANG=language, **settings)
    assert (result.returncode in (0, 1), result.stderr) == (True, "")
    assert unseen(result.stdout) == set()
    *commands, totals = runner(result.stdout)
    assert isinstance(totals, str)
    assert totals == check(*arguments, "--quiet", cwd=cwd, PILOT_LANG=language, **settings).stdout.rstrip("\n")
    return [command for command in commands if isinstance(command, Command)]


def whole(*arguments: str | Path, cwd: Path = ROOT, language: str = "zh", **settings: Any) -> Any:
    return json.loads(check(*arguments, "--format", "json", cwd=cwd, PILOT_LANG=language, **settings).stdout)


def assert_same(commands: list[Command], whole: Any) -> None:
    """Compare commands with the JSON document, finding by finding."""
    found = [(site["path"], finding) for site in whole["sites"] for finding in site["findings"]]
    assert len(commands) == len(found) > 0
    for command, (path, finding) in zip(commands, found, strict=True):
        assert command.name == ("notice" if finding["waived"] else COMMANDS[finding["severity"]])
        properties = dict(command.properties)
        assert properties.pop("title").startswith(f"{finding['rule']} ")
        assert properties == {
            "file": shown(path),
            "line": str(finding["line"]),
            "col": str(finding["column"]),
        }
        message, basis, advice = command.message.split("\n")
        if finding["waived"]:
            assert message.startswith(f"{shown(finding['message'])} ")
            assert all(shown(finding["waived"][key]) in message for key in ("reason", "approved_by"))
        else:
            assert message == shown(finding["message"])
        assert basis.endswith(shown(finding["basis"]))
        assert advice.endswith(shown(finding["advice"]))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_examples_are_told_as_in_the_json_document(language: str) -> None:
    commands = github("checklists", language=language)
    assert_same(commands, whole("checklists", language=language))
    assert {command.name for command in commands} == {"error", "warning", "notice"}
    starts = {"zh": ("B003 突出问题：正式党员不足", "P006 填报问题："), "en": ("B003 serious: ", "P006 entry: ")}
    for start in starts[language]:
        assert any(command.properties["title"].startswith(start) for command in commands)


def test_an_annotation_is_escaped_as_github_documents_it(tmp_path: Path) -> None:
    path = write_site(tmp_path / "a,b", edited(CONSTRUCTION, edit("full_members = 5", "full_members = 2")), "50%.toml")
    first = check(path, "--format", "github", cwd=tmp_path, PILOT_LANG="en").stdout.split("\n")[0]
    assert first.startswith("::error file=a%2Cb/50%25.toml,line=")
    head, message = first.removeprefix("::").split("::")
    assert ",title=B003 serious%3A " in head
    assert message.count("%0A") == 2
    assert "%0ABasis: " in message


def test_a_waived_finding_is_a_notice_that_says_so(tmp_path: Path) -> None:
    write_site(tmp_path, edited(CONSTRUCTION, edit("full_members = 5", "full_members = 2"), append(WAIVER)))
    commands = github(".", cwd=tmp_path)
    assert_same(commands, whole(".", cwd=tmp_path))
    (waived,) = (command for command in commands if command.properties["title"].startswith("B003"))
    assert waived.name == "notice"
    assert "经批准暂不执行至2021年6月30日：人手，不足: 100%；批准单位：上级党委" in waived.message


def test_a_file_that_cannot_be_read_is_an_error_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text("[site]\nname = “\n", encoding="utf-8")
    (command,) = github(".", cwd=tmp_path)
    assert (command.name, command.properties["line"]) == ("error", "2")


def test_what_comes_through_standard_input_is_called_as_it_was_on_the_command_line() -> None:
    text = "[site]\nname = 1\n"
    assert_same(github("-", input=text), whole("-", input=text))


def test_a_path_below_the_current_folder_is_relative_and_any_other_absolute(tmp_path: Path) -> None:
    for folder in (tmp_path / "in", tmp_path / "out"):
        folder.mkdir()
        (folder / "a.toml").write_text("[site]\n", encoding="utf-8")
    for path, told in (
        (tmp_path / "in" / "a.toml", "a.toml"),
        (Path("../in/a.toml"), "a.toml"),
        (tmp_path / "out" / "a.toml", (tmp_path / "out" / "a.toml").as_posix()),
        (Path("../out/a.toml"), (tmp_path / "out" / "a.toml").as_posix()),
    ):
        assert {command.properties["file"] for command in github(path, cwd=tmp_path / "in")} == {told}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_texts_are_told_and_give_no_commands(language: str, tmp_path: Path) -> None:
    write_hostile_sites(tmp_path)
    for number, text in enumerate(("::set-output name=x::y", "%0A::error::x", "##[error]x", "甲,line=1::乙:%25")):
        (tmp_path / f"more{number}.toml").write_bytes(tomli_w.dumps({"site": {"id": text, text: text}}).encode())
    for number, text in enumerate(LONG_TEXTS):
        (tmp_path / f"long{number}.toml").write_bytes(tomli_w.dumps(long_site(text)).encode())
    assert_same(github(".", cwd=tmp_path, language=language), whole(".", cwd=tmp_path, language=language))


def test_hostile_file_names_are_told_and_give_no_commands(tmp_path: Path) -> None:
    write_hostile_names(tmp_path)
    if sys.platform != "win32":
        for name in ("::error file=x,line=1::y.toml", "a%0Ab%3A,c=d.toml"):
            (tmp_path / name).write_text("[site]\n", encoding="utf-8")
    assert_same(github(".", cwd=tmp_path), whole(".", cwd=tmp_path))


def test_nothing_to_find_gives_no_commands(tmp_path: Path) -> None:
    write_site(tmp_path, CONSTRUCTION)
    assert github(".", cwd=tmp_path) == []


def test_commands_are_utf_8_whatever_the_console_has() -> None:
    out = check("checklists", "--format", "github", PYTHONIOENCODING="gbk").stdout
    assert out == check("checklists", "--format", "github").stdout
