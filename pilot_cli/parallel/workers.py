"""What works on many files: this process, several processes, or a Dask cluster."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Set
from contextlib import AbstractContextManager
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from pilot_cli.parallel.payload import ResultT, Work
from pilot_cli.parallel.progress import Progress

if TYPE_CHECKING:
    from pilot_cli.parallel.pool import Pool

MIN_FILES_FOR_POOL = 300
"""Fewer files are done by one process before others would have started."""
MAX_PROCESSES = 61
"""More cannot be waited for on Windows, and nowhere would they do anything quicker."""
CHUNK_FILES = 100
CHUNKS_FOUND_AHEAD = 4
"""How many chunks of files are found for each one that is handed out."""


class Workers(NamedTuple):
    """Who works on many files."""

    jobs: int | None = None
    """How many processes; None: one for each core, but for a few files just this one."""
    scheduler: str | None = None
    """The address of the scheduler of a Dask cluster, which does the work instead."""

    def run(
        self, work: Work[ResultT], files: Iterator[str], progress: Progress, *, only_here: Set[str] = frozenset()
    ) -> Iterator[ResultT]:
        """Work on files while more of them are being found; yield the results in the order of the files.

        ``only_here`` are files that no other process can read, such as standard input.

        Raises:
            WorkersError: a process or the cluster failed.
        """
        processes = min(self.jobs or cores(), MAX_PROCESSES)
        enough = max(MIN_FILES_FOR_POOL, processes * CHUNK_FILES)
        first = list(islice(files, enough))
        if len(first) < MIN_FILES_FOR_POOL and self.jobs is None:
            processes = 1
        if len(first) < enough:
            progress.found, progress.all_found = len(first), True
            chunks = _chunks(first)
            processes = min(processes, -(-len(first) // CHUNK_FILES))
        else:
            chunks = _found_ahead(chain(first, files), progress)
        if self.scheduler is None and processes <= 1:
            for paths in chunks:
                yield from work(paths, None)
        else:
            with self._pool(processes) as workers:
                yield from workers.run(work, chunks, progress, only_here)

    def _pool(self, processes: int) -> "AbstractContextManager[Pool]":
        if self.scheduler is None:
            from pilot_cli.parallel import pool

            return pool.processes(processes)
        from pilot_cli.parallel.cluster import cluster

        return cluster(self.scheduler)


IN_PROCESS = Workers(jobs=1)
"""This process alone."""


def _chunks(files: Iterable[str]) -> Iterator[list[str]]:
    remaining = iter(files)
    return iter(lambda: list(islice(remaining, CHUNK_FILES)), [])


def _found_ahead(files: Iterator[str], progress: Progress) -> Iterator[list[str]]:
    """Yield chunks, and find several more for each, so that the total is soon known."""
    import pickle

    chunks = _chunks(files)
    # Most wait long for their turn, and take less memory as bytes.
    found: deque[bytes] = deque()
    progress.found, progress.all_found = 0, False
    while not progress.all_found or found:
        more = list(islice(chunks, CHUNKS_FOUND_AHEAD))
        found.extend(map(pickle.dumps, more))
        progress.found += sum(map(len, more))
        progress.all_found = len(more) < CHUNKS_FOUND_AHEAD
        if found:
            yield pickle.loads(found.popleft())


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
