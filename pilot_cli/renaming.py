"""Renames finished files into place, with retries because Windows may lock a new file for a moment."""

import os
import sys
import time
from pathlib import Path

RETRY_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8)
"""How long to wait before each new attempt: a virus scanner holds a file for about a second."""
_ON_WINDOWS = sys.platform == "win32"


def draft_name() -> str:
    """Return a hidden name that nobody else has, for what is to be renamed once it is finished."""
    return f".pilot-{os.urandom(8).hex()}"


def replace(source: Path, target: Path) -> None:
    """Rename a file, and replace the one that has the name.

    Raises:
        OSError: it cannot be done, on Windows also not a little later.
    """
    for seconds in RETRY_SECONDS if _ON_WINDOWS else ():
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    source.replace(target)
