"""Several workers, and those that are processes of this computer."""

import sys
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager
from functools import partial
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from typing import Any

from pilot_cli.errors import RemoteError, os_reason
from pilot_cli.locale.message import message
from pilot_cli.parallel.payload import Payload, ResultT, Work, WorkersError, run_payload
from pilot_cli.parallel.progress import Progress
from pilot_cli.parallel.worker_process import init_worker, without_interrupts

CHUNKS_QUEUED_PER_WORKER = 4
"""How many chunks are queued for each worker, to keep it busy."""
CHUNKS_PER_SIZE_CHECK = 50
"""After how many chunks the number of workers is asked for again."""
ALIVE_CHECK_SECONDS = 1.0
"""How often it is checked that the workers are alive, while no results come."""
MAX_WINDOWS_PROCESSES = 61
"""The most processes that Windows can wait for."""


class Pool(ABC):
    """Workers that have started."""

    folder: str | None = None
    """Where relative paths start; None when that is the same for the workers as here."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    @abstractmethod
    def size(self) -> int:
        """Return the number of workers."""

    @abstractmethod
    def check_alive(self) -> None:
        """Check that the workers can go on.

        Raises:
            WorkersError: they cannot.
        """

    @abstractmethod
    def translate_error(self, error: Exception) -> WorkersError | None:
        """Turn an error into one of the workers; None when it is an error of the work itself."""

    def run(
        self, work: Work[ResultT], chunks: Iterable[Sequence[str]], progress: Progress, only_here: Set[str]
    ) -> Iterator[ResultT]:
        """Work on chunks of files, not too many at a time; yield the results in the order of the files.

        Raises:
            WorkersError: the workers cannot do it.
        """
        payload = Payload.of(work, self.folder)
        waiting: deque[Callable[[], Iterable[ResultT]]] = deque()
        most = 0
        for number, paths in enumerate(chunks):
            if number % CHUNKS_PER_SIZE_CHECK == 0:
                most = CHUNKS_QUEUED_PER_WORKER * max(1, self.size())
            if only_here.isdisjoint(paths):
                waiting.append(partial(self._wait_for, self._submit(payload, paths), progress))
            else:
                waiting.append(partial(work, paths, None))
            while len(waiting) >= most:
                yield from waiting.popleft()()
        while waiting:
            yield from waiting.popleft()()

    def _submit(self, payload: Payload, paths: Sequence[str]) -> "Future[list[Any]]":
        with self._translating_errors(), without_interrupts():
            return self._executor.submit(run_payload, payload, paths)

    def _wait_for(self, future: "Future[list[Any]]", progress: Progress) -> list[Any]:
        while not wait([future], ALIVE_CHECK_SECONDS).done:
            progress.advance(0)
            self.check_alive()
        with self._translating_errors():
            return future.result()

    @contextmanager
    def _translating_errors(self) -> Iterator[None]:
        try:
            yield
        except RemoteError:
            raise
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

    def _submit(self, payload: Payload, paths: Sequence[str]) -> "Future[list[Any]]":
        future = super()._submit(payload, paths)
        self._own |= set(active_children()) - self._others
        return future

    def check_alive(self) -> None:
        # When a process is killed while it sends a result, the executor waits for the rest for ever.
        if any(process.exitcode is not None for process in self._own):
            raise _worker_killed()

    def translate_error(self, error: Exception) -> WorkersError | None:
        if isinstance(error, BrokenExecutor):
            return _worker_killed()
        if isinstance(error, OSError):
            why = os_reason(error)
            return WorkersError(message("so many processes cannot be started ({why}); try fewer --jobs", why=why))
        return None

    def terminate(self) -> None:
        """Kill the processes, whatever they are doing."""
        for process in self._own:
            process.kill()


def _worker_killed() -> WorkersError:
    return WorkersError(message("a worker process was killed, perhaps because memory ran out; try fewer --jobs"))


@contextmanager
def processes(number: int) -> Iterator[Pool]:
    """Start processes on this computer.

    Raises:
        WorkersError: they cannot be started, or one of them was ended from outside.
    """
    from concurrent.futures import ProcessPoolExecutor

    if sys.platform == "win32":
        number = min(number, MAX_WINDOWS_PROCESSES)
    try:
        executor = ProcessPoolExecutor(number, initializer=init_worker)
    except OSError as error:
        text = message("processes cannot work together here ({why}); try --jobs 1", why=os_reason(error))
        raise WorkersError(text) from error
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
