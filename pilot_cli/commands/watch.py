"""``pilot check --watch``: checks again whenever something changes that the result may depend on."""

import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import NoReturn

from typer import BadParameter
from watchfiles import Change, watch
from watchfiles.main import FileChange

from pilot_cli.errors import OperationalError
from pilot_cli.formats.terminal import cell, console_for
from pilot_cli.locale import gettext as _
from pilot_cli.site.find import NoSiteFilesError, is_hidden_name, is_site_file_name
from pilot_cli.site.model import Pillar
from pilot_cli.site.reader import STANDARD_INPUT, load_site
from pilot_cli.site.texts import is_utf8
from pilot_cli.standard.load import BUILT_IN

DEBOUNCE_MS = 50
"""How long after the last change to wait for another before checking again."""
MAX_BURST_MS = 400
"""How long to wait at most while changes go on."""
MAX_ATTEMPTS = 100
"""How often to try to start while folders vanish at that moment, as when a large one is being deleted."""

Wait = Callable[[], None]
"""Waits until something has changed since watching began."""


def refuse_unwatchable(paths: Iterable[str], outputs: Sequence[str]) -> None:
    """Refuse what does not go together with ``--watch``."""
    if STANDARD_INPUT in paths:
        message = _("with --watch, name files or folders: standard input does not change")
        raise BadParameter(message, param_hint="PATH")
    if outputs:
        message = _("with --watch, results are shown where you are: leave this option out")
        raise BadParameter(message, param_hint="--output")


def check_until_interrupted(paths: Iterable[str], standard: str, check: Callable[[], object]) -> NoReturn:
    """Check, and again after each change, until an interrupt.

    A call that is wrong from the start is refused as always; when it becomes wrong later, the error is shown instead of
    the results.

    Raises:
        BadParameter: the call is wrong, or changes cannot be watched.
    """
    named = [*paths] if standard in BUILT_IN else [*paths, standard]
    is_terminal = sys.stdout.isatty()
    console = console_for(sys.stdout if is_terminal else sys.stderr)
    watcher = _Watcher(named)
    is_first = True
    while True:
        # Watching starts again before each check, so that no change is missed and new folders are watched too.
        with watcher.watching() as wait:
            if is_terminal and not is_first:
                console.clear()
            try:
                check()
            except (BadParameter, OperationalError) as error:
                # That there are no site files yet is nothing wrong while they can still come.
                if is_first and not isinstance(error.__cause__, NoSiteFilesError):
                    raise
                told = error.message if isinstance(error, BadParameter) else str(error)
                console.print(cell(_("Error: {message}").format(message=told)))
            time = datetime.now().strftime("%H:%M:%S")
            message = _("Checked at {time}. Watching for changes; Ctrl-C ends it.").format(time=time)
            console.print(cell(message, "quiet"))
            is_first = False
            wait()


class _Watcher:
    """Watches folders, and the folders of files: many editors replace a file, so that it cannot be watched itself."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._places = {place for path in paths for place in (os.path.abspath(path), os.path.realpath(path))}
        self._is_polling: bool | None = None
        """Whether files are looked at time and again; None leaves it to watchfiles."""

    @contextmanager
    def watching(self) -> Iterator[Wait]:
        """Watch from now on, until the end of the block."""
        try:
            changes = self._start()
        except UnicodeError as error:
            message = _("its name is not UTF-8, so that changes in it cannot be watched; rename it: {path}")
            unreadable = next(place for place in sorted(self._places) if not is_utf8(place))
            raise BadParameter(message.format(path=unreadable), param_hint="--watch") from error
        except (OSError, RuntimeError) as error:
            message = _(
                "changes cannot be watched here. Name fewer folders, or set WATCHFILES_FORCE_POLLING=1, "
                "to have files looked at time and again instead. The reason: {why}"
            )
            raise BadParameter(message.format(why=error), param_hint="--watch") from error

        def wait() -> None:
            try:
                next(filter(None, changes))
            except RuntimeError as error:
                # What has changed cannot be named; that it has is enough to check again.
                self._is_polling = _is_of_a_name(error) or self._is_polling

        with closing(changes):
            yield wait

    def _start(self) -> Generator[set[FileChange], None, None]:
        """Return the changes from now on.

        Where a name is not UTF-8, watchfiles fails at whatever happens to the file, even that it is read for a check;
        looking at the files time and again, only when it has changed.
        """
        try:
            return _start_watching(self._places, self._is_polling)
        except RuntimeError as error:
            if self._is_polling or not _is_of_a_name(error):
                raise
            self._is_polling = True
            return _start_watching(self._places, self._is_polling)


def _is_of_a_name(error: RuntimeError) -> bool:
    """Whether watchfiles could not pass on a name."""
    return "decode path" in str(error)


def _start_watching(places: set[str], is_polling: bool | None) -> Generator[set[FileChange], None, None]:
    """Return the changes from now on, of the files and folders that exist now."""
    for attempt in range(1, MAX_ATTEMPTS + 1):
        folders = {_nearest_folder(place) for place in places}
        # The folder of a file, or of what is missing, may be large, so that not all below it is watched.
        # Nor is what links lead to, which may be the whole disk.
        is_recursive = folders == places and not any(map(_has_links_to_folders, folders))
        changes = watch(
            *(folders if is_recursive else {folder for place in places for folder in _folders_for(place)}),
            watch_filter=partial(_may_change_result, places, folders),
            debounce=MAX_BURST_MS,
            step=DEBOUNCE_MS,
            # The first result comes soon, with a change or without, and shows that watching has started.
            rust_timeout=DEBOUNCE_MS,
            yield_on_timeout=True,
            recursive=is_recursive,
            force_polling=is_polling,
        )
        try:
            next(changes)
            break
        except FileNotFoundError:
            if attempt == MAX_ATTEMPTS:
                raise
    return changes


def _nearest_folder(place: str) -> str:
    """Return a folder itself, or else the nearest one above that exists."""
    return next((folder for folder in (place, *map(str, Path(place).parents)) if os.path.isdir(folder)), place)


def _has_links_to_folders(place: str) -> bool:
    return any(
        os.path.islink(os.path.join(folder, name)) for folder, folders, _files in os.walk(place) for name in folders
    )


def _is_folder(path: str) -> bool:
    return not os.path.islink(path) and os.path.isdir(path)


def _folders_for(place: str) -> Iterator[str]:
    """Yield the folders to be watched for a folder, or for a file and its documents."""
    folder = _nearest_folder(place)
    yield folder
    if folder == place:
        yield from (below for below, _folders, _files in os.walk(place))
    for document in _documents(place):
        below = [above for above in document.parents if above.is_relative_to(folder) and str(above) != folder]
        yield from takewhile(_is_folder, map(str, reversed(below)))


def _may_change_result(places: Iterable[str], folders: Iterable[str], change: Change, path: str) -> bool:
    """Whether a change may alter the result: not in hidden files, nor in the content of files that no site names."""
    changed = Path(path)
    if any(Path(place).is_relative_to(changed) for place in places):
        return True
    above = [Path(folder) for folder in folders if changed.is_relative_to(folder)]
    if all(any(is_hidden_name(part) for part in changed.relative_to(folder).parts) for folder in above):
        return False
    return change is not Change.modified or is_site_file_name(changed.name) or _is_document(changed, above)


def _is_document(changed: Path, folders: Iterable[Path]) -> bool:
    """Whether a site file in a folder above names the file, which may have been empty."""
    for folder in changed.parents:
        if any(folder.is_relative_to(watched) for watched in folders):
            for site_file in folder.glob("*.[tT][oO][mM][lL]"):
                if changed in _documents(site_file):
                    return True
    return False


def _documents(site_file: str | Path) -> list[Path]:
    """Return the paths of the documents that a site file names, none if it cannot be read."""
    site = load_site(site_file).site
    names = [name.replace("\\", "/") for pillar in Pillar for name in getattr(site, pillar).documents] if site else []
    return [Path(os.path.normpath(os.path.join(os.path.dirname(site_file), name))) for name in names]
