"""Errors that are not the user's: something that pilot needs fails, or pilot itself is wrong."""

import errno
import os
import signal
import sys
from typing import NamedTuple, Self

from pilot_cli.locale import N_
from pilot_cli.locale.message import Message, message

WINDOWS_FILE_IN_USE = (32, 33)
"""The numbers of Windows for a file that another program has open or has locked."""

_REASONS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("part of the path is no folder"),
    errno.EACCES: N_("permission was denied"),
    errno.EPERM: N_("permission was denied"),
    errno.ENOSPC: N_("no space is left on the disk"),
    errno.EDQUOT: N_("no space is left on the disk"),
    errno.EFBIG: N_("no space is left on the disk"),
    errno.EIO: N_("the disk or the network drive has an error"),
    errno.EROFS: N_("nothing can be written to this disk"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EMFILE: N_("too many files are open"),
    errno.ENFILE: N_("too many files are open"),
    errno.EAGAIN: N_("too many processes are running"),
    errno.ENOMEM: N_("there is not enough memory"),
}

DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM})
"""What fails although the name of a file is right: the disk is full or broken, or too many files are open."""

TERMINATION_SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""The signals that end a process on request, or when its terminal is closed."""


class OperationalError(Exception):
    """Something that pilot needs fails, such as a disk, a process or a cluster; a message says what."""


def os_reason(error: OSError) -> Message | str:
    """Tell why the operating system refused something: in the user's language, or else in its own words."""
    if getattr(error, "winerror", None) in WINDOWS_FILE_IN_USE:
        return message("another program has it open: close it in Word, Excel or WPS first")
    if sys.platform == "win32" and error.errno == errno.EACCES:
        # Where a file is opened, Windows does not tell one from the other.
        return message("permission was denied, or another program has it open: close it in Word, Excel or WPS first")
    template = _REASONS.get(error.errno or 0)
    return message(template) if template else error.strerror or str(error)


def no_temporary_files(why: Message | str) -> Message:
    """Tell that temporary files cannot be written, and in which folder."""
    from tempfile import gettempdir

    try:
        return message("temporary files cannot be written to {path}: {why}", path=gettempdir(), why=why)
    except OSError as error:
        folders = str(error.strerror).partition("[")[2].rstrip("]")
        return message("temporary files can be written to none of {folders}", folders=folders)


class Fault(NamedTuple):
    """Where pilot itself went wrong; no values, which could be what a site file says."""

    kind: str
    """The name of the exception."""
    place: str
    """The file and line where it was raised."""
    outline: str
    """The calls that led there, and those that led to its causes."""

    @classmethod
    def of(cls, error: BaseException) -> Self:
        """Take from an exception what may be passed on."""
        import traceback

        frame = traceback.extract_tb(error.__traceback__)[-1]
        outline = []
        cause: BaseException | None = error
        while cause is not None:
            outline += [*traceback.format_tb(cause.__traceback__), type(cause).__qualname__, "\n\n"]
            cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
        return cls(type(error).__qualname__, f"{os.path.basename(frame.filename)}:{frame.lineno}", "".join(outline))


class RemoteError(Exception):
    """Pilot went wrong in another process."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault
