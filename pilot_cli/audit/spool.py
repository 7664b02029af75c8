"""Keeps assessments on disk, so that several outputs can go through them one after the other."""

import pickle
from collections.abc import Iterable, Iterator
from itertools import islice
from tempfile import TemporaryFile

from pilot_cli.audit.assessment import Assessment

CHUNK_SITES = 100
"""So many are stored together, which stores once what they have in common: the texts of the rules."""


class Spool:
    """Assessments in a temporary file: going through them again takes the memory of a few, however many there are."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115
        self._end = 0

    def keep(self, assessments: Iterable[Assessment]) -> Iterator[Assessment]:
        """Pass assessments on, and keep each."""
        remaining = iter(assessments)
        while chunk := list(islice(remaining, CHUNK_SITES)):
            pickle.dump(chunk, self._file, pickle.HIGHEST_PROTOCOL)
            self._end = self._file.tell()
            yield from chunk

    def __iter__(self) -> Iterator[Assessment]:
        """Go through all that were kept, in the same order."""
        self._file.seek(0)
        while self._file.tell() < self._end:
            yield from pickle.load(self._file)

    def close(self) -> None:
        """Give the disk back."""
        self._file.close()
