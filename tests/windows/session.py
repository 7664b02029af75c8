"""Runs on Windows, in the bundle's own Python: does a list of steps, and writes down what came of each.

    python session.py STEPS.json RESULTS.json

To start anything on Wine takes a second, so that one session does many steps. A step has a ``line`` for cmd, or the
two names of ``replace``. It may have ``hold``, a file that another program has open meanwhile, or only so many seconds:
``release``.
"""

import ctypes
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

GENERIC_READ, OPEN_EXISTING, SHARE_NOTHING = 0x80000000, 3, 0


def main() -> None:
    """Do the steps one after the other."""
    steps, results = map(Path, sys.argv[1:])
    done = [_do(step) for step in json.loads(steps.read_text(encoding="utf-8"))]
    results.write_text(json.dumps(done), encoding="utf-8")


def _do(step: dict[str, Any]) -> dict[str, Any]:
    with _held(step.get("hold"), step.get("release")):
        if "replace" in step:
            return _replace(*map(Path, step["replace"]))
        process = subprocess.Popen(
            f"cmd /c {step['line']}",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        out, err = process.communicate()
    return {"status": process.returncode, "out": out.decode("latin-1"), "err": err.decode("latin-1")}


def _replace(source: Path, target: Path) -> dict[str, Any]:
    """Rename a finished file into place as pilot does."""
    from pilot_cli.renaming import replace

    try:
        replace(source, target)
    except PermissionError as error:
        return {"status": 2, "out": "", "err": type(error).__name__}
    return {"status": 0, "out": "", "err": ""}


@contextmanager
def _held(name: str | None, seconds: float | None = None) -> Iterator[None]:
    """Have a file open as Word and Excel have it: nobody else may write it."""
    if name is None:
        yield
        return
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    handle = kernel.CreateFileW(name, GENERIC_READ, SHARE_NOTHING, None, OPEN_EXISTING, 0, None)
    release = Timer(0 if seconds is None else seconds, kernel.CloseHandle, [handle])
    if seconds is not None:
        release.start()
    try:
        yield
    finally:
        if seconds is None:
            kernel.CloseHandle(handle)
        else:
            release.join()


if __name__ == "__main__":
    main()
