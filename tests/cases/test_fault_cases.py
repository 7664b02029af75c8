"""What ended pilot, or cost a file, in attacks on it: the smallest case of each kind."""

import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.commands.running import AS_OF, ROOT, pilot
from tests.editing import CONSTRUCTION, write_site

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
SITE = '[site]\nid = "a"\nname = "示例"\nkind = "建筑工地"\n[branch]\nelected_on = 2019-01-01\n[activity_space]\n'
BASE = 'name = "own"\ntitle.zh = "示例标准"\n'


@pytest.mark.parametrize("area", ["45.5", "1e308", "0.5", "1_000_000_000"])
def test_a_term_of_any_number_of_years_ends_some_day(area: str, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        f'{BASE}extends = "five-ones"\n[override.B009]\nyears = "activity_space.area_m2"\napplies = {{}}\n', "utf-8"
    )
    write_site(tmp_path / "a", f"{SITE}area_m2 = {area}\n")
    result = pilot("check", tmp_path / "a", "--standard", own, "--select", "B009", "-f", "json", *AS_OF)
    assert result.returncode in (0, 1), result.stderr
    assert '"unreadable": 0' in result.stdout


def test_a_document_may_lie_however_deep(tmp_path: Path) -> None:
    depth = 1200
    site = write_site(tmp_path, f'{SITE}documents = ["{"d/" * depth}x.pdf"]\n')
    folder = os.open(tmp_path, os.O_RDONLY)
    for _level in range(depth):
        os.mkdir("d", dir_fd=folder)
        below = os.open("d", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    os.close(os.open("x.pdf", os.O_CREAT | os.O_WRONLY, dir_fd=folder))
    os.close(folder)
    result = pilot("check", site, "-f", "json", *AS_OF)
    # What cleans up after tests cannot go so deep.
    subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)
    assert result.returncode == 1, result.stderr
    assert '"rule": "A007"' in result.stdout


def test_standards_that_extend_each_other_without_end_are_refused(tmp_path: Path) -> None:
    for number in range(1000):
        (tmp_path / f"s{number}.toml").write_text(f'{BASE}extends = "s{number + 1}.toml"\n', encoding="utf-8")
    result = pilot("rules", "--standard", tmp_path / "s0.toml")
    assert result.returncode == 2
    assert "层层扩展的标准超过20个" in result.stderr


@pytest.mark.parametrize("command", ["rules", "check", "report"])
def test_a_standard_that_another_extends_is_not_written_over(command: str, tmp_path: Path) -> None:
    text = f'{BASE}extends = "five-ones"\n'
    (tmp_path / "base.toml").write_text(text, encoding="utf-8")
    (tmp_path / "own.toml").write_text(f'{BASE}extends = "base.toml"\n', encoding="utf-8")
    write_site(tmp_path / "a", CONSTRUCTION)
    paths = [] if command == "rules" else ["a"]
    result = pilot(command, *paths, "--standard", "own.toml", "-f", "json", "-o", "base.toml", cwd=tmp_path)
    assert result.returncode == 2
    assert (tmp_path / "base.toml").read_text(encoding="utf-8") == text


def test_the_file_at_standard_input_is_not_written_over(tmp_path: Path) -> None:
    site = write_site(tmp_path, CONSTRUCTION)
    with site.open(encoding="utf-8") as text:
        result = subprocess.run(
            [sys.executable, "-m", "pilot_cli", "check", "-", "-f", "json", "-o", site],
            stdin=text,
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
    assert result.returncode == 2
    assert site.read_text(encoding="utf-8") == CONSTRUCTION


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("name", ["a.json", "a.xlsx", "a.docx"])
def test_a_process_that_is_ended_leaves_no_draft(ending: signal.Signals, name: str, tmp_path: Path) -> None:
    for number in range(400):
        write_site(tmp_path / "sites" / f"s{number}", CONSTRUCTION)
    command = "check" if name.endswith("json") else "report"
    program = [sys.executable, "-m", "pilot_cli", command, "sites", "-o", name, "--jobs", "2"]
    with subprocess.Popen(program, cwd=tmp_path, stderr=subprocess.PIPE, env=ENVIRONMENT) as process:
        while not list(tmp_path.glob(".pilot-*")) and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(ending)
        _out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == b""
    assert [path.name for path in tmp_path.iterdir()] == ["sites"]


def test_a_draft_is_read_by_nobody_who_may_not_read_the_file(tmp_path: Path) -> None:
    for number in range(400):
        write_site(tmp_path / "sites" / f"s{number}", CONSTRUCTION)
    (tmp_path / "a.json").touch(0o600)
    program = [sys.executable, "-m", "pilot_cli", "check", "sites", "-o", "a.json", "--jobs", "1"]
    modes = set()
    with subprocess.Popen(program, cwd=tmp_path, stderr=subprocess.PIPE, env=ENVIRONMENT) as process:
        while process.poll() is None:
            for draft in tmp_path.glob(".pilot-*"):
                with suppress(FileNotFoundError):
                    modes.add(stat.S_IMODE(draft.stat().st_mode))
    assert modes == {0o600}
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == 0o600


def test_more_processes_than_a_computer_has_are_as_many_as_help(tmp_path: Path) -> None:
    for number in range(400):
        write_site(tmp_path / f"s{number}", CONSTRUCTION)
    result = pilot("check", tmp_path, "--quiet", "--jobs", "2147483647", *AS_OF)
    assert result.stdout.startswith("400个试点单位")
