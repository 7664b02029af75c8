"""The folder of a site: whether the documents that its file names are there."""

import os
import stat
from pathlib import PureWindowsPath

from pilot_cli.locale import gettext as _


class Folder:
    """Looks up documents in the folder of one site file, and remembers its subfolders while it does."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._has_link = {path: False}

    def fault(self, name: str) -> str:
        """Say what is wrong with a document, given by its path in the folder; nothing when all is well."""
        name = name.replace("\\", "/")
        fault = _fault_of_path(name)
        if fault:
            return fault
        try:
            path = f"{self._path}/{name}"
            found = os.lstat(path)
            if _is_link(found) or self._leads_through_link(os.path.dirname(path)):
                if not self._holds(path):
                    return _("it is a link that leads out of the site's folder")
                found = os.stat(path)
        except (FileNotFoundError, NotADirectoryError):
            return _("it does not exist")
        except (OSError, ValueError):
            return _("it cannot be read")
        if not stat.S_ISREG(found.st_mode):
            return _("it is not a regular file")
        return "" if found.st_size else _("it is empty")

    def _leads_through_link(self, subfolder: str) -> bool:
        if subfolder not in self._has_link:
            parent = os.path.dirname(subfolder)
            self._has_link[subfolder] = _is_link(os.lstat(subfolder)) or self._leads_through_link(parent)
        return self._has_link[subfolder]

    def _holds(self, path: str) -> bool:
        """Whether a path ends, through all links, inside the folder."""
        root = os.path.realpath(self._path)
        return os.path.commonpath([root, os.path.realpath(path)]) == root


def _fault_of_path(name: str) -> str:
    """Refuse a path that is not one below the folder, on whatever system it was written."""
    if not name.strip():
        return _("the path is blank")
    if name.startswith("/") or (":" in name and PureWindowsPath(name).drive):
        return _("the path is absolute; name it relative to the site file's folder")
    if ".." in name:
        depth = 0
        for part in name.split("/"):
            depth += {"..": -1, ".": 0, "": 0}.get(part, 1)
            if depth < 0:
                return _("the path leads out of the site's folder")
    return ""


def _is_link(found: os.stat_result) -> bool:
    """Whether it is a symbolic link or, on Windows, a junction or anything else that leads elsewhere."""
    return stat.S_ISLNK(found.st_mode) or bool(getattr(found, "st_reparse_tag", 0))
