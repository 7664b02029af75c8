"""A folder with a letter to each of many sites, and an index."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pathvalidate import sanitize_filename
from typer import BadParameter, echo

from pilot_cli.commands.output import open_output
from pilot_cli.formats.report.notice_index import IndexRow, write_index
from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _
from pilot_cli.site.texts import is_invisible, nfkc

SUFFIX = ".docx"
MAX_NAME_BYTES = 150
"""How much of the name of a file is that of a site; file systems allow 255, and a Chinese character takes 3."""


class LetterName(NamedTuple):
    """What a file is named after."""

    site: str
    city: str | None
    id: str | None
    title: str
    """What such a letter is called."""


class LetterFolder:
    """A folder that is filled with letters, each written whole or not at all."""

    def __init__(self, folder: Path, index_title: str, hint: str) -> None:
        if os.path.lexists(folder) and not folder.is_dir():
            raise BadParameter(_("{path} is no folder").format(path=folder), param_hint=hint)
        self._folder = folder
        self._index_title = index_title
        self._hint = hint
        self._rows: list[IndexRow] = []
        self._taken: set[str] = set()

    @property
    def number(self) -> int:
        """How many letters were written."""
        return len(self._rows)

    def write(self, name: LetterName, row: IndexRow, write: Callable[[BinaryIO], None]) -> None:
        """Write a letter; ``row`` is what the index says of it, but for the file."""
        file = self._new_name(name)
        with self._open(file) as out:
            write(out)
        self._rows.append(row._replace(file=file))

    def finish(self, created: date) -> None:
        """Write the index, where there is a letter."""
        if self._rows:
            with self._open(f"{self._index_title}.xlsx") as out:
                write_index(self._index_title, self._rows, out, created)

    def tell_written(self, text: str) -> None:
        """Say what was written, and where."""
        echo(printable(text.format(path=self._folder, number=self.number)), err=True)

    @contextmanager
    def _open(self, name: str) -> Iterator[BinaryIO]:
        with open_output(self._folder / name, is_for_people=False, hint=self._hint) as out:
            yield out.buffer

    def _new_name(self, of: LetterName) -> str:
        """Name a file by city and name of the site, so that every system takes it; of equals the later have the id."""
        parts = [part for part in (of.city, of.site) if part]
        for name in _candidates("-".join(parts), of.id, of.title):
            key = nfkc(name).casefold()
            if key not in self._taken:
                self._taken.add(key)
                return name
        raise AssertionError


def _candidates(name: str, id: str | None, title: str) -> Iterator[str]:
    stem = safe_name(name)
    yield f"{stem}-{title}{SUFFIX}"
    if id:
        stem = f"{stem}-{safe_name(id)}"
        yield f"{stem}-{title}{SUFFIX}"
    number = 2
    while True:
        yield f"{stem}-{number}-{title}{SUFFIX}"
        number += 1


def safe_name(name: str) -> str:
    """Make a text the beginning of the name of a file, on Windows too."""
    seen = "".join("_" if is_invisible(letter) or not letter.isprintable() else letter for letter in name)
    short = seen.encode()[:MAX_NAME_BYTES].decode(errors="ignore")
    # Dots would hide the file, or make what is before them the name of a device.
    return str(sanitize_filename(short, "_", platform="universal")).replace(".", "_").strip() or "_"
