"""Output files, pipes, terminals and signals."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.running import AS_OF, ROOT, UNMEASURED, check, pilot
from tests.commands.terminal import pilot_in_terminal

EXAMPLE = "checklists/construction/guangzhou-pazhou-expo/site.toml"
COMMAND = [sys.executable, "-m", "pilot_cli", "check", "checklists", *AS_OF]
on_posix = pytest.mark.skipif(os.name == "nt", reason="the devices and signals of POSIX")


def test_an_output_file_is_replaced_and_holds_what_would_have_been_printed(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old", encoding="utf-8")
    result = check("checklists", "--output", path)
    assert (result.returncode, result.stdout, result.stderr) == (1, "", f"已写入：{path}\n")
    assert path.read_text(encoding="utf-8") == check("checklists").stdout
    assert os.listdir(tmp_path) == ["out.txt"]


def test_an_output_that_cannot_be_written_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = check(EXAMPLE, "--output", tmp_path / "file" / "out.txt")
    assert result.returncode == 2
    assert "无法写入：路径中" in result.stderr
    result = check(EXAMPLE, "--output", tmp_path)
    assert result.returncode == 2
    assert os.listdir(tmp_path) == ["file"]


def test_an_output_file_stays_as_it_was_when_the_check_is_interrupted(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("old", encoding="utf-8")
    result = check(EXAMPLE, "--output", path, "--standard", "nowhere")
    assert result.returncode == 2
    assert path.read_text(encoding="utf-8") == "old"


@on_posix
def test_standard_input_is_read_in_a_current_folder_that_has_been_deleted(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    result = subprocess.run(
        [sys.executable, "-m", "pilot_cli", "check", "-", *AS_OF, "--quiet"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=folder.rmdir,
        input=(ROOT / EXAMPLE).read_bytes(),
        capture_output=True,
        check=False,
    )
    assert (result.stderr, result.returncode) == (b"", 0)
    assert result.stdout.decode().startswith("1个试点单位")


@on_posix
def test_a_device_is_written_to_and_not_replaced() -> None:
    assert check(EXAMPLE, "--output", "/dev/null").returncode == 0
    assert Path("/dev/null").is_char_device()


def test_a_file_that_is_read_is_never_written_over(tmp_path: Path) -> None:
    site = tmp_path / "site.toml"
    site.write_text("[site]\n", encoding="utf-8")
    result = check(site, "--format", "json", "--output", site)
    assert result.returncode == 2
    assert "写入会使其丢失" in result.stderr
    assert site.read_text(encoding="utf-8") == "[site]\n"


@on_posix
def test_an_output_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.touch(mode=0o640)
    check(EXAMPLE, "--output", path)
    assert path.stat().st_mode & 0o777 == 0o640


@on_posix
@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_standard_output_by_another_name_is_not_replaced(name: str, tmp_path: Path) -> None:
    path = tmp_path / "all"
    command = f"(echo first; {sys.executable} -m pilot_cli check {EXAMPLE} -q -o {name}; echo last) > {path}"
    subprocess.run(["sh", "-c", command], cwd=ROOT, check=True)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("first", "last", 3)


@on_posix
def test_a_full_disk_is_said_and_is_status_2() -> None:
    with open("/dev/full", "wb") as full:
        result = subprocess.run(COMMAND, stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    assert result.returncode == 2
    assert "结果无法写出" in result.stderr.decode()
    assert b"Traceback" not in result.stderr


@on_posix
@pytest.mark.parametrize("format", ["table", "jsonl"])
def test_a_reader_that_goes_away_ends_the_check_quietly(format: str) -> None:
    read, write = os.pipe()
    os.close(read)
    result = subprocess.run([*COMMAND, "--format", format], stdout=write, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    os.close(write)
    assert result.stderr == b""
    assert result.returncode == 141


@on_posix
def test_an_interrupt_ends_the_check_quietly_with_130() -> None:
    # Standard input never comes, so the interrupt arrives while pilot waits for it.
    with subprocess.Popen(
        [sys.executable, "-u", "-c", f"print('ready', flush=True); {INTERRUPTED}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, **UNMEASURED},
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert process.returncode == 130
    assert (out, err) == (b"", b"")


# Tells that everything is imported and reading begins, then waits.
INTERRUPTED = """
import sys, pilot_cli.site.reader as reader
load = reader.load_site
import pilot_cli.audit.work as work
def announce(path, base):
    print('reading', flush=True)
    return load(path, base)
work.load_site = announce
sys.argv = ['pilot', 'check', '-']
from pilot_cli.__main__ import main
main()
""".replace("\n", "\\n").join(('exec("', '")'))


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1", "cp437"])
def test_a_console_without_the_characters_never_fails(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('[site]\nid = "a-b"\nname = "é😀深圳"\nkind = "社区物业"\n', encoding="utf-8")
    for format in ("table", "concise"):
        environment = {**os.environ, "PYTHONIOENCODING": encoding}
        command = [sys.executable, "-m", "pilot_cli", "check", str(tmp_path), *AS_OF, "--format", format]
        result = subprocess.run(command, env=environment, capture_output=True, cwd=ROOT, check=False)
        assert result.returncode == 1
        assert result.stderr == b""
        result.stdout.decode(encoding)


def test_without_a_terminal_there_is_no_colour_and_nothing_is_cut() -> None:
    out = check("checklists").stdout
    assert "\x1b" not in out
    assert "…" not in out


@on_posix
@pytest.mark.parametrize(("no_colour", "coloured"), [("", True), ("1", False)])
def test_a_terminal_has_colour_unless_it_is_unwanted(no_colour: str, coloured: bool) -> None:
    out = pilot_in_terminal("check", "checklists", *AS_OF, width=100, NO_COLOR=no_colour)
    assert ("\x1b[" in out) is coloured
    assert "党群活动阵地" in out


@on_posix
def test_in_a_narrow_terminal_no_line_is_wider_than_it() -> None:
    from rich.cells import cell_len

    out = pilot_in_terminal("check", "checklists", *AS_OF, width=80, NO_COLOR="1")
    assert max(map(cell_len, out.splitlines())) <= 80
    assert "示例·江门蓬江侨苑小区" in out
    assert "制度 未建立" in out
    assert "65.5" in out


def test_results_go_to_standard_output_and_errors_to_standard_error() -> None:
    assert check(EXAMPLE).stderr == ""
    assert pilot("check", "nowhere").stdout == ""


@on_posix
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-"])
def test_a_stream_that_is_closed_from_the_start_does_no_harm(closed: str) -> None:
    command = f"{sys.executable} -m pilot_cli check {EXAMPLE} {' '.join(AS_OF)} {closed}"
    result = subprocess.run(["sh", "-c", command], capture_output=True, encoding="utf-8", cwd=ROOT, check=False)
    assert result.returncode == 0
    assert result.stderr == ""
    assert bool(result.stdout) is (closed != ">&-")
