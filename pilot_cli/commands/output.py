"""Where results go: standard output, or a file that is written whole or not at all."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from typer import BadParameter, Exit

from pilot_cli.locale import gettext as _

EXIT_BROKEN_PIPE = 141
"""The exit status when whoever read the output has gone, as of a program that the signal SIGPIPE ended."""


def discard_output() -> None:
    """Let what is still to be written vanish, so that the flush at exit does not fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def open_output(path: Path | None, *, is_for_people: bool, hint: str = "--output") -> Iterator[TextIO]:
    """Open ``--output``, or standard output when there is none.

    What people read follows the encoding of their terminal; what programs read, and every file, is UTF-8.

    Raises:
        BadParameter: the file cannot be written; ``hint`` is the option or argument that is to blame.
    """
    if path is None or is_standard_output(path):
        out = sys.stdout
        if not is_for_people and isinstance(out, TextIOWrapper):
            out.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
        try:
            yield out
            out.flush()
        except BrokenPipeError:
            discard_output()
            raise Exit(EXIT_BROKEN_PIPE) from None
        return
    with explain_write_errors(path, hint), _replacing(path) as out:
        yield out


@contextmanager
def explain_write_errors(path: Path, hint: str) -> Iterator[None]:
    """Refuse a path that turns out not to be writable.

    Raises:
        BadParameter: so it is; ``hint`` is the option or argument that is to blame.
    """
    try:
        yield
    except OSError as error:
        message = _("{path} cannot be written: {why}").format(path=path, why=error.strerror or error)
        raise BadParameter(message, param_hint=hint) from error


def is_standard_output(path: Path) -> bool:
    """Whether a path is standard output by another name, as - and /dev/stdout are."""
    if str(path) == "-":
        return True
    try:
        return os.path.samestat(path.stat(), os.fstat(sys.stdout.fileno()))
    except (OSError, ValueError):
        return False


def refuse_terminal(format: str) -> None:
    """Refuse to write what is not for reading to standard output where that is a terminal."""
    if sys.stdout.isatty():
        message = _("a {format} file is nothing for a terminal; say where to write it").format(format=format)
        raise BadParameter(message, param_hint="--output")


def refuse_existing(path: Path, hint: str) -> None:
    """Refuse to replace what is there already; ``hint`` is the option or argument that names it."""
    if os.path.lexists(path):
        message = _("{path} is there already; --force replaces it").format(path=path)
        raise BadParameter(message, param_hint=hint)


@contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    """Write beside the file and put the result in its place; a device or pipe is written to as it is."""
    target = Path(os.path.realpath(path))
    if target.exists() and not stat.S_ISREG(target.stat().st_mode):
        with target.open("w", encoding="utf-8", errors="backslashreplace", newline="") as out:
            yield out
        return
    draft = target.with_name(f".pilot-{os.getpid()}.tmp")
    try:
        with draft.open("x", encoding="utf-8", errors="backslashreplace", newline="") as out:
            yield out
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
