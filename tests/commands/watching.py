"""pilot that watches, for tests: what it writes is read as it comes."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

from tests.commands.running import AS_OF, ROOT
from tests.commands.session import PATIENCE

READY = "正在等待文件变动"


class Watch:
    """A pilot that watches and whose results, a site a line, go into a pipe."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self._lines: SimpleQueue[str] = SimpleQueue()
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        with suppress(ValueError):  # It is closed when the process has been waited for.
            for line in self.process.stdout or self.process.stderr or ():
                self._lines.put(line)

    def line(self, part: str) -> str:
        """Wait for a line that holds this."""
        while part not in (line := self._lines.get(timeout=PATIENCE)):
            pass
        return line

    def site(self, is_wanted: Callable[[Any], bool]) -> None:
        """Wait until a result says so of a site, and then until the next change is waited for."""
        while not is_wanted(json.loads(self.line('"path"'))):
            pass
        self.line(READY)

    def interrupt(self) -> int:
        """Send what Ctrl-C sends; return the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@contextmanager
def watching(*arguments: str | Path, format: str = "jsonl", cwd: Path = ROOT, **environment: str) -> Iterator[Watch]:
    command = [sys.executable, "-m", "pilot_cli", "check", "--watch", "--format", format, *AS_OF, *map(str, arguments)]
    with subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        try:
            watch = Watch(process)
            watch.line(READY)
            yield watch
        finally:
            process.kill()


def rules(site: Any) -> set[str]:
    return {finding["rule"] for finding in site["findings"]}


def is_named(name: str) -> Callable[[Any], bool]:
    return lambda site: site["name"] == name


def finds(rule: str) -> Callable[[Any], bool]:
    return lambda site: rule in rules(site)


def finds_no(rule: str) -> Callable[[Any], bool]:
    return lambda site: rule not in rules(site)
