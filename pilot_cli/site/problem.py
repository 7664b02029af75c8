"""What can be wrong with a site file itself, and where."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple, TypeVar

from pilot_cli.locale.message import Message, Text
from pilot_cli.site.rule_info import RuleInfo

KeyPath = tuple[str | int, ...]
"""Where a value stands: keys of tables and indexes of lists, e.g. ``("branch", "officers", 0, "name")``."""

MAX_LISTED = 100
"""So many problems or findings of one rule are listed of a site; the others are counted."""
EXCERPT_WIDTH = 40
"""The most characters of a line that are shown around a place."""


class Place(NamedTuple):
    """A place in a file; line and column count from 1, in characters."""

    line: int
    column: int


class Excerpt(NamedTuple):
    """The part of a line around a place, and how many of its characters stand before the place."""

    text: str
    offset: int

    @classmethod
    def around(cls, line: str, column: int) -> "Excerpt":
        """Cut what is worth showing out of a line, with an ellipsis where it is cut; ``column`` counts from 1."""
        line = line.rstrip("\r\n")
        start = max(0, column - 1 - EXCERPT_WIDTH // 2)
        end = start + EXCERPT_WIDTH
        before, after = "…" if start else "", "…" if end < len(line) else ""
        return cls(before + line[start + len(before) : end - len(after)] + after, column - 1 - start)


class Problem(NamedTuple):
    """A rule on site files that one of them does not keep, and where."""

    rule: RuleInfo
    message: Message
    advice: Text
    path: KeyPath = ()
    place: Place | None = None
    """Known from reading the file; else it is found from the path."""


def format_path(path: KeyPath) -> str:
    """Return the dotted path in the format of what stands at a path in a file: without the numbers of rows."""
    return ".".join([step for step in path if isinstance(step, str)])


def dotted(path: KeyPath) -> str:
    """Write a path as people read it: ``branch.officers[0].name``."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text


T = TypeVar("T")


def list_first(
    several: Iterable[T], unlisted: Counter[RuleInfo], rule_of: Callable[[T], RuleInfo] = attrgetter("rule")
) -> Iterator[T]:
    """Yield the first ``MAX_LISTED`` of each rule, and count the others."""
    listed = Counter[RuleInfo]()
    for one in several:
        rule = rule_of(one)
        if listed[rule] < MAX_LISTED:
            listed[rule] += 1
            yield one
        else:
            unlisted[rule] += 1
