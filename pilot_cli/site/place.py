"""Finds the place of a key in a site file.

rtoml returns values without their places. Only when a place is to be shown is the text searched again: by its lines
or, where that is not enough, in the tree that tree-sitter makes of it.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import rtoml

from pilot_cli.site.plain_lines import PlainLines
from pilot_cli.site.problem import Excerpt, KeyPath, Place

if TYPE_CHECKING:
    from tree_sitter import Node, Parser


@cache
def _parser() -> "Parser":
    import tree_sitter_toml
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_toml.language()))


MAX_COUNTED = 8
"""The lines before so many places are counted; for more, it is quicker to list where each line starts."""


class Span(NamedTuple):
    """A part of a text as offsets in bytes, the end excluded."""

    start: int
    end: int


class Places:
    """Finds the place of any key, table or list element of one TOML text."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._offsets: dict[int, Sequence[int]] = {}
        self._counted = 0
        """How often lines were counted."""

    @property
    def has_text(self) -> bool:
        """Whether there is anything to find a place in."""
        return bool(self._source)

    def find(self, path: KeyPath) -> Place:
        """Return the place of a value or, if it is absent, of the table that it belongs in, or else line 1."""
        look = self._find_in_lines if self._plain_lines else self._find_in_tree
        while path:
            place = look(path)
            if place:
                return place
            path = path[:-1]
        return Place(1, 1)

    def spans_of_key(self, path: KeyPath) -> Sequence["Span"]:
        """Return where the last key of a path is written: once, or in the headers of its rows and subtables."""
        return self._index.keys.get(path, ())

    def span_of_value(self, path: KeyPath) -> "Span | None":
        """Return where a value is written that is neither a table nor a list of tables with headers."""
        return self._index.values.get(path)

    def excerpt(self, place: Place) -> Excerpt:
        """Cut out the line at a place, to be shown with a caret."""
        # The file may have become shorter since the place was found.
        line = self._lines[place.line - 1] if place.line <= len(self._lines) else ""
        return Excerpt.around(line, place.column)

    def _find_in_lines(self, path: KeyPath) -> Place | None:
        assert self._plain_lines
        offset = self._plain_lines.find(path)
        if offset is None:
            return None
        if self._counted < MAX_COUNTED:
            self._counted += 1
            return Place(self._source.count("\n", 0, offset) + 1, offset - self._source.rfind("\n", 0, offset))
        row = bisect_right(self._line_starts, offset) - 1
        return Place(row + 1, offset - self._line_starts[row] + 1)

    def _find_in_tree(self, path: KeyPath) -> Place | None:
        if path not in self._index.points:
            return None
        row, offset = self._index.points[path]
        return Place(row + 1, bisect_right(self._offsets_of(row), offset))

    def _offsets_of(self, row: int) -> Sequence[int]:
        """Return where each character of a line starts, in bytes; kept, as a long line may have many findings."""
        if row not in self._offsets:
            line = self._lines[row]
            lengths = (len(character.encode()) for character in line)
            self._offsets[row] = range(len(line) + 1) if line.isascii() else list(accumulate(lengths, initial=0))
        return self._offsets[row]

    @cached_property
    def _plain_lines(self) -> PlainLines | None:
        return PlainLines.of(self._source)

    @cached_property
    def _lines(self) -> list[str]:
        return self._source.split("\n")

    @cached_property
    def _line_starts(self) -> Sequence[int]:
        return list(accumulate(map((1).__add__, map(len, self._lines)), initial=0))

    @cached_property
    def _index(self) -> "_Index":
        return _Index(_parser().parse(self._source.encode()).root_node)


class _Index:
    """Where the tables, keys and values of a document are."""

    def __init__(self, document: "Node") -> None:
        self.points: dict[KeyPath, tuple[int, int]] = {}
        """Where each begins: the row, and the offset in bytes, from 0."""
        self.keys: dict[KeyPath, list[Span]] = {}
        self.values: dict[KeyPath, Span] = {}
        self._last: dict[KeyPath, int] = {}
        for node in document.named_children:
            if node.type == "pair":
                self._add_pair((), node)
            elif node.type in ("table", "table_array_element"):
                self._add_table(node)

    def _add_table(self, node: "Node") -> None:
        header, *rest = (child for child in node.named_children if child.type != "comment")
        *parents, last = _keys(header)
        path: KeyPath = ()
        for key, span in parents:
            self.keys.setdefault((*path, key), []).append(span)
            path = self._enter((*path, key), node)
        path = (*path, last[0])
        self.keys.setdefault(path, []).append(last[1])
        if node.type == "table_array_element":
            self._last[path] = self._last.get(path, -1) + 1
            path = self._enter(path, node)
        else:
            # A subtable whose header came first has set this point to its own header.
            self.points[path] = node.start_point
        for child in rest:
            if child.type == "pair":
                self._add_pair(path, child)

    def _enter(self, path: KeyPath, node: "Node") -> KeyPath:
        """Record a table that a header passes through and return its path; in a list, that is the last element."""
        self.points.setdefault(path, node.start_point)
        if path in self._last:
            path = (*path, self._last[path])
            self.points.setdefault(path, node.start_point)
        return path

    def _add_pair(self, path: KeyPath, node: "Node") -> None:
        key, *rest = (child for child in node.named_children if child.type != "comment")
        for step, span in _keys(key):
            path = (*path, step)
            self.keys.setdefault(path, []).append(span)
            self.points.setdefault(path, node.start_point)
        for value in rest:
            self._add_value(path, value)

    def _add_value(self, path: KeyPath, node: "Node") -> None:
        self.values.setdefault(path, Span(node.start_byte, node.end_byte))
        if node.type == "array":
            elements = [child for child in node.named_children if child.type not in ("comment", "ERROR")]
            # The grammar is that of TOML 1.0: where it misses an element of TOML 1.1, it cannot count the others.
            types = [part.type for child in node.children for part in (child, *_inside_error(child))]
            tokens = [type for type in types if type not in ("[", "]", "comment", "ERROR")]
            expected = tokens.count(",") + (tokens[-1:] != [","])
            for index, element in enumerate(elements if len(elements) == expected else ()):
                self.points.setdefault((*path, index), element.start_point)
                self._add_value((*path, index), element)
        elif node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    self._add_pair(path, child)


def _inside_error(node: "Node") -> "list[Node]":
    return node.children if node.type == "ERROR" else []


def _keys(node: "Node") -> list[tuple[str, Span]]:
    if node.type == "dotted_key":
        return [key for child in node.named_children for key in _keys(child)]
    text, span = (node.text or b"").decode(errors="replace"), Span(node.start_byte, node.end_byte)
    if node.type == "quoted_key":
        try:
            return [(key, span) for key in rtoml.loads(f"{text} = 0")]
        except rtoml.TomlParsingError:
            pass  # In a text that the grammar cannot parse, anything may look like a key.
    return [(text, span)]
