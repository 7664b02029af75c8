"""What a target of the fuzzer is, and what targets have in common."""

import json
import pickle
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from random import Random
from typing import NamedTuple
from xml.etree import ElementTree

from pilot_cli.audit.assess import assess
from pilot_cli.audit.assessment import Assessment, Finding
from pilot_cli.audit.filter import EVERYTHING
from pilot_cli.audit.results import Results
from pilot_cli.audit.summary import Summary
from pilot_cli.formats.registry import CHECK_FORMATS, format_named
from pilot_cli.site.field import all_fields
from pilot_cli.site.reader import Reading
from pilot_cli.standard.standard import Standard

ROOT = Path(__file__).parents[2]
SITE_FILES = sorted(ROOT.glob("checklists/*/*/site.toml"))
AS_OF_DATES = (date(2020, 11, 23), date.min, date.max)

SUMMED_BYTES = 64
"""What is left to chance follows from the sum of so many bytes of a case, so that it can be run again."""

Mutate = Callable[[bytes, int], bytes]
"""Changes a case somehow, to so many bytes at most."""
Mutator = Callable[[bytes, int, Random, Mutate], bytes]
"""Changes a case in a way that leaves sense in it; the last argument changes any bytes."""


class Target(NamedTuple):
    """A part of pilot that takes what strangers write."""

    run: Callable[[bytes], None]
    """Lets the part read a case. Whatever it raises is a fault of pilot."""
    seeds: Callable[[], Iterable[bytes]]
    """Makes the cases to begin with."""
    words: Callable[[], Iterable[str]]
    """Lists what the part knows by name."""
    mutate: Mutator
    max_bytes: int
    max_cpu_seconds: int
    """No case may take more of the processor, although noting what of pilot it reaches makes pilot slow."""


def chance_of(case: bytes) -> Random:
    """Return the chance that goes with a case: the same each time, and another for most cases alike."""
    return Random(sum(case[:SUMMED_BYTES]) + len(case))


def assert_placed(error: Exception, place: re.Pattern[str], case: bytes) -> None:
    """Hold an error to a line that the case has."""
    found = place.match(str(error))
    assert found, error
    assert 1 <= int(found[1]) <= case.count(b"\n") + 1, error


def assert_within(finding: Finding, lines: Sequence[str]) -> None:
    """Hold a finding to a place that its file has."""
    assert 1 <= finding.line <= len(lines), finding
    assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1, finding


def words_of_sites() -> set[str]:
    """List the keys of site files and the words that they take."""
    fields = list(all_fields())
    return {step for field in fields for step in field.path.split(".")} | {
        str(word) for field in fields for word in field.words or ()
    }


FORMATS = {"jsonl": 5, "junit": 2, "sarif": 1}
"""The formats that results are told in, and how often: what is the same in all results takes long in some."""


def tell(reading: Reading, standard: Standard, as_of: date, chance: Random) -> Assessment:
    """Assess a site, tell the result in a format of programs, and look whether others can read that."""
    assessment = assess(reading, standard, as_of)
    lines = reading.source.split("\n")
    for finding in assessment.findings:
        if not finding.file:
            assert_within(finding, lines)
    # Other processes send it.
    assert pickle.loads(pickle.dumps(assessment)) == assessment
    (name,) = chance.choices(list(FORMATS), list(FORMATS.values()))
    out = StringIO()
    format_named(CHECK_FORMATS, name).write(Results(standard, as_of, Summary(EVERYTHING), [assessment]), out)
    written = out.getvalue().encode()
    if name == "junit":
        ElementTree.fromstring(written)
    for document in written.splitlines() if name == "jsonl" else [written] if name == "sarif" else ():
        json.loads(document, parse_constant=_refuse)
    return assessment


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")
