"""Runs the real command line in a terminal."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.running import ROOT


def pilot_in_terminal(
    *arguments: str,
    width: int,
    cwd: Path = ROOT,
    status: int | None = None,
    stderr_too: bool = False,
    **settings: str,
) -> str:
    """Run pilot in a terminal of some width and return what it wrote there, colours and all."""
    if not hasattr(os, "openpty"):
        pytest.skip("no terminals here")
    import struct
    import termios
    from fcntl import ioctl

    ours, theirs = os.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLUMNS", "PILOT_LANG")}
    # Its own name is what pilot tells to call it by, where the shell finds it.
    path = os.pathsep.join((os.path.dirname(sys.executable), os.environ.get("PATH", "")))
    environment |= {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "PATH": path, **settings}
    command = [sys.executable, "-m", "pilot_cli", *arguments]
    errors = theirs if stderr_too else None
    with subprocess.Popen(command, stdout=theirs, stderr=errors, cwd=cwd, env=environment) as process:
        os.close(theirs)
        written = b""
        try:
            while chunk := os.read(ours, 65536):
                written += chunk
        except OSError:
            pass  # Linux reports the end of a pseudo-terminal as an error.
    os.close(ours)
    assert status is None or process.returncode == status
    return written.decode().replace("\r\n", "\n")


def without_colours(out: str) -> str:
    return re.sub("\x1b\\[[0-9;]*m", "", out)
