"""The folder of a site: whether the documents named in its file exist."""

import errno
import os
import re
from contextlib import suppress
from itertools import islice
from pathlib import PurePath, PureWindowsPath
from stat import S_ISDIR, S_ISLNK, S_ISREG

from pilot_cli.locale.message import Message, message
from pilot_cli.site.texts import file_key, is_utf8, without_suffix

MAX_NAMES = 4096
"""How many names in the folder of a site are looked at for a document that is not there."""

MAX_LINKS = 40
"""How many links a path may lead through."""

NAME_SURROGATE = 0x20000000
"""The bit in the tag of a reparse point of Windows that says that it stands for another name."""

_is_simple = re.compile(r"[^\\/:.\s][^\\:.]*(\.[^\\/:.\s]+)?").fullmatch
"""Matches paths that can only be below the folder, as nearly all are; others have to be looked at more closely."""


ABSENT = message("it does not exist")
"""What is wrong with a document that is not there."""


class _LeadsOutError(Exception):
    """A path leads out of the folder."""


class Folder:
    """The folder of one site file, in which its documents are looked up; what is learnt of its subfolders is kept."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._without_links = {path}
        """The folder, and those of its subfolders that are known to be reached through no link."""
        self._names: dict[str, _Names] = {}
        self._names_left = MAX_NAMES

    def is_in_order(self, name: str) -> bool:
        """Whether a document is there, and has something in it; it is named by its path in the folder."""
        return self._fault(name) is None

    def document_problem(self, name: str) -> Message | None:
        """Say what is wrong with a document, if anything is."""
        fault = self._fault(name)
        if fault is ABSENT and (near := self._near(name.replace("\\", "/"))):
            return message("it does not exist; the folder has “{near}”", near=near)
        return fault

    def leads_out(self, name: str) -> bool:
        """Whether a name in the folder is a link, or stands behind one, that leads out of it."""
        try:
            self._follow(name)
        except _LeadsOutError:
            return True
        except OSError:
            return False
        return False

    def _fault(self, name: str) -> Message | None:
        if not _is_simple(name):
            name = name.replace("\\", "/")
            problem = _path_problem(name)
            if problem:
                return problem
        path = f"{self._path}/{name}"
        subfolder = path[: path.rindex("/")]
        try:
            has_link = subfolder not in self._without_links and not self._has_no_link(subfolder)
            found = self._follow(name) if has_link else os.lstat(path)
            if not has_link and is_link(found):
                found = self._follow(name)
        except (FileNotFoundError, NotADirectoryError):
            return ABSENT
        except _LeadsOutError:
            return message("it is a link that leads out of the site's folder")
        except (OSError, ValueError):
            return message("it cannot be read")
        if not S_ISREG(found.st_mode):
            return message("it is not a regular file")
        return None if found.st_size else message("it is empty")

    def _follow(self, name: str) -> os.stat_result:
        """Follow a path and its links from step to step, without a look at anything outside the folder.

        Raises:
            _LeadsOutError: it goes there.
            OSError: it leads to nothing, or in a circle.
        """
        root = _parts(os.path.realpath(self._path))
        passed = list(root)
        ahead = name.split("/")[::-1]
        links = 0
        while ahead:
            step = ahead.pop()
            if step in ("", os.curdir):
                continue
            if step == os.pardir:
                del passed[max(1, len(passed) - 1) :]
                continue
            passed.append(step)
            depth = min(len(root), len(passed))
            if _cased(passed[:depth]) != _cased(root[:depth]):
                raise _LeadsOutError
            path = os.path.join(*passed)
            if len(passed) > len(root) and is_link(os.lstat(path)):
                links += 1
                if links > MAX_LINKS:
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
                target = os.readlink(path).removeprefix("\\\\?\\")
                steps = _parts(target)
                passed = [steps.pop(0)] if os.path.isabs(target) else passed[:-1]
                ahead += reversed(steps)
        if len(passed) < len(root):
            raise _LeadsOutError
        return os.lstat(os.path.join(*passed))

    def _near(self, name: str) -> str | None:
        """Find the file that is called nearly so, in the folder that the path says or one that is called nearly so.

        Its name says where it is; in another folder the path does.
        """
        *folders, file = [part for part in name.split("/") if part not in ("", ".")] or [""]
        if ".." in folders:
            return None
        path, there = self._path, list[str]()
        for part in folders:
            found = part if _is_folder(f"{path}/{part}") else self._names_in(path).folder(part)
            if found is None:
                return None
            path = f"{path}/{found}"
            there.append(found)
        found = self._names_in(path).file(file)
        return "/".join([*there, found]) if found and there != folders else found

    def _names_in(self, folder: str) -> "_Names":
        """List what a folder holds; links are left out."""
        names = self._names.get(folder)
        if names is None:
            names = self._names[folder] = _Names()
            with suppress(OSError):
                if self._names_left:
                    self._names_left -= names.read(folder, self._names_left)
        return names

    def _has_no_link(self, subfolder: str) -> bool:
        """Whether no link leads through a subfolder."""
        above = []
        while subfolder not in self._without_links:
            above.append(subfolder)
            subfolder = subfolder[: subfolder.rindex("/")]
        # From the top, for behind a link it may be elsewhere.
        for folder in reversed(above):
            if is_link(os.lstat(folder)):
                return False
            self._without_links.add(folder)
        return True


class _Names:
    """The names of the files and folders in a folder, to be found by what is nearly the same."""

    def __init__(self) -> None:
        self._folders: dict[str, str] = {}
        self._files: dict[str, str] = {}
        self._stems: dict[str, str] = {}

    def read(self, folder: str, most: int) -> int:
        """Add at most so many names; return how many there were."""
        with os.scandir(folder) as entries:
            found = list(islice(entries, most))
        for entry in found:
            # Bytes that are no text are nothing that a site file could name.
            if is_utf8(entry.name):
                self._add(entry)
        return len(found)

    def _add(self, entry: "os.DirEntry[str]") -> None:
        key = file_key(entry.name)
        if entry.is_dir(follow_symlinks=False):
            _keep_first(self._folders, key, entry.name)
        elif entry.is_file(follow_symlinks=False):
            _keep_first(self._files, key, entry.name)
            _keep_first(self._stems, without_suffix(key), entry.name)

    def folder(self, name: str) -> str | None:
        """Return the folder that is called nearly so."""
        return self._folders.get(file_key(name))

    def file(self, name: str) -> str | None:
        """Return the file that is called nearly so, or else but for its suffix; of several the first by name."""
        key = file_key(name)
        return self._files.get(key) or self._stems.get(without_suffix(key)) or self._stems.get(key)


def _keep_first(names: dict[str, str], key: str, name: str) -> None:
    names[key] = min(names.get(key, name), name)


def _path_problem(name: str) -> Message | None:
    """Say why a path can lead to nothing below the folder, on any system, if that is so."""
    if not name.strip():
        return message("the path is blank")
    if name.startswith("/") or (":" in name and PureWindowsPath(name).drive):
        return message("the path is absolute; name it relative to the site's folder")
    if ".." in name:
        depth = 0
        for part in name.split("/"):
            depth += {"..": -1, ".": 0, "": 0}.get(part, 1)
            if depth < 0:
                return message("the path leads out of the site's folder")
    return None


def is_link(found: os.stat_result) -> bool:
    """Whether it is a symbolic link or, on Windows, a junction or anything else that stands for another name.

    Other reparse points, such as those of files that are kept in a cloud or compressed, are files.
    """
    return S_ISLNK(found.st_mode) or bool(getattr(found, "st_reparse_tag", 0) & NAME_SURROGATE)


def _is_folder(path: str) -> bool:
    """Whether a path leads to a folder by itself, and not as a link."""
    try:
        found = os.lstat(path)
    except (OSError, ValueError):
        return False
    return S_ISDIR(found.st_mode) and not is_link(found)


def _parts(path: str) -> list[str]:
    return list(PurePath(path).parts)


def _cased(parts: list[str]) -> list[str]:
    """Make steps comparable, as the system compares them."""
    return list(map(os.path.normcase, parts))
