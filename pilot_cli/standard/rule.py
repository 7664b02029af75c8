"""What a rule is: its texts, what it applies to, and the check that decides it."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from pilot_cli.locale import gettext as _
from pilot_cli.site.field import Field, FieldKind
from pilot_cli.site.model import Site
from pilot_cli.site.rule_info import RuleInfo, Severity
from pilot_cli.standard.check import Check, Context
from pilot_cli.standard.parameter import (
    Declared,
    boolean,
    check_words,
    list_of,
    number,
    parameter,
    text,
    type_error,
    wrong_field,
)

POINTS = {Severity.ERROR: 3, Severity.WARNING: 2, Severity.INFO: 1}
"""The points of a rule that does not say how many it is worth."""

Test = Callable[[Any], bool]


class Credit(StrEnum):
    """What a rule that is not kept earns: nothing, or the share of the things that are in order."""

    ALL = "all"
    SHARE = "share"


class Condition(Declared):
    """What must hold of a field for a rule to apply; in the file a plain list stands for ``in``."""

    words: tuple[str, ...] | None = parameter(list_of(text), None, key="in")
    excluded: tuple[str, ...] | None = parameter(list_of(text), None, key="not")
    at_least: float | None = parameter(number, None)
    at_most: float | None = parameter(number, None)
    given: bool | None = parameter(boolean, None)

    def __init__(self, value: Any) -> None:
        super().__init__({"in": value} if isinstance(value, list) else value)

    def validate(self) -> None:
        """See ``Declared``."""
        if not self._is_about_something():
            raise type_error(_("a table with something in it"), {})

    def _is_about_something(self) -> bool:
        return any(getattr(self, name) is not None for name in self._parameters)

    def tests(self) -> Iterator[Test]:
        """Yield what has to be true of the value; an absent one is none of the words and not a number."""
        if self.words is not None:
            yield frozenset(self.words).__contains__
        if self.excluded is not None:
            excluded = frozenset(self.excluded)
            yield lambda value: value not in excluded
        if self.at_least is not None:
            low = self.at_least
            yield lambda value: value is not None and value >= low
        if self.at_most is not None:
            high = self.at_most
            yield lambda value: value is not None and value <= high

    def validate_for(self, field: Field) -> None:
        """Refuse a condition that makes no sense for a field."""
        is_bound = self.at_least is not None or self.at_most is not None
        words = (*(self.words or ()), *(self.excluded or ()))
        if is_bound and (field.is_list or field.kind is not FieldKind.NUMBER):
            raise wrong_field(field, _("a number"))
        if field.kind is FieldKind.TABLE or (words and field.is_list):
            raise wrong_field(field, _("a single value"))
        if words:
            check_words(words, field)


class Applies(NamedTuple):
    """One of the conditions under which a rule applies."""

    field: Field
    condition: Condition

    @property
    def key(self) -> tuple[object, ...]:
        """The same for those that say the same."""
        return self.field.path, *self.condition.parameters()

    def test(self) -> Callable[[Site, Context], bool]:
        """Return what tells whether it holds of a site."""
        field, get, wanted = self.field, self.field.get, self.condition.given
        tests = tuple(self.condition.tests())
        if wanted is None and len(tests) == 1:
            test = tests[0]
            return lambda site, _context: test(get(site))

        def holds(site: Site, context: Context) -> bool:
            value = get(site)
            return all(test(value) for test in tests) and (wanted is None or context.has(field, value) is wanted)

        return holds


class Rule(NamedTuple):
    """One rule of a standard, ready to judge sites."""

    info: RuleInfo
    points: int
    """What it is worth; 0 where a site is told, and loses nothing."""
    credit: Credit
    applies: tuple[Applies, ...]
    """All of them must hold."""
    check: Check
    """Decides whether a site keeps the rule, or whether it applies at all."""
