"""Adds results to the inspections of a site; the existing content does not change."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import tomli_w

from pilot_cli.locale.message import Message, message
from pilot_cli.site.file_rules import KNOWN_KEY, KNOWN_RESULT, PHOTO_IN_FOLDER, VALID_VALUE
from pilot_cli.site.inspections import inspections_path
from pilot_cli.site.inspections_reader import InspectionsReading, parse_inspections
from pilot_cli.site.reader import read_bytes

USABLE = {KNOWN_KEY, VALID_VALUE, KNOWN_RESULT, PHOTO_IN_FOLDER}
"""Mistakes in a file that do not prevent additions."""


class NewResult(NamedTuple):
    """What was seen of an item, to be written down."""

    rule: str
    result: str
    note: str = ""
    photos: tuple[str, ...] = ()


class UnusableInspectionsError(Exception):
    """A file of inspections cannot be added to."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


class InspectionsDraft:
    """The file of inspections of a site while one inspection is being added to it."""

    def __init__(self, site_path: str, on: date, by: str, before: str | None = None) -> None:
        """Begin an inspection, or go on with it where it is the last in the file.

        Args:
            site_path: The path of the site file.
            on: The day of the inspection.
            by: Who inspects.
            before: What is about to be written into the file, if that is anything yet.

        Raises:
            UnusableInspectionsError: there is a file that nothing can be added to.
            OSError: it cannot be read.
        """
        self.path = inspections_path(site_path)
        self.on = on
        self.by = by
        self._results: dict[str, NewResult] = {}
        self._before = before
        self._base = self._read()
        self._last = self._base

    @property
    def reading(self) -> InspectionsReading:
        """What the file says, with what was added."""
        return parse_inspections(self.text().encode(), self.path)

    def put(self, result: NewResult) -> None:
        """Add what was seen of an item, or correct it."""
        self._results[result.rule] = result

    def text(self) -> str:
        """Return the whole text of the file.

        What somebody else has written meanwhile is kept.

        Raises:
            UnusableInspectionsError: somebody else has made the file one that nothing can be added to.
            OSError: it cannot be read any more.
        """
        current = self._read()
        if current != self._last:
            self._base = current
        if not self._results:
            return self._base
        self._last = add_text(self._base, self._added(), self.path)
        return self._last

    def _read(self) -> str:
        if self._before is not None:
            return self._before
        try:
            raw = read_bytes(self.path)
        except FileNotFoundError:
            return ""
        except ValueError as error:
            raise UnusableInspectionsError(message("{path}: {why}", path=self.path, why=str(error))) from error
        problem = next((one for one in parse_inspections(raw, self.path).problems if one.rule not in USABLE), None)
        if problem:
            text = message("{path}: {problem}; correct it first", path=self.path, problem=problem.message)
            raise UnusableInspectionsError(text)
        return raw.decode()

    def _added(self) -> str:
        inspections = parse_inspections(self._base.encode(), self.path).inspections.inspections
        last = inspections[-1] if inspections else None
        is_last = last is not None and last.on == self.on and (last.by or "") == self.by
        head = "" if is_last else table_text("[[inspections]]", {"on": self.on, "by": self.by or None})
        return head + "".join(map(_result_text, self._results.values()))


def add_text(before: str, added: str, path: str) -> str:
    """Put the text of inspections or results below that of a file, with its line ends.

    Raises:
        UnusableInspectionsError: it is a file that nothing can be added to.
    """
    end = "\r\n" if "\r\n" in before else "\n"
    if before:
        before += end if before.endswith("\n") else end * 2
    text = before + added.replace("\n", end)
    if any(problem.rule not in USABLE for problem in parse_inspections(text.encode(), path).problems):
        raise UnusableInspectionsError(
            message("{path}: nothing can be added to it; write each inspection below [[inspections]]", path=path)
        )
    return text


def _result_text(result: NewResult) -> str:
    values = {"rule": result.rule, "result": result.result, "note": result.note, "photos": list(result.photos)}
    return table_text("[[inspections.results]]", {key: value for key, value in values.items() if value})


def table_text(header: str, values: Mapping[str, object]) -> str:
    """Write a table below its header; what is None is not there."""
    return f"{header}\n{tomli_w.dumps({key: value for key, value in values.items() if value is not None})}"


def seen_today(draft: InspectionsDraft, rules: Iterable[str]) -> dict[str, NewResult]:
    """Return what the same inspectors have written down already on the same day, by rule."""
    wanted = set(rules)
    found = {}
    for one in draft.reading.seen().all:
        if one.on == draft.on and (one.by or "") == draft.by and one.rule in wanted:
            found[one.rule] = NewResult(one.rule, one.result, one.note or "")
    return found
