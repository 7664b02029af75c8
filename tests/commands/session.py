"""Runs the real command line in a terminal and talks with it."""

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import pytest

from tests.commands.running import ROOT

PILOT = (sys.executable, "-m", "pilot_cli")
PATIENCE = 60
"""So many seconds a test waits for what must come; a loaded machine takes its time."""


class Session:
    """pilot, or a shell, in a terminal: what it shows is read, and what a user would type is typed."""

    def __init__(
        self, *arguments: str | Path, cwd: Path = ROOT, program: Sequence[str] = PILOT, **settings: str
    ) -> None:
        if not hasattr(os, "login_tty"):
            pytest.skip("no terminals here")
        self._ours, theirs = os.openpty()
        environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "PILOT_LANG")}
        environment |= {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": "100", **settings}
        command = [*program, *map(str, arguments)]
        # The terminal is its own, so that it gets what Ctrl-C sends.
        self._process = subprocess.Popen(command, preexec_fn=lambda: os.login_tty(theirs), cwd=cwd, env=environment)
        os.close(theirs)
        self.shown = ""
        """All that has been shown so far, without colours."""
        self.written = b""
        """All that has been written, with what a terminal obeys."""
        self._seen = 0

    def __enter__(self) -> "Session":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def wait_for(self, text: str) -> str:
        """Wait until a text has been shown after the last one that was waited for; return all up to its end."""
        end = time.monotonic() + PATIENCE
        while text not in self.shown[self._seen :]:
            if time.monotonic() > end or not self._read(end - time.monotonic()):
                pytest.fail(f"{text!r} was not shown, but {self.shown[self._seen :]!r}")
        start, self._seen = self._seen, self.shown.index(text, self._seen) + len(text)
        return self.shown[start : self._seen]

    def type(self, text: str) -> None:
        """Press keys, Enter as a new line and Ctrl-C as a control character."""
        os.write(self._ours, text.encode())

    def suspend(self, seconds: float) -> None:
        """Let the program stand still for a while."""
        self._process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self._process.send_signal(signal.SIGCONT)

    def has_children(self) -> bool:
        """Whether processes work for it."""
        return bool(Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text())

    def finish(self) -> int:
        """Wait for the end; return the exit status."""
        end = time.monotonic() + PATIENCE
        while self._read(end - time.monotonic()):
            pass
        return self._process.wait(PATIENCE)

    def interrupt(self) -> int:
        """Press Ctrl-C until the end, as a user would; return the exit status.

        Python misses one that comes just before it begins to wait for a line.
        """
        end = time.monotonic() + PATIENCE
        while self._process.poll() is None and time.monotonic() < end:
            self.type("\x03")
            pause = time.monotonic() + 1
            while self._read(pause - time.monotonic()):
                pass
        return self._process.wait(PATIENCE)

    def _read(self, seconds: float) -> bool:
        """Take in what has been written; tell whether more may come."""
        if not select.select([self._ours], [], [], max(0, seconds))[0]:
            return False
        try:
            self.written += os.read(self._ours, 65536)
        except OSError:
            return False  # Linux reports the end of a pseudo-terminal as an error.
        # What is not whole yet is left out, so that no more is added before what has been shown.
        whole = self.written.decode(errors="ignore").removesuffix("\r")
        self.shown = re.sub("\x1b(\\[[0-9;?]*[a-zA-Z]|\\[?[0-9;?]*$)", "", whole).replace("\r\n", "\n")
        return True
