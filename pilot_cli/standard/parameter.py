"""The keys of a standard's file: each is declared with the function that reads its value, or refuses it.

This does the work of models of pydantic, of which a standard would need thirty; building them would make every start of
pilot a tenth slower.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple, TypeVar

from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.site.field import Field, FieldKind, all_fields, find_field, known_keys
from pilot_cli.site.model import Site
from pilot_cli.site.problem import KeyPath

T = TypeVar("T")
WordT = TypeVar("WordT", bound=StrEnum)
Where = Mapping[str, frozenset[str]]
"""Which rows are meant: for each key of the row the words of which it has to have one."""


class ParameterError(Exception):
    """A key of a standard cannot be used; the text says why."""

    def __init__(self, what: str, path: KeyPath = ()) -> None:
        super().__init__(what)
        self.what = what
        self.path = path


class error_at:  # noqa: N801
    """Let an error name the key, or the entry of a list, that it is about.

    A standard has two thousand of them; as a generator, this would take a sixth of the time of loading it.
    """

    def __init__(self, key: str | int) -> None:
        self._key = key

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        if isinstance(error, ParameterError):
            raise ParameterError(error.what, (self._key, *error.path)) from error


class _Required:
    """Stands for the default of a parameter that has none."""


class Parameter(NamedTuple):
    """A declared key: what reads its value, and what it is when it is absent."""

    read: Callable[[Any], Any]
    default: Any
    key: str


def parameter(read: Callable[[Any], T], default: Any = _Required, key: str = "") -> T:
    """Declare a key by what reads its value; without a default it has to be given.

    The key is called as the attribute is, if not said otherwise.
    """
    declared: Any = Parameter(read, default, key)
    return declared  # type: ignore[no-any-return]


class Declared:
    """A table of a standard, whose keys are declared as class attributes."""

    _parameters: ClassVar[dict[str, Parameter]]
    _takes_more: ClassVar[bool] = False

    def __init_subclass__(cls, takes_more: bool = False) -> None:
        names = [name for base in reversed(cls.__mro__) for name in vars(base)]
        cls._parameters = {name: found for name in names if isinstance(found := getattr(cls, name, None), Parameter)}
        cls._takes_more = takes_more

    def __init__(self, values: Any, others: Iterable[str] = ()) -> None:
        """Read a table; ``others`` are keys that may stand beside it, to name where one is meant.

        Raises:
            ParameterError: a key is missing, superfluous or not usable.
        """
        rest = dict(table(values))
        for name, declared in self._parameters.items():
            key = declared.key or name
            if key in rest:
                with error_at(key):
                    value = declared.read(rest.pop(key))
            elif declared.default is _Required:
                raise ParameterError(_("it is missing"), (key,))
            else:
                value = declared.default
            setattr(self, name, value)
        if rest and not self._takes_more:
            key = next(iter(rest))
            raise ParameterError(with_near(_("it does not belong here"), key, [*self.declared_keys(), *others]), (key,))
        self.more: dict[str, Any] = rest
        """What is not declared, in a table that takes more."""
        self.validate()

    @classmethod
    def declared_keys(cls) -> list[str]:
        """List the keys as a file has them."""
        return [declared.key or name for name, declared in cls._parameters.items()]

    def parameters(self) -> Iterator[tuple[str, Any]]:
        """Yield the names and values of what is declared."""
        for name in self._parameters:
            yield name, getattr(self, name)

    def validate(self) -> None:
        """Raise a ParameterError when the values do not go together."""


def site_field(path: Any, within: type = Site) -> Field:
    """Read the name of any field of the site format, or of the rows of one of its lists."""
    try:
        return find_field(text(path), within)
    except KeyError:
        what = _("the site format has no field “{path}”").format(path=path)
        known = [field.path for field in all_fields()] if within is Site else []
        raise ParameterError(with_near(what, path, known)) from None


def _field_reader(wanted: str, accepts: Callable[[Field], bool]) -> Callable[[Any], Field]:
    def read(path: Any) -> Field:
        found = site_field(path)
        if not accepts(found):
            raise wrong_field(found, _(wanted))
        return found

    return read


def wrong_field(found: Field, wanted: str) -> ParameterError:
    """Make the error of a field that is not of the kind that is wanted."""
    return ParameterError(_("the field “{path}” is not {wanted}").format(path=found.path, wanted=wanted))


value_field = _field_reader(N_("a value"), lambda found: found.kind is not FieldKind.TABLE)
number_field = _field_reader(N_("a number"), lambda found: found.kind is FieldKind.NUMBER and not found.is_list)
date_field = _field_reader(N_("a date"), lambda found: found.kind is FieldKind.DATE and not found.is_list)
dates_field = _field_reader(N_("a date"), lambda found: found.kind is FieldKind.DATE)
list_field = _field_reader(N_("a list"), lambda found: found.is_list)
words_field = _field_reader(N_("a list of texts"), lambda found: found.is_list and found.kind is FieldKind.TEXT)
texts_field = _field_reader(
    N_("a list of texts"),
    lambda found: found.is_list and found.kind is FieldKind.TEXT and not found.words and not found.is_of_rows,
)
table_field = _field_reader(N_("a table"), lambda found: found.kind is FieldKind.TABLE)
rows_field = _field_reader(N_("a list of tables"), lambda found: found.is_list and found.kind is FieldKind.TABLE)


def row_field(key: str, rows: Field) -> Field:
    """Read the name of a key of the tables of a list."""
    if rows.table is None or key not in known_keys(rows.keys):
        what = _("the entries of “{path}” have no key “{key}”").format(path=rows.path, key=key)
        raise ParameterError(with_near(what, key, known_keys(rows.keys)))
    return site_field(key, rows.table)


def list_of(read: Callable[[Any], T]) -> Callable[[Any], tuple[T, ...]]:
    """Read a list that is not empty."""

    def read_all(values: Any) -> tuple[T, ...]:
        if not isinstance(values, list) or not values:
            raise type_error(_("a list with something in it"), values)
        read_values = []
        for index, value in enumerate(values):
            with error_at(index):
                read_values.append(read(value))
        return tuple(read_values)

    return read_all


def _instance_reader(kind: type[T], wanted: str) -> Callable[[Any], T]:
    def read(value: Any) -> T:
        if not isinstance(value, kind):
            raise type_error(_(wanted), value)
        return value

    return read


text = _instance_reader(str, N_("a text"))
boolean = _instance_reader(bool, N_("true or false"))
table: Callable[[Any], dict[str, Any]] = _instance_reader(dict, N_("a table"))


def number(value: Any) -> float:
    """Read a number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise type_error(_("a number"), value)
    return value


def whole_number(lowest: int, highest: int | None = None) -> Callable[[Any], int]:
    """Read a whole number between two."""

    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise type_error(_("a whole number"), value)
        if value < lowest:
            raise type_error(_("a number of at least {limit}").format(limit=lowest), value)
        if highest is not None and value > highest:
            raise type_error(_("a number of at most {limit}").format(limit=highest), value)
        return value

    return read


def enum_of(words: type[WordT]) -> Callable[[Any], WordT]:
    """Read a word of a closed list."""

    def read(value: Any) -> WordT:
        try:
            return words(value)
        except ValueError:
            known = _(", ").join(words)
            raise type_error(_("one of the words of the list: {words}").format(words=known), value) from None

    return read


def text_like(pattern: str, expected: str) -> Callable[[Any], str]:
    """Read a text that matches a pattern."""

    def read(value: Any) -> str:
        if not re.fullmatch(pattern, text(value)):
            raise type_error(_(expected), value)
        return str(value)

    return read


def day_of_year(value: Any) -> tuple[int, int]:
    """Read a day that every year has, as month and day."""
    try:
        day = date.fromisoformat(f"2001-{text(value)}")
    except ValueError:
        raise type_error(_("a day of the year such as 03-31"), value) from None
    return day.month, day.day


def row_condition(value: Any) -> Where:
    """Read which rows are meant; whether the rows have such keys and words is up to ``check_where``."""
    if not isinstance(value, dict) or not value:
        raise type_error(_("a table with something in it"), value)
    conditions = {}
    for key, words in value.items():
        with error_at(key):
            conditions[key] = frozenset(list_of(text)(words))
    return conditions


def check_where(name: str, condition: Where, rows: Field) -> None:
    """Refuse a condition, the parameter of this name, that no row of a list can fulfil."""
    for key, words in condition.items():
        with error_at(name), error_at(key):
            check_words(sorted(words), row_field(key, rows))


def check_words(words: Iterable[str], found: Field) -> None:
    """Refuse words that are not in the closed list that a field takes its words from."""
    if found.kind is not FieldKind.TEXT:
        raise wrong_field(found, _("a text"))
    if found.words is None:
        return
    for word in words:
        if word not in list(found.words):
            message = _("“{word}” is not a word of “{path}”; it has: {known}")
            raise ParameterError(message.format(word=word, path=found.path, known=_(", ").join(found.words)))


def with_near(what: str, word: str, known: Iterable[str]) -> str:
    """Add to what is wrong with a word the known one that is nearest to it, if there is one."""
    from difflib import get_close_matches

    by_key = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold(), by_key, n=1)
    return _("{what}; did you mean “{word}”?").format(what=what, word=by_key[near[0]]) if near else what


def type_error(expected: str, value: Any) -> ParameterError:
    """Make the error of a value that is not what was expected."""
    from pilot_cli.site.mistakes.validation_messages import describe_value

    message = _("it should be {expected}, but is {given}")
    return ParameterError(message.format(expected=expected, given=describe_value(value)))
