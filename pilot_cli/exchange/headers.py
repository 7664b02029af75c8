"""Finds the headers of a table in a sheet: which rows they are, and which column each names."""

from collections.abc import Iterator, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from pilot_cli.exchange.books.details import CellRange, ReadCell
from pilot_cli.exchange.header_names import NUMBERING_NAMES, normalized, without_note

HEADER_SEARCH_ROWS = 20
"""How many rows are searched for the headers: titles and remarks may stand above them."""


class NamesColumn(Protocol):
    """What a header names."""

    @property
    def column(self) -> Any:
        """The column; the same one is not named twice."""

    @property
    def word(self) -> str | None:
        """The word of its list, where there is a column for each word."""

    @property
    def is_own(self) -> bool:
        """Whether the header is the name of the column, and not another one for it."""


NamedT = TypeVar("NamedT", bound=NamesColumn)
FoundT = TypeVar("FoundT", bound=NamesColumn, covariant=True)


class Finder(Protocol[FoundT]):
    """Knows what headers name."""

    def find(self, name: str) -> FoundT | None:
        """Return what a header names by itself."""

    def find_in_group(self, group: str, name: str) -> FoundT | None:
        """Return what a header names below the head of a group."""


class Headers(NamedTuple, Generic[NamedT]):
    """The headers of a table, in one row or in two."""

    row: int
    """The last row of headers, counted from 0 in the rows that were searched."""
    upper_row: int
    """The first row of headers."""
    columns: dict[int, NamedT]
    """By their position in the row, counted from 0."""
    unknown: dict[int, str]
    """Headers that name no column of a ledger, by position."""
    repeated: dict[int, NamedT]
    """Columns that an earlier header names already, by position."""
    numbering: frozenset[int]
    """The positions of columns that number the rows."""
    written: dict[int, str]
    """What is written above each column, with the head of its group, if there is one."""
    texts: dict[int, frozenset[str]]
    """What stands in the headers of each column, normalized."""
    width: int
    """How many cells the row has."""
    named_below: int
    """How many columns are known by what stands in the last row."""

    @property
    def known(self) -> int:
        """How many columns are known."""
        return len(self.columns)

    def position(self, path: str) -> int | None:
        """Return where the column of a field is, if there is one."""
        return next((place for place, named in self.columns.items() if named.column.path == path), None)


class _Header(NamedTuple):
    """What stands above a column: the head of its group, and its own, or the only one."""

    group: str
    name: str

    @property
    def text(self) -> str:
        return self.name or self.group

    @property
    def written(self) -> str:
        return "/".join(" ".join(part.split()) for part in self if part)


def find_headers(
    finder: Finder[NamedT], rows: Sequence[Sequence[ReadCell]], first_row: int, merges: Sequence[CellRange]
) -> Headers[NamedT] | None:
    """Find the row, or the two rows, that name the most columns; None if none names any.

    Args:
        finder: Knows the names of the columns of a sheet.
        rows: The rows to search, without those that are blank at the top.
        first_row: The number of the first of them in the sheet; its cells begin at the same column as ranges do.
        merges: What is merged in the sheet.
    """
    single = [_read_headers(finder, rows, (row, row), first_row, merges) for row in range(len(rows))]
    best = max(single, key=lambda found: found.known)
    for row, below in enumerate(single[1:], 1):
        pair = _read_headers(finder, rows, (row - 1, row), first_row, merges)
        # Otherwise what stands above is a title, or what stands below is an entry.
        adds = pair.known > below.known and pair.named_below
        if adds and (pair.known, -pair.upper_row) >= (best.known, -best.upper_row):
            best = pair
    return best if best.known else None


def _read_headers(
    finder: Finder[NamedT],
    rows: Sequence[Sequence[ReadCell]],
    pair: tuple[int, int],
    first_row: int,
    merges: Sequence[CellRange],
) -> Headers[NamedT]:
    upper, lower = pair
    headers = list(_headers(rows, pair, first_row, merges))
    found = {place: _find(finder, header) for place, header in enumerate(headers) if header.text}
    named_below = sum(named is not None and bool(headers[place].name) for place, named in found.items())
    numbering = frozenset(_numbering(headers))
    written = {place: header.written for place, header in enumerate(headers) if header.text}
    result: Headers[NamedT] = Headers(
        lower, upper, {}, {}, {}, numbering, written, _texts(headers), len(rows[lower]), named_below
    )
    # What bears the name of a field counts more than what may be called so.
    for is_own in (True, False):
        for place, named in found.items():
            if named is not None and named.is_own is is_own:
                _place(result, place, named, headers[place].text)
    for place, named in found.items():
        if named is None and place not in result.numbering:
            result.unknown[place] = headers[place].text
    return result._replace(unknown=dict(sorted(result.unknown.items())))


def _place(result: Headers[NamedT], place: int, named: NamedT, text: str) -> None:
    same = [other for other in result.columns.values() if other.column == named.column and other.word == named.word]
    if not same:
        result.columns[place] = named
    elif named.is_own or not same[0].is_own:
        result.repeated[place] = named
    else:
        result.unknown[place] = text


def _find(finder: Finder[NamedT], header: _Header) -> NamedT | None:
    if header.group and header.name:
        return finder.find_in_group(header.group, header.name)
    return finder.find(header.text)


def _headers(
    rows: Sequence[Sequence[ReadCell]], pair: tuple[int, int], first_row: int, merges: Sequence[CellRange]
) -> Iterator[_Header]:
    """Yield what stands above each column; the head of a group counts for all columns of the group."""
    upper, lower = pair
    names = [_shown(cell) for cell in rows[lower]]
    if upper == lower:
        yield from (_Header("", name) for name in names)
        return
    groups = [_shown(cell) for cell in rows[upper]]
    merged = [area for area in merges if area.first_row <= first_row + upper <= area.last_row]
    wide = [area for area in merged if area.last_column > area.first_column]
    for area in merged:
        for place in range(area.first_column, min(area.last_column + 1, len(groups))):
            groups[place] = groups[area.first_column]
    group = ""
    for place, name in enumerate(names):
        group = groups[place] if groups[place] or wide else group
        yield _Header("" if normalized(group) == normalized(name) else group, name)


def _shown(cell: ReadCell) -> str:
    return str(cell) if normalized(cell) else ""


def _numbering(headers: Sequence[_Header]) -> Iterator[int]:
    for place, header in enumerate(headers):
        if without_note(normalized(header.text)) in NUMBERING_NAMES:
            yield place


def _texts(headers: Sequence[_Header]) -> dict[int, frozenset[str]]:
    return {
        place: frozenset(filter(None, (normalized(header.group), normalized(header.name))))
        for place, header in enumerate(headers)
    }
