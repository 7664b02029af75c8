"""Recognizes which column a header names, however people write it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from pilot_cli.exchange.header_names import (
    COLUMN_NAMES,
    GROUP_NAMES,
    NAMES_IN_GROUP,
    normalized,
    without_brackets,
    without_note,
)
from pilot_cli.exchange.layout import SITE_ID, SITE_NAME, SheetColumn, SheetLayout, sheets
from pilot_cli.exchange.marks import says_nothing
from pilot_cli.locale import Language, in_every_language
from pilot_cli.site.field import FieldKind, find_field

MAX_HEADER_LENGTH = 60
"""The longest header that is looked for among near ones."""
MAX_NAMES = 6
"""So many names of a column are told to whoever has none."""

OwnNames = Mapping[str, str]
"""Names of columns that an office has, each with the label or path of the field that it means; a mark for nothing, such
as /, means none: pilot leaves the column out."""


class NamedColumn(NamedTuple):
    """A column that a header names."""

    column: SheetColumn
    word: str | None = None
    """The word of its list, where there is a column for each word, to be ticked."""
    is_own: bool = True
    """Whether the header is the label of the field, and not another name for it."""

    @property
    def header(self) -> str:
        """What the column is called, in the current language."""
        return self.word or self.column.header


class ColumnFinder:
    """The names of the columns of a sheet."""

    def __init__(self, layout: SheetLayout, own_names: OwnNames) -> None:
        self._layout = layout
        self._names, self._in_group = _names_of(layout)
        self._own = {normalized(name): normalized(target) for name, target in own_names.items()}
        self._left_out = {normalized(name) for name, target in own_names.items() if says_nothing(target)}

    def find(self, name: str) -> NamedColumn | None:
        """Return the column that a header names by itself."""
        return self._find(self._names, name)

    def find_in_group(self, group: str, name: str) -> NamedColumn | None:
        """Return the column that a header names below the head of a group."""
        if self.leaves_out(name):
            return None
        table = _groups().get(without_note(normalized(group)))
        within = self._in_group.get(table or "", {})
        if table and (found := self._find(within, name)):
            return found
        return self.find(f"{group}{name}") or self.find(name)

    def leaves_out(self, name: str) -> bool:
        """Whether a header is that of a column that the office does not want to be taken."""
        own = normalized(name)
        return own in self._left_out or without_note(own) in self._left_out

    def nearest(self, name: str) -> SheetColumn | None:
        """Return the column whose name is nearest to a header that names none."""
        bare = without_brackets(normalized(name))
        if not bare or len(bare) > MAX_HEADER_LENGTH:
            return None
        known = self._names.get(bare)
        near = get_close_matches(bare, self._names, n=1, cutoff=0.6)
        named = known or (self._names[near[0]] if near else None)
        return named.column if named else None

    def names_for(self, path: str) -> list[str]:
        """List the headers that would do for a field, its label first."""
        column = next(column for column in self._layout.columns if column.path == path)
        return [column.header, *COLUMN_NAMES.get(path, ())][:MAX_NAMES]

    def _find(self, names: Mapping[str, NamedColumn], header: str) -> NamedColumn | None:
        if self.leaves_out(header):
            return None
        name = normalized(header)
        bare = without_note(name)
        for each in (name, bare):
            if (own := self._own.get(each)) and (found := names.get(own)):
                return found._replace(is_own=False)
        return names.get(name) or names.get(bare)


_Names = dict[str, NamedColumn]


@cache
def _names_of(layout: SheetLayout) -> tuple[_Names, dict[str, _Names]]:
    """Return the names of the columns of a sheet by themselves, and those below the head of each group."""
    own = {column: set(_labels(column)) for column in layout.columns}
    short = Counter(without_brackets(name) for names in own.values() for name in names)
    known: _Names = {}
    for column, names in own.items():
        known |= {without_brackets(name): NamedColumn(column) for name in names if short[without_brackets(name)] == 1}
    known |= {name: NamedColumn(column) for column, names in own.items() for name in (*names, normalized(column.path))}
    groups: dict[str, _Names] = {}
    for column in layout.columns:
        words = column.field.words if column.field.is_list else None
        other = [NamedColumn(column, None, False), *(NamedColumn(column, word.value) for word in words or ())]
        within = groups.setdefault(column.path.partition(".")[0], {})
        for named in other:
            others = [named.word] if named.word else [*COLUMN_NAMES.get(column.path, ())]
            for name in with_times(column, others):
                known.setdefault(normalized(name), named)
                within.setdefault(normalized(name), named)
        labels = in_every_language(column.field.title)
        for name in with_times(column, [*labels, *map(without_brackets, labels), *NAMES_IN_GROUP.get(column.path, ())]):
            within[normalized(name)] = NamedColumn(column)
            within.setdefault(without_brackets(normalized(name)), NamedColumn(column))
    for column in layout.columns:
        for name in with_times(column, _labels(column)):
            known.setdefault(name, NamedColumn(column, None, False))
            known.setdefault(without_brackets(name), NamedColumn(column, None, False))
    if layout.rows:
        known = {name: named for name, named in known.items() if not _is_other_site_name(name, named, layout)}
    return known, groups


def _is_other_site_name(name: str, named: NamedColumn, layout: SheetLayout) -> bool:
    """Whether a name is one for the site's id or name that a field of the list itself could have."""
    is_site = named.column.path in (SITE_ID, SITE_NAME)
    return is_site and any(
        name in map(normalized, in_every_language(column.field.title)) for column in layout.columns[2:]
    )


def with_times(column: SheetColumn, names: Iterable[str]) -> Iterator[str]:
    """Yield names, and those of dates also with the other word for a day."""
    for name in names:
        yield name
        if column.field.kind is FieldKind.DATE and "日期" in name:
            yield name.replace("日期", "时间")


def _labels(column: SheetColumn) -> Iterator[str]:
    tables = in_every_language(column.table.title) if column.table else [""] * len(Language)
    for table, title in zip(tables, in_every_language(column.field.title), strict=True):
        yield normalized(table + title)


@cache
def _groups() -> dict[str, str]:
    """Map the heads of groups to the paths of their tables."""
    names = {path: [*in_every_language(find_field(path).title), *more] for path, more in GROUP_NAMES.items()}
    return {normalized(name): path for path, each in names.items() for name in each}


def unknown_targets(own_names: OwnNames) -> list[str]:
    """Return the names that an office has for what no column of any sheet is called."""
    known = {name for layout in sheets() for name in _names_of(layout)[0]}
    return [name for name, target in own_names.items() if normalized(target) not in known and not says_nothing(target)]
