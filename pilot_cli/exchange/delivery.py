"""Brings files into a folder: all of them, or none."""

import os
import shutil
import signal
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import NamedTuple, Self


class _Move(NamedTuple):
    """A step that can be taken back."""

    source: Path
    target: Path


class Delivery:
    """Site files that are written beside their places first; unless all get there, the folder stays as it was."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: list[Path] = []
        """Folders that were not there before, the outermost last."""
        self._draft = folder
        self._files: list[Path] = []
        """Of each site file, where it belongs."""
        self._moves: list[_Move] = []
        self._is_delivered = False

    def __enter__(self) -> Self:
        """Make the folder, if it is not there, and one for drafts in it.

        Raises:
            OSError: it cannot be written in.
        """
        self._made = [folder for folder in (self._folder, *self._folder.parents) if not folder.exists()]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._draft = Path(mkdtemp(prefix=".pilot-", dir=self._folder))
        except BaseException:
            self._take_back()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clean up; unless all has been delivered, leave the folder as it was."""
        if self._is_delivered:
            shutil.rmtree(self._draft, ignore_errors=True)
        else:
            self._take_back()

    def add(self, file: Path, text: str) -> None:
        """Write the draft of a file two levels below the folder.

        Raises:
            OSError: there is no room for it.
        """
        draft = self._draft / file.relative_to(self._folder)
        draft.parent.mkdir()
        draft.write_bytes(text.encode())
        self._files.append(file)

    def deliver(self) -> None:
        """Put each file in its place.

        Raises:
            OSError: one of them cannot be put there.
        """
        for file in self._files:
            draft = self._draft / file.relative_to(self._folder)
            if not os.path.lexists(file.parent):
                self._move(draft.parent, file.parent)
                continue
            if os.path.lexists(file):
                shutil.copymode(file, draft)
                self._move(file, draft.with_suffix(".old"))
            self._move(draft, file)
        self._is_delivered = True

    def _move(self, source: Path, target: Path) -> None:
        # It is noted first: what has not been done is easily taken back.
        self._moves.append(_Move(source, target))
        source.rename(target)

    def _take_back(self) -> None:
        """Undo everything; Ctrl-C, pressed once more, does not stop that."""
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        for move in reversed(self._moves):
            if not os.path.lexists(move.source):
                with suppress(OSError):
                    move.target.rename(move.source)
        if self._draft != self._folder:
            shutil.rmtree(self._draft, ignore_errors=True)
        for folder in self._made:
            with suppress(OSError):
                folder.rmdir()
        signal.signal(signal.SIGINT, before)
