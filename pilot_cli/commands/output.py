"""Where results go: standard output, or a file that is written completely or not at all."""

import errno
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import partial
from io import BufferedWriter, FileIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from typer import BadParameter, Exit, echo

from pilot_cli.errors import DISK_ERRORS, OperationalError, no_temporary_files, os_reason
from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import Message, message
from pilot_cli.renaming import draft_name, replace

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_ON_WINDOWS = os.name == "nt"
EXIT_BROKEN_PIPE = 141
"""The exit status when whoever read the output has gone, as of a program that the signal SIGPIPE ended."""


def discard_output() -> None:
    """Let what is still to be written vanish, so that the flush at exit does not fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Output(FileIO):
    """The file that results are written to; its errors are told apart from those of other files written meanwhile."""

    failure: Callable[..., Message]
    """Makes the message from the reason ``why``."""

    def write(self, data: "ReadableBuffer") -> int:
        """Write bytes.

        Raises:
            OperationalError: the disk is full, or fails.
        """
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OperationalError(self.failure(why=os_reason(error))) from error


def _open(
    file: Path | int,
    mode: str,
    failure: Callable[..., Message],
    opener: Callable[[str, int], int] | None = None,
) -> TextIOWrapper:
    """Open a file for results in UTF-8; a stream that is open already, given by its number, stays open."""
    raw = _Output(file, mode, closefd=isinstance(file, Path), opener=opener)
    raw.failure = failure
    return TextIOWrapper(BufferedWriter(raw), encoding="utf-8", errors="backslashreplace", newline="")


@contextmanager
def open_output(path: Path | None, *, is_for_people: bool, hint: str = "--output") -> Iterator[TextIO]:
    """Open ``--output``, or standard output when there is none.

    What people read follows the encoding of their terminal; what programs read, and every file, is UTF-8.

    Raises:
        BadParameter: the file cannot be written; ``hint`` is the option or argument that is to blame.
        OperationalError: the disk of the file, or of temporary files, is full or fails.
    """
    if path is None or is_standard_output(path):
        opened = _standard_output() if is_for_people else _standard_output_for_programs()
    else:
        opened = _replacing(path, hint)
    with opened as out:
        yield out


@contextmanager
def _standard_output() -> Iterator[TextIO]:
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        discard_output()
        raise Exit(EXIT_BROKEN_PIPE) from None


@contextmanager
def _standard_output_for_programs() -> Iterator[TextIO]:
    with _standard_output() as stream:
        if stream.isatty() and isinstance(stream, TextIOWrapper):
            # A console of Windows takes texts, and no bytes.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
            opened: AbstractContextManager[TextIO] = nullcontext(stream)
        else:
            stream.flush()
            opened = _open(stream.fileno(), "w", partial(message, "The output cannot be written: {why}"))
        with opened as out, _explaining_temporary_files():
            yield out


@contextmanager
def explain_write_errors(path: Path, hint: str) -> Iterator[None]:
    """Explain why a path cannot be written.

    Raises:
        BadParameter: the path is wrong; ``hint`` is the option or argument that is to blame.
        OperationalError: the disk is full, or fails.
    """
    try:
        yield
    except OSError as error:
        text = message("{path} cannot be written: {why}", path=path, why=os_reason(error))
        if error.errno in DISK_ERRORS:
            raise OperationalError(text) from error
        raise BadParameter(str(text), param_hint=hint) from error


@contextmanager
def _explaining_temporary_files() -> Iterator[None]:
    """Explain why a temporary file cannot be written, as some formats need one.

    Raises:
        OperationalError: their disk is full or fails, or there is no folder for them.
    """
    try:
        yield
    except OSError as error:
        # When there is no folder for temporary files, Python names none.
        has_no_folder = isinstance(error, FileNotFoundError) and error.filename is None
        if has_no_folder or error.errno in DISK_ERRORS:
            raise OperationalError(no_temporary_files(os_reason(error))) from error
        raise


def tell_file_written(path: Path) -> None:
    """Say that a file was written."""
    echo(printable(_("Written: {path}").format(path=path)), err=True)


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
def _replacing(path: Path, hint: str) -> Iterator[TextIO]:
    """Replace a file by what is written, in a folder that is made if need be; a device is written to as it is."""
    target = path if _is_stream(path) else Path(os.path.realpath(path))
    made: list[Path] = []
    try:
        with explain_write_errors(path, hint):
            _make_folder(target.parent, made)
        with _drafted(path, target, hint) as out:
            yield out
    except BaseException:
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise


def _is_stream(path: Path) -> bool:
    """Whether there is something that can only be written to as it is: a device or a pipe."""
    # Of a path that cannot be, such as one that is too long, `Path.exists` would raise.
    return os.path.exists(path) and not os.path.isfile(path)


def _open_stream(path: str, flags: int) -> int:
    """Open a device or a pipe; a pipe that nobody reads is refused instead of waiting for a reader."""
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if not _ON_WINDOWS:
        os.set_blocking(descriptor, True)
    return descriptor


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it that are missing, and note which."""
    if folder.is_dir():
        return
    _make_folder(folder.parent, made)
    try:
        folder.mkdir()
    except FileExistsError:
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from None
    else:
        made.append(folder)


@contextmanager
def _explaining_use(path: Path, hint: str) -> Iterator[None]:
    """Explain why Windows does not let a file be replaced, for which it only says that permission is denied."""
    try:
        yield
    except PermissionError as error:
        if not _ON_WINDOWS:
            raise
        text = _(
            "{path} cannot be written: another program has it open, or it is protected. "
            "Close it in Word, Excel or WPS first, or name another file"
        )
        raise BadParameter(text.format(path=path), param_hint=hint) from error


def _open_draft(draft: Path, target: Path, failure: Callable[..., Message]) -> TextIOWrapper:
    """Make the draft of a file, which nobody may read who may not read the file."""
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666
    return _open(draft, "x", failure, lambda path, flags: os.open(path, flags, mode))


@contextmanager
def _drafted(path: Path, target: Path, hint: str) -> Iterator[TextIO]:
    """Write beside the file, and put the result in its place."""
    failure = partial(message, "{path} cannot be written: {why}", path=path)
    # A name that nobody else has: whatever is there by it may be removed, even if the end comes while it is made.
    draft = None if _is_stream(target) else target.with_name(f"{draft_name()}.tmp")
    try:
        with explain_write_errors(path, hint), _explaining_use(path, hint):
            if _ON_WINDOWS and target.is_file():
                # It is better known before the work than after it.
                target.open("r+b").close()
            out = _open_draft(draft, target, failure) if draft else _open(target, "w", failure, _open_stream)
        with out, _explaining_temporary_files():
            yield out
        if draft:
            with explain_write_errors(path, hint), _explaining_use(path, hint):
                if target.exists():
                    shutil.copymode(target, draft)
                replace(draft, target)
    except BaseException:
        if draft:
            with suppress(OSError):
                draft.unlink()
        raise
