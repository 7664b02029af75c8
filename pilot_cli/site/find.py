"""Finds site files: what a path on the command line stands for."""

import os
from collections.abc import Iterable, Iterator

from pilot_cli.site.reader import STANDARD_INPUT

SUFFIX = ".toml"


def find_site_files(paths: Iterable[str]) -> Iterator[str]:
    """Yield the site files that paths stand for, each once, in order.

    A folder stands for every ``*.toml`` below it, hidden folders and links to folders aside, in sorted order. A folder
    that cannot be listed is itself yielded, so that reading it says why.
    """
    paths = list(paths)
    seen: set[str] | None = set() if len(paths) > 1 else None
    for path in paths:
        for file in _walk(path) if os.path.isdir(path) else (path,):
            if seen is not None and file != STANDARD_INPUT:
                real = os.path.realpath(file)
                if real in seen:
                    continue
                seen.add(real)
            yield file


def _walk(folder: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in found:
        path = entry.path.removeprefix(f".{os.sep}") if folder == os.curdir else entry.path
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith("."):
                yield from _walk(path)
        elif entry.name.endswith(SUFFIX) and not entry.is_dir():
            yield path
