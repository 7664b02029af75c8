"""Reads a site file: bytes to text to TOML to ``Site``, and says everything that is wrong on the way.

One bad value never hides the rest: each is reported, left out, and the site is built from what remains.
"""

import os
import re
import stat
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from functools import cache
from typing import Any, NamedTuple

import rtoml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from pilot_cli.errors import os_reason
from pilot_cli.locale.message import Message, message
from pilot_cli.site.file_rules import READABLE, UTF8, VALID_VALUE
from pilot_cli.site.model import REQUIRED, Pillar, Site
from pilot_cli.site.problem import KeyPath, Place, Problem, list_first
from pilot_cli.site.rule_info import RuleInfo

MAX_FILE_BYTES = 1024 * 1024
"""The largest site file that is read, in bytes."""

MAX_VALUES = 120_000
"""The most values that a site file may have: tables, lists, and what is in them."""

STANDARD_INPUT = "-"

OFFICE_FILE_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How the files of Excel, Word and WPS begin: as ZIP archives or, the older ones, as compound files."""

_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class UnreadableError(ValueError):
    """A file cannot be read."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


TOO_MANY_VALUES = UnreadableError(message("it has more than 120,000 entries"))


class Reading(NamedTuple):
    """What was read from one site file."""

    path: str
    site: Site | None
    """The site, or None when the file is not a TOML document at all."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the file; of each rule the first ``MAX_LISTED``."""
    source: str = ""
    """The text, from which the places of keys are found."""
    kept: Mapping[KeyPath, tuple[int, ...]] = {}
    """For lists that bad elements were left out of: which elements of the file ``site`` still has."""
    left_out: tuple[KeyPath, ...] = ()
    """The paths, in the file, of the values that cannot be used (F005); for elements of a list, that of the list."""
    base: str | None = None
    """Where a relative path starts; None: in the current folder."""
    is_standard: bool = False
    """Whether it is a standard by its look: it has rules, or extends another, and does not describe a site."""
    unlisted: Mapping[RuleInfo, int] = {}
    """How many problems there are besides those that are listed."""

    @property
    def folder(self) -> str:
        """The folder that the paths of documents start from."""
        folder = os.path.dirname(self.path)
        return (os.path.join(self.base, folder) if self.base else folder) or os.curdir

    def source_path(self, path: KeyPath) -> KeyPath:
        """Turn a path in ``site`` into the path in the file, where bad list elements still count."""
        return source_path(path, self.kept)


def source_path(path: KeyPath, kept: Mapping[KeyPath, tuple[int, ...]]) -> KeyPath:
    """Turn a path in what was read into the path in the file, given which elements of its lists were kept."""
    if not kept:
        return path
    written: KeyPath = ()
    for step in path:
        if isinstance(step, int) and written in kept:
            step = kept[written][step]
        written = (*written, step)
    return written


def load_site(path: str | os.PathLike[str], base: str | None = None) -> Reading:
    """Read a site file; ``-`` is standard input. Whatever is wrong with the file is in the result's problems.

    A relative path starts from ``base`` if that is given; in the result it is as it was given itself.
    """
    path = os.fspath(path)
    try:
        raw = read_bytes(path if base is None else os.path.join(base, path))
    except (OSError, ValueError) as error:
        return unreadable(path, error)
    reading = parse_site(raw, path)
    return reading if base is None else reading._replace(base=base)


def peek_id(path: str) -> str | None:
    """Tell the id that a site file gives, whatever else is right or wrong in it; None when it gives none."""
    try:
        profile = rtoml.loads(read_bytes(path).decode().removeprefix("\ufeff")).get("site")
    except (OSError, ValueError):
        return None
    id = profile.get("id") if isinstance(profile, dict) else None
    return id if isinstance(id, str) else None


_ID_LINE = re.compile(
    rb"""
    (?:\A|\n)[ \t]*\[site\][ \t]*(?:\#[^\n]*)?\n    # The header of the table,
    (?:(?![ \t]*\[)[^\n]*\n)*?                          # lines before the next header,
    [ \t]*id[ \t]*=[ \t]*"([a-z0-9-]+)"[ \t]*\r?(?:\n|\Z)
    """,
    re.VERBOSE,
)
_SEVERAL_LINES = re.compile(rb"\"{3}|'{3}")


def glance_at_id(path: str) -> str | None:
    """Return the id of a site like ``peek_id``, but faster; it may return one even if the file is not TOML."""
    try:
        raw = read_bytes(path)
    except (OSError, ValueError):
        return None
    found = _ID_LINE.search(raw)
    # In a text of several lines, what looks like keys is none.
    return found[1].decode() if found and not _SEVERAL_LINES.search(raw, 0, found.end()) else peek_id(path)


def parse_site(raw: bytes, path: str = STANDARD_INPUT) -> Reading:
    """Read a site from the bytes of its file; ``path`` is where they came from."""
    try:
        source = raw.decode()
    except UnicodeDecodeError as error:
        return not_utf8(path, raw, error)
    source = source.removeprefix("\ufeff")
    try:
        data = rtoml.loads(source)
    except (rtoml.TomlParsingError, ValueError) as error:
        from pilot_cli.site.mistakes.syntax import explain_all

        return Reading(path, None, explain_all(str(error), source), source)
    if has_too_many_values(data, source):
        return unreadable(path, TOO_MANY_VALUES)
    try:
        site = _site(data)
    except ValidationError as error:
        return _partial(path, source, data, error)
    return Reading(path, site, _required(data), source)


def read_bytes(path: str) -> bytes:
    """Read the file of a site, or standard input.

    Raises:
        UnreadableError: it is too large, or no file.
        OSError: the operating system refuses it.
    """
    raw = _read_standard_input() if path == STANDARD_INPUT else _read_file(path)
    if len(raw) > MAX_FILE_BYTES:
        raise UnreadableError(message("it is larger than 1 MiB"))
    return raw


@cache
def _read_standard_input() -> bytes:
    """Read it once; for places it is looked at again."""
    if sys.stdin is None:
        raise UnreadableError(message("standard input is closed"))
    return sys.stdin.buffer.read(MAX_FILE_BYTES + 1)


def _read_file(path: str) -> bytes:
    """Read a regular file, up to one byte more than is allowed; never wait for a pipe or a device."""
    descriptor = os.open(path, _READING)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableError(message("it is not a regular file"))
        raw = os.read(descriptor, min(found.st_size, MAX_FILE_BYTES) + 1)
        while len(raw) <= MAX_FILE_BYTES and len(raw) != found.st_size:
            chunk = os.read(descriptor, MAX_FILE_BYTES + 1 - len(raw))
            if not chunk:
                break
            raw += chunk
        return raw
    finally:
        os.close(descriptor)


def unreadable(path: str, error: OSError | ValueError) -> Reading:
    """Say why a file cannot be read."""
    reason: Message | str
    match error:
        case UnreadableError():
            reason = error.reason
        case PermissionError() if sys.platform != "win32":
            reason = message("you have no permission")
        case FileNotFoundError():
            reason = message("it is no longer there")
        case IsADirectoryError():
            reason = message("it is not a regular file")
        case _:
            reason = os_reason(error) if isinstance(error, OSError) else str(error)
    text = message("The file cannot be read: {why}", why=reason)
    return Reading(path, None, (Problem(READABLE, text, READABLE.advice, place=Place(1, 1)),))


def not_utf8(path: str, raw: bytes, error: UnicodeDecodeError) -> Reading:
    """Say in which encoding a file seems to be, or that it is no text."""
    if raw.startswith(OFFICE_FILE_STARTS):
        office = message("The file was made by Excel, Word or WPS and is no site file")
        use_import = message("Use pilot import to make site files from an Excel ledger.")
        return Reading(path, None, (Problem(UTF8, office, use_import, place=Place(1, 1)),))
    before = raw[: error.start]
    line_start = before.rfind(b"\n") + 1
    place = Place(before.count(b"\n") + 1, len(before[line_start:].decode(errors="replace")) + 1)
    source = raw.decode(errors="replace")
    text, advice = message("The file is not UTF-8 text"), UTF8.advice
    in_notepad = message("In Notepad choose “Save as” and the encoding UTF-8.")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text, advice = message("The file is saved as UTF-16 (“Unicode”), not as UTF-8"), in_notepad
    else:
        with suppress(UnicodeDecodeError):
            source = raw.decode("gb18030")
            text, advice = message("The file is saved in the encoding GBK (ANSI), not as UTF-8"), in_notepad
    return Reading(path, None, (Problem(UTF8, text, advice, place=place),), source)


_PILLARS = frozenset(Pillar)
_REQUIRED = frozenset(REQUIRED)
_STANDARD_KEYS = frozenset({"rules", "extends"})


@cache
def _validator() -> Callable[[Any], Site]:
    return TypeAdapter(Site).validator.validate_python


def _site(data: dict[str, Any], damaged: Collection[str] = ()) -> Site:
    """Build a site; of the five ones an empty table is as good as an absent one, if nothing was left out of it."""
    empty = _PILLARS.difference(damaged)
    return _validator()({key: value for key, value in data.items() if value != {} or key not in empty})


def validation_errors(data: dict[str, Any]) -> list[ErrorDetails]:
    """List what the format does not allow in a site that is to be written, as pydantic tells it."""
    try:
        _validator()(data)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def _partial(path: str, source: str, data: dict[str, Any], error: ValidationError) -> Reading:
    """Leave out what the model refuses, report each, and build the site from the rest."""
    from pilot_cli.site.mistakes.validation_messages import UNKNOWN_KEY, describe, rule_of

    is_standard = looks_like_standard(data)
    required = _required(data)
    errors = error.errors(include_url=False)
    kept = leave_out(data, errors)
    unlisted = Counter[RuleInfo]()
    problems = (*map(describe, list_first(errors, unlisted, rule_of)), *required)
    left_out = {_without_index(details["loc"]) for details in errors if details["type"] != UNKNOWN_KEY}
    site = _site(data, {str(key) for key, *below in left_out if below})
    return Reading(path, site, problems, source, kept, tuple(left_out), is_standard=is_standard, unlisted=unlisted)


def _without_index(path: KeyPath) -> KeyPath:
    """Of the element of a list, return the path of the list."""
    return path[:-1] if isinstance(path[-1], int) else path


def has_too_many_values(data: dict[str, Any], source: str) -> bool:
    """Whether there are more values in a document than anybody writes, which would take long to judge."""
    # A value takes two characters at least.
    if len(source) < 2 * MAX_VALUES:
        return False
    values = 0
    left: list[dict[str, Any] | list[Any]] = [data]
    while left and values <= MAX_VALUES:
        holder = left.pop()
        inside = holder.values() if isinstance(holder, dict) else holder
        values += len(inside)
        left += [value for value in inside if isinstance(value, dict | list)]
    return values > MAX_VALUES


def leave_out(data: dict[str, Any], errors: Iterable[ErrorDetails]) -> dict[KeyPath, tuple[int, ...]]:
    """Take out of what was read what a model refuses; return for each list which elements of the file it still has."""
    refused: dict[KeyPath, set[str | int]] = defaultdict(set)
    for details in errors:
        refused[details["loc"][:-1]].add(details["loc"][-1])
    kept = {}
    # The deepest first, so that the indexes in the paths of the others stay right.
    for location in sorted(refused, key=len, reverse=True):
        holder: Any = data
        for step in location:
            holder = holder[step]
        if isinstance(holder, list):
            kept[location] = tuple(index for index in range(len(holder)) if index not in refused[location])
            holder[:] = [holder[index] for index in kept[location]]
        else:
            for key in refused[location]:
                del holder[key]
    return kept


def looks_like_standard(data: Mapping[str, Any]) -> bool:
    """Whether a document is a standard by its look.

    Either key is unknown to site files, so that no standard is taken for one without errors.
    """
    return "site" not in data and not data.keys().isdisjoint(_STANDARD_KEYS)


def _required(data: dict[str, Any]) -> tuple[Problem, ...]:
    """Report the required keys that the file does not have."""
    profile = data.get("site", {})
    if not isinstance(profile, dict) or profile.keys() >= _REQUIRED:
        return ()
    return tuple(required_key(key) for key in REQUIRED if key not in profile)


def required_key(key: str, *, is_blank: bool = False) -> Problem:
    """Report one of the required keys, which the file does not have, or which says nothing."""
    from pilot_cli.site.mistakes.path_name import PathName

    text = message("{key} is required, but absent", key=PathName(("site", key)))
    # A second line with the same key would be the next mistake.
    line = f'{key} = "…"'
    advice = message("Write: {line}", line=line) if is_blank else message('Add it below [site]: {key} = "…"', key=key)
    return Problem(VALID_VALUE, text, advice, path=("site", key))
