"""Unpacks the bundle for Windows, and runs it on Wine."""

import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import pytest

from tests.commands.running import ROOT

HERE = Path(__file__).parent
BUILD = ROOT / "packaging" / "build.py"
COMPILER = "x86_64-w64-mingw32-gcc"
CODE_PAGES = {"gbk": "zh_CN.UTF-8", "cp1252": "en_US.UTF-8", "utf-8": "hi_IN.UTF-8"}
"""The code pages of Windows by the locale that Wine derives them from: UTF-8 where Windows never had another."""


class Done(NamedTuple):
    """What came of a step."""

    status: int
    out: str
    err: str


class Windows:
    """A Windows on which the bundle is unpacked."""

    def __init__(self, prefix: Path, bundle: Path, code_page: str) -> None:
        self.bundle = bundle
        self.code_page = code_page
        self._prefix = prefix

    def run(self, *steps: str | dict[str, Any], cwd: Path | None = None) -> list[Done]:
        """Do steps, each a line for cmd or what ``session.py`` says, in one session."""
        folder = cwd or self.bundle
        plan, results = folder / ".steps.json", folder / ".results.json"
        plan.write_text(json.dumps([{"line": step} if isinstance(step, str) else step for step in steps]), "utf-8")
        program = [self.bundle / "python" / "python.exe", HERE / "session.py", plan.name, results.name]
        wine(program, self._prefix, self.code_page, cwd=folder)
        done = json.loads(results.read_text(encoding="utf-8"))
        plan.unlink()
        results.unlink()
        return [
            Done(step["status"], *(step[key].encode("latin-1").decode(self.code_page) for key in ("out", "err")))
            for step in done
        ]

    def console(self, arguments: list[str], interrupt_at: str | None = None) -> str:
        """Run pilot in a console, and press Ctrl-C once that text is shown; return all that the console shows."""
        ours, theirs = os.openpty()
        program = [str(self.bundle / "python" / "python.exe"), "-m", "pilot_cli", *arguments]
        console: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), theirs)
        command = ["setsid", "--ctty", "--wait", "wine", *program]
        awaited, shown = interrupt_at and interrupt_at.encode(), b""
        with subprocess.Popen(command, cwd=self.bundle, env=self._environment, **console) as process:
            os.close(theirs)
            with suppress(OSError):  # Linux reports the end of a pseudo-terminal as an error.
                while select.select([ours], [], [], 120)[0] and (chunk := os.read(ours, 65536)):
                    shown += chunk
                    if awaited and awaited in shown:
                        os.write(ours, b"\x03")
                        awaited = None
            process.wait(timeout=60)
        os.close(ours)
        assert not awaited, shown
        return shown.decode(errors="replace")

    @property
    def _environment(self) -> dict[str, str]:
        return environment(self._prefix, self.code_page)


def environment(prefix: Path, code_page: str) -> dict[str, str]:
    """What Wine has to know."""
    return {
        **{"WINEPREFIX": str(prefix), "WINEDEBUG": "-all", "LC_ALL": CODE_PAGES[code_page]},
        **{key: os.environ[key] for key in ("PATH", "HOME")},
    }


def wine(command: list[Any], prefix: Path, code_page: str, **options: Any) -> None:
    """Run a program of Windows."""
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    done = subprocess.run(
        ["wine", *map(str, command)], env=environment(prefix, code_page), check=False, timeout=300, **options
    )
    assert done.returncode == 0, (done.stdout, done.stderr)


def build(output: Path, *options: object) -> subprocess.CompletedProcess[str]:
    """Build the bundle."""
    command = [sys.executable, BUILD, "--output", output, *options]
    return subprocess.run(list(map(str, command)), capture_output=True, encoding="utf-8", check=False, timeout=600)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle, as it is handed out."""
    folder = tmp_path_factory.mktemp("dist")
    result = build(folder)
    assert result.returncode == 0, result.stderr
    return next(folder.glob("*.zip"))


@pytest.fixture(scope="session")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A new Windows 10."""
    missing = [program for program in ("wine", COMPILER) if not shutil.which(program)]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    folder = tmp_path_factory.mktemp("wine")
    wine(["wineboot", "-i"], folder, "gbk")
    wine(["winecfg", "-v", "win10"], folder, "gbk")
    library = folder / "drive_c" / "windows" / "system32" / "bcryptprimitives.dll"
    subprocess.run([COMPILER, "-shared", "-o", library, HERE / "bcryptprimitives.c", "-ladvapi32"], check=True)
    yield folder
    subprocess.run(["wineserver", "-k"], env={**os.environ, "WINEPREFIX": str(folder)}, check=False)


@pytest.fixture(scope="session")
def unpack(archive: Path, prefix: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Windows]:
    """Unpack the bundle in a folder with blanks and Chinese, on a Windows with some code page."""

    def unpacked(code_page: str) -> Windows:
        folder = tmp_path_factory.mktemp(code_page) / "解压 在 这里"
        with ZipFile(archive) as bundle:
            bundle.extractall(folder)
        return Windows(prefix, next(folder.iterdir()), code_page)

    return unpacked


@pytest.fixture(scope="session")
def windows(unpack: Callable[[str], Windows]) -> Windows:
    """A Chinese Windows."""
    return unpack("gbk")
