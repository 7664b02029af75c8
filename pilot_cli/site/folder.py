"""The folder of a site: whether the documents that its file names are there."""

import os
import re
from pathlib import PureWindowsPath
from stat import S_ISLNK, S_ISREG

from pilot_cli.locale.message import Message, message

_is_simple = re.compile(r"[^\\/:.\s][^\\:.]*(\.[^\\/:.\s]+)?").fullmatch
"""Matches paths that can only be below the folder, as nearly all are; others have to be looked at more closely."""


class Folder:
    """The folder of one site file, in which its documents are looked up; what is learnt of its subfolders is kept."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._without_links = {path}
        """The folder, and those of its subfolders that are known to be reached through no link."""

    def document_problem(self, name: str) -> Message | None:
        """Say what is wrong with a document, if anything is; it is named by its path in the folder."""
        if not _is_simple(name):
            name = name.replace("\\", "/")
            problem = _path_problem(name)
            if problem:
                return problem
        path = f"{self._path}/{name}"
        try:
            found = os.lstat(path)
            subfolder = path[: path.rindex("/")]
            if S_ISREG(found.st_mode) and (subfolder in self._without_links or self._has_no_link(subfolder)):
                return None if found.st_size else message("it is empty")
            if not self._contains(path):
                return message("it is a link that leads out of the site's folder")
            found = os.stat(path)
        except (FileNotFoundError, NotADirectoryError):
            return message("it does not exist")
        except (OSError, ValueError):
            return message("it cannot be read")
        if not S_ISREG(found.st_mode):
            return message("it is not a regular file")
        return None if found.st_size else message("it is empty")

    def _has_no_link(self, subfolder: str) -> bool:
        """Whether no link leads through a subfolder."""
        if subfolder in self._without_links:
            return True
        if _is_link(os.lstat(subfolder)) or not self._has_no_link(subfolder[: subfolder.rindex("/")]):
            return False
        self._without_links.add(subfolder)
        return True

    def _contains(self, path: str) -> bool:
        """Whether a path leads, through all links, to something inside the folder."""
        root = os.path.realpath(self._path)
        return os.path.commonpath([root, os.path.realpath(path)]) == root


def _path_problem(name: str) -> Message | None:
    """Say why a path can lead to nothing below the folder, on any system, if that is so."""
    if not name.strip():
        return message("the path is blank")
    if name.startswith("/") or (":" in name and PureWindowsPath(name).drive):
        return message("the path is absolute; name it relative to the site file's folder")
    if ".." in name:
        depth = 0
        for part in name.split("/"):
            depth += {"..": -1, ".": 0, "": 0}.get(part, 1)
            if depth < 0:
                return message("the path leads out of the site's folder")
    return None


def _is_link(found: os.stat_result) -> bool:
    """Whether it is a symbolic link or, on Windows, a junction or anything else that leads elsewhere."""
    return S_ISLNK(found.st_mode) or bool(getattr(found, "st_reparse_tag", 0))
