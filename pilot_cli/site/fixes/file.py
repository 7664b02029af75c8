"""Finds what can be corrected in a site file."""

import re
from collections.abc import Iterator
from difflib import unified_diff
from typing import NamedTuple

from pilot_cli.site.fixes.mending import Mended, mend
from pilot_cli.site.problem import Problem
from pilot_cli.site.reader import parse_site, read_bytes, unreadable

_LINE = re.compile("[^\n]*\n|[^\n]+$")
_NO_LINE_END = "\n\\ No newline at end of file\n"
"""How a difference says that a file does not end with the end of a line."""


class FileFix(NamedTuple):
    """What can be mended in a site file."""

    path: str
    raw: bytes = b""
    """The bytes of the file as it is."""
    mended: Mended | None = None
    """The text mended; None where it cannot be read."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the file once it is mended."""
    is_standard: bool = False
    """Whether it is a standard by its look, and no site."""

    @property
    def has_changes(self) -> bool:
        """Whether there is something to mend."""
        return self.mended is not None and bool(self.mended.kinds)


def look_at(path: str) -> FileFix:
    """Read a site file, and mend it in memory; nothing is written."""
    try:
        raw = read_bytes(path)
    except (OSError, ValueError) as error:
        return FileFix(path, problems=unreadable(path, error).problems)
    mended = mend(raw)
    if mended is None:
        return FileFix(path, raw, problems=parse_site(raw, path).problems)
    reading = parse_site(mended.after.encode(), path)
    return FileFix(path, raw, mended, reading.problems, reading.is_standard)


def difference(path: str, mended: Mended) -> Iterator[str]:
    """Write what is mended in a file as a difference that the program patch understands, line by line."""
    # A name with blanks ends with a tab.
    name = f"{path}\t" if " " in path else path
    for line in unified_diff(_LINE.findall(mended.before), _LINE.findall(mended.after), name, name):
        yield line if line.endswith("\n") else line + _NO_LINE_END
