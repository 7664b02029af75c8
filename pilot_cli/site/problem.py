"""What can be wrong with a site file itself, whatever the rules say."""

from enum import StrEnum
from typing import NamedTuple

from pilot_cli.locale import N_

KeyPath = tuple[str | int, ...]
"""Where a value stands: keys of tables and indexes of lists, e.g. ``("branch", "officers", 0, "name")``."""


EXCERPT_WIDTH = 40
"""So many characters of a line are shown around a place."""


class Severity(StrEnum):
    """How much a finding weighs, the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """The place in the order of gravity, 0 for the gravest."""
        return list(Severity).index(self)


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
        """Cut what is worth showing out of a line; ``column`` counts from 1."""
        start = max(0, column - 1 - EXCERPT_WIDTH // 2)
        return cls(line[start : start + EXCERPT_WIDTH].rstrip("\r\n"), column - 1 - start)


TITLES = {
    "F001": N_("The file can be read"),
    "F002": N_("The file is UTF-8 text"),
    "F003": N_("The file is TOML"),
    "F004": N_("The site format knows every key"),
    "F005": N_("Every value fits the site format"),
    "X001": N_("Each site has an ID of its own"),
    "X002": N_("Each branch has an approval number of its own"),
}
"""What is asked of site files, whatever the rules are."""


ADVICE = {
    "F001": N_("Check the file and who may read it; a site file is a text of a few kilobytes."),
    "F002": N_("Open the file in an editor and save it with the encoding UTF-8."),
    "F003": N_("Correct what is no TOML, at the line that is named, and check the site again."),
    "F004": N_("Correct or delete each key that the site format does not know."),
    "F005": N_("Correct each value, as is said of it."),
    "X001": N_("Give each site an ID of its own."),
    "X002": N_("Check which of the branches the approval belongs to."),
}
"""What to do about problems of many files; what is said of a single one is more to the point."""


def severity_of(id: str) -> Severity:
    """Tell how grave a problem is: an unknown key and a repeated approval number are warnings, all else is an error."""
    return Severity.WARNING if id in ("F004", "X002") else Severity.ERROR


class Problem(NamedTuple):
    """Something wrong with a site file; ``id`` is one of F001 to F005, X001 and X002."""

    id: str
    message: str
    advice: str
    path: KeyPath = ()
    place: Place | None = None

    @property
    def severity(self) -> Severity:
        """See ``severity_of``."""
        return severity_of(self.id)


def dotted(path: KeyPath) -> str:
    """Write a path as people read it: ``branch.officers[0].name``."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text
