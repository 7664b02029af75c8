"""Paths of site files as other programs expect them."""

import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote


def portable_path(path: str) -> str:
    """Write a path with forward slashes: from the current folder on, or absolute where it lies elsewhere."""
    return _seen_from_here(path).as_posix()


def uri(path: str) -> str:
    """Write a path as a URI: relative to the current folder, or ``file:`` where it lies elsewhere."""
    seen = _seen_from_here(path)
    return seen.as_uri() if seen.is_absolute() else quote(os.fsencode(seen.as_posix()))


def _seen_from_here(path: str) -> Path:
    whole = Path(os.path.abspath(path))
    with suppress(ValueError):
        return whole.relative_to(Path.cwd())
    return whole
