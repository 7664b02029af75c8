"""Runs on Windows, in the bundle's own Python: does a list of steps, and writes down what came of each.

    python session.py STEPS.json RESULTS.json

To start anything on Wine takes a second, so that one session does many steps. A step has a ``line`` for cmd, and may
have ``hold``, a file that another program has open meanwhile.
"""

import ctypes
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

GENERIC_READ, OPEN_EXISTING, SHARE_NOTHING = 0x80000000, 3, 0


def main() -> None:
    """Do the steps one after the other."""
    steps, results = map(Path, sys.argv[1:])
    done = [_do(step) for step in json.loads(steps.read_text(encoding="utf-8"))]
    results.write_text(json.dumps(done), encoding="utf-8")


def _do(step: dict[str, Any]) -> dict[str, Any]:
    with _held(step.get("hold")):
        process = subprocess.Popen(
            f"cmd /c {step['line']}",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        out, err = process.communicate()
    return {"status": process.returncode, "out": out.decode("latin-1"), "err": err.decode("latin-1")}


@contextmanager
def _held(name: str | None) -> Iterator[None]:
    """Have a file open as Word and Excel have it: nobody else may write it."""
    if name is None:
        yield
        return
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    handle = kernel.CreateFileW(name, GENERIC_READ, SHARE_NOTHING, None, OPEN_EXISTING, 0, None)
    try:
        yield
    finally:
        kernel.CloseHandle(handle)


if __name__ == "__main__":
    main()
