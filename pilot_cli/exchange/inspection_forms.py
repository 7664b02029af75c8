"""Reads forms that inspectors have filled in: workbooks and files of the page for phones."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from pilot_cli.exchange.books.details import ReadCell
from pilot_cli.exchange.books.workbook_reader import ReadSheet, WorkbookError, open_workbook
from pilot_cli.formats.inspection.content import DAY, FORM_COLUMNS, FORM_VERSION, INSPECTORS, ITEM_ID, SITE_ID, STANDARD
from pilot_cli.locale import gettext as _
from pilot_cli.locale import in_every_language
from pilot_cli.locale.message import message
from pilot_cli.site.dates import parse_date

MAX_JSON_BYTES = 64 * 1024 * 1024
MAX_ROWS = 2_000
"""More rows than any form has."""


class FilledResult(NamedTuple):
    """A result as somebody has filled it in."""

    where: str
    rule: str
    result: str
    note: str
    photos: tuple[str, ...] = ()


class FilledSite(NamedTuple):
    """What a form says of a site."""

    where: str
    site: str
    standard: str
    on: date | str
    """The day, or what stands there instead."""
    by: str
    results: tuple[FilledResult, ...]


def read_form(path: Path) -> list[FilledSite]:
    """Read a form that was filled in.

    Raises:
        WorkbookError: it cannot be read, or is none.
    """
    sites = list(_read_json(path) if path.suffix.lower() == ".json" else _read_workbook(path))
    if not sites:
        raise WorkbookError(message("it is no form of pilot inspect"))
    return sites


def _read_workbook(path: Path) -> Iterator[FilledSite]:
    with open_workbook(path) as book:
        for sheet in book.read():
            found = _read_sheet(sheet)
            if found:
                yield found


def _read_sheet(sheet: ReadSheet) -> FilledSite | None:
    """Read a sheet; None where it has no items."""
    facts: dict[str, ReadCell] = {}
    columns: dict[str, int] = {}
    results: list[FilledResult] = []
    names = {name: label for label in (SITE_ID, STANDARD, DAY, INSPECTORS) for name in in_every_language(label)}
    for number, row in enumerate(sheet.rows, 1):
        if number > MAX_ROWS:
            break
        cells = ["" if cell is None else cell for cell in row]
        if columns:
            found = _row(f"{sheet.name}!{number}", cells, columns)
            if found:
                results.append(found)
        elif (label := names.get(_text(cells[0]) if cells else "")) is not None:
            facts[label] = next((cell for cell in cells[1:] if _text(cell)), "")
        else:
            columns = _columns(cells)
    if not columns or SITE_ID not in facts:
        return None
    day = facts.get(DAY, "")
    on = day.date() if isinstance(day, datetime) else day if isinstance(day, date) else parse_date(_text(day))
    site, standard = _text(facts[SITE_ID]), _text(facts.get(STANDARD, ""))
    return FilledSite(sheet.name, site, standard, on, _text(facts.get(INSPECTORS, "")), tuple(results))


def _columns(cells: Sequence[ReadCell]) -> dict[str, int]:
    """Find the columns of the items, if a row is their header."""
    wanted = {name: label for label in (*FORM_COLUMNS[-2:], ITEM_ID) for name in in_every_language(label)}
    found = {wanted[_text(cell)]: number for number, cell in enumerate(cells) if _text(cell) in wanted}
    return found if len(found) == len(FORM_COLUMNS[-2:]) + 1 else {}


def _row(where: str, cells: Sequence[ReadCell], columns: dict[str, int]) -> FilledResult | None:
    result_label, note_label = FORM_COLUMNS[-2:]
    rule, result, note = (
        _text(cells[columns[label]]) if columns[label] < len(cells) else ""
        for label in (ITEM_ID, result_label, note_label)
    )
    return FilledResult(where, rule, result, note) if rule or result else None


def _text(cell: ReadCell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _read_json(path: Path) -> Iterator[FilledSite]:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_JSON_BYTES + 1)
        data = json.loads(raw.decode("utf-8-sig")) if len(raw) <= MAX_JSON_BYTES else None
        assert isinstance(data, dict)
        assert data["pilot_inspection"] == FORM_VERSION
        for number, site in enumerate(data["sites"], 1):
            where = _("site {number}").format(number=number)
            results = [_json_result(where, one) for one in site["results"]]
            on = parse_date(_json_text(site["on"]))
            id, standard = _json_text(site["site"]), _json_text(data["standard"])
            yield FilledSite(where, id, standard, on, _json_text(site["by"]).strip(), tuple(results))
    except OSError as error:
        raise WorkbookError(str(error.strerror)) from error
    except (ValueError, KeyError, TypeError, AssertionError, RecursionError) as error:
        raise WorkbookError(message("it is no form of pilot inspect")) from error


def _json_result(where: str, one: Any) -> FilledResult:
    texts = [_json_text(one[key]).strip() for key in ("rule", "result", "note")]
    photos = tuple(filter(None, (_json_text(name).strip() for name in one.get("photos", ()))))
    return FilledResult(where, texts[0], texts[1], texts[2], photos)


def _json_text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()
    return value
