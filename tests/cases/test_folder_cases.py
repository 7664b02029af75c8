"""Which files of a folder are sites: each case from the field, and its brothers."""

import shutil
from pathlib import Path

import pytest

from tests.cases.expo import EXPO, put
from tests.commands.running import check, document, pilot
from tests.standard.own import EXTENDING, WHOLE, own_rule

SITE = (EXPO / "site.toml").read_text(encoding="utf-8")
RULE = own_rule('check = "waivers_known"')


def write(folder: Path, name: str, text: str = SITE) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("command", ["check", "report"])
@pytest.mark.parametrize(
    "name",
    ["", "site.toml.txt", "site.TOML.bak", "site.toml.bak", "台账.xlsx", "site.yaml", ".site.toml", "site.toml~"],
)
def test_nothing_found_is_never_success(command: str, name: str, tmp_path: Path) -> None:
    if name:
        write(tmp_path, name)
    result = pilot(command, tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "没有找到站点文件" in result.stderr
    if name in ("site.toml.txt", "site.TOML.bak", "site.toml.bak", "台账.xlsx"):
        assert name in result.stderr


def test_a_ledger_is_to_be_imported_first(tmp_path: Path) -> None:
    write(tmp_path, "台账.xlsx")
    assert "pilot import" in check(tmp_path).stderr


@pytest.mark.parametrize("name", ["SITE.TOML", "site.Toml", "一/二/SITE.TOML", "工地.tOML", "a b.TOML"])
def test_a_suffix_may_be_in_any_case(name: str, tmp_path: Path) -> None:
    write(tmp_path, name)
    (site,) = document(tmp_path)["sites"]
    assert (site["path"], site["id"]) == (str(tmp_path / name), "guangzhou-pazhou-expo")


@pytest.mark.parametrize("name", ["std.toml", "标准/广州.toml", "STD.TOML"])
@pytest.mark.parametrize("text", [EXTENDING, EXTENDING + RULE, WHOLE + RULE])
def test_the_standard_among_the_sites_is_no_site(name: str, text: str, tmp_path: Path) -> None:
    put(tmp_path / "a")
    write(tmp_path, name, text)
    result = check(tmp_path, "--standard", tmp_path / name)
    assert "guangzhou-pazhou-expo" in result.stdout
    assert result.returncode == 0
    for options in (("--standard", str(tmp_path / name)), ()):
        assert [site["id"] for site in document(tmp_path, *options)["sites"]] == ["guangzhou-pazhou-expo"]


def test_the_base_of_a_standard_is_no_site_either(tmp_path: Path) -> None:
    put(tmp_path / "a")
    write(tmp_path, "base.toml", EXTENDING)
    write(tmp_path, "own.toml", 'name = "区"\nextends = "base.toml"\n')
    assert len(document(tmp_path, "--standard", tmp_path / "own.toml")["sites"]) == 1


@pytest.mark.parametrize(
    "name",
    [
        *(".site.toml", "._site.toml", ".#site.toml", "~$site.toml", ".git/site.toml", "@eaDir/site.toml"),
        *(
            "$RECYCLE.BIN/site.toml",
            ".隐藏/工地/site.toml",
            "pilot.toml",
            "pyproject.toml",
            "PyProject.toml",
            "工地/._site.toml",
        ),
    ],
)
def test_what_programs_leave_behind_is_no_site(name: str, tmp_path: Path) -> None:
    put(tmp_path / "a")
    write(tmp_path, name, "" if name == "pilot.toml" else SITE)
    assert [site["path"] for site in document(tmp_path)["sites"]] == [str(tmp_path / "a" / "site.toml")]


def test_what_was_left_out_is_counted_and_named_when_asked_for(tmp_path: Path) -> None:
    shutil.copytree(EXPO, tmp_path / "a")
    write(tmp_path, "pyproject.toml", "")
    write(tmp_path, "std.toml", EXTENDING)
    (line,) = check(tmp_path).stderr.splitlines()
    assert "2" in line
    assert "std.toml" not in line
    named = check(tmp_path, "--verbose").stderr
    assert "pyproject.toml" in named
    assert "std.toml" in named


def test_a_file_that_is_named_is_always_read(tmp_path: Path) -> None:
    for name in (".site.toml", "._site.toml", "site.toml.txt"):
        write(tmp_path, name)
        assert [site["id"] for site in document(tmp_path / name)["sites"]] == ["guangzhou-pazhou-expo"]
