"""Corrects keys and values in a site file that is TOML but does not quite fit the site format."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import rtoml
from pydantic_core import ErrorDetails

from pilot_cli.site.mistakes.key_names import MeantKey, is_allowed, meant_key
from pilot_cli.site.mistakes.paths import FILES, with_slashes
from pilot_cli.site.mistakes.right_values import field_at, right_value
from pilot_cli.site.mistakes.told import MendKind
from pilot_cli.site.mistakes.validation_messages import UNKNOWN_KEY
from pilot_cli.site.place import Places, Span
from pilot_cli.site.problem import KeyPath
from pilot_cli.site.reader import validation_errors

MAX_ROUNDS = 8
"""What is in a table is looked at once its name is right, a list once its entries are."""
NOT_SEEN = "".join(
    ("\u200b\u2060\ufeff\u00ad\u200e\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)))
)
"""What texts are copied with from web pages and Word. What joins the letters or signs of other scripts is kept."""

_MAY_BE_MENDED = re.compile(rf"[\\{NOT_SEEN}]")
"""Matches what ``_edits_for_texts`` looks for, wherever it stands: in most files it is not there at all."""
_WITHOUT = str.maketrans("", "", NOT_SEEN)


class MendedValues(NamedTuple):
    """A text with its values as they should be."""

    text: str
    kinds: tuple[MendKind, ...]


class _Edit(NamedTuple):
    """What is to be written in another way; the path is that of the key or value."""

    kind: MendKind
    path: KeyPath
    spans: tuple[Span, ...]
    written: str
    value: object
    """The value as it is then read, or the new key."""
    is_key: bool = False


def mend_values(text: str) -> MendedValues:
    """Mend keys and values one after the other; what cannot be put in place of another for certain stays."""
    kinds: tuple[MendKind, ...] = ()
    for _round in range(MAX_ROUNDS):
        data = rtoml.loads(text)
        # The grammar is that of TOML 1.0, which does not know the escape of documents\empty.pdf; nothing moves by this.
        places = Places(text.replace("\\e", "\\n"))
        errors = list(_edits_for_errors(data, places, text.encode()))
        edits = errors or ([*_edits_for_texts(data, places, text.encode())] if _MAY_BE_MENDED.search(text) else [])
        edits = [edit for edit in edits if edit.spans]
        mended = _apply(text, edits)
        if mended is None:
            break
        text = mended
        kinds += tuple(edit.kind for edit in edits for _span in edit.spans)
    return MendedValues(text, kinds)


def _edits_for_errors(data: dict[str, Any], places: Places, source: bytes) -> Iterator[_Edit]:
    renamed: set[tuple[KeyPath, str]] = set()
    for error in validation_errors(data):
        path: KeyPath = error["loc"]
        if error["type"] == UNKNOWN_KEY:
            meant = meant_key(str(path[-1]), path[:-1])
            new = (path[:-1], meant.key) if meant else None
            if meant and new not in renamed and _is_certain(meant, error, data):
                renamed.add((path[:-1], meant.key))
                spans = tuple(places.spans_of_key(path))
                yield _Edit(MendKind.KEY, path, spans, meant.key, meant.key, is_key=True)
            continue
        right = right_value(error)
        span = places.span_of_value(path)
        if right is None or right.kind is None or span is None:
            continue
        written = source[span.start : span.end].decode()
        # Where 0x1F, or 3#楼, stands for a text, what is read of it is less than what was meant.
        is_whole = written in right.toml and source[span.end : span.end + 1] != b"#"
        if "\n" not in written and (right.kind is not MendKind.QUOTES or is_whole):
            yield _Edit(right.kind, path, (span,), right.toml, right.value)


def _is_certain(meant: MeantKey, error: ErrorDetails, data: dict[str, Any]) -> bool:
    """Whether an unknown key is certainly another, which is not given beside it."""
    path, value = error["loc"], error["input"]
    if not _can_join(value, _at(data, path[:-1]).get(meant.key)):
        return False
    field = field_at((*path[:-1], meant.key))
    if field.table:
        is_as_asked = isinstance(value, list if field.is_list else dict)
        return is_as_asked and (meant.is_certain or meant.is_typing_error)
    return meant.is_certain or (meant.is_typing_error and is_allowed(field, value))


def _can_join(value: Any, other: Any) -> bool:
    """Whether a value can get a name that another has, if any does: [BRANCH] may stand beside [branch.officers]."""
    if isinstance(value, dict) and isinstance(other, dict):
        return value.keys().isdisjoint(other)
    return other is None


def _edits_for_texts(data: dict[str, Any], places: Places, source: bytes) -> Iterator[_Edit]:
    """Find what fits the format, and is yet not as it was meant: what nobody sees, and separators of Windows."""
    for path, text in _texts(data, ()):
        span = places.span_of_value(path)
        if span is None:
            continue
        written = source[span.start : span.end].decode()
        if not set(FILES).isdisjoint(path):
            right = with_slashes(written) if "\\" in written else None
            if right and right != written:
                yield _Edit(MendKind.PATH, path, (span,), right, rtoml.loads(f"path = {right}")["path"])
            continue
        right = written.translate(_WITHOUT)
        if right != written and right.strip("\"'"):
            yield _Edit(MendKind.CHARACTER, path, (span,), right, text.translate(_WITHOUT))


def _texts(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield path, value
        return
    below: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        below = value.items()
    elif isinstance(value, list):
        below = enumerate(value)
    for step, inner in below:
        yield from _texts(inner, (*path, step))


def _apply(text: str, edits: list[_Edit]) -> str | None:
    """Write all edits into a text; None where there are none, or it would then say anything else than it should."""
    if not edits:
        return None
    source = text.encode()
    spans = sorted(((span, edit.written) for edit in edits for span in edit.spans), reverse=True)
    for span, written in spans:
        source = source[: span.start] + written.encode() + source[span.end :]
    expected = rtoml.loads(text)
    # The innermost first, so that the paths of the others stay right.
    for edit in sorted(edits, key=lambda edit: len(edit.path), reverse=True):
        holder = _at(expected, edit.path[:-1])
        if edit.is_key:
            value = holder.pop(edit.path[-1])
            holder[edit.value] = {**value, **holder[edit.value]} if edit.value in holder else value
        else:
            holder[edit.path[-1]] = edit.value
    try:
        return source.decode() if rtoml.loads(source.decode()) == expected else None
    except ValueError:
        return None


def _at(data: Any, path: KeyPath) -> Any:
    for step in path:
        data = data[step]
    return data
