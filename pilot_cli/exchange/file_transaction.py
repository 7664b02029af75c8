"""Writes files into a folder: all of them, or none."""

import os
import shutil
import signal
from contextlib import suppress
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from pilot_cli.errors import TERMINATION_SIGNALS, OperationalError, os_reason
from pilot_cli.locale import N_
from pilot_cli.locale.message import message
from pilot_cli.renaming import replace


class FileTransaction:
    """Files that are first written as drafts and then moved into place; if any cannot be, all moves are undone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: list[Path] = []
        """The folders that had to be made, the outermost last."""
        self._drafts: Path | None = None
        """A hidden folder for the drafts, once there is one."""
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
        """Clean up; unless all has been committed, leave the folder as it was.

        Raises:
            OperationalError: the files that were there before cannot be put back.
        """
        handlers = {ending: signal.getsignal(ending) for ending in (signal.SIGINT, *TERMINATION_SIGNALS)}
        for ending in handlers:
            # Another Ctrl-C must not stop the clean-up halfway.
            signal.signal(ending, signal.SIG_IGN)
        try:
            self._roll_back()
            if self._drafts:
                shutil.rmtree(self._drafts, ignore_errors=True)
            for folder in self._made:
                with suppress(OSError):
                    folder.rmdir()
        finally:
            for ending, handler in handlers.items():
                signal.signal(ending, handler)

    def add(self, file: Path, content: bytes) -> None:
        """Write the draft of a file below the folder.

        Raises:
            OSError: it cannot be written.
        """
        if self._drafts is None:
            self._made = [folder for folder in (self._folder, *self._folder.parents) if not os.path.lexists(folder)]
            self._folder.mkdir(parents=True, exist_ok=True)
            self._drafts = _new_folder(self._folder)
        draft = self._draft_path(file)
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        self._files.append(file)

    def commit(self) -> None:
        """Move each draft into its place.

        Raises:
            OSError: one of them cannot be moved.
        """
        for file in self._files:
            draft = self._draft_path(file)
            if not os.path.lexists(file.parent):
                self._move(draft.parent, file.parent)
                continue
            if os.path.lexists(file):
                shutil.copymode(file, draft)
                self._move(file, draft.with_suffix(".old"))
            self._move(draft, file)
        # There is nothing to be undone any more.
        self._moves, self._made = [], []

    def _draft_path(self, file: Path) -> Path:
        assert self._drafts is not None
        return self._drafts / file.relative_to(self._folder)

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
            raise OperationalError(message(template, why=os_reason(error), folder=self._drafts)) from error


def _new_folder(parent: Path) -> Path:
    """Make a hidden folder, which on Windows has the permissions of its parent; one of ``tempfile`` is the owner's."""
    numbers = count()
    while True:
        folder = parent / f".pilot-{os.getpid()}-{next(numbers)}"
        with suppress(FileExistsError):
            folder.mkdir()
            return folder
