"""Finds site files: what a path on the command line stands for."""

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

SITE_FILE = "site.toml"
"""The name of the site files that pilot writes."""
SITE_FILE_SUFFIX = ".toml"


class _Entry(NamedTuple):
    """A file or folder that the search has come to."""

    path: str
    real: str
    """Its real path, except that no link below the path that was given is followed."""
    is_folder: bool
    is_link: bool
    """Whether it may be a link, so that ``real`` need not be where it leads."""


def find_site_files(paths: Iterable[str]) -> Iterator[str]:
    """Yield the site files that paths stand for, each once, in order, as soon as each is found.

    A folder stands for every ``*.toml`` below it, hidden folders and links to folders aside, in sorted order. A folder
    that cannot be listed is itself yielded, so that reading it says why.
    """
    seen = _Seen()
    for path in paths:
        start = _Entry(path, _real_path(path), os.path.isdir(path), is_link=True)
        for entry in _walk(start) if start.is_folder else (start,):
            if seen.is_new(entry, start):
                yield entry.path
        if start.is_folder:
            seen.walked.add(start.real)


class _Seen:
    """Tells whether something was found before, mostly from its path: there may be millions of files to remember."""

    def __init__(self) -> None:
        self.walked: set[str] = set()
        """Folders that were walked through."""
        self._named: set[str] = set()
        """Real paths of what was named, of what links lead to, and of folders that cannot be walked through."""

    def is_new(self, entry: _Entry, start: _Entry) -> bool:
        """Whether something is found for the first time; a link to what the walk from ``start`` finds itself is not."""
        if not entry.is_link and not entry.is_folder:
            return entry.real not in self._named and not _is_below(entry.real, self.walked)
        real = _real_path(entry.path)
        if real in self._named:
            return False
        if entry.is_link and os.path.isfile(real) and (_is_below(real, {start.real}) or _is_below(real, self.walked)):
            return False
        self._named.add(real)
        return True


def _real_path(path: str) -> str:
    """Return where a path leads, through all links; one that cannot be resolved stays as it is."""
    try:
        return os.path.realpath(path)
    except OSError:
        return path


def _walk(start: _Entry) -> Iterator[_Entry]:
    """Yield the site files below a folder, and the folders that cannot be listed."""
    waiting = [start]
    while waiting:
        folder = waiting.pop()
        if not folder.is_folder:
            yield folder
            continue
        try:
            with os.scandir(folder.path) as entries:
                children = [
                    child
                    for child in entries
                    if child.name.endswith(SITE_FILE_SUFFIX) or child.is_dir(follow_symlinks=False)
                ]
        except OSError:
            yield folder
            continue
        if folder is start:
            path, real = ("" if start.path == os.curdir else os.path.join(start.path, "")), os.path.join(start.real, "")
        else:
            path, real = folder.path + os.sep, folder.real + os.sep
        for child in sorted(children, key=lambda child: child.name, reverse=True):
            entry = _Entry(
                path + child.name, real + child.name, child.is_dir(follow_symlinks=False), child.is_symlink()
            )
            is_hidden_folder = entry.is_folder and child.name.startswith(".")
            if not is_hidden_folder and not (entry.is_link and os.path.isdir(entry.path)):
                waiting.append(entry)


def _is_below(real: str, folders: set[str]) -> bool:
    """Whether a walk through one of the folders finds a file: a site file that lies below it in no hidden folder."""
    if not folders or not real.endswith(SITE_FILE_SUFFIX):
        return False
    folder = os.path.dirname(real)
    while folder not in folders:
        above = os.path.dirname(folder)
        if above == folder or os.path.basename(folder).startswith("."):
            return False
        folder = above
    return True
