"""Finds site files: what a path on the command line stands for."""

import os
from collections.abc import Iterable, Iterator

SITE_FILE_SUFFIX = ".toml"


def find_site_files(paths: Iterable[str]) -> Iterator[str]:
    """Yield the site files that paths stand for, each once, in order.

    A folder stands for every ``*.toml`` below it, hidden folders and links to folders aside, in sorted order. A folder
    that cannot be listed is itself yielded, so that reading it says why.
    """
    paths = list(paths)
    seen: set[str] | None = set() if len(paths) > 1 else None
    for path in paths:
        for file in _walk(path) if os.path.isdir(path) else (path,):
            if seen is not None:
                real = os.path.realpath(file)
                if real in seen:
                    continue
                seen.add(real)
            yield file


def _walk(root: str) -> Iterator[str]:
    waiting = [(root, True)]
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            yield path
            continue
        try:
            with os.scandir(path) as entries:
                found = sorted(entries, key=lambda entry: entry.name, reverse=True)
        except OSError:
            yield path
            continue
        for entry in found:
            below = entry.path.removeprefix(f".{os.sep}") if root == os.curdir else entry.path
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith("."):
                    waiting.append((below, True))
            elif entry.name.endswith(SITE_FILE_SUFFIX) and not (entry.is_symlink() and _leads_to_another(below, root)):
                waiting.append((below, False))


def _leads_to_another(link: str, root: str) -> bool:
    """Whether a link leads to a folder, or to a file that is found without it."""
    target = os.path.realpath(link)
    inside = os.path.relpath(target, os.path.realpath(root)).split(os.sep)
    is_found = target.endswith(SITE_FILE_SUFFIX) and not any(part.startswith(".") for part in inside)
    return os.path.isdir(target) or (is_found and os.path.exists(target))
