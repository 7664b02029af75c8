"""Where a ledger is kept: in a file, or in a database on a server."""

import os
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from pilot_cli.locale.message import Message, message

USUAL_NAME = "pilot-ledger.db"
"""What the file is called where nobody says otherwise."""
_NETWORK_FILE_SYSTEMS = frozenset(
    (
        "9p",
        "afs",
        "cephfs",
        "cifs",
        "davfs",
        "fuse.sshfs",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
    )
)
_DRIVE_REMOTE = 4
"""What Windows calls a drive of another machine."""


class LocationError(ValueError):
    """What is said of the place of a ledger cannot be used."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


class Location(NamedTuple):
    """A file of SQLite, or else the URL of a PostgreSQL database."""

    file: Path | None
    url: URL | None = None

    def __str__(self) -> str:
        """Name it without its password."""
        return str(self.file) if self.url is None else self.url.render_as_string(hide_password=True)


def parse_location(text: str, folder: str = "") -> Location:
    """Read a path or a URL; relative paths start from a folder.

    Raises:
        LocationError: it is neither.
    """
    if "://" not in text:
        return Location(Path(folder, text))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise LocationError(message("the URL cannot be read; write postgresql+psycopg://USER@HOST/DATABASE")) from None
    backend = url.drivername.partition("+")[0]
    if backend == "sqlite" and url.database:
        return Location(Path(folder, url.database))
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg") and url.database:
        return Location(None, url.set(drivername="postgresql+psycopg"))
    raise LocationError(
        message("a ledger is a file, or a PostgreSQL database: postgresql+psycopg://USER@HOST/DATABASE")
    )


def is_on_network(path: Path) -> bool:
    """Whether a file is on the drive of another machine, where several cannot use one memory."""
    if os.name == "nt":
        return _is_remote_drive(path)
    try:
        mounts = Path("/proc/self/mounts").read_text("utf-8", "surrogateescape")
    except OSError:
        return False
    return file_system_of(os.path.realpath(path), mounts) in _NETWORK_FILE_SYSTEMS


def file_system_of(path: str, mounts: str) -> str:
    """Tell what kind of file system a path is on, by the list of mounts of Linux; of several in a place the last."""
    kind, longest = "", -1
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ").rstrip("/")
        if (path == point or path.startswith(point + "/")) and len(point) >= longest:
            kind, longest = fields[2], len(point)
    return kind


def _is_remote_drive(path: Path) -> bool:
    import ctypes

    anchor = path.resolve().anchor
    windows = getattr(ctypes, "windll")  # noqa: B009 - it is there on Windows alone
    return anchor.startswith("\\\\") or windows.kernel32.GetDriveTypeW(anchor) == _DRIVE_REMOTE
