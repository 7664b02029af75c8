"""Texts from strangers: in every format they are shown as they are, and do nothing."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import tomli_w
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.commands.running import AS_OF, ROOT
from tests.commands.terminal import pilot_in_terminal, without_colours
from tests.hostile import (
    LONG_TEXTS,
    TEXTS,
    hostile_site,
    in_a_line,
    shown,
    unseen,
    write_hostile_names,
    write_hostile_sites,
)

FORMATS = ("table", "concise", "json", "jsonl", "markdown", "csv", "sarif", "junit", "github")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a site for each hostile text."""
    folder = tmp_path_factory.mktemp("hostile")
    write_hostile_sites(folder)
    return folder


@pytest.fixture(scope="module")
def number_of_findings(folder: Path) -> int:
    return sum(len(site["findings"]) for site in check_json(cwd=folder))


def call(*arguments: str | bytes, cwd: Path | None = None) -> tuple[int, bytes, bytes]:
    """Run pilot; line ends and encodings are left as they are."""
    result = subprocess.run(
        [sys.executable, "-m", "pilot_cli", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PILOT_LANG": "zh"},
        capture_output=True,
        check=False,
        timeout=300,
    )
    return result.returncode, result.stdout, result.stderr


def check(format: str, *paths: str | bytes, cwd: Path, language: str = "zh") -> str:
    """Check the files; the call itself must not fail."""
    status, out, err = call("--lang", language, "check", *paths, *AS_OF, "--format", format, cwd=cwd)
    assert (status, err.decode()) == (1, "")
    return out.decode()


def check_json(*paths: str, cwd: Path) -> list[dict[str, Any]]:
    sites: list[dict[str, Any]] = json.loads(check("json", *paths, cwd=cwd))["sites"]
    return sites


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_json_has_the_texts_themselves_and_no_character_that_a_terminal_or_a_reader_of_lines_obeys(
    format: str, folder: Path
) -> None:
    out = check(format, cwd=folder)
    assert {letter for letter in unseen(out) if ord(letter) < 0xA0 or letter in "\u2028\u2029"} == set()
    lines = out.split("\n")[:-1]
    assert out.splitlines() == lines
    sites = json.loads(out)["sites"] if format == "json" else [json.loads(line) for line in lines]
    assert [(site["name"], site["city"]) for site in sites] == [(text, text) for text in TEXTS.values()]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_concise_has_one_line_a_finding(language: str, folder: Path, number_of_findings: int) -> None:
    out = check("concise", cwd=folder, language=language)
    assert unseen(out) == set()
    line = re.compile(r"\d\d\.toml:\d+:\d+: [A-Z]\d{3} (error|warning|info) \S.*")
    assert all(line.fullmatch(text) for text in out.split("\n")[:-1])
    assert out.count("\n") == number_of_findings


def test_csv_has_one_row_a_finding_and_no_formulas(folder: Path, number_of_findings: int) -> None:
    out = check("csv", cwd=folder)
    assert unseen(out) == {"\r", "\ufeff"}
    rows = list(csv.reader(io.StringIO(out.removeprefix("\ufeff"), newline=""), strict=True))
    assert len(rows) == 1 + number_of_findings
    assert {len(row) for row in rows} == {len(rows[0])}
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert {row[2].removeprefix("'") for row in rows[1:]} == {in_a_line(text) for text in TEXTS.values()}


def inner(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from inner(token.children or [])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_markdown_shows_the_texts_and_nothing_that_they_ask_for(
    language: str, folder: Path, number_of_findings: int
) -> None:
    out = check("markdown", cwd=folder, language=language)
    assert unseen(out) == set()
    assert not re.findall(r"https?://|(?<!\\)www\.x|\w@\w", out)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(out)
    kinds = {re.sub("_(open|close)$", "", token.type) for token in inner(tokens)}
    assert kinds == {
        *("inline", "text", "heading", "paragraph", "strong", "bullet_list", "list_item"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
    told = ["".join(child.content for child in token.children or []) for token in tokens if token.type == "inline"]
    headings = [token.content for token in tokens if token.type == "inline" and token.level == 1]
    assert (
        len([token for token in tokens if token.type == "heading_open" and token.tag == "h3"])
        == len(TEXTS)
        < len(headings)
    )
    assert sum(token.type == "tr_open" for token in tokens) == 1 + len(TEXTS)
    assert sum(token.type == "td_open" for token in tokens) == 10 * len(TEXTS)
    assert sum(token.type == "strong_open" for token in inner(tokens)) == number_of_findings
    for text in TEXTS.values():
        # Once in the table, once as a heading.
        assert [content.strip() for content in told].count(shown(text).strip()) >= 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_of_many_sites_has_one_row_a_site(language: str, folder: Path) -> None:
    out = check("table", cwd=folder, language=language)
    assert unseen(out) == set()
    lines = out.split("\n")
    table = lines[: next(number for number, line in enumerate(lines) if line.startswith("╰"))]
    rows = [line for line in table if line.startswith("│")][1:]
    assert len(rows) == len(TEXTS)
    for row, text in zip(rows, TEXTS.values(), strict=True):
        assert row.startswith(f"│ {in_a_line(text)}".rstrip())


@pytest.fixture(scope="module")
def plain_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a site with harmless texts."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "a.toml").write_bytes(tomli_w.dumps(hostile_site("甲乙")).encode())
    return check("table", "a.toml", cwd=folder)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "markup",
            "closing markup",
            "a link of the terminal",
            "a cleared screen",
            "a one-byte escape",
            "a tab",
            "zero",
        ),
        *("a forged row", "a line of Windows", "a carriage return", "a line separator"),
        "a vertical tab and a form feed",
    ],
)
def test_the_page_of_a_site_is_as_long_for_a_hostile_text_as_for_any_other(
    name: str, plain_page: str, tmp_path: Path
) -> None:
    (tmp_path / "a.toml").write_bytes(tomli_w.dumps(hostile_site(TEXTS[name])).encode())
    out = check("table", "a.toml", cwd=tmp_path)
    assert unseen(out) == set()
    assert out.startswith(f"{shown(TEXTS[name])}\n")
    assert out.count("\n") == plain_page.count("\n")


@pytest.mark.parametrize("format", FORMATS)
def test_a_text_of_any_length_makes_no_more_lines(format: str, tmp_path: Path) -> None:
    for number, text in enumerate(LONG_TEXTS):
        site = {"name": text, "kind": "建筑工地", "city": text, "id": text}
        (tmp_path / f"{number}.toml").write_bytes(tomli_w.dumps({"site": site, "branch": {"form": text}}).encode())
    long = check(format, cwd=tmp_path)
    for path in tmp_path.iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("长" * 40_000, "长"), encoding="utf-8")
        path.write_text(re.sub(r"(x|\\u001b\[31m)+", "x", path.read_text(encoding="utf-8")), encoding="utf-8")
    assert long.count("\n") == check(format, cwd=tmp_path).count("\n")


def test_on_a_terminal_the_only_escapes_are_those_of_the_colours_of_pilot(tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS.values()):
        site = {"site": {"name": text, "kind": "建筑工地", f"x{text}": 1}, "branch": {"form": text}}
        (tmp_path / f"{number:02}.toml").write_bytes(tomli_w.dumps(site).encode())
    arguments = ("check", ".", *AS_OF, "--all", "--select", "B001")
    out = pilot_in_terminal(*arguments, width=300, cwd=tmp_path, status=1, PYTHONIOENCODING="utf-8")
    assert "\x1b[" in out
    assert unseen(without_colours(out)) == set()
    assert "\\x1b[31m红\\x1b[0m" in out
    assert "[red]红[/red]" in out


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """A folder with a folder and a file of each hostile name."""
    write_hostile_names(tmp_path)
    return tmp_path


def test_file_names_are_told_in_every_format_and_do_nothing(named: Path) -> None:
    sites = check_json(".", cwd=named)
    assert {site["path"] for site in sites} == {str(path.relative_to(named)) for path in named.rglob("*.toml")}
    findings = sum(len(site["findings"]) for site in sites)
    concise = check("concise", cwd=named)
    assert unseen(concise) == set()
    assert concise.count("\n") == findings
    table = check("table", cwd=named)
    assert unseen(table) == set()
    sheet = check("csv", cwd=named)
    assert unseen(sheet) == {"\r", "\ufeff"}
    cells = [row[0] for row in csv.reader(io.StringIO(sheet, newline=""))]
    assert len(cells) == 1 + findings
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]


def test_in_markdown_each_path_is_a_paragraph_of_its_own(named: Path) -> None:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(check("markdown", ".", cwd=named))
    headings = [number for number, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h3"]
    told = []
    for number in headings:
        assert [token.type for token in tokens[number : number + 3]] == ["heading_open", "inline", "heading_close"]
        paragraph, text = tokens[number + 3 : number + 5]
        told.append((paragraph.type, "".join(child.content for child in text.children or [])))
    paths = [site["path"] for site in check_json(".", cwd=named)]
    assert told == [("paragraph_open", f"文件：{shown(path)}".strip()) for path in paths]


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")
@pytest.mark.parametrize("format", FORMATS)
def test_a_file_name_that_is_no_text_is_told_in_every_format(format: str, tmp_path: Path) -> None:
    name = b"\xb9\xe3\xd6\xdd\xff/\xed\xa0\x80.toml"
    path = os.path.join(os.fsencode(tmp_path), name)
    os.mkdir(os.path.dirname(path))
    with open(path, "wb") as file:
        file.write(b"[site]\nname = 1\n")
    for arguments in ([], [name]):
        out = check(format, *arguments, cwd=tmp_path)
        assert unseen(out) <= {"\r", "\ufeff"}
        if format.startswith("json"):
            told = json.loads(out)
            site = told["sites"][0] if format == "json" else told
            assert os.fsencode(site["path"]) == name
        elif format == "sarif":
            assert quote(name) in out
        else:
            assert "\\udcb9\\udce3" in out.replace("\\\\", "\\")


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")
@pytest.mark.parametrize("format", ["json", "csv"])
def test_a_file_name_that_is_no_text_can_be_written_to_a_file(format: str, tmp_path: Path) -> None:
    with open(os.path.join(os.fsencode(tmp_path), b"\xff.toml"), "wb") as file:
        file.write(b"[site]\nname = 1\n")
    status, out, _err = call("check", *AS_OF, "--format", format, "--output", "out", cwd=tmp_path)
    assert (status, out) == (1, b"")
    assert "\\udcff.toml" in (tmp_path / "out").read_text(encoding="utf-8")


WRONG_CALLS = [
    *(["check", "{}"], ["check", "--select", "{}"], ["check", "--ignore", "{}"], ["check", "--standard", "{}"]),
    *(["check", "--as-of", "{}"], ["check", "--format", "{}"], ["check", "--fail-on", "{}"], ["check", "--x{}"]),
    *(["check", "{}", "--output", "no/{}"], ["check", "--output", "no/{}"], ["rules", "{}"], ["rules", "{}", "{}"]),
    *(["rules", "--format={}"], ["--lang", "{}", "check"], ["--lang={}", "check"], ["{}"], ["--{}"], ["--version={}"]),
]


@pytest.mark.parametrize("arguments", WRONG_CALLS, ids=" ".join)
def test_a_wrong_call_is_told_in_two_lines_whatever_its_words(arguments: list[str], tmp_path: Path) -> None:
    words = ("markup", "a link of the terminal", "a one-byte escape", "a line of Windows", "a right-to-left override")
    text = "".join(TEXTS[name] for name in words)
    status, out, err = call(*(argument.replace("{}", text) for argument in arguments), cwd=tmp_path)
    assert (status, out) == (2, b"")
    assert unseen(err.decode()) == set()
    assert err.count(b"\n") == 2
    assert err.decode().startswith("错误：")


@pytest.mark.parametrize("format", ["table", "concise", "markdown", "csv", "sarif", "junit", "github"])
def test_the_texts_of_a_standard_do_nothing_either(format: str, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("[site]\nname = 1\n", encoding="utf-8")
    (tmp_path / "b.toml").write_text("[site]\nname = 1\n", encoding="utf-8")
    name = TEXTS["a colour"] + TEXTS["a right-to-left override"] + TEXTS["a bell"]
    text = name + TEXTS["a new line"]
    words = {"zh": text, "en": text}
    rule = {"title": words, "basis": words, "advice": words}
    grades = [{"from": 0, "name": words}]
    standard = {"name": name, "extends": "five-ones", "grades": grades, "override": {"A001": rule, "P002": rule}}
    (tmp_path / "standard").write_bytes(tomli_w.dumps(standard).encode())
    for paths in (["a.toml"], ["a.toml", "b.toml"]):
        out = check(format, *paths, "--standard", "standard", cwd=tmp_path)
        assert unseen(out) <= {"\r", "\ufeff"}
    if format in ("table", "markdown"):
        for rules in ([], ["A001"]):
            status, shown_rules, err = call("rules", *rules, "--standard", "standard", "--format", format, cwd=tmp_path)
            assert (status, err, unseen(shown_rules.decode())) == (0, b"", set())
