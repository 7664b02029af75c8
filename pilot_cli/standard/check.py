"""What a check is: a verb with parameters that decides whether a site keeps a rule."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property, partial
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar, Generic, NamedTuple, TypeVar, overload

from pilot_cli.locale.message import BilingualText, Message, NameList, Text, message
from pilot_cli.site.field import Field
from pilot_cli.site.folder import Folder
from pilot_cli.site.model import Site, Table
from pilot_cli.site.problem import KeyPath
from pilot_cli.site.texts import Placeholders
from pilot_cli.standard.parameter import Declared, Where, row_field

if TYPE_CHECKING:
    from pilot_cli.site.inspections import SeenOnSite

MAX_NAME_LENGTH = 40
"""The most characters of a text of the site that a message repeats."""
RowTest = Callable[[Table, date], bool]
"""Whether a row of a list is one of those that are meant, as of a day; it can be sent to another process."""


class Context(NamedTuple):
    """What a check may know besides the site."""

    as_of: date
    folder: Folder | None
    """The folder of the site file, which the paths of documents start from; None where nothing is known of it."""
    known_rules: frozenset[str]
    """The ids of all rules of the standard, also of those that are not judged this time."""
    placeholders: Placeholders
    source_path: Callable[[KeyPath], KeyPath]
    """Turns a path in the site into the path in the file."""
    seen: "SeenOnSite | None" = None
    """What inspectors saw; None where nothing is known of it."""

    def is_given(self, value: object) -> bool:
        """Whether there is a value that says something; of a list, some element."""
        if value is None:
            return False
        if type(value) is str:
            return not self.placeholders.has(value)
        if type(value) is tuple:
            return any(map(self.is_given, value))
        return True

    def text(self, text: str | None) -> str | None:
        """Return a text that says something."""
        return None if text is None or self.placeholders.has(text) else text

    def given(self, texts: Iterable[str]) -> list[str]:
        """Leave out the elements of a list that say nothing."""
        return [text for text in texts if text not in self.placeholders]

    def has(self, field: Field, value: object) -> bool:
        """Whether the value of a field is given, and not the day of an event that is still to come."""
        if type(value) is str:
            return not self.placeholders.has(value)
        if field.is_event and isinstance(value, date):
            return value <= self.as_of
        return self.is_given(value)

    def people(self, names: set[str]) -> set[str]:
        """Return the people who are named, each once; a name that says nothing names nobody."""
        return {*map(self.placeholders.name, names)} - {""}

    def happened(self, day: date | None) -> date | None:
        """Return the day of an event; None while it is still to come."""
        return None if day is None or day > self.as_of else day


class Failure(NamedTuple):
    """One way in which a site does not keep a rule, and where."""

    message: Text
    path: KeyPath
    subjects: tuple[str, ...] = ()
    """For rules over rows and periods, the things that it is about, wherever these stand; see ``subject_of``."""
    file: str = ""
    """The file that it stands in, where that is not the site file, and the path is that in the file."""
    heading: Text | None = None
    """What heads it, where that depends on the case; see ``Check.heading`` for what heads all."""


Row = TypeVar("Row")


class FailedRows(Sequence[Failure], Generic[Row]):
    """The rows of a list by which a rule is not kept, which may be many: what is to say of one is made when asked."""

    def __init__(self, rows: Sequence[Row], tell: Callable[[Row], Failure]) -> None:
        self._rows = rows
        self._tell = tell

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Failure: ...
    @overload
    def __getitem__(self, index: slice) -> list[Failure]: ...
    def __getitem__(self, index: int | slice) -> Failure | list[Failure]:
        if isinstance(index, slice):
            return list(map(self._tell, self._rows[index]))
        return self._tell(self._rows[index])


class Verdict(NamedTuple):
    """What a check found on a site that its rule applies to."""

    failures: Sequence[Failure]
    """None when the rule is kept."""
    in_order: int = 0
    looked_at: int = 1
    """How many things were looked at, and how many of them are in order, for rules that give credit by share."""


KEPT = Verdict([], 1)
UNSEEN = Verdict([], 0, 0)
"""The rule would apply, but nobody has looked yet: it counts neither way, and the site waits to be visited."""


def of_rows(failed: Sequence[Row], tell: Callable[[Row], Failure], looked_at: int) -> Verdict:
    """Judge by the rows that are not in order, of those that were looked at."""
    return Verdict(FailedRows(failed, tell), looked_at - len(failed), looked_at) if failed else KEPT


class Check(Declared, ABC):
    """A verb, whose parameters are given by the rule that uses it."""

    has_share: ClassVar[bool] = False
    """Whether it tells how many things are in order, so that a rule may give credit by share."""
    judges_each: ClassVar[bool] = False
    """Whether it judges rows, documents or fields each for itself, so that one may be wanting and the others judged."""
    over_periods: ClassVar[bool] = False
    """Whether it looks at what has to be done in each period, so that what was missed stays missed."""
    gives_share: ClassVar[bool] = False
    """Whether its rules give credit by share without saying so."""
    facts: ClassVar[tuple[str, ...]] = ()
    """The names of what it finds out, which the ``problem`` of its rule may have in braces."""
    rule: str = ""
    """The id of the rule that uses it."""
    problem: BilingualText = BilingualText("")
    """What the rule says is wrong where it is not kept."""

    @abstractmethod
    def decide(self, site: Site, context: Context) -> Verdict | None:
        """Judge a site; None when the rule does not apply to it."""

    @property
    def heading(self) -> Text:
        """What is wrong where the rule is not kept, of no site in particular."""
        return self.problem

    def looks_at(self) -> Iterator[str]:
        """Yield the dotted paths of what has to be known to decide."""
        for value in vars(self).values():
            # A field is a tuple too.
            several = isinstance(value, tuple) and not isinstance(value, Field)
            for field in value if several else (value,):
                if isinstance(field, Field):
                    yield field.path

    @cached_property
    def looked_at(self) -> tuple[str, ...]:
        """The dotted paths of what has to be known to decide."""
        return tuple(self.looks_at())

    def failed(self, path: KeyPath, detail: Message | NameList | None = None) -> Verdict:
        """Say what the rule says is wrong and, where that helps, what is in the file."""
        return Verdict([Failure(self.in_detail(detail) if detail else self.problem, path)])

    def in_detail(self, detail: Message | NameList) -> Message:
        """Say what is wrong, and what is in the file."""
        return message("{problem}: {detail}", problem=self.problem, detail=detail)


def missing_field(field: Field, value: object, context: Context) -> Message | None:
    """Say that a value is not given, or is the day of an event that is still to come; None where it is there."""
    if context.has(field, value):
        return None
    return still_to_come(field, value) if isinstance(value, date) else not_given(field)


def not_given(field: Field) -> Message:
    """Say that a field is not given."""
    return message("{label}: not given", label=field)


def still_to_come(field: Field, day: date) -> Message:
    """Say that a day is after the as-of date."""
    return message("{label} ({day}) is after the as-of date", label=field, day=day)


def row_test(where: Where, rows: Field) -> RowTest:
    """Return what tells whether a row of a list is one of those that are meant."""
    tests = [_key_test(key, words, rows) for key, words in where.items()]
    return tests[0] if len(tests) == 1 else partial(_passes_all, tests)


def _key_test(key: str, words: frozenset[str], rows: Field) -> RowTest:
    if rows.table and key in rows.table.keys_behind:
        return partial(_has_word_on, key, words)
    return partial(_has_some_word if row_field(key, rows).is_list else _has_word, attrgetter(key), words)


def _has_word(get: Callable[[Table], str | None], words: frozenset[str], row: Table, _as_of: date) -> bool:
    return get(row) in words


def _has_some_word(get: Callable[[Table], Iterable[str]], words: frozenset[str], row: Table, _as_of: date) -> bool:
    return not words.isdisjoint(get(row))


def _has_word_on(key: str, words: frozenset[str], row: Table, as_of: date) -> bool:
    return row.value_on(key, as_of) in words


def _passes_all(tests: Iterable[RowTest], row: Table, as_of: date) -> bool:
    return all(test(row, as_of) for test in tests)


def keys_looked_at(rows: Field, keys: Iterable[str]) -> Iterator[str]:
    """Yield the dotted paths of keys of rows, and of those that have a say in their values."""
    for key in keys:
        yield f"{rows.path}.{key}"
        for other in rows.table.keys_behind.get(key, ()) if rows.table else ():
            yield f"{rows.path}.{other}"


def shorten(text: str, most: int = MAX_NAME_LENGTH) -> str:
    """Cut a text of the site so that a message stays readable."""
    return text if len(text) <= most else text[: most - 1] + "…"


def row_name(context: Context, path: KeyPath, row: Table) -> Message:
    """Say which row of a list is meant: by its number and, where it has one, its title or name."""
    kind = Message(row.row_title)
    number = context.source_path(path)[-1]
    assert isinstance(number, int)
    title = getattr(row, "title", None) or getattr(row, "name", None)
    if title and context.is_given(title):
        return message("{kind} {number} “{title}”", kind=kind, number=number + 1, title=shorten(title))
    return message("{kind} {number}", kind=kind, number=number + 1)


def subject_of(context: Context, row: Table) -> tuple[str, ...]:
    """Say what a row is about, wherever it stands in its list; nothing where none of its keys tells."""
    values = (getattr(row, key) for key in row.told_apart_by)
    told = " ".join(str(value) for value in values if context.is_given(value))
    return (told,) if told else ()


def join_words(words: Iterable[str], field: Field, separator: str = ", ") -> NameList:
    """List words of a closed list."""
    return NameList(tuple(words if field.words is None else map(field.words, words)), separator)
