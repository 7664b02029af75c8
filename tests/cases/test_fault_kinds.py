"""What was slow, told too much or was acted on elsewhere: the smallest case of each kind, and its brothers."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pilot_cli.exchange.books.reading_process import LONG_TEXT, _without_repeated_texts
from pilot_cli.formats.markdown import escaped
from pilot_cli.formats.text import printable
from pilot_cli.site.folder import Folder
from pilot_cli.site.texts import MAX_MARKS, nfkc, plain
from tests.commands.running import AS_OF, ROOT, pilot
from tests.editing import write_site

SITE = '[site]\nid = "s-1"\nname = "示例"\nkind = "建筑工地"\n'
LEADS_OUT = "it is a link that leads out of the site's folder"
SECRET = "SECRET=示例密码"


@pytest.mark.parametrize("name", ["x.toml", "deep/x.toml"])
def test_a_link_out_of_the_folder_is_no_site_file_and_its_content_is_not_shown(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n", encoding="utf-8")
    write_site(tmp_path / "sites" / "a", SITE)
    (tmp_path / "sites" / "deep").mkdir()
    (tmp_path / "sites" / name).symlink_to(tmp_path / "secret")
    result = pilot("check", tmp_path / "sites", "-f", "concise", "--verbose", *AS_OF)
    assert SECRET not in result.stdout
    assert "指向文件夹以外的链接" in result.stderr
    assert "x.toml" not in result.stdout


def test_a_link_out_of_the_folder_tells_nothing_of_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    write_site(tmp_path / "sites" / "a", SITE)
    link, answers = tmp_path / "sites" / "x.toml", set()
    for target in ("secret", "absent", "folder"):
        link.unlink(missing_ok=True)
        link.symlink_to(tmp_path / target)
        answers.add(pilot("check", tmp_path / "sites", "-f", "concise", "--verbose", *AS_OF).stderr)
    (answer,) = answers
    assert str(link) in answer


def test_a_link_to_another_folder_that_is_checked_too_is_followed(tmp_path: Path) -> None:
    write_site(tmp_path / "far", SITE)
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "x.toml").symlink_to(tmp_path / "far" / "site.toml")
    result = pilot("check", tmp_path / "sites", tmp_path / "far" / "site.toml", "-f", "concise", *AS_OF)
    assert result.returncode == 1, result.stderr
    assert "链接" not in result.stderr


def test_inspections_that_are_a_link_out_of_the_folder_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n", encoding="utf-8")
    write_site(tmp_path / "a", SITE)
    (tmp_path / "a" / "inspections.toml").symlink_to(tmp_path / "secret")
    result = pilot("check", tmp_path / "a", "--standard", "five-ones-onsite", *AS_OF)
    assert "F001" in result.stdout
    assert "示例密码" not in result.stdout


@pytest.mark.parametrize("name", ["root/secret.txt", "root/nothing.txt", "root/sub/../secret.txt", "root"])
@pytest.mark.parametrize("target", ["../out", "{above}/out", "../site/../out", "../out/nothing"])
def test_nobody_learns_from_documents_what_is_outside_the_folder(name: str, target: str, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "secret.txt").write_text("x", encoding="utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "root").symlink_to(target.format(above=tmp_path))
    problem = Folder(str(tmp_path / "site")).document_problem(name)
    assert problem is not None
    assert problem.template == LEADS_OUT


@pytest.mark.parametrize("mark", ["\u0315\u0300", "\u0300\u0315", "\u0344\u0315"])
def test_marks_that_pile_up_are_left_out_before_they_are_sorted(mark: str) -> None:
    assert len(nfkc("甲" + mark * 100_000)) <= 2 * MAX_MARKS + 1
    assert len(plain("甲" + mark * 100_000)) <= 2 * MAX_MARKS + 1


def test_a_text_with_few_marks_stays_as_it_is() -> None:
    assert nfkc("é" * 100) == "é" * 100
    assert nfkc("ﬁ２" * 50) == "fi2" * 50


def test_a_long_text_that_many_cells_have_is_held_once() -> None:
    rows = _without_repeated_texts(iter([["长" * (LONG_TEXT + 1), 1.0, "短"] for _number in range(3)]))
    assert len({id(row[0]) for row in rows}) == 1
    assert [row[1:] for row in rows] == [[1.0, "短"]] * 3


@pytest.mark.parametrize("text", ["::stop-commands::x", "##[error]x", "a ::set-output name=x::y"])
def test_no_line_is_a_command_to_what_runs_pilot(text: str, tmp_path: Path) -> None:
    write_site(tmp_path, SITE.replace("示例", text))
    for format in ("table", "concise", "markdown", "csv"):
        result = pilot("check", tmp_path, "-f", format, *AS_OF)
        assert result.returncode == 1
        assert "::" not in result.stdout, format
        assert "##[" not in result.stdout, format


def test_a_file_named_as_a_command_is_none(tmp_path: Path) -> None:
    (tmp_path / "::add-mask::e.toml").write_text(SITE, encoding="utf-8")
    result = pilot("check", "::add-mask::e.toml", "-f", "concise", *AS_OF, cwd=tmp_path)
    assert result.stdout
    assert not [line for line in result.stdout.splitlines() if line.startswith("::")]


@pytest.mark.parametrize("text", ["x;=1+1;y", "x; @sum(A1)", "x;＝1"])
def test_no_part_of_a_cell_is_a_formula_where_semicolons_part_cells(text: str, tmp_path: Path) -> None:
    write_site(tmp_path, SITE.replace("示例", text))
    result = pilot("check", tmp_path, "-f", "csv", *AS_OF)
    rows = csv.reader(io.StringIO(result.stdout), delimiter=";")
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "@", "＝"))]


@pytest.mark.parametrize("text", ["www.example.org", "WWW.example.org", "见www.example.org"])
def test_a_name_of_a_web_site_is_no_link(text: str) -> None:
    assert escaped(text) == text.replace("www.", "www\\.").replace("WWW.", "WWW\\.")


@pytest.mark.parametrize("character", ["\u3164", "\u115f", "\uffa0", "\u034f", "\u17b4", "\u180b", "\u2800", "\ufe0f"])
def test_what_nobody_sees_is_shown_by_its_code(character: str) -> None:
    assert printable(f"a{character}b") == f"a\\u{ord(character):04x}b"


def test_marks_cover_no_other_line() -> None:
    assert printable("a" + "\u0301" * 10_000) == "a" + "\u0301" * 8 + "…"
    assert printable("Nguyễn é ก็") == "Nguyễn é ก็"


def test_a_pipe_that_nobody_reads_is_refused_at_once(tmp_path: Path) -> None:
    write_site(tmp_path, SITE)
    os.mkfifo(tmp_path / "out.json")
    result = pilot("check", tmp_path / "site.toml", "-o", tmp_path / "out.json", *AS_OF)
    assert result.returncode == 2
    assert "--output" in result.stderr


def test_a_pipe_that_somebody_reads_is_written_to(tmp_path: Path) -> None:
    write_site(tmp_path, SITE)
    program = (
        f"{sys.executable} -m pilot_cli check {tmp_path} -f json -o >(cat >{tmp_path}/copy.json) --as-of 2020-11-23"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(["bash", "-c", f"{program}; wait"], env=environment, capture_output=True, check=False)
    assert result.returncode in (0, 1), result.stderr
    with (tmp_path / "copy.json").open(encoding="utf-8") as copied:
        assert '"format": 2' in copied.read()


def test_answers_without_end_are_not_waited_for(tmp_path: Path) -> None:
    with Path("/dev/zero").open("rb") as endless:
        result = subprocess.run(
            [sys.executable, "-m", "pilot_cli", "new", tmp_path / "site.toml"],
            stdin=endless,
            cwd=ROOT,
            capture_output=True,
            check=False,
            timeout=60,
        )
    assert result.returncode == 2
    assert not (tmp_path / "site.toml").exists()


@pytest.mark.parametrize("command", ["check", "report", "export", "fix"])
def test_a_path_of_twenty_thousand_levels_is_refused_in_words(command: str) -> None:
    result = pilot(command, "many/" * 20_000)
    assert result.returncode == 2
    assert "程序内部错误" not in result.stderr


MAX_CPU_SECONDS = 20
"""Far more than any of these takes; what grows with the square of the size took longer, or soon would."""
QUOTES = '"' * 262_150
NEVER_ENDING = 'a = "' + '\\"' * 60_000
WAIVERS = '[[waivers]]\nrule = "B001"\nreason = "示例"\napproved_by = "示例"\nuntil = 2030-01-01\n' * 12_000
DOCUMENTS = "[branch]\ndocuments = [{}]\n".format(",".join(f'"d{number}"' for number in range(50_000)))
OWN = 'name = "示例"\nextends = "five-ones"\n' + "".join(
    f'[[rules]]\nid = "{id}"\nseverity = "warning"\ntitle.zh = "示例"\nbasis.zh = "示例"\nadvice.zh = "示例"\n'
    f'check = "{check}"\nfield = "branch.documents"\nvalues = [{",".join(values)}]\n'
    for id, check, values in (
        ("GZ01", "includes", [f'"v{number}"' for number in range(50_000)]),
        ("GZ02", "excludes", [f'"d{number}"' for number in range(50_000)]),
    )
)


@pytest.mark.skipif(os.name == "nt", reason="the limits of POSIX")
@pytest.mark.parametrize(
    ("files", "arguments", "status"),
    [
        ({"site.toml": SITE + NEVER_ENDING}, ["check", "site.toml"], 1),
        ({"site.toml": SITE, "own.toml": NEVER_ENDING}, ["check", "--standard", "own.toml"], 2),
        ({"site.toml": SITE, "pilot.toml": NEVER_ENDING}, ["--settings", "pilot.toml", "check"], 2),
        ({"book.csv": "编号,名称,类型\n" + QUOTES + ",示例,小区\n"}, ["import", "book.csv", "--output", "sites"], 1),
        ({"site.toml": SITE + WAIVERS}, ["check", "site.toml", "--format", "json"], 1),
        ({"site.toml": SITE + DOCUMENTS, "own.toml": OWN}, ["check", "site.toml", "--standard", "own.toml"], 1),
        ({"site.toml": SITE}, ["check", "--select", "x" * 120_000], 2),
        ({"site.toml": SITE}, ["check", "x" * 120_000], 2),
    ],
    ids=["site file", "standard", "settings", "quotes", "waivers", "lists", "rule", "path"],
)
def test_what_is_made_to_take_long_is_done_with_soon(
    files: dict[str, str], arguments: list[str], status: int, tmp_path: Path
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = subprocess.run(
        ["sh", "-c", f'ulimit -t {MAX_CPU_SECONDS}; exec "$0" -m pilot_cli "$@"', sys.executable, *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == status, result.stderr[-500:]
    assert len(result.stdout) + len(result.stderr) < 10**6
