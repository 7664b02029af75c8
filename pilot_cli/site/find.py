"""Finds site files: what a path on the command line stands for."""

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

SITE_FILE = "site.toml"
"""What a site file is called that pilot makes."""
SITE_FILE_SUFFIX = ".toml"


class _Found(NamedTuple):
    """A file or folder on the way."""

    path: str
    real: str
    """Where it is when no link is followed below the path that was given."""
    is_folder: bool
    is_link: bool
    """Whether a link may lead to it itself, so that ``real`` need not be the last word."""


def find_site_files(paths: Iterable[str]) -> Iterator[str]:
    """Yield the site files that paths stand for, each once, in order, as soon as each is found.

    A folder stands for every ``*.toml`` below it, hidden folders and links to folders aside, in sorted order. A folder
    that cannot be listed is itself yielded, so that reading it says why.
    """
    met = _SeenPaths()
    for path in paths:
        start = _Found(path, _real(path), os.path.isdir(path), is_link=True)
        for found in _walk(start) if start.is_folder else (start,):
            if not met.before(found, start):
                yield found.path
        if start.is_folder:
            met.walked.add(start.real)


class _SeenPaths:
    """Tells what the walk has come to already: from paths as far as it can be, for there may be millions of files."""

    def __init__(self) -> None:
        self.walked: set[str] = set()
        """Folders that were walked through."""
        self._named: set[str] = set()
        """What was named, what links lead to, and folders that cannot be walked through."""

    def before(self, found: _Found, start: _Found) -> bool:
        """Whether something has been found before, or will be without the link by which it was found now."""
        if not found.is_link and not found.is_folder:
            return found.real in self._named or _lies_in(found.real, self.walked)
        real = _real(found.path)
        if real in self._named:
            return True
        if found.is_link and os.path.isfile(real) and (_lies_in(real, {start.real}) or _lies_in(real, self.walked)):
            return True
        self._named.add(real)
        return False


def _real(path: str) -> str:
    """Where a path leads to; a relative one leads nowhere when the current folder has been deleted."""
    try:
        return os.path.realpath(path)
    except OSError:
        return path


def _walk(start: _Found) -> Iterator[_Found]:
    waiting = [start]
    while waiting:
        folder = waiting.pop()
        if not folder.is_folder:
            yield folder
            continue
        try:
            with os.scandir(folder.path) as entries:
                below = [
                    entry
                    for entry in entries
                    if entry.name.endswith(SITE_FILE_SUFFIX) or entry.is_dir(follow_symlinks=False)
                ]
        except OSError:
            yield folder
            continue
        if folder is start:
            path, real = ("" if start.path == os.curdir else os.path.join(start.path, "")), os.path.join(start.real, "")
        else:
            path, real = folder.path + os.sep, folder.real + os.sep
        for entry in sorted(below, key=lambda entry: entry.name, reverse=True):
            found = _Found(
                path + entry.name, real + entry.name, entry.is_dir(follow_symlinks=False), entry.is_symlink()
            )
            is_hidden_folder = found.is_folder and entry.name.startswith(".")
            if not is_hidden_folder and not (found.is_link and os.path.isdir(found.path)):
                waiting.append(found)


def _lies_in(real: str, walked: set[str]) -> bool:
    """Whether a file is where a walk through one of the folders comes by.

    This is told from its path instead of being remembered: there may be millions of files.
    """
    if not walked or not real.endswith(SITE_FILE_SUFFIX):
        return False
    folder = os.path.dirname(real)
    while folder not in walked:
        above = os.path.dirname(folder)
        if above == folder or os.path.basename(folder).startswith("."):
            return False
        folder = above
    return True
