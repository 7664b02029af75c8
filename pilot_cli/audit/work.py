"""The work on the files of a survey, or on a part of them, wherever it is done."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from pilot_cli.audit.assess import assess
from pilot_cli.audit.assessment import Assessment
from pilot_cli.audit.duplicates import SiteKey
from pilot_cli.audit.summary import Summary
from pilot_cli.site.reader import load_site
from pilot_cli.standard.standard import Standard

BATCH_FILES = 16
"""So many files are read before they are assessed: a processor is quicker when it does the same for a while."""


class SurveyJob(NamedTuple):
    """By what the files of a survey are judged, and what is to become of it."""

    standard: Standard
    as_of: date
    locate: bool
    """Whether findings are to get their places."""
    summary: Summary
    """An empty one, of the kind to sum up in."""


class Part(NamedTuple):
    """What some files come to, and what in them may be repeated in others."""

    summary: Summary
    names: list[SiteKey]


def assess_files(job: SurveyJob, paths: Iterable[str]) -> Iterator[Assessment]:
    """Yield the assessment of each file."""
    for path in paths:
        yield assess(load_site(path), job.standard, job.as_of, locate=job.locate)


def sum_up_files(job: SurveyJob, paths: Iterable[str]) -> Iterator[Part]:
    """Yield what all the files come to."""
    part = Part(job.summary.empty(), [])
    remaining = iter(paths)
    while some := list(islice(remaining, BATCH_FILES)):
        readings = [load_site(path) for path in some]
        assessments = [assess(reading, job.standard, job.as_of, locate=False) for reading in readings]
        for assessment in assessments:
            part.summary.add(assessment)
            part.names.append(SiteKey(assessment.path, assessment.id, assessment.approval_no))
    yield part
