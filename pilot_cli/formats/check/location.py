"""Paths of site files as other programs expect them."""

import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote


def portable_path(path: str) -> str:
    """Write a path with forward slashes: from the current folder on, or absolute where it lies elsewhere."""
    return _below_here(path) or _seen_from_here(path).as_posix()


def uri(path: str) -> str:
    """Write a path as a URI: relative to the current folder, or ``file:`` where it lies elsewhere."""
    below = _below_here(path)
    if below is None:
        seen = _seen_from_here(path)
        if seen.is_absolute():
            return seen.as_uri()
        below = seen.as_posix()
    return quote(os.fsencode(below))


def _below_here(path: str) -> str | None:
    """Write a path from the current folder on, as nearly all can be, without taking it apart; None where it cannot."""
    whole, here = os.path.abspath(path), os.path.join(os.getcwd(), "")
    return whole[len(here) :].replace(os.sep, "/") or None if whole.startswith(here) else None


def _seen_from_here(path: str) -> Path:
    whole = Path(os.path.abspath(path))
    with suppress(ValueError):
        return whole.relative_to(Path.cwd())
    return whole
