"""Writes files into one folder or several: all of them, or none."""

import os
import shutil
import signal
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from pilot_cli.errors import TERMINATION_SIGNALS, OperationalError, os_reason
from pilot_cli.locale import N_
from pilot_cli.locale.message import NameList, message
from pilot_cli.renaming import draft_name, replace


class FileTransaction:
    """Files that are first written as drafts and then moved into place; if any cannot be, all moves are undone."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        """Each file lies below one of these; its draft is written there too, so that it need only be renamed."""
        self._made: list[Path] = []
        """The folders that had to be made, the outermost last."""
        self._drafts: dict[Path, Path] = {}
        """The hidden folders for the drafts, as far as there are any, by the folder that they are in."""
        self._files: list[Path] = []
        """Where each draft is to be moved."""
        self._moves: list[tuple[Path, Path]] = []
        """The source and target of each renaming, so that it can be undone."""

    def __enter__(self) -> Self:
        """Begin; nothing is written yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clean up; unless all has been committed, leave the folders as they were.

        Raises:
            OperationalError: the files that were there before cannot be put back.
        """
        handlers = {ending: signal.getsignal(ending) for ending in (signal.SIGINT, *TERMINATION_SIGNALS)}
        for ending in handlers:
            # Another Ctrl-C must not stop the clean-up halfway.
            signal.signal(ending, signal.SIG_IGN)
        try:
            self._roll_back()
            for drafts in self._drafts.values():
                shutil.rmtree(drafts, ignore_errors=True)
            for folder in self._made:
                with suppress(OSError):
                    folder.rmdir()
        finally:
            for ending, handler in handlers.items():
                signal.signal(ending, handler)

    def add(self, file: Path, content: bytes) -> None:
        """Write the draft of a file below one of the folders.

        Raises:
            OSError: it cannot be written.
        """
        folder = self._folder_of(file)
        if folder not in self._drafts:
            self._made[:0] = [above for above in (folder, *folder.parents) if not os.path.lexists(above)]
            folder.mkdir(parents=True, exist_ok=True)
            # By a name that nobody else has, and noted before it is made, in case of an interrupt in between. One that
            # ``tempfile`` makes would on Windows be for its owner alone.
            self._drafts[folder] = folder / draft_name()
            self._drafts[folder].mkdir()
        draft = self._draft_path(file)
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        self._files.append(file)

    def commit(self) -> None:
        """Move each draft into its place.

        Raises:
            OSError: one of them cannot be moved; the error names that file.
        """
        for file in self._files:
            try:
                self._put(file)
            except OSError as error:
                error.filename, error.filename2 = str(file), None
                raise
        # There is nothing to be undone any more.
        self._moves, self._made = [], []

    def _put(self, file: Path) -> None:
        draft = self._draft_path(file)
        if not os.path.lexists(file.parent):
            self._move(draft.parent, file.parent)
            return
        if not os.path.lexists(draft):
            # It came along with another file of its folder.
            return
        if os.path.lexists(file):
            shutil.copymode(file, draft)
            self._move(file, draft.with_suffix(".old"))
        self._move(draft, file)

    def _folder_of(self, file: Path) -> Path:
        return next(folder for folder in self._folders if file.is_relative_to(folder))

    def _draft_path(self, file: Path) -> Path:
        folder = self._folder_of(file)
        return self._drafts[folder] / file.relative_to(folder)

    def _move(self, source: Path, target: Path) -> None:
        # Noted before it is done, in case of an interrupt in between; undoing skips a move that was not made.
        self._moves.append((source, target))
        replace(source, target)

    def _roll_back(self) -> None:
        try:
            while self._moves:
                source, target = self._moves[-1]
                if os.path.lexists(target):
                    if os.path.lexists(source):
                        raise FileExistsError(source)
                    replace(target, source)
                self._moves.pop()
        except OSError as error:
            template = N_("the folder cannot be put back as it was ({why}); what was there before is in {folder}")
            drafts = NameList(tuple(self._drafts.values()))
            raise OperationalError(message(template, why=os_reason(error), folder=drafts)) from error
