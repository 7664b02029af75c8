"""Several workers: processes of this computer, or those of a Dask cluster."""

import os
import sys
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import TYPE_CHECKING

from pilot_cli.locale import gettext as _
from pilot_cli.parallel.payload import Payload, run_payload
from pilot_cli.parallel.progress import Progress
from pilot_cli.parallel.worker_process import init_worker, without_interrupts
from pilot_cli.parallel.workers import JobT, ResultT, Work, WorkersError
from pilot_cli.site.reader import STANDARD_INPUT

if TYPE_CHECKING:
    from distributed import Client

CHUNKS_QUEUED_PER_WORKER = 4
"""So many parts each worker has waiting, so that it never waits itself."""
CHUNKS_PER_SIZE_CHECK = 50
"""After so many parts it is asked how many workers there are now."""
ALIVE_CHECK_SECONDS = 1.0
"""While nothing comes, it is seen to after so many seconds whether all is well."""
MAX_WINDOWS_PROCESSES = 61
"""So many processes Windows can wait for."""
MAX_SILENCE_SECONDS = 10
"""So many seconds a cluster may be without an answer, or without workers."""


class Pool(ABC):
    """Workers that are ready."""

    folder: str | None = None
    """Where relative paths start; None when that is the same for the workers as here."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    @abstractmethod
    def size(self) -> int:
        """Tell how many there are."""

    @abstractmethod
    def check_alive(self) -> None:
        """See whether they can go on.

        Raises:
            WorkersError: they cannot.
        """

    @abstractmethod
    def translate_error(self, error: Exception) -> WorkersError | None:
        """Tell what an error means for the workers; None when it is the work's own."""

    def run(
        self, work: Work[JobT, ResultT], job: JobT, parts: Iterable[list[str]], progress: Progress
    ) -> Iterator[ResultT]:
        """Work on parts, not too many at a time; yield the results in the order of the parts.

        Raises:
            WorkersError: the workers cannot do it.
        """
        payload = Payload.of(job, self.folder)
        waiting: deque[Callable[[], Iterable[ResultT]]] = deque()
        most = 0
        for number, paths in enumerate(parts):
            if number % CHUNKS_PER_SIZE_CHECK == 0:
                most = CHUNKS_QUEUED_PER_WORKER * max(1, self.size())
            if STANDARD_INPUT in paths:
                # It is only here that it can be read.
                waiting.append(partial(work, job, paths))
            else:
                waiting.append(partial(self._wait_for, self._submit(work, payload, paths), progress))
            while len(waiting) >= most:
                yield from waiting.popleft()()
        while waiting:
            yield from waiting.popleft()()

    def _submit(self, work: Work[JobT, ResultT], payload: Payload, paths: list[str]) -> "Future[list[ResultT]]":
        with self._translating_errors(), without_interrupts():
            return self._executor.submit(run_payload, work, payload, paths)

    def _wait_for(self, future: "Future[list[ResultT]]", progress: Progress) -> list[ResultT]:
        while not wait([future], ALIVE_CHECK_SECONDS).done:
            progress.advance(0)
            self.check_alive()
        with self._translating_errors():
            return future.result()

    @contextmanager
    def _translating_errors(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            explained = self.translate_error(error)
            if explained is None:
                raise
            raise explained from error


class _ProcessPool(Pool):
    """Processes of this computer."""

    def __init__(self, executor: Executor, number: int) -> None:
        super().__init__(executor)
        self._number = number
        self._others = set(active_children())
        self._own: set[BaseProcess] = set()

    def size(self) -> int:
        return self._number

    def _submit(self, work: Work[JobT, ResultT], payload: Payload, paths: list[str]) -> "Future[list[ResultT]]":
        future = super()._submit(work, payload, paths)
        self._own |= set(active_children()) - self._others
        return future

    def check_alive(self) -> None:
        # When a process ends amid an answer, the executor does not notice, but waits for the rest of it.
        if any(process.exitcode is not None for process in self._own):
            raise _worker_killed()

    def translate_error(self, error: Exception) -> WorkersError | None:
        if isinstance(error, BrokenExecutor):
            return _worker_killed()
        if isinstance(error, OSError):
            message = _("so many processes cannot be started ({why}); try fewer --jobs")
            return WorkersError(message.format(why=error.strerror or error))
        return None

    def terminate(self) -> None:
        """End the processes whatever they are doing."""
        for process in self._own:
            process.kill()


def _worker_killed() -> WorkersError:
    message = _("a process that works on sites was ended from outside, for want of memory perhaps; try fewer --jobs")
    return WorkersError(message)


@contextmanager
def processes(number: int) -> Iterator[Pool]:
    """Have processes of this computer for the work.

    Raises:
        WorkersError: they cannot be started, or one of them was ended from outside.
    """
    from concurrent.futures import ProcessPoolExecutor

    if sys.platform == "win32":
        number = min(number, MAX_WINDOWS_PROCESSES)
    try:
        executor = ProcessPoolExecutor(number, initializer=init_worker)
    except OSError as error:
        message = _("processes cannot work together here ({why}); try --jobs 1")
        raise WorkersError(message.format(why=error.strerror or error)) from error
    pool = _ProcessPool(executor, number)
    is_well = True
    try:
        yield pool
    except WorkersError:
        is_well = False
        pool.terminate()
        raise
    finally:
        executor.shutdown(wait=is_well, cancel_futures=True)


class _ClusterPool(Pool):
    """The workers of a Dask cluster."""

    def __init__(self, client: "Client", scheduler: str) -> None:
        super().__init__(client.get_executor(pure=False))
        with suppress(FileNotFoundError):  # The current folder may have been deleted.
            self.folder = os.getcwd()
        self._client = client
        self._scheduler = scheduler
        self._last_seen = monotonic()

    def size(self) -> int:
        with self._translating_errors():
            return sum(self._client.ncores().values())

    def check_alive(self) -> None:
        if self.size():
            self._last_seen = monotonic()
        elif monotonic() - self._last_seen > MAX_SILENCE_SECONDS:
            raise WorkersError(_("the cluster at {scheduler} has no workers").format(scheduler=self._scheduler))

    def translate_error(self, error: Exception) -> WorkersError | None:
        why = str(error) or _("the connection was lost")
        return WorkersError(_("the cluster at {scheduler} failed: {why}").format(scheduler=self._scheduler, why=why))


@contextmanager
def cluster(scheduler: str) -> Iterator[Pool]:
    """Have a Dask cluster for the work, by the address of its scheduler.

    Raises:
        WorkersError: it does not answer, or not to the end.
    """
    try:
        import dask

        # What goes wrong is told once, and in words.
        silent = ("distributed", "distributed.client", "tornado", "tornado.application")
        dask.config.set({"logging": dict.fromkeys(silent, "critical")})
        from distributed import Client
    except ImportError as error:
        raise WorkersError(_("for a cluster, Dask is needed: pip install 'pilot-cli[dask]'")) from error
    try:
        client = Client(scheduler, timeout=MAX_SILENCE_SECONDS, set_as_default=False)
    except OSError as error:
        raise WorkersError(_("no cluster answers at {scheduler}").format(scheduler=scheduler)) from error
    except Exception as error:
        message = _("{scheduler} is not the address of a cluster ({why})")
        raise WorkersError(message.format(scheduler=scheduler, why=error)) from error
    with client:
        yield _ClusterPool(client, scheduler)
