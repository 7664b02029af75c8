"""Reads the inspections of a site, and reports everything that is wrong with the file, as for site files."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import rtoml
from pydantic import TypeAdapter, ValidationError

from pilot_cli.locale.message import message
from pilot_cli.site.file_rules import VALID_VALUE
from pilot_cli.site.folder import Folder
from pilot_cli.site.inspections import (
    REQUIRED,
    Inspection,
    Inspections,
    Photo,
    Result,
    Seen,
    SeenOnSite,
    inspections_path,
)
from pilot_cli.site.mistakes.path_name import PathName
from pilot_cli.site.mistakes.validation_messages import describe, rule_of
from pilot_cli.site.problem import KeyPath, Problem, list_first
from pilot_cli.site.reader import (
    TOO_MANY_VALUES,
    UnreadableError,
    has_too_many_values,
    leave_out,
    not_utf8,
    read_bytes,
    source_path,
    unreadable,
)
from pilot_cli.site.rule_info import RuleInfo


class InspectionsReading(NamedTuple):
    """What was read from the inspections of one site."""

    path: str
    inspections: Inspections
    problems: tuple[Problem, ...] = ()
    source: str = ""
    """The text, from which the places of keys are found."""
    kept: Mapping[KeyPath, tuple[int, ...]] = {}
    """For lists that bad elements were left out of: which elements of the file are still there."""
    unlisted: Mapping[RuleInfo, int] = {}
    """How many problems there are besides those that are listed."""

    def seen(self) -> SeenOnSite:
        """Return the results that can be used: those that say when, of what and how it was found."""
        return SeenOnSite(self.path, list(self._seen()))

    def _seen(self) -> Iterator[Seen]:
        for number, inspection in enumerate(self.inspections.inspections):
            for index, one in enumerate(inspection.results):
                if inspection.on is not None and one.rule is not None and one.result is not None:
                    path: KeyPath = ("inspections", number, "results", index)
                    photos = tuple(
                        Photo(name, source_path((*path, "photos", which), self.kept))
                        for which, name in enumerate(one.photos)
                    )
                    written = source_path(path, self.kept)
                    yield Seen(one.rule, one.result, inspection.on, inspection.by, one.note, photos, written)


def load_inspections(site_path: str, base: str | None = None) -> InspectionsReading:
    """Read the inspections that stand beside a site file; without such a file nothing was seen.

    A relative path starts from ``base`` if that is given.
    """
    return read_inspections_file(inspections_path(site_path), base)


def read_inspections_file(path: str, base: str | None = None) -> InspectionsReading:
    """Read a file of inspections; one that is not there is empty, and a link is followed within its folder alone."""
    whole = path if base is None else os.path.join(base, path)
    folder, name = os.path.split(whole)
    if os.path.islink(whole) and Folder(folder or os.curdir).leads_out(name):
        error = UnreadableError(message("it is a link that leads out of the site's folder"))
        return InspectionsReading(path, Inspections(), unreadable(path, error).problems)
    try:
        raw = read_bytes(whole)
    except FileNotFoundError:
        return InspectionsReading(path, Inspections())
    except (OSError, ValueError) as error:
        return InspectionsReading(path, Inspections(), unreadable(path, error).problems)
    return parse_inspections(raw, path)


def parse_inspections(raw: bytes, path: str) -> InspectionsReading:
    """Read inspections from the bytes of their file; ``path`` is where they came from."""
    try:
        source = raw.decode()
    except UnicodeDecodeError as error:
        reading = not_utf8(path, raw, error)
        return InspectionsReading(path, Inspections(), reading.problems, reading.source)
    source = source.removeprefix("\ufeff")
    try:
        data = rtoml.loads(source)
    except (rtoml.TomlParsingError, ValueError) as error:
        from pilot_cli.site.mistakes.syntax import explain_all

        return InspectionsReading(path, Inspections(), explain_all(str(error), source, Inspections), source)
    if has_too_many_values(data, source):
        return InspectionsReading(path, Inspections(), unreadable(path, TOO_MANY_VALUES).problems)
    unlisted = Counter[RuleInfo]()
    required = tuple(list_first(_required(data), unlisted))
    try:
        return InspectionsReading(path, _inspections(data), required, source, unlisted=unlisted)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    kept = leave_out(data, errors)
    listed = list_first(errors, unlisted, rule_of)
    problems = (*(describe(details, Inspections) for details in listed), *required)
    return InspectionsReading(path, _inspections(data), problems, source, kept, unlisted)


@cache
def _validator() -> TypeAdapter[Inspections]:
    return TypeAdapter(Inspections)


def _inspections(data: dict[str, Any]) -> Inspections:
    return _validator().validate_python(data)


def _required(data: dict[str, Any]) -> Iterator[Problem]:
    """Report the required keys that tables do not have."""
    for number, inspection in _tables(data.get("inspections")):
        path: KeyPath = ("inspections", number)
        yield from (_absent((*path, key)) for key in REQUIRED[Inspection] if key not in inspection)
        for index, result in _tables(inspection.get("results")):
            yield from (_absent((*path, "results", index, key)) for key in REQUIRED[Result] if key not in result)


def _tables(value: object) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the tables of what should be a list of tables, with their numbers."""
    for number, one in enumerate(value if isinstance(value, list) else ()):
        if isinstance(one, dict):
            yield number, one


def _absent(path: KeyPath) -> Problem:
    text = message("{key} is required, but absent", key=PathName(path, Inspections))
    example = "2020-11-23" if path[-1] == "on" else '"…"'
    return Problem(VALID_VALUE, text, message("Add it: {key} = {example}", key=path[-1], example=example), path)
