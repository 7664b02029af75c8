"""Audits site files for the ledger: what is to be recorded of each, before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from hashlib import blake2b

from pilot_cli.audit.survey import CHECKING, ONLY_HERE
from pilot_cli.ledger.outcome import FINGERPRINT_BYTES, Outcome, outcomes_of_files
from pilot_cli.parallel.progress import Progress
from pilot_cli.parallel.workers import Workers
from pilot_cli.site.find import NoSiteFilesError, SiteFiles, SkipReason
from pilot_cli.standard.standard import Standard


@dataclass(frozen=True)
class Collected:
    """The outcomes of an audit."""

    sites: dict[str, Outcome] = field(default_factory=dict)
    """By the id that the files give, in the order in which they were found."""
    unreadable: list[str] = field(default_factory=list)
    without_id: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    """The paths of files with an id that an earlier file has."""

    def add(self, outcome: Outcome) -> None:
        """Take in the outcome of one file."""
        if outcome.profile is None:
            (self.without_id if outcome.is_readable else self.unreadable).append(outcome.path)
        elif outcome.profile.code in self.sites:
            self.repeated.append(outcome.path)
        else:
            self.sites[outcome.profile.code] = outcome

    def digest(self, standard: str, as_of: date) -> str:
        """Make what is the same for audits that found the same, by the same standard as of the same day."""
        hashed = blake2b(f"{standard} {as_of} {self.unreadable} {self.without_id}".encode(), digest_size=16)
        for code in sorted(self.sites):
            hashed.update(code.encode() + b"\0" + self.sites[code].fingerprint)
        return hashed.hexdigest()


def collect(files: SiteFiles, standard: Standard, as_of: date, workers: Workers, progress: Progress) -> Collected:
    """Audit the files.

    Raises:
        NoSiteFilesError: there are none.
        WorkersError: a process or the cluster failed.
    """
    progress.begin(CHECKING)
    collected, number = Collected(), 0
    work = partial(outcomes_of_files, standard, as_of)
    for outcome in workers.run(work, iter(files), progress, only_here=ONLY_HERE):
        progress.advance(1)
        if not (outcome.is_standard and files.skip(outcome.path, SkipReason.STANDARD)):
            collected.add(outcome)
            number += 1
    progress.end()
    if not number:
        raise NoSiteFilesError
    return collected


def digest_of(files: Iterable[str]) -> str:
    """Make what is the same for standards whose files say the same."""
    hashed = blake2b(digest_size=FINGERPRINT_BYTES)
    for file in files:
        with open(file, "rb") as stream:
            hashed.update(stream.read() + b"\0")
    return hashed.hexdigest()
