"""What a process does that works for another one."""

import gc
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import parent_process
from threading import Thread


@contextmanager
def without_interrupts() -> Iterator[None]:
    """Let Ctrl-C wait while processes start, which would not yet know that it is not for them."""
    if hasattr(signal, "pthread_sigmask"):
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    else:
        yield


def init_worker() -> None:
    """Prepare a process for work: it ends with the one that it works for, and not before."""

    def end_with_parent() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    # Ctrl-C is for the parent, which then dismisses its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What was made by now stays; sites leave no garbage behind that would have to be looked for.
    gc.freeze()
    gc.set_threshold(50_000)
    with suppress(RuntimeError):  # There may be no room for one more thread.
        Thread(target=end_with_parent, daemon=True).start()
