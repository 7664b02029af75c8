"""Turns what inspectors saw on a site into the rows of a ledger, and back."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from pilot_cli.site.inspections import Inspections
from pilot_cli.site.inspections_writer import table_text
from pilot_cli.site.problem import KeyPath


class InspectionRow(NamedTuple):
    """A result with the inspection that it is of, or an inspection without results."""

    on: date
    by: str | None = None
    rule: str | None = None
    result: str | None = None
    note: str | None = None
    photos: tuple[str, ...] | None = None
    """None where there are none."""

    @property
    def inspection(self) -> tuple[object, ...]:
        """What rows one below the other have in common if they are of one inspection."""
        return (self.on, self.by, self.rule is None)


def inspection_rows(inspections: Inspections) -> list[InspectionRow]:
    """Return the rows of inspections, without what their file does not say enough of."""
    return [row for row, _path in placed_rows(inspections)]


def placed_rows(inspections: Inspections) -> Iterator[tuple[InspectionRow, KeyPath]]:
    """Yield each row with the path, in what was read, of the result that it is of."""
    for number, inspection in enumerate(inspections.inspections):
        on, by, path = inspection.on, inspection.by, ("inspections", number)
        if on is None:
            continue
        if not inspection.results:
            yield InspectionRow(on, by), path
        for index, one in enumerate(inspection.results):
            if one.rule is not None and one.result is not None:
                row = InspectionRow(on, by, one.rule, one.result, one.note, one.photos or None)
                yield row, (*path, "results", index)


def row_of(values: Mapping[str, Any]) -> InspectionRow:
    """Return the row with the values of a row of a ledger, by key."""
    photos = values.get("photos")
    return InspectionRow(**{**values, "photos": tuple(photos) if photos else None})


def inspections_text(rows: Iterable[InspectionRow]) -> str:
    """Write the inspections that rows are of, those of one inspection one below the other, as their file has them."""
    return "\n".join(_inspection_text(list(group)) for _of_one, group in groupby(rows, lambda row: row.inspection))


def _inspection_text(rows: list[InspectionRow]) -> str:
    head = table_text("[[inspections]]", {"on": rows[0].on, "by": rows[0].by})
    if rows[0].rule is None:
        return "\n".join([head] * len(rows))
    return head + "".join(
        table_text("[[inspections.results]]", {key: getattr(row, key) for key in ("rule", "result", "note", "photos")})
        for row in rows
    )
