"""An import that is cut short, by whatever it is, leaves the folder as it was."""

import os
import shutil
import signal
import subprocess
import sys
import time
from itertools import count
from multiprocessing import get_all_start_methods
from pathlib import Path

import pytest

from pilot_cli.errors import OperationalError
from pilot_cli.exchange.file_transaction import FileTransaction
from tests.commands.books import contents, export
from tests.commands.running import ROOT, UNMEASURED, pilot
from tests.commands.session import Session
from tests.editing import CONSTRUCTION, write_site
from tests.province import make_province

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the processes and signals of POSIX")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of so many sites that importing it takes a while."""
    folder = tmp_path_factory.mktemp("large")
    make_province(folder / "province", 1500)
    assert pilot("export", folder / "province", "--output", folder / "a.xlsx").returncode == 0
    return folder / "a.xlsx"


def import_until(moment: str, book: Path, folder: Path) -> tuple[subprocess.Popen[str], list[int]]:
    """Begin to import, and wait until books are read or drafts are written; return the processes that help."""
    command = [sys.executable, "-m", "pilot_cli", "import", str(book), "--output", str(folder), "--force"]
    environment = {**os.environ, **UNMEASURED}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, encoding="utf-8")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        process.kill()
        pytest.skip("no /proc here")
    found: list[int] = []
    while not (found if moment == "reading" else list(folder.glob(".pilot-*/*"))):
        assert process.poll() is None, "it ended before"
        found = [int(child) for child in children.read_text().split()] or found
    return process, found


def has_ended(pid: int) -> bool:
    """Whether a process is gone, or will be once somebody asks how it ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("moment", ["reading", "writing"])
def test_after_ctrl_c_or_an_end_from_outside_the_folder_is_as_it_was(
    moment: str, ending: int, large: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "sites"
    write_site(folder / "gd-0000001", CONSTRUCTION)
    before = contents(tmp_path)
    process, _children = import_until(moment, large, folder)
    process.send_signal(ending)
    _out, told = process.communicate(timeout=60)
    assert told == ""
    assert process.returncode == 130
    assert contents(tmp_path) == before


def test_ctrl_c_on_a_terminal_ends_quietly(large: Path, tmp_path: Path) -> None:
    with Session("import", large, "--output", tmp_path / "sites", COVERAGE_PROCESS_CONFIG="") as session:
        while not list(tmp_path.glob("sites/.pilot-*/*")):
            time.sleep(0.01)
        assert session.interrupt() == 130
    assert "Traceback" not in session.shown
    assert not (tmp_path / "sites").exists()


def test_no_reader_is_left_when_pilot_is_killed(large: Path, tmp_path: Path) -> None:
    process, children = import_until("reading", large, tmp_path / "sites")
    process.kill()
    process.communicate()
    end = time.monotonic() + 60
    while not all(map(has_ended, children)):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_reader_that_is_killed_is_explained(large: Path, tmp_path: Path) -> None:
    process, children = import_until("reading", large, tmp_path / "sites")
    os.kill(children[0], signal.SIGKILL)
    _out, told = process.communicate(timeout=60)
    assert "文件已损坏，或读取所需的内存、时间远超正常台账" in told
    assert process.returncode == 2


@pytest.mark.parametrize("method", get_all_start_methods())
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_reader_works_and_speaks_however_processes_start(method: str, language: str, tmp_path: Path) -> None:
    export("checklists", output=tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").write_bytes(b"PK no book")
    program = tmp_path / "own.py"
    program.write_text(
        "import multiprocessing, sys\nfrom pilot_cli.__main__ import main\n"
        f"if __name__ == '__main__':\n    multiprocessing.set_start_method({method!r})\n    main()\n",
        encoding="utf-8",
    )
    for book, status, told in (
        ("a.xlsx", 0, ""),
        ("b.xlsx", 2, {"zh": "不是 Excel 工作簿", "en": "no Excel workbook"}[language]),
    ):
        command = [sys.executable, str(program), "--lang", language, "import", book, "--output", "sites"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        result = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        assert result.returncode == status
        assert told in result.stderr
    assert len(list((tmp_path / "sites").iterdir())) == 19


def test_on_a_full_disk_the_folder_is_as_it_was(large: Path, tmp_path: Path) -> None:
    """A disk of its own, which is soon full: of memory, and seen by these commands alone."""
    disk = tmp_path / "disk"
    disk.mkdir()
    site = f"{disk}/sites/gd-0000001"
    script = f"""
        mount -t tmpfs -o size=512k none {disk} && mkdir -p {site} && echo '[site]' > {site}/site.toml
        find {disk} -type f -print -exec cat {{}} +
        echo THEN
        {sys.executable} -m pilot_cli import {large} --output {disk}/sites --force
        echo $? THEN
        find {disk} -type f -print -exec cat {{}} +
    """
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]
    if shutil.which("unshare") is None or subprocess.run([*command[:-1], "true"], check=False).returncode:
        pytest.skip("no disk can be made here")
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    before, status, after = result.stdout.split("THEN\n")
    assert status == "2 "
    assert result.stderr == f"错误：{disk}/sites 无法写入：磁盘空间不足\n"
    assert before == after == f"{site}/site.toml\n[site]\n"


@pytest.mark.parametrize("is_done", [False, True])
@pytest.mark.parametrize("number", range(7))
@pytest.mark.parametrize("trouble", [KeyboardInterrupt, OSError])
def test_wherever_a_delivery_is_cut_short_everything_is_taken_back(
    trouble: type[BaseException], number: int, is_done: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "sites"
    for name in ("ab", "cd"):
        write_site(folder / name, CONSTRUCTION)
    (folder / "ef").mkdir()
    before = contents(tmp_path)
    rename, steps = Path.replace, count()

    def fail_once(source: Path, target: Path) -> Path:
        is_now = next(steps) == number
        if not is_now or is_done:
            rename(source, target)
        if is_now:
            raise trouble
        return target

    monkeypatch.setattr(Path, "replace", fail_once)
    with pytest.raises(trouble), FileTransaction(folder) as delivery:
        for name in ("ab", "cd", "ef", "gh", "ij"):
            delivery.add(folder / name / "site.toml", "新".encode())
        delivery.commit()
    assert contents(tmp_path) == before


def test_what_cannot_be_put_back_is_kept_and_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "sites"
    for name in ("ab", "cd"):
        write_site(folder / name, CONSTRUCTION)
    rename, steps = Path.replace, count()

    def fail_from_now_on(source: Path, target: Path) -> Path:
        if next(steps) >= 3:
            raise PermissionError(13, "an editor has it open")
        return rename(source, target)

    monkeypatch.setattr(Path, "replace", fail_from_now_on)
    with (
        pytest.raises(OperationalError, match=r"没有权限.*原有文件在") as raised,
        FileTransaction(folder) as delivery,
    ):
        for name in ("ab", "cd"):
            delivery.add(folder / name / "site.toml", "新".encode())
        delivery.commit()
    kept = [path for path in folder.rglob("*") if path.is_file() and path.read_text(encoding="utf-8") == CONSTRUCTION]
    assert len(kept) == 2
    assert str(next(folder.glob(".pilot-*"))) in str(raised.value)
