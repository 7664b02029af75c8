"""Work on its way to another process, on this computer or another."""

import os
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from pilot_cli.errors import Fault, OperationalError, RemoteError
from pilot_cli.locale import N_
from pilot_cli.locale.message import message
from pilot_cli.version import __version__

ResultT = TypeVar("ResultT")
Work = Callable[[Sequence[str], str | None], Iterable[ResultT]]
"""What is done with some files: their paths, and the folder that relative paths start from (None: the current one).

Whatever else it needs has to be part of it, as with ``functools.partial``, and to be pickled with it.
"""


class WorkersError(OperationalError):
    """The workers cannot do their work; the text says why."""


class Payload(NamedTuple):
    """Work as it is sent to other processes, once with each chunk of paths."""

    work: bytes
    folder: str | None
    """The folder that relative paths start from; None when the worker has the same current folder."""
    version: str

    @classmethod
    def of(cls, work: Work[Any], folder: str | None = None) -> "Payload":
        """Pickle work: some 50 KB, which are sent with each chunk."""
        import pickle

        return cls(pickle.dumps(work), folder, __version__)


def run_payload(payload: Payload, paths: Sequence[str]) -> list[Any]:
    """Do the work on a chunk of files, in whatever process this is called.

    Raises:
        WorkersError: it cannot be done there.
        RemoteError: the work itself went wrong.
    """
    if payload.version != __version__:
        text = message("the worker has pilot {theirs}, but {ours} is needed", theirs=__version__, ours=payload.version)
        raise WorkersError(text)
    if payload.folder is not None:
        _check_visible(payload.folder, paths)
    work = _unpacked(payload.work)
    try:
        return list(work(paths, payload.folder))
    except Exception as error:
        raise RemoteError(Fault.of(error)) from error


def _check_visible(folder: str, paths: Sequence[str]) -> None:
    """Make sure that this process sees the files, so that no file is blamed for a folder that is not shared."""
    if not os.path.isdir(folder):
        raise WorkersError(message("the worker has no folder {folder}", folder=folder))
    if not any(os.path.lexists(os.path.join(folder, path)) for path in paths):
        template = N_("the worker does not see {path}; the site files have to be in a folder that is shared")
        raise WorkersError(message(template, path=paths[0]))


@lru_cache(maxsize=1)
def _unpacked(work: bytes) -> Any:
    """Unpickle work once for all its chunks."""
    import pickle

    return pickle.loads(work)
