"""The inspection results of a site: the model of the file ``inspections.toml``, beside the site file.

The site writes the one, the inspectors write the other. What a result may be called is up to the rule of the standard.
"""

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, ClassVar, NamedTuple

from pilot_cli.locale import N_
from pilot_cli.site.find import INSPECTIONS_FILE, SITE_FILE
from pilot_cli.site.model import ExampleNames, Table, keys
from pilot_cli.site.problem import KeyPath
from pilot_cli.site.value_types import Date, StrictStr, StrictStrs


@keys
class Result(Table):
    """``[[inspections.results]]``: how one rule was found to be kept."""

    row_title: ClassVar[str] = N_("Result")

    rule: Annotated[StrictStr | None, N_("On-site item")] = None
    result: Annotated[StrictStr | None, N_("Result")] = None
    note: Annotated[StrictStr | None, N_("Note")] = None
    photos: Annotated[StrictStrs, N_("Photos")] = ()


@keys
class Inspection(Table):
    """``[[inspections]]``: a visit to the site."""

    row_title: ClassVar[str] = N_("Inspection")

    on: Annotated[Date | None, N_("Date of the inspection")] = None
    by: Annotated[StrictStr | None, N_("Inspectors")] = None
    results: Annotated[tuple[Result, ...], N_("Results")] = ()


@keys
class Inspections(Table):
    """A whole file of inspections."""

    example_names: ClassVar = ExampleNames("by", "inspections", "inspections")

    inspections: Annotated[tuple[Inspection, ...], N_("Inspections")] = ()


NO_INSPECTIONS = Inspections()

REQUIRED: dict[type[Table], tuple[str, ...]] = {Inspection: ("on",), Result: ("rule", "result")}
"""The keys that the tables must have."""


class Photo(NamedTuple):
    """A photo, by its path in the folder of the site."""

    name: str
    path: KeyPath
    """Where it is named in the file."""


class Seen(NamedTuple):
    """One result, with the inspection that it is of."""

    rule: str
    result: str
    on: date
    by: str | None
    note: str | None
    photos: tuple[Photo, ...]
    path: KeyPath
    """Where it stands in the file."""


class SeenOnSite:
    """All that was seen on one site, by rule, the oldest first."""

    def __init__(self, file: str, seen: Sequence[Seen]) -> None:
        self.file = file
        """The path of the file that tells of it."""
        self.all = seen
        """In the order of the file."""
        by_rule: dict[str, list[Seen]] = defaultdict(list)
        # Of two results of one day, the one that was written later counts.
        for one in sorted(seen, key=lambda one: one.on):
            by_rule[one.rule].append(one)
        self._by_rule: Mapping[str, list[Seen]] = dict(by_rule)

    def latest(self, rule: str, results: Sequence[str], first: date, last: date) -> Seen | None:
        """Return what was seen last in some time, both days included, with one of the results that a rule knows."""
        for one in reversed(self._by_rule.get(rule, [])):
            if first <= one.on <= last and one.result in results:
                return one
        return None


def inspections_path(site_path: str) -> str:
    """Return where the inspections of a site stand: beside its file, whose name they share unless it is the usual."""
    folder, name = os.path.split(site_path)
    stem, _suffix = os.path.splitext(name)
    own = INSPECTIONS_FILE if name.lower() == SITE_FILE else f"{stem}.{INSPECTIONS_FILE}"
    return os.path.join(folder, own)
