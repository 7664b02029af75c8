"""How work travels to another process, of this machine or of another one."""

import os
import pickle
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

from pilot_cli.locale import Language, current_language, use_language
from pilot_cli.locale import gettext as _
from pilot_cli.parallel.workers import JobT, ResultT, Work
from pilot_cli.version import __version__


class Payload(NamedTuple):
    """A job as it travels; the paths go with it in parts."""

    job: bytes
    language: Language
    folder: str | None
    """Where relative paths start; None when it is the same there as here."""
    version: str

    @classmethod
    def of(cls, job: object, folder: str | None = None) -> "Payload":
        """Pack a job; it is some 50 KB, and goes along with each part."""
        return cls(pickle.dumps(job), current_language(), folder, __version__)


class PayloadError(Exception):
    """The work cannot be done where it was sent to; the text says why."""


_one_at_a_time = Lock()
"""A process has one language and one current folder, and with the work of a part it is busy in any case."""


def run_payload(work: Work[JobT, ResultT], payload: Payload, paths: list[str]) -> list[ResultT]:
    """Do a part of a job wherever this is called.

    Raises:
        MisplacedError: it cannot be done there.
    """
    with _one_at_a_time:
        use_language(payload.language)
        if payload.version != __version__:
            message = _("the worker has pilot {theirs}, but {ours} is needed")
            raise PayloadError(message.format(theirs=__version__, ours=payload.version))
        if payload.folder is not None:
            _enter(payload.folder, paths)
        return list(work(_unpacked(payload.job), paths))


def _enter(folder: str, paths: list[str]) -> None:
    """Go where relative paths start, and look whether there are files: else each site would be blamed for its own."""
    try:
        os.chdir(folder)
    except OSError:
        raise PayloadError(_("the worker has no folder {folder}").format(folder=folder)) from None
    if not any(map(os.path.lexists, paths)):
        message = _("the worker does not see {path}; the site files have to be in a folder that is shared")
        raise PayloadError(message.format(path=paths[0]))


@lru_cache(maxsize=1)
def _unpacked(job: bytes) -> Any:
    """Unpack a job once for all its parts."""
    return pickle.loads(job)
