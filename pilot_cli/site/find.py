"""Finds site files: what a path on the command line stands for."""

import os
import stat
from collections.abc import Iterable, Iterator
from enum import Enum
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _

if TYPE_CHECKING:
    from pilot_cli.site.exclude import Exclude

SITE_FILE = "site.toml"
"""The name of the site files that pilot writes."""
INSPECTIONS_FILE = "inspections.toml"
"""The name of the file beside it that says what was seen on site; beside other site files their name comes first."""
SITE_FILE_SUFFIX = ".toml"
"""How the names of site files end, in capital or small letters."""
SYSTEM_FOLDERS = frozenset(
    {
        *("$recycle.bin", "recycler", "system volume information"),  # Windows
        *("@eadir", "#recycle", "#snapshot", "@recycle", "@recently-snapshot", "@__thumb", "~snapshot"),  # file servers
        *("lost+found", "__macosx"),
    }
)
"""Folders of operating systems and file servers, in small letters: what is in them, nobody put there as a site."""
_ON_WINDOWS = os.name == "nt"


class SkipReason(Enum):
    """Why a file or folder is skipped although it seems to be, or to hold, site files."""

    EXCLUDED = N_("excluded by a pattern")
    HIDDEN = N_("hidden")
    LINK = N_("a link that leads out of the folder")
    PROJECT = N_("the settings of a Python project")
    SETTINGS = N_("the settings of pilot")
    STANDARD = N_("a standard, and not a site")
    STANDARD_IN_USE = N_("part of the standard in use")

    @property
    def label(self) -> str:
        """The reason in the current language."""
        return _(self.value)


OTHER_FILES = {"pilot.toml": SkipReason.SETTINGS, "pyproject.toml": SkipReason.PROJECT}
"""Files that are known by their names, in small letters."""


class Skipped(NamedTuple):
    """A file or folder that was skipped; the path of a folder ends with a separator."""

    path: str
    reason: SkipReason


class NoSiteFilesError(Exception):
    """No file is a site file of all that paths stand for."""


class _Entry(NamedTuple):
    """A file or folder that the search has come to."""

    path: str
    real: str
    """Its real path, except that no link below the path that was given is followed."""
    is_folder: bool
    is_link: bool
    """Whether it may be a link, so that ``real`` need not be where it leads."""


def is_site_file_name(name: str) -> bool:
    """Whether a file in a folder may be a site file, as it is named."""
    is_toml = name[-len(SITE_FILE_SUFFIX) :].lower() == SITE_FILE_SUFFIX
    return is_toml and not (is_hidden_name(name) or is_inspections_file_name(name))


def is_inspections_file_name(name: str) -> bool:
    """Whether a file belongs to a site file beside it, with which it is read: it says what was seen on site."""
    before, last = name[: -len(INSPECTIONS_FILE)], name[-len(INSPECTIONS_FILE) :]
    return last.lower() == INSPECTIONS_FILE and before[-1:] in ("", ".")


def is_hidden_name(name: str) -> bool:
    """Whether people do not see a file or folder, as it is named: those of programs, and locks of open documents."""
    return name.startswith((".", "~$")) or name.lower() in SYSTEM_FOLDERS


class SiteFiles:
    """The site files that paths stand for, each once, in order, as soon as each is found.

    A file that is named is always one of them. A folder stands for every ``*.toml`` below it in sorted order, aside
    from hidden files and folders, links to folders and to what is not below any that was given, and what is skipped.
    A folder that cannot be listed is itself found, so that reading it says why.
    """

    def __init__(
        self, paths: Iterable[str], *, exclude: "Exclude | None" = None, standards: Iterable[str] = ()
    ) -> None:
        self.paths = list(paths)
        self._exclude = exclude
        """What is left out of each folder, by its path from there."""
        self._standards = {path: os.path.basename(path).lower() for path in standards}
        """Files of the standard in use, with their names in small letters."""
        self._special_names = {*SYSTEM_FOLDERS, *OTHER_FILES, *self._standards.values()}
        self._skipped: dict[str, Skipped] = {}
        """By real path."""
        self._walked: set[str] = set()
        """Folders that were walked through."""
        self._above_walked: set[str] = set()
        """All folders above these."""
        self._overlapping: set[str] = set()
        """Those that may hold what is below the folder that is being walked through."""
        self._roots: set[str] = set()
        """Real paths of the folders that were given."""
        self._named: set[str] = set()
        """Real paths of the files that were named."""
        self._done: set[str] = set()
        """Real paths of what was named, of what links lead to, and of folders that cannot be walked through.

        All else that was found is known by its path: there may be millions of files to remember.
        """

    def __iter__(self) -> Iterator[str]:
        """Find the files, once."""
        starts = [_Entry(path, _real_path(path), os.path.isdir(path), is_link=True) for path in self.paths]
        self._roots = {start.real for start in starts if start.is_folder}
        self._named = {start.real for start in starts if not start.is_folder}
        for start in starts:
            if not start.is_folder:
                if self._is_new(start, start):
                    yield start.path
                continue
            above = set(map(str, Path(start.real).parents))
            is_apart = start.real not in self._above_walked and self._walked.isdisjoint((start.real, *above))
            self._overlapping = set() if is_apart else self._walked
            for entry in self._walk(start):
                if self._is_new(entry, start):
                    yield entry.path
            self._walked.add(start.real)
            self._above_walked |= above

    @property
    def skipped(self) -> list[Skipped]:
        """What was skipped so far, by path."""
        return sorted(self._skipped.values(), key=attrgetter("path"))

    def skip(self, path: str, reason: SkipReason) -> bool:
        """Skip a file that was found, for what is in it, unless it was named; return whether it is skipped."""
        real = _real_path(path)
        if real in self._named:
            return False
        self._skipped[real] = Skipped(path, reason)
        return True

    def _walk(self, start: _Entry) -> Iterator[_Entry]:
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
                        if child.name[-5:].lower() == SITE_FILE_SUFFIX or child.is_dir(follow_symlinks=False)
                    ]
            except OSError:
                yield folder
                continue
            if folder is start:
                path = "" if start.path == os.curdir else os.path.join(start.path, "")
                real = os.path.join(start.real, "")
            else:
                path, real = folder.path + os.sep, folder.real + os.sep
            for child in sorted(children, key=attrgetter("name"), reverse=True):
                name = child.name
                if name.startswith((".", "~$")) or is_inspections_file_name(name):
                    continue
                is_link = child.is_symlink()
                entry = _Entry(path + name, real + name, child.is_dir(follow_symlinks=False), is_link)
                needs_look = name.lower() in self._special_names or is_link or self._exclude or _ON_WINDOWS
                is_skipped = needs_look and self._skips(entry, start)
                if not is_skipped and not (is_link and os.path.isdir(entry.path)):
                    waiting.append(entry)

    def _skips(self, entry: _Entry, start: _Entry) -> bool:
        """Whether the walk from a folder skips what it has come to; it is remembered if that deserves to be told."""
        if entry.is_folder and is_hidden_name(os.path.basename(entry.real)):
            return True
        reason = self._skip_reason(entry.real, is_folder=entry.is_folder)
        if reason is None and entry.is_link and not self._is_inside(_real_path(entry.path)):
            reason = SkipReason.LINK
        if reason is None and self._excludes(start.real, entry.real, is_folder=entry.is_folder):
            reason = SkipReason.EXCLUDED
        if reason is None:
            self._skipped.pop(entry.real, None)
            return False
        if entry.real not in self._named and not self._finds(self._overlapping, entry.real, is_folder=entry.is_folder):
            path = os.path.join(entry.path, "") if entry.is_folder else entry.path
            self._skipped[entry.real] = Skipped(path, reason)
        return True

    def _skip_reason(self, real: str, *, is_folder: bool) -> SkipReason | None:
        """Tell why a file or folder is skipped wherever the walk came from."""
        if not is_folder:
            name = os.path.basename(real).lower()
            if name in OTHER_FILES:
                return OTHER_FILES[name]
            if self._is_standard(real, name):
                return SkipReason.STANDARD_IN_USE
        return SkipReason.HIDDEN if _ON_WINDOWS and _has_hidden_attribute(real) else None

    def _is_inside(self, real: str) -> bool:
        """Whether a real path is below one of the folders that were given, or was given itself."""
        return real in self._named or not self._roots.isdisjoint(map(str, Path(real).parents))

    def _is_standard(self, real: str, name: str) -> bool:
        """Whether a file is part of the standard in use; a link may have another name than what it leads to."""
        return any(
            _is_same_file(real, standard)
            for standard, its_name in self._standards.items()
            if its_name == name or os.path.islink(real)
        )

    def _excludes(self, root: str, real: str, *, is_folder: bool) -> bool:
        below = real[len(os.path.join(root, "")) :]
        return self._exclude is not None and self._exclude.matches(below, is_folder=is_folder)

    def _is_new(self, entry: _Entry, start: _Entry) -> bool:
        """Whether something is found for the first time; a link to what a walk finds itself is not."""
        is_named = entry is start and not entry.is_folder
        if not entry.is_link and not entry.is_folder:
            real = entry.real
            if real not in self._named:
                return real not in self._done and not self._finds(self._overlapping, real)
        else:
            real = _real_path(entry.path)
            is_link = entry.is_link and not is_named and os.path.isfile(real)
            if is_link and self._finds({*self._walked, start.real}, real):
                return False
        if real in self._done:
            return False
        self._done.add(real)
        return True

    def _finds(self, folders: set[str], real: str, *, is_folder: bool = False) -> bool:
        """Whether a walk through one of the folders finds a file or folder, by its real path."""
        if not folders or not (is_folder or is_site_file_name(os.path.basename(real))):
            return False
        if self._skip_reason(real, is_folder=is_folder):
            return False
        place = real
        while not (is_hidden_name(os.path.basename(place)) or (_ON_WINDOWS and _has_hidden_attribute(place))):
            above = os.path.dirname(place)
            if above in folders and not self._is_left_out(above, real, is_folder=is_folder):
                return True
            if above == place:
                return False
            place = above
        return False

    def _is_left_out(self, root: str, real: str, *, is_folder: bool) -> bool:
        """Whether patterns leave out something below a folder, or a folder in which it is."""
        if self._exclude is None:
            return False
        if self._excludes(root, real, is_folder=is_folder):
            return True
        folder = os.path.dirname(real)
        while folder != root:
            if self._excludes(root, folder, is_folder=True):
                return True
            folder = os.path.dirname(folder)
        return False


def _real_path(path: str) -> str:
    """Return where a path leads, through all links; one that cannot be resolved stays as it is."""
    try:
        return os.path.realpath(path)
    except OSError:
        return path


def _is_same_file(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False


def _has_hidden_attribute(path: str) -> bool:
    """Whether Windows hides a file or folder; that it counts as one of the system alone may be due to its icon."""
    try:
        found = os.lstat(path)
    except OSError:
        return False
    return bool(getattr(found, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_HIDDEN)
