"""Several workers: those of a Dask cluster.

Whoever answers as its scheduler can run code here, for Dask pickles what it sends; Dask's own settings for TLS say whom
to believe.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

from pilot_cli.locale.message import message
from pilot_cli.parallel.payload import WorkersError
from pilot_cli.parallel.pool import Pool

if TYPE_CHECKING:
    from distributed import Client

MAX_SILENCE_SECONDS = 10
"""The longest that a scheduler may be without an answer, or without workers."""
MAX_WORKER_SILENCE_SECONDS = 30
"""The longest that a worker may not be heard of while its results are waited for; Dask itself waits 300 seconds."""
MAX_CLOSING_SECONDS = 2


class _ClusterPool(Pool):
    """The workers of a Dask cluster."""

    def __init__(self, client: "Client", scheduler: str) -> None:
        super().__init__(client.get_executor(pure=False))
        with suppress(FileNotFoundError):  # The current folder may have been deleted.
            self.folder = os.getcwd()
        self._client = client
        self._scheduler = scheduler
        self._last_size = monotonic()
        self._heard_of: dict[str, tuple[float, float]] = {}
        """When the scheduler last heard of each worker, by its clock, and since when that is known here, by ours."""

    def size(self) -> int:
        return sum(worker["nthreads"] for worker in self._workers().values())

    def check_alive(self) -> None:
        now = monotonic()
        workers = self._workers()
        if workers:
            self._last_size = now
        elif now - self._last_size > MAX_SILENCE_SECONDS:
            raise WorkersError(message("the cluster at {scheduler} has no workers", scheduler=self._scheduler))
        before, self._heard_of = self._heard_of, {}
        for address, worker in workers.items():
            heard, since = before.get(address, (None, now))
            self._heard_of[address] = worker["last_seen"], since if heard == worker["last_seen"] else now
            if now - self._heard_of[address][1] > MAX_WORKER_SILENCE_SECONDS:
                raise WorkersError(message("the worker {address} of the cluster does not answer", address=address))

    def _workers(self) -> dict[str, dict[str, Any]]:
        """Ask the scheduler what it knows of each worker."""
        with self._translating_errors():
            identity = self._client.scheduler.identity
            workers: dict[str, dict[str, Any]] = self._client.sync(identity, callback_timeout=MAX_SILENCE_SECONDS)[
                "workers"
            ]
            return workers

    def translate_error(self, error: Exception) -> WorkersError | None:
        why = error.args[0] if isinstance(error, WorkersError) else str(error) or message("the connection was lost")
        return WorkersError(message("the cluster at {scheduler} failed: {why}", scheduler=self._scheduler, why=why))


@contextmanager
def cluster(scheduler: str) -> Iterator[Pool]:
    """Connect to a Dask cluster by the address of its scheduler, with TLS where Dask's settings have it.

    Raises:
        WorkersError: it does not answer, or not to the end.
    """
    try:
        import dask

        # Pilot reports errors itself; Dask need not log them as well.
        silent = ("distributed", "distributed.client", "tornado", "tornado.application")
        dask.config.set({"logging": dict.fromkeys(silent, "critical")})
        import distributed  # noqa: F401
    except ImportError as error:
        raise WorkersError(message("for a cluster, Dask is needed: pip install distributed")) from error
    client = _connect(scheduler)
    try:
        yield _ClusterPool(client, scheduler)
    finally:
        with suppress(Exception):
            client.close(MAX_CLOSING_SECONDS)


def _connect(scheduler: str) -> "Client":
    """Connect, and wait no longer than ``MAX_SILENCE_SECONDS``: for what accepts and is silent, Dask waits for ever.

    Raises:
        WorkersError: there is no cluster, or none that can be used.
    """
    from concurrent.futures import Future

    from distributed import Client, Security

    if scheduler.startswith("tls:") and not Security().get_connection_args("client").get("ssl_context"):
        text = message("{scheduler} wants TLS; name the certificates in the settings of Dask", scheduler=scheduler)
        raise WorkersError(text)
    connected: Future[Client] = Future()

    def connect() -> None:
        try:
            connected.set_result(Client(scheduler, timeout=MAX_SILENCE_SECONDS, set_as_default=False))
        except BaseException as error:
            connected.set_exception(error)

    Thread(target=connect, daemon=True).start()
    try:
        return connected.result(MAX_SILENCE_SECONDS + 1)
    except OSError as error:
        raise WorkersError(message("no cluster answers at {scheduler}", scheduler=scheduler)) from error
    except Exception as error:
        why = str(error) or type(error).__name__
        text = message("{scheduler} is not the address of a cluster ({why})", scheduler=scheduler, why=why)
        raise WorkersError(text) from error
