"""Which files in folders are read as site files, what is said of the others, and that nothing found is no success."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.running import AS_OF, Result, check, document, pilot
from tests.editing import COMMUNITY, CONSTRUCTION, edit, edited, write_site
from tests.test_imports import imported

STANDARD = 'name = "本市"\nextends = "five-ones"\n'
BASE = 'name = "基础"\nweight = 20\n[[grades]]\nfrom = 0\nname.zh = "合格"\n'
EXTENDS_BASE = 'name = "本市"\nextends = "far/base.toml"\n'
RULE = (
    '[[rules]]\nid = "GZ01"\nseverity = "info"\ncheck = "given"\nfields = ["site.brand"]\n'
    'title.zh = "有品牌"\nbasis.zh = "示例"\nadvice.zh = "补填"\n'
)
COMMANDS = ("check", "report", "export")


@pytest.fixture
def mix(tmp_path: Path) -> Path:
    """A folder with a site, and with all else that may be found beside one."""
    folder = tmp_path / "mix"
    write_site(folder / "a", CONSTRUCTION)
    for name, text in {
        "std.toml": STANDARD,
        "pilot.toml": 'fail_on = "warning"\n',
        "pyproject.toml": "[project]\n",
        ".site.toml": "x",
        "._site.toml": "x",
        ".#site.toml": "x",
        "~$site.toml": "x",
        "site.toml.bak": "x",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "@eaDir").mkdir()
    (folder / "@eaDir" / "site.toml").write_text("x", encoding="utf-8")
    return folder


def run(command: str, *arguments: str | Path, cwd: Path, language: str = "zh") -> Result:
    output = ["--output", "out.xlsx"] if command == "export" else []
    as_of = [] if command == "export" else AS_OF
    return pilot("--lang", language, command, *arguments, *output, *as_of, cwd=cwd)


def sites(command: str, *arguments: str | Path, cwd: Path) -> list[str]:
    """Tell the ids of the sites that a command finds, and have nothing else in what it makes of them."""
    if command == "export":
        result = run(command, *arguments, cwd=cwd)
        assert result.returncode == 0, result.stderr
        rows = openpyxl.load_workbook(cwd / "out.xlsx")["站点"].iter_rows(min_row=3, values_only=True)
        (cwd / "out.xlsx").unlink()
        return [str(row[0]) for row in rows]
    told: Any = json.loads(run(command, *arguments, "--format", "json", cwd=cwd).stdout)
    return [site["id"] for site in told["sites"]]


@pytest.mark.parametrize("command", COMMANDS)
def test_of_all_in_a_folder_the_sites_alone_are_read(command: str, mix: Path) -> None:
    assert sites(command, "mix", cwd=mix.parent) == ["good-construction"]
    assert sites(command, cwd=mix) == ["good-construction"]


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_skipped_is_counted_and_with_verbose_named_with_the_reason(command: str, mix: Path) -> None:
    assert run(command, "mix", cwd=mix.parent).stderr == "另有3个文件未作为站点文件处理，加上 --verbose 可逐个列出\n"
    (mix.parent / "out.xlsx").unlink(missing_ok=True)
    assert run(command, "mix", "--verbose", cwd=mix.parent).stderr.splitlines() == [
        "另有3个文件未作为站点文件处理：",
        "  mix/pilot.toml：pilot 的设置文件",
        "  mix/pyproject.toml：Python 项目的配置文件",
        "  mix/std.toml：标准文件，不是站点文件",
    ]


def test_it_is_said_in_english_too(mix: Path) -> None:
    told = run("check", "mix", "--exclude", "a", "--exclude", "p*", cwd=mix.parent, language="en").stderr
    assert told.startswith("Skipped: 3 files, 1 folder (--verbose names them)\nError: no site file (*.toml)")
    told = run("check", "mix", "--exclude", "mix", "--verbose", cwd=mix.parent, language="en").stderr
    assert told.splitlines()[:2] == ["Skipped: 3 files", "  mix/pilot.toml: the settings of pilot"]


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_said_where_nothing_is_skipped(command: str, mix: Path) -> None:
    assert run(command, "mix/a", cwd=mix.parent).stderr == ""


def test_the_line_of_totals_stays_alone_unless_names_are_asked_for(mix: Path) -> None:
    assert check(mix, "--quiet").stderr == ""
    assert "pilot.toml" in check(mix, "--quiet", "--verbose").stderr
    assert check(mix, "--quiet").stdout.startswith("1个试点单位；")


def test_the_standard_in_use_is_no_site_whatever_it_looks_like(mix: Path) -> None:
    assert check("mix", "--standard", "mix/std.toml", cwd=mix.parent).returncode == 0
    far = mix / "far"
    far.mkdir()
    (far / "base.toml").write_text(BASE, encoding="utf-8")
    (mix / "std.toml").write_text(EXTENDS_BASE + RULE, encoding="utf-8")
    told = check("mix", "--standard", "mix/std.toml", "--verbose", cwd=mix.parent)
    assert "mix/far/base.toml：本次检查所用的标准" in told.stderr
    assert "mix/std.toml：本次检查所用的标准" in told.stderr
    assert told.stdout.count("江湾路工地") == 1
    assert [site["path"] for site in document(mix)["sites"]] == [
        str(mix / "a" / "site.toml"),
        str(mix / "far" / "base.toml"),
    ], "when it is not in use, nothing tells it from a site without all that is required"


@pytest.mark.parametrize(
    "text",
    [
        'extends = "five-ones"',
        "rules = []",
        '[[rules]]\nid = "GZ01"',
        'rules = "x"',
        'name = "x"\nextends = 1\n[override.B003]\nvalue = 1',
        "rules = []\n[branch]\nfull_members = 3",
    ],
)
def test_a_standard_is_known_by_its_look(text: str, tmp_path: Path) -> None:
    write_site(tmp_path, CONSTRUCTION)
    path = write_site(tmp_path, text, "other.toml")
    assert [site["id"] for site in document(tmp_path)["sites"]] == ["good-construction"]
    assert check(path).returncode == 1, "a file that is named is read"
    (named, other) = document(path, tmp_path)["sites"]
    assert (named["path"], other["id"]) == (str(path), "good-construction")
    assert len(document(tmp_path, "other.toml", cwd=tmp_path)["sites"]) == 2
    assert check(path, tmp_path).stderr == ""


@pytest.mark.parametrize(
    "text",
    [
        'extends = "five-ones"\n[site]\nid = "ab"',
        "rules = []\nsite = 1",
        "rules = [",
        '[branch]\nrules = 1\nextends = "x"',
        "Rules = []",
        "",
        "name = 1",
    ],
)
def test_what_does_not_look_like_a_standard_is_read(text: str, tmp_path: Path) -> None:
    write_site(tmp_path, text, "other.toml")
    assert check(tmp_path).returncode == 1
    assert len(document(tmp_path)["sites"]) == 1
    assert check(tmp_path).stderr == ""


def test_a_named_standard_is_counted_in_sums_too(mix: Path) -> None:
    for arguments, number in (["mix"], 1), (["mix", "mix/std.toml"], 2), (["mix/std.toml", "mix"], 2):
        assert check(*arguments, "--quiet", cwd=mix.parent).stdout.startswith(f"{number}个试点单位；")
        assert check(*arguments, "--quiet", "--jobs", "2", cwd=mix.parent).stdout.startswith(f"{number}个试点单位；")


@pytest.mark.parametrize("command", COMMANDS)
def test_patterns_leave_files_and_folders_out(command: str, tmp_path: Path) -> None:
    write_site(tmp_path / "a", CONSTRUCTION)
    write_site(tmp_path / "archive" / "b", COMMUNITY)
    write_site(tmp_path / "a", COMMUNITY, "b-old.toml")
    assert sites(command, ".", "--exclude", "archive/", "--exclude", "*-old.toml", cwd=tmp_path) == [
        "good-construction"
    ]
    told = run(command, ".", "--exclude", "archive/", "--exclude", "*-old.toml", "--verbose", cwd=tmp_path).stderr
    assert told.splitlines() == [
        "另有1个文件、1个文件夹未作为站点文件处理：",
        "  a/b-old.toml：按排除设置不检查",
        "  archive/：按排除设置不检查",
    ]
    (tmp_path / "out.xlsx").unlink(missing_ok=True)
    assert sites(command, "archive", "--exclude", "archive/", cwd=tmp_path) == ["good-community"]
    assert sites(command, "a/b-old.toml", "--exclude", "*-old.toml", cwd=tmp_path) == ["good-community"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("pattern", ["", "#recycle", "!"])
def test_a_pattern_that_can_leave_nothing_out_is_refused(command: str, pattern: str, mix: Path) -> None:
    result = run(command, "mix", "--exclude", pattern, cwd=mix.parent)
    assert (result.returncode, result.stdout) == (2, "")
    assert f"--exclude：“{pattern}”不是有效的排除规则" in result.stderr


def test_an_empty_ledger_takes_no_patterns(tmp_path: Path) -> None:
    result = pilot("export", "--template", "--exclude", "a", "--output", tmp_path / "a.xlsx")
    assert (result.returncode, [*tmp_path.iterdir()]) == (2, [])


def test_the_result_is_the_same_however_many_work_on_it(tmp_path: Path) -> None:
    for number in range(320):
        text = edited(COMMUNITY, edit('id = "good-community"', f'id = "site-{number:03}"'))
        (tmp_path / f"{number:03}").mkdir()
        (tmp_path / f"{number:03}" / "site.toml").write_text(text, encoding="utf-8")
        if number % 7 == 0:
            (tmp_path / f"{number:03}" / "own.toml").write_text(STANDARD, encoding="utf-8")
    for arguments in (["--format", "jsonl", "--verbose"], ["--quiet", "--verbose"]):
        alone, shared = (check(tmp_path, *arguments, "--jobs", jobs) for jobs in ("1", "3"))
        assert (alone.stdout, alone.stderr, alone.returncode) == (shared.stdout, shared.stderr, shared.returncode)
        assert alone.stderr.startswith("另有46个文件")
        assert alone.stderr.count("own.toml：标准文件") == 46


def test_an_import_finds_files_in_capital_letters_and_takes_no_standard_for_a_site(tmp_path: Path) -> None:
    site = write_site(tmp_path / "sites" / "x", CONSTRUCTION, "SITE.TOML")
    write_site(tmp_path / "sites" / "x", STANDARD, "std.toml")
    book = tmp_path / "a.xlsx"
    assert pilot("export", tmp_path / "sites", "--output", book).returncode == 0
    assert pilot("import", book, "--output", tmp_path / "sites").returncode == 0
    assert {path.name for path in (tmp_path / "sites").iterdir()} == {"x"}
    assert site.read_text(encoding="utf-8") == CONSTRUCTION


def test_an_output_in_capital_letters_is_not_written_over_a_site_that_is_read(tmp_path: Path) -> None:
    site = write_site(tmp_path, CONSTRUCTION, "SITE.TOML")
    assert check(tmp_path, "--format", "json", "--output", site).returncode == 2
    assert site.read_text(encoding="utf-8") == CONSTRUCTION


def test_nothing_is_imported_for_patterns_and_lookalikes_where_there_are_none() -> None:
    modules = imported("check", "checklists", *AS_OF)
    assert "pilot_cli.site.find" in modules
    assert not modules & {"pathspec", "pilot_cli.site.exclude", "pilot_cli.site.lookalikes"}


def test_patterns_are_not_looked_at_where_only_files_are_named(tmp_path: Path) -> None:
    site = write_site(tmp_path, CONSTRUCTION)
    assert "pathspec" not in imported("check", str(site), "--exclude", "archive/", *AS_OF)
    assert "pathspec" in imported("check", str(tmp_path), "--exclude", "archive/", *AS_OF)
