"""Laws of every call: whatever is typed, set or written down, pilot answers in words, and as is specified."""

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.main import get_command

from pilot_cli.app import app
from pilot_cli.ledger_app import app as ledger_app
from pilot_cli.settings.model import TABLES
from pilot_cli.site.find import INSPECTIONS_FILE
from tests.commands.breaking import VALUES, paths, value_at
from tests.commands.in_process import Answer, call
from tests.commands.running import AS_OF
from tests.editing import CONSTRUCTION
from tests.generated.inspecting import inspections

EXAMPLES = int(os.environ.get("PILOT_TEST_EXAMPLES", "30"))
JUDGING = {"check": (0, 1, 2), "fix": (0, 1, 2), "import": (0, 1, 2), "inspect": (0, 1, 2)}
"""The commands with a status for what they find; the others do their work or do not."""
FILES = {
    "site.toml": CONSTRUCTION,
    "bad/site.toml": CONSTRUCTION.replace('name = "', "name = “\x1b[31m"),
    "own.toml": 'name = "示例"\nextends = "five-ones"\n',
    "book.csv": "编号,名称,类型\ngz-01,示例,建筑工地\n,\x1b[31m,小区\n",
}
WORDS = (
    *("", " ", "-", ".", "..", "/", "site.toml", "bad", "own.toml", "book.csv", "absent", "out", "out/a", "pilot.toml"),
    *("a.json", "a.sarif", "a.csv", "a.xlsx", "a.docx", "a.html", "a.db", "a.toml", "site.toml/a.json", "a" * 300),
    *("\x1b[31m红", "\u202eabc", "\ud800", "a\nb", "{x}", "%s", "[b]", "=1+1", "a,b", "示例", "--", "-Z", "--bogus"),
    *("0", "1", "-1", "1.5", "9" * 40, "2020-11-23", "0001-01-01", "9999-12-31", "2020-02-30", "2020年1月5日"),
    *(
        "error",
        "warning",
        "never",
        "json",
        "csv",
        "xlsx",
        "docx",
        "table",
        "five-ones",
        "five-ones-onsite",
        "B",
        "B003",
    ),
    *("Y001=达标", "city", "score", "construction", "建筑工地", "优秀", "zh", "en", "settings", "inspections", "ascii"),
)
NEVER_CALLED = {"watch", "scheduler"}
"""Options that wait for a change, or for another machine."""


def _commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    ledger = get_command(ledger_app)
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        if name != "ledger":
            yield (name,), command
    for name, command in ledger.commands.items():  # type: ignore[attr-defined]
        yield ("ledger", name), command


COMMANDS = dict(_commands())


@st.composite
def _command_lines(draw: st.DrawFn) -> list[str]:
    """A command with some of its options, most with a value and some without, and with arguments."""
    names = draw(st.sampled_from(sorted(COMMANDS)))
    options = [option for option in COMMANDS[names].params if option.name not in NEVER_CALLED]
    words = st.sampled_from(WORDS)
    line = list(names)
    for option in draw(st.lists(st.sampled_from(options), max_size=5)) if options else ():
        if option.param_type_name == "option":
            line.append(draw(st.sampled_from(option.opts)))
        if not option.is_flag if option.param_type_name == "option" else True:
            line += draw(st.lists(words, min_size=1, max_size=1) | st.lists(words, max_size=2))
    if draw(st.integers(0, 9)) == 0:
        line.insert(draw(st.integers(0, len(line))), draw(words))
    return [*draw(st.sampled_from([[], ["--lang", "en"]])), *line]


@contextmanager
def _folder(**files: str) -> Iterator[Path]:
    with TemporaryDirectory() as name:
        for path, text in {**FILES, **files}.items():
            file = Path(name, path)
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        yield Path(name)


def _hold_laws(answer: Answer, command: str) -> None:
    assert answer.status in JUDGING.get(command, (0, 2)), answer
    assert "Traceback" not in answer.stderr
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\x9b\u202e]", answer.stderr), answer
    # What pilot doctor finds is no error of the call.
    assert answer.status != 2 or answer.stderr or (command == "doctor" and answer.stdout), answer


@settings(max_examples=EXAMPLES)
@given(_command_lines(), st.sampled_from([b"", b"\n\n", CONSTRUCTION.encode(), b"\xff\x00"]))
def test_whatever_is_typed(line: list[str], input: bytes) -> None:
    with _folder() as folder:
        answer = call(folder, *line, input=input)
        command = next((word for word in line if (word,) in COMMANDS or word == "ledger"), "")
        _hold_laws(answer, command)
        if answer.status == 2:
            written = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
            assert written <= FILES.keys() | {"pilot-ledger.db", "a.db"}, line


def _right(kind: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Values of a setting that its schema allows, as far as it says so in words."""
    words = [*kind.get("enum", ()), *(word for part in kind.get("anyOf", ()) for word in part.get("enum", ()))]
    usual: dict[str, list[Any]] = {
        "boolean": [True, False],
        "integer": [1, 20, 100],
        "object": [{"工地": "名称"}],
        "string": ["five-ones", "B", "示例", "a.json", "[red]"],
    }
    return st.sampled_from(words or usual[kind.get("type", "string")])


@st.composite
def _settings(draw: st.DrawFn) -> str:
    """A settings file: most keys and values are right, some are not."""
    data: dict[str, Any] = {}
    for name in draw(st.lists(st.sampled_from(sorted(TABLES)), max_size=3)):
        keys = draw(st.lists(st.sampled_from(sorted(TABLES[name])), max_size=3))
        data[name] = {key: draw(_right(TABLES[name][key].kind.schema)) for key in keys}
    for _change in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
        holder = draw(st.sampled_from([data, *(table for table in data.values() if isinstance(table, dict))]))
        key = draw(st.sampled_from(["lang", "jobs", "standard", "check", "url", "x", "", "示例", "scheduler", *holder]))
        holder[key] = draw(st.sampled_from(VALUES))
    text = tomli_w.dumps(data)
    return text + draw(st.sampled_from(["", "", "", "", "x", "[check", "a = “b”", "\x1b"]))


@settings(max_examples=EXAMPLES)
@given(_settings(), st.sampled_from([["check", "site.toml"], ["report", "site.toml"], ["rules"], ["export", "."]]))
def test_whatever_is_set(text: str, line: list[str]) -> None:
    with _folder(**{"pilot.toml": text}) as folder:
        doctor, answer = call(folder, "doctor"), call(folder, *line)
        for one, command in ((doctor, "doctor"), (answer, line[0])):
            _hold_laws(one, command)
        if answer.status == 2 and "pilot.toml:" in answer.stderr:
            (number,) = {int(number) for number in re.findall(r"pilot\.toml:(\d+)", answer.stderr)[:1]}
            assert 1 <= number <= text.count("\n") + 1


@st.composite
def _inspections(draw: st.DrawFn) -> str:
    data = draw(inspections())
    for _change in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from([path for path in paths(data) if path]))
        data = deepcopy(data)
        value_at(data, path[:-1])[path[-1]] = draw(st.sampled_from(VALUES))
    return tomli_w.dumps(data)


@settings(max_examples=EXAMPLES)
@given(_inspections())
def test_whatever_inspectors_wrote(text: str) -> None:
    with _folder(**{INSPECTIONS_FILE: text}) as folder:
        shutil.rmtree(folder / "bad")
        answer = call(folder, "check", "site.toml", "--standard", "five-ones-onsite", "-f", "json", *AS_OF)
        _hold_laws(answer, "check")
        assert answer.status in (0, 1), answer
        (site,) = json.loads(answer.stdout)["sites"]
        lines = text.split("\n")
        for finding in site["findings"]:
            if finding.get("file"):
                assert 1 <= finding["line"] <= len(lines)
                assert 1 <= finding["column"] <= len(lines[finding["line"] - 1]) + 1
        _hold_laws(call(folder, "inspect", "site.toml", "--form", "form.xlsx"), "inspect")
