"""The audit behind ``check`` and ``report``, made from their options."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

from pilot_cli.audit.assessment import Assessment
from pilot_cli.audit.filter import Filter
from pilot_cli.audit.order import Order
from pilot_cli.audit.results import audit
from pilot_cli.audit.summary import Summary
from pilot_cli.commands.filters import parse_filters
from pilot_cli.commands.options import (
    choose_workers,
    open_standard,
    parse_as_of,
    parse_exclude,
    refuse_input_as_output,
    telling_skipped,
)
from pilot_cli.commands.parameters import AuditOptions
from pilot_cli.parallel.progress import Progress
from pilot_cli.parallel.workers import Workers
from pilot_cli.site.find import SiteFiles
from pilot_cli.standard.standard import Standard


@dataclass(frozen=True)
class Audit:
    """What is audited, by what and by whom."""

    files: SiteFiles
    standard: Standard
    as_of: date
    filter: Filter
    workers: Workers
    order: Order | None
    is_verbose: bool

    @classmethod
    def of(cls, options: AuditOptions, outputs: Sequence[str]) -> "Audit":
        """Understand the options; ``outputs`` are the files that will be written.

        Raises:
            BadParameter: one of them makes no sense, the standard cannot be used, or what is read would be lost.
        """
        as_of = parse_as_of(options.as_of)
        standard = open_standard(options.standard, options.select or (), options.ignore or ())
        filter = parse_filters(options, standard)
        workers = choose_workers(options.jobs, options.scheduler)
        paths = paths_of(options)
        refuse_input_as_output(outputs, [*paths, *standard.files])
        files = SiteFiles(paths, exclude=parse_exclude(options.exclude or (), paths), standards=standard.files)
        return cls(files, standard, as_of, filter, workers, options.sort, options.verbose)

    def telling_skipped(self, *, quiet: bool = False) -> AbstractContextManager[None]:
        """Say at the end what was skipped of folders, and refuse those that hold no site file at all."""
        return telling_skipped(self.files, verbose=self.is_verbose, quiet=quiet)

    def assessments(
        self, summary: Summary, progress: Progress, *, needs_sites: bool, max_places: int | None
    ) -> Iterable[Assessment]:
        """Make the audit, as far as the results are wanted: see ``audit``."""
        return audit(
            self.files, self.standard, self.as_of, summary, needs_sites, max_places, self.workers, progress, self.order
        )


def paths_of(options: AuditOptions) -> list[str]:
    """The paths that are meant: without any, the current folder."""
    return options.paths or ["."]
