"""An import that is cut short, by whatever it is, leaves the folder as it was."""

import os
import shutil
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest

from pilot_cli.exchange.delivery import Delivery
from tests.commands.books import contents
from tests.commands.running import ROOT, pilot
from tests.commands.session import Session
from tests.editing import CONSTRUCTION, write_site
from tests.province import make_province


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of so many sites that importing it takes a while."""
    folder = tmp_path_factory.mktemp("large")
    make_province(folder / "province", 1500)
    assert pilot("export", folder / "province", "--output", folder / "a.xlsx").returncode == 0
    return folder / "a.xlsx"


@pytest.mark.parametrize("moment", [0.3, 0.6, 1.0, 1.5, 2.0, 3.0])
def test_after_ctrl_c_the_folder_is_as_it_was(moment: float, large: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sites"
    write_site(folder / "gd-0000001", CONSTRUCTION)
    before = contents(tmp_path)
    with Session("import", large, "--output", folder, "--force") as session:
        time.sleep(moment)
        status = session.interrupt()
    assert status in ((130,) if moment <= 0.6 else (0, 130))
    if status:
        assert contents(tmp_path) == before
    else:
        assert len(list(folder.iterdir())) > 1400
    assert not list(tmp_path.rglob(".pilot-*"))


def test_on_a_full_disk_the_folder_is_as_it_was(large: Path, tmp_path: Path) -> None:
    """A disk of its own, which is soon full: of memory, and seen by these commands alone."""
    disk = tmp_path / "disk"
    disk.mkdir()
    site = f"{disk}/sites/gd-0000001"
    script = f"""
        mount -t tmpfs -o size=512k none {disk} && mkdir -p {site} && echo '[site]' > {site}/site.toml
        find {disk} -type f -exec cat {{}} + , -print
        {sys.executable} -m pilot_cli import {large} --output {disk}/sites --force
        echo $?
        find {disk} -type f -exec cat {{}} + , -print
    """
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]
    if shutil.which("unshare") is None or subprocess.run([*command[:-1], "true"], check=False).returncode:
        pytest.skip("no disk can be made here")
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    before, _, after = result.stdout.partition("2\n")
    assert "设备" in result.stderr or "No space left" in result.stderr
    assert before == after
    assert after.startswith("[site]\n") or "[site]" in after


def test_a_reader_that_is_killed_is_explained(large: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pilot_cli", "import", str(large), "--output", str(tmp_path / "sites")]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, encoding="utf-8") as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        if not children.exists():
            pytest.skip("no /proc here")
        while not (found := children.read_text().split()):
            assert process.poll() is None
        os.kill(int(found[0]), signal.SIGKILL)
        assert process.stderr is not None
        assert "文件已损坏，或读取所需的内存、时间远超正常台账" in process.stderr.read()
    assert process.returncode == 2


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
    rename, steps = Path.rename, count()

    def fail_once(source: Path, target: Path) -> Path:
        is_now = next(steps) == number
        if not is_now or is_done:
            rename(source, target)
        if is_now:
            raise trouble
        return target

    monkeypatch.setattr(Path, "rename", fail_once)
    with pytest.raises(trouble), Delivery(folder) as delivery:
        for name in ("ab", "cd", "ef", "gh", "ij"):
            delivery.add(folder / name / "site.toml", "新")
        delivery.deliver()
    assert contents(tmp_path) == before
