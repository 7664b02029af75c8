"""Finds tables and keys without parsing, in files written as nearly all are: a statement a line, and bare keys.

One expression says whether a text is written so. If it is, a line that looks like a header or a key is one: no text
and no list of lists goes over several lines. Other texts have to be parsed; see ``place``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pilot_cli.site.problem import KeyPath

_KEY = "[A-Za-z0-9_-]++"
_KEYS = rf"{_KEY}(?:[ \t]*+\.[ \t]*+{_KEY})*+"
_STRING = r"""(?:"(?!"")(?:[^"\\\n]|\\.)*+"|'(?!'')[^'\n]*+')"""
_WORD = "[0-9A-Za-z+-][0-9A-Za-z+.: \t_-]*+"
_COMMENT = "#[^\n]*+"
_LIST = rf"\[(?:\s|,|{_STRING}|{_WORD}|{_COMMENT})*+\]"
_STATEMENT = (
    rf"(?:\[[ \t]*+{_KEYS}[ \t]*+\]|\[\[[ \t]*+{_KEYS}[ \t]*+\]\]|{_KEY}[ \t]*+=[ \t]*+(?:{_STRING}|{_WORD}|{_LIST}))"
)
_LINE = rf"[ \t]*+(?:{_STATEMENT}[ \t]*+)?+(?:{_COMMENT})?+\r?+"

_is_plain = re.compile(rf"(?:{_LINE}\n)*+{_LINE}").fullmatch
_headers = re.compile(rf"^[ \t]*(\[\[?)[ \t]*({_KEYS})", re.MULTILINE).finditer
_keys = re.compile(rf"^[ \t]*({_KEY})[ \t]*=", re.MULTILINE).finditer
_elements = re.compile(rf"{_COMMENT}|({_STRING}|{_WORD})|(\])").finditer


class PlainLines:
    """Where the tables, keys and elements of lists of such a text begin, by offsets in characters."""

    @classmethod
    def of(cls, text: str) -> "PlainLines | None":
        """Look at a text; None if it has to be parsed."""
        return cls(text) if _is_plain(text) else None

    def __init__(self, text: str) -> None:
        self._text = text
        self._tables: dict[KeyPath, int] = {}
        """Where each table begins; of a list of tables, each element, and the list with the first of them."""
        self._bodies: dict[KeyPath, list[tuple[int, int]]] = {}
        """From where to where the keys of each table stand."""
        self._keys: dict[KeyPath, Mapping[str, tuple[int, int]]] = {}
        self._elements: dict[KeyPath, Sequence[int]] = {}
        self._rows: dict[KeyPath, int] = {}
        """The index of the last element of each list of tables so far."""
        path: KeyPath = ()
        start = 0
        for header in _headers(text):
            self._bodies.setdefault(path, []).append((start, header.start()))
            path, start = self._add_table(header[2], header.start(1), is_row=header[1] == "[["), header.end()
        self._bodies.setdefault(path, []).append((start, len(text)))

    def find(self, path: KeyPath) -> int | None:
        """Return where a value begins: its header, its key or, in a list, the value itself."""
        if path in self._tables:
            return self._tables[path]
        *above, step = path
        holder = tuple(above)
        if isinstance(step, str):
            found = self._keys_of(holder).get(step)
            return found[0] if found else None
        elements = self._elements_of(holder)
        return elements[step] if step < len(elements) else None

    def _add_table(self, name: str, offset: int, *, is_row: bool) -> KeyPath:
        """Record the table of a header and those that it passes through; return its path."""
        *parents, last = _steps(name)
        path: KeyPath = ()
        for key in parents:
            path = self._enter((*path, key), offset)
        path = (*path, last)
        if is_row:
            self._rows[path] = self._rows.get(path, -1) + 1
            return self._enter(path, offset)
        # If the header of a table in it came first, that was its place until now.
        self._tables[path] = offset
        return path

    def _enter(self, path: KeyPath, offset: int) -> KeyPath:
        """Record a table that a header passes through, and return its path; of a list, its last element is meant."""
        self._tables.setdefault(path, offset)
        if path in self._rows:
            path = (*path, self._rows[path])
            self._tables.setdefault(path, offset)
        return path

    def _keys_of(self, table: KeyPath) -> Mapping[str, tuple[int, int]]:
        """Return where each key of a table begins, and what stands behind its equals sign."""
        if table not in self._keys:
            found: dict[str, tuple[int, int]] = {}
            for start, end in self._bodies.get(table, ()):
                for key in _keys(self._text, start, end):
                    found.setdefault(key[1], (key.start(1), key.end()))
            self._keys[table] = found
        return self._keys[table]

    def _elements_of(self, path: KeyPath) -> Sequence[int]:
        """Return where each element of a list begins that is written as a value."""
        if path not in self._elements:
            *above, key = path or ("",)
            found = self._keys_of(tuple(above)).get(key) if isinstance(key, str) else None
            self._elements[path] = list(self._read_list(found[1])) if found else []
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
def _steps(name: str) -> tuple[str, ...]:
    """Take the name in a header apart; the headers of sites are few."""
    return tuple(key.strip() for key in name.split("."))
