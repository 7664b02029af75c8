"""Runs the command line in the process of the test, for laws that hundreds of calls are held against."""

import os
import sys
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple
from unittest.mock import patch

from pilot_cli.__main__ import _run
from pilot_cli.locale import current_language, speaking
from pilot_cli.site.reader import _read_standard_input


class Answer(NamedTuple):
    """What came of a call."""

    status: int
    stdout: str
    stderr: str


def call(folder: Path, *arguments: str, input: bytes = b"", width: int | None = None) -> Answer:
    """Call pilot in a folder, where what it takes from its surroundings is as in a process of its own.

    With a width in cells, what it writes to takes itself for a terminal.
    """
    with (
        _stream(input) as stdin,
        _stream() as out,
        _stream() as err,
        chdir(folder),
        speaking(current_language()),
        patch.dict(os.environ),
    ):
        # Settings are looked for, in the folder alone: there is none above or of the user.
        os.environ.pop("PILOT_NO_SETTINGS", None)
        os.environ.update(HOME=str(folder), XDG_CONFIG_HOME=str(folder))
        if width is not None:
            os.environ.update(COLUMNS=str(width), NO_COLOR="1")
            out.isatty = lambda: True  # type: ignore[method-assign]
        _read_standard_input.cache_clear()
        with patch.multiple(sys, stdin=stdin, stdout=out, stderr=err, argv=["pilot", *arguments]):
            status = _run()
        return Answer(status, *map(_written, (out, err)))


def _stream(data: bytes = b"") -> IO[str]:
    stream = TemporaryFile("w+", encoding="utf-8", errors="backslashreplace", newline="")  # noqa: SIM115
    stream.buffer.write(data)
    stream.seek(0)
    return stream


def _written(stream: IO[str]) -> str:
    stream.seek(0)
    return stream.read()
