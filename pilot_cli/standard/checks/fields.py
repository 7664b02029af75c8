"""Checks on single fields: whether they are given, how large they are, what they hold."""

from collections.abc import Iterator
from functools import cached_property

from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import NameList, Text, message
from pilot_cli.site.field import Field
from pilot_cli.site.model import Pillar, Site
from pilot_cli.standard.check import KEPT, Check, Context, Failure, Verdict, join_words, missing_field, not_given
from pilot_cli.standard.parameter import (
    check_words,
    error_at,
    list_of,
    number,
    number_field,
    parameter,
    table_field,
    text,
    value_field,
    words_field,
    wrong_field,
)


class TableGiven(Check):
    """The table is there, and not empty."""

    table: Field = parameter(table_field)

    def validate(self) -> None:
        if self.table.path not in list(Pillar):
            with error_at("table"):
                raise wrong_field(self.table, _("the table of one of the five ones"))
        self.pillar = Pillar(self.table.path)

    def decide(self, site: Site, context: Context) -> Verdict | None:
        return KEPT if site.has(self.pillar) else self.failed(self.table.keys)

    def looks_at(self) -> Iterator[str]:
        """See ``Check``: whatever the values in it are, the table is there."""
        yield self.table.path


class Given(Check):
    """Each of the fields is given."""

    has_share = True
    judges_each = True
    fields: tuple[Field, ...] = parameter(list_of(value_field))

    def decide(self, site: Site, context: Context) -> Verdict | None:
        for field in self.fields:
            if not context.has(field, field.get(site)):
                return self._failed(site, context)
        return KEPT

    def _failed(self, site: Site, context: Context) -> Verdict:
        failures = []
        for field in self.fields:
            value = field.get(site)
            missing = missing_field(field, value, context)
            if missing:
                says_all = len(self.fields) == 1 and not context.is_given(value)
                failures.append(Failure(self.problem if says_all else self.in_detail(missing), field.keys))
        return Verdict(failures, len(self.fields) - len(failures), len(self.fields))


class AnyGiven(Check):
    """Some of the fields is given."""

    fields: tuple[Field, ...] = parameter(list_of(value_field))

    def decide(self, site: Site, context: Context) -> Verdict | None:
        for field in self.fields:
            if context.has(field, field.get(site)):
                return KEPT
        return self.failed(self.fields[0].keys)


class NotGiven(Check):
    """None of the fields is given."""

    fields: tuple[Field, ...] = parameter(list_of(value_field))

    def decide(self, site: Site, context: Context) -> Verdict | None:
        found = [field for field in self.fields if context.has(field, field.get(site))]
        if not found:
            return KEPT
        return Verdict(
            [Failure(self.in_detail(message("{label} is given", label=field)), field.keys) for field in found]
        )


class AtLeast(Check):
    """The number is given and at least ``value``."""

    field: Field = parameter(number_field)
    value: float = parameter(number)

    def decide(self, site: Site, context: Context) -> Verdict | None:
        number = self.field.get(site)
        if number is None:
            return self.failed(self.field.keys, not_given(self.field))
        if number >= self.value:
            return KEPT
        text = message("{label} is {number:.10g}", label=self.field, number=number)
        return self.failed(self.field.keys, text)


class AtMost(Check):
    """The sum of the numbers is at most ``value``; one that is absent counts as 0."""

    fields: tuple[Field, ...] = parameter(list_of(number_field))
    value: float = parameter(number)

    def decide(self, site: Site, context: Context) -> Verdict | None:
        number = sum([field.get(site) or 0 for field in self.fields])
        if number <= self.value:
            return KEPT
        labels = NameList(self.fields, N_(" and "))
        text = message("{label} are {number:.10g}", label=labels, number=number)
        return self.failed(self.fields[0].keys, text)


class OneOf(Check):
    """The number is given and one of the values."""

    field: Field = parameter(number_field)
    values: tuple[float, ...] = parameter(list_of(number))

    def decide(self, site: Site, context: Context) -> Verdict | None:
        number = self.field.get(site)
        if number in self.values:
            return KEPT
        if number is None:
            text = not_given(self.field)
        else:
            text = message("{label} is {number:.10g}", label=self.field, number=number)
        return self.failed(self.field.keys, text)


class NotLess(Check):
    """The number is given and not below another, if that is given."""

    field: Field = parameter(number_field)
    than: Field = parameter(number_field)

    def decide(self, site: Site, context: Context) -> Verdict | None:
        number, other = self.field.get(site), self.than.get(site)
        if number is None:
            return self.failed(self.field.keys, not_given(self.field))
        if other is None or number >= other:
            return KEPT
        template = N_("{label} is {number:.10g}, {other_label} {other:.10g}")
        text = message(template, label=self.field, number=number, other_label=self.than, other=other)
        return self.failed(self.field.keys, text)


class Includes(Check):
    """The list holds each of the values."""

    has_share = True
    facts = ("missing",)
    field: Field = parameter(words_field)
    values: tuple[str, ...] = parameter(list_of(text))

    def validate(self) -> None:
        with error_at("values"):
            check_words(self.values, self.field)
        self._all = frozenset(self.values)

    @cached_property
    def _names_missing(self) -> bool:
        return "missing" in self.problem.places()

    @property
    def heading(self) -> Text:
        return self.problem.fill(missing=join_words(self.values, self.field, N_(" or ")))

    def decide(self, site: Site, context: Context) -> Verdict | None:
        held = self.field.get(site)
        if self._all.issubset(held):
            return KEPT
        present = frozenset(held)
        missing = [value for value in self.values if value not in present]
        words = join_words(missing, self.field)
        text: Text = self.problem.fill(missing=words)
        if not self._names_missing:
            text = self.in_detail(message("{missing} missing", missing=words))
        failure = Failure(text, self.field.keys)
        return Verdict([failure], len(self.values) - len(missing), len(self.values))


class Excludes(Check):
    """The list holds none of the values."""

    field: Field = parameter(words_field)
    values: tuple[str, ...] = parameter(list_of(text))

    def validate(self) -> None:
        with error_at("values"):
            check_words(self.values, self.field)
        self._all = frozenset(self.values)

    def decide(self, site: Site, context: Context) -> Verdict | None:
        held = self.field.get(site)
        if self._all.isdisjoint(held):
            return KEPT
        present = frozenset(held)
        found = [value for value in self.values if value in present]
        return self.failed(self.field.keys, join_words(found, self.field))
