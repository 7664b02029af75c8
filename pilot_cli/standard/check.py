"""What a check is: a verb with parameters that decides whether a site keeps a rule."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from pilot_cli.locale.message import Message, NameList, message
from pilot_cli.site.field import Field
from pilot_cli.site.folder import Folder
from pilot_cli.site.model import Site, Table
from pilot_cli.site.problem import KeyPath
from pilot_cli.standard.parameter import Declared, Where

MAX_NAME_LENGTH = 40
"""The most characters of a text of the site that a message repeats."""


class Context(NamedTuple):
    """What a check may know besides the site."""

    as_of: date
    folder: Folder
    """The folder of the site file, which the paths of documents start from."""
    known_rules: frozenset[str]
    """The ids of all rules of the standard, also of those that are not judged this time."""
    source_path: Callable[[KeyPath], KeyPath]
    """Turns a path in the site into the path in the file."""


class Failure(NamedTuple):
    """One way in which a site does not keep a rule, and where."""

    message: Message
    path: KeyPath


Verdict = list[Failure] | None
"""The failures that a check found, none when the rule is kept; None when the rule does not apply to the site."""


class Check(Declared, ABC):
    """A verb, whose parameters are given by the rule that uses it."""

    @abstractmethod
    def decide(self, site: Site, context: Context) -> Verdict:
        """Judge a site."""


def matches(row: Table, where: Where) -> bool:
    """Whether a row of a list is one of those that are meant."""
    for key, words in where.items():
        value = getattr(row, key)
        if isinstance(value, tuple):
            if set(words).isdisjoint(value):
                return False
        elif value not in words:
            return False
    return True


def is_present(value: object) -> bool:
    """Whether a value is present and, for a text, not blank; for a list, not empty."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and (bool(value) or not isinstance(value, tuple))


def missing_field(field: Field) -> Failure:
    """Report a field that is absent or blank."""
    return Failure(message("{label}: not given", label=field), field.keys)


def shorten(text: str) -> str:
    """Cut a text of the site so that a message stays readable."""
    return text if len(text) <= MAX_NAME_LENGTH else text[: MAX_NAME_LENGTH - 1] + "…"


def row_name(context: Context, path: KeyPath, row: Table) -> Message:
    """Say which row of a list is meant: by its number and, where it has one, its title or name."""
    kind = Message(row.row_title)
    number = context.source_path(path)[-1]
    assert isinstance(number, int)
    title = getattr(row, "title", None) or getattr(row, "name", None)
    if title:
        return message("{kind} {number} “{title}”", kind=kind, number=number + 1, title=shorten(title))
    return message("{kind} {number}", kind=kind, number=number + 1)


def join_words(words: Iterable[str], field: Field) -> NameList:
    """List words of a closed list."""
    return NameList(tuple(words if field.words is None else map(field.words, words)))
