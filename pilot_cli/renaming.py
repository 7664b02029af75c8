"""Renames finished files into place, with retries because Windows may lock a new file for a moment."""

import sys
import time
from pathlib import Path

RETRY_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8)
"""How long to wait before each new attempt: a virus scanner holds a file for about a second."""
_ON_WINDOWS = sys.platform == "win32"


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
