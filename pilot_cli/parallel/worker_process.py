"""How worker processes start and end."""

import gc
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import parent_process
from threading import Thread


@contextmanager
def without_interrupts() -> Iterator[None]:
    """Hold Ctrl-C back while processes start: they do not ignore it yet."""
    if hasattr(signal, "pthread_sigmask"):
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    else:
        yield


def init_worker() -> None:
    """Set up a worker process: it ignores Ctrl-C, and ends when its parent does."""

    def end_with_parent() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    # Ctrl-C is for the parent, which then ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # What exists by now lives as long as the process, and sites leave hardly any garbage.
    gc.freeze()
    gc.set_threshold(50_000)
    with suppress(RuntimeError):  # There may be no room for one more thread.
        Thread(target=end_with_parent, daemon=True).start()
