"""The folder of a site: whether the documents that its file names are there."""

import os
import re
from pathlib import PureWindowsPath
from stat import S_ISLNK, S_ISREG

from pilot_cli.locale.message import Message, message

_is_plain = re.compile(r"[^\\/:.\s][^\\:.]*(\.[^\\/:.\s]+)?").fullmatch
"""Matches a path that is below the folder beyond doubt, as nearly all are."""


class Folder:
    """Looks up documents in the folder of one site file, and remembers its subfolders while it does."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._direct = {path}
        """The folder, and those of its subfolders that no link leads through."""

    def fault(self, name: str) -> Message | None:
        """Say what is wrong with a document, given by its path in the folder; nothing when all is well."""
        if not _is_plain(name):
            name = name.replace("\\", "/")
            fault = _fault_of_path(name)
            if fault:
                return fault
        path = f"{self._path}/{name}"
        try:
            found = os.lstat(path)
            subfolder = path[: path.rindex("/")]
            if S_ISREG(found.st_mode) and (subfolder in self._direct or self._is_direct(subfolder)):
                return None if found.st_size else message("it is empty")
            if not self._holds(path):
                return message("it is a link that leads out of the site's folder")
            found = os.stat(path)
        except (FileNotFoundError, NotADirectoryError):
            return message("it does not exist")
        except (OSError, ValueError):
            return message("it cannot be read")
        if not S_ISREG(found.st_mode):
            return message("it is not a regular file")
        return None if found.st_size else message("it is empty")

    def _is_direct(self, subfolder: str) -> bool:
        """Whether no link leads through a subfolder."""
        if subfolder in self._direct:
            return True
        if _is_link(os.lstat(subfolder)) or not self._is_direct(subfolder[: subfolder.rindex("/")]):
            return False
        self._direct.add(subfolder)
        return True

    def _holds(self, path: str) -> bool:
        """Whether a path ends, through all links, inside the folder."""
        root = os.path.realpath(self._path)
        return os.path.commonpath([root, os.path.realpath(path)]) == root


def _fault_of_path(name: str) -> Message | None:
    """Refuse a path that is not one below the folder, on whatever system it was written."""
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
