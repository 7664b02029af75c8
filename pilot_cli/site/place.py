"""The place of a key in a site file.

rtoml gives values without their places, so the file is parsed a second time, by tree-sitter, when a place is shown.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import accumulate

import rtoml
import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from pilot_cli.site.problem import Excerpt, KeyPath, Place


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_toml.language()))


class Places:
    """Finds the place of any key, table or list element of one TOML text."""

    def __init__(self, source: str) -> None:
        self._source = source.encode()
        self._lines = self._source.split(b"\n")
        self._texts: dict[int, str] = {}
        self._starts_of_rows: dict[int, Sequence[int]] = {}

    def find(self, path: KeyPath) -> Place:
        """Return where a value stands; for one that is absent, the table it should stand in, or line 1."""
        while path and path not in self._index.points:
            path = path[:-1]
        row, offset = self._index.points.get(path, (0, 0))
        return Place(row + 1, bisect_right(self._starts(row), offset))

    def excerpt(self, place: Place) -> Excerpt:
        """Cut out the line at a place, to be shown with a caret."""
        return Excerpt.around(self._text(place.line - 1), place.column)

    def _text(self, row: int) -> str:
        if row not in self._texts:
            # The file may have become shorter since the place was told.
            line = self._lines[row] if row < len(self._lines) else b""
            self._texts[row] = line.decode(errors="replace")
        return self._texts[row]

    def _starts(self, row: int) -> Sequence[int]:
        """Where in its bytes each character of a line starts; a long line may be asked for many times."""
        if row not in self._starts_of_rows:
            text = self._text(row)
            lengths = (len(character.encode()) for character in text)
            is_ascii = len(text) == len(self._lines[row])
            starts = range(len(text) + 1) if is_ascii else list(accumulate(lengths, initial=0))
            self._starts_of_rows[row] = starts
        return self._starts_of_rows[row]

    @cached_property
    def _index(self) -> "_Index":
        return _Index(_parser().parse(self._source).root_node)


class _Index:
    """Row and offset in bytes, both counted from 0, of everything in a document."""

    def __init__(self, document: Node) -> None:
        self.points: dict[KeyPath, tuple[int, int]] = {}
        self._last: dict[KeyPath, int] = {}
        for node in document.named_children:
            if node.type == "pair":
                self._add_pair((), node)
            elif node.type in ("table", "table_array_element"):
                self._add_table(node)

    def _add_table(self, node: Node) -> None:
        header, *rest = (child for child in node.named_children if child.type != "comment")
        *parents, last = _keys(header)
        path: KeyPath = ()
        for key in parents:
            path = self._enter((*path, key), node)
        path = (*path, last)
        if node.type == "table_array_element":
            self._last[path] = self._last.get(path, -1) + 1
            path = self._enter(path, node)
        else:
            # A table below it, written before, has only been taken for its header.
            self.points[path] = node.start_point
        for child in rest:
            if child.type == "pair":
                self._add_pair(path, child)

    def _enter(self, path: KeyPath, node: Node) -> KeyPath:
        """Note a table on the way to a header; in a list of tables its last element is meant."""
        self.points.setdefault(path, node.start_point)
        if path in self._last:
            path = (*path, self._last[path])
            self.points.setdefault(path, node.start_point)
        return path

    def _add_pair(self, path: KeyPath, node: Node) -> None:
        key, *rest = (child for child in node.named_children if child.type != "comment")
        for step in _keys(key):
            path = (*path, step)
            self.points.setdefault(path, node.start_point)
        for value in rest:
            self._add_value(path, value)

    def _add_value(self, path: KeyPath, node: Node) -> None:
        if node.type == "array":
            elements = [child for child in node.named_children if child.type not in ("comment", "ERROR")]
            # The grammar is that of TOML 1.0: where it misses an element of TOML 1.1, it cannot count the others.
            parts = [part.type for child in node.children for part in (child, *_inside_error(child))]
            written = [part for part in parts if part not in ("[", "]", "comment", "ERROR")]
            expected = written.count(",") + (written[-1:] != [","])
            for index, element in enumerate(elements if len(elements) == expected else ()):
                self.points.setdefault((*path, index), element.start_point)
                self._add_value((*path, index), element)
        elif node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    self._add_pair(path, child)


def _inside_error(node: Node) -> list[Node]:
    return node.children if node.type == "ERROR" else []


def _keys(node: Node) -> list[str]:
    if node.type == "dotted_key":
        return [key for child in node.named_children for key in _keys(child)]
    text = (node.text or b"").decode(errors="replace")
    if node.type == "quoted_key":
        try:
            return list(rtoml.loads(f"{text} = 0"))
        except rtoml.TomlParsingError:
            pass  # Where the grammar lost its way, any text may look like a key.
    return [text]
