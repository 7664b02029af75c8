"""Finds tables and keys without parsing, in files with one statement a line and bare keys, as nearly all have.

A single expression tells whether a text is written like that. If so, every line that looks like a header or a key is
one, because no string and no nested list spans several lines. Other texts have to be parsed; see ``place``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from pilot_cli.site.problem import KeyPath

_KEY = "[A-Za-z0-9_-]++"
_KEYS = rf"{_KEY}(?:[ \t]*+\.[ \t]*+{_KEY}){{0,8}}+"
_STRING = r"""(?:"(?!"")[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|'(?!'')[^'\n]*+')"""
_WORD = "[0-9A-Za-z+-][0-9A-Za-z+.: \t_-]*+"
_COMMENT = "#[^\n]*+"
_LIST = rf"\[(?:\s++|,|{_STRING}|{_WORD}|{_COMMENT})*+\]"
_STATEMENT = (
    rf"(?:\[[ \t]*+{_KEYS}[ \t]*+\]|\[\[[ \t]*+{_KEYS}[ \t]*+\]\]|{_KEY}[ \t]*+=[ \t]*+(?:{_STRING}|{_WORD}|{_LIST}))"
)
_LINE = rf"[ \t]*+(?:{_STATEMENT}[ \t]*+)?+(?:{_COMMENT})?+\r?+"

# The first two alternatives are for speed: most lines are blank, or a statement and nothing else.
_is_plain = re.compile(rf"(?:\n++|{_STATEMENT}\n|{_LINE}\n)*+{_LINE}").fullmatch
# A literal first character makes the search quick.
_BEFORE = "\n"
_headers = re.compile(rf"{_BEFORE}[ \t]*(\[\[?)[ \t]*({_KEYS})").finditer
_keys = re.compile(rf"^[ \t]*({_KEY})[ \t]*=", re.MULTILINE).finditer
_elements = re.compile(rf"{_COMMENT}|({_STRING}|{_WORD})|(\])").finditer


class _Table(NamedTuple):
    """Where a header begins, and where the keys below it begin and end."""

    start: int
    body: int
    end: int


class PlainLines:
    """Where the tables, keys and list elements of such a text begin, as offsets in characters."""

    @classmethod
    def of(cls, text: str) -> "PlainLines | None":
        """Look at a text; None if it has to be parsed."""
        if not _is_plain(text):
            return None
        lines = cls(text)
        return None if lines._has_tables_in_rows else lines

    def __init__(self, text: str) -> None:
        self._text = text = _BEFORE + text
        self._headers = list(_headers(text))
        self._places: dict[str, list[int]] = {}
        """The positions of the headers with each name; only that of a list of tables has several."""
        rows = set()
        for place, header in enumerate(self._headers):
            brackets, keys = header.groups()
            name = _name(keys)
            if brackets == "[[":
                rows.add(name)
            self._places.setdefault(name, []).append(place)
        self._rows = frozenset(rows)
        """The names of the lists of tables."""
        self._keys: dict[_Table, Mapping[str, re.Match[str]]] = {}
        self._elements: dict[KeyPath, Sequence[int]] = {}

    @property
    def _has_tables_in_rows(self) -> bool:
        return any(not self._rows.isdisjoint(_names_above(name)) for name in self._places)

    def find(self, path: KeyPath) -> int | None:
        """Return where a value begins: its header, its key or, in a list, the value itself."""
        start = self._start(path)
        return None if start is None else start - len(_BEFORE)

    def _start(self, path: KeyPath) -> int | None:
        table = self._table(path)
        if table:
            return table.start
        *above, step = path
        if isinstance(step, str):
            key = self._key(tuple(above), step)
            return key.start(1) if key else self._first_below.get(".".join(map(str, path)))
        elements = self._elements_of(tuple(above))
        return elements[step] if step < len(elements) else None

    def _table(self, path: KeyPath) -> _Table | None:
        """Return a table with a header, or the keys before the first header; of a list of tables the first."""
        if not path:
            return _Table(0, 0, self._end(0))
        *above, last = path
        name = ".".join(map(str, path if isinstance(last, str) else above))
        places = self._places.get(name)
        if places is None:
            return None
        if isinstance(last, str):
            return self._table_at(places[0])
        return self._table_at(places[last]) if name in self._rows and last < len(places) else None

    def _table_at(self, place: int) -> _Table:
        header = self._headers[place]
        return _Table(header.start(1), header.end(), self._end(place + 1))

    def _end(self, place: int) -> int:
        """Return where the part before a header ends: at the header, or at the end of the text."""
        return self._headers[place].start(1) if place < len(self._headers) else len(self._text)

    @cached_property
    def _first_below(self) -> Mapping[str, int]:
        """Where each table without a header of its own begins: at the first table inside it."""
        return {
            above: self._headers[places[0]].start(1)
            for name, places in reversed(self._places.items())
            if "." in name
            for above in _names_above(name)
        }

    def _key(self, holder: KeyPath, key: str) -> re.Match[str] | None:
        """Return where a key of a table stands, up to its equals sign."""
        table = self._table(holder)
        if table is None:
            return None
        if table not in self._keys:
            # If a key is there twice, the first one counts.
            found = reversed(list(_keys(self._text, table.body, table.end)))
            self._keys[table] = {line[1]: line for line in found}
        return self._keys[table].get(key)

    def _elements_of(self, path: KeyPath) -> Sequence[int]:
        """Return where each element of a list begins, if the list is written as a value."""
        if path not in self._elements:
            *above, key = path or ("",)
            found = self._key(tuple(above), key) if isinstance(key, str) else None
            self._elements[path] = list(self._read_list(found.end())) if found else []
        return self._elements[path]

    def _read_list(self, start: int) -> Iterator[int]:
        while self._text[start] in " \t":
            start += 1
        if self._text[start] != "[":
            return
        for part in _elements(self._text, start + 1):
            if part[2]:
                return
            if part[1]:
                yield part.start()


@lru_cache
def _name(keys: str) -> str:
    """Write the keys of a header without blanks; there are few different ones."""
    return "".join(keys.split())


@lru_cache
def _names_above(name: str) -> tuple[str, ...]:
    """Return the dotted names of the tables that hold a table."""
    keys = name.split(".")
    return tuple(".".join(keys[:length]) for length in range(1, len(keys)))
