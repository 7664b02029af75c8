"""The work on chunks of site files, in this process or another."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from pilot_cli.audit.assess import assess_all, locate_in
from pilot_cli.audit.assessment import Assessment
from pilot_cli.audit.duplicates import SiteKey
from pilot_cli.audit.filter import Filter
from pilot_cli.audit.summary import Summary
from pilot_cli.site.reader import Reading, load_site
from pilot_cli.standard.standard import Standard

BATCH_FILES = 16
"""How many files are read before they are assessed: doing one thing for a while keeps processor caches warm."""


class Part(NamedTuple):
    """The summary of some files, and the keys that other files may have too."""

    summary: Summary
    names: list[SiteKey]
    standards: list[Assessment]
    """Files that are standards by their look, which are not in the summary."""


def assess_files(
    standard: Standard, as_of: date, filter: Filter, locate: bool, paths: Iterable[str], base: str | None
) -> Iterator[Assessment]:
    """Yield of the assessment of each file what a filter shows; relative paths start from ``base``."""
    for readings in read_batches(paths, base):
        shown = [filter.of(assessment) for assessment in assess_all(readings, standard, as_of)]
        yield from map(locate_in, readings, shown) if locate else shown


def sum_up_files(
    standard: Standard, as_of: date, empty: Summary, paths: Iterable[str], base: str | None
) -> Iterator[Part]:
    """Yield what all the files come to, in a summary like the empty one; relative paths start from ``base``."""
    part = Part(empty.empty(), [], [])
    for readings in read_batches(paths, base):
        for assessment in map(empty.filter.of, assess_all(readings, standard, as_of)):
            if assessment.is_standard:
                part.standards.append(assessment)
                continue
            part.summary.take(assessment)
            part.names.append(SiteKey.of(assessment))
    yield part


def read_batches(paths: Iterable[str], base: str | None) -> Iterator[list[Reading]]:
    """Read files, so many together as are best assessed together; relative paths start from ``base``."""
    remaining = iter(paths)
    while batch := list(islice(remaining, BATCH_FILES)):
        yield [load_site(path, base) for path in batch]
