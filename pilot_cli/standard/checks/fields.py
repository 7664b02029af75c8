"""Checks on single fields: whether they are given, how large they are, what they hold."""

from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import NameList, message
from pilot_cli.site.field import Field
from pilot_cli.site.model import Pillar, Site
from pilot_cli.standard.check import Check, Context, Failure, Verdict, is_present, join_words, missing_field
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

    def decide(self, site: Site, context: Context) -> Verdict:
        if site.has(self.pillar):
            return []
        return [Failure(message("The table [{table}] is absent or empty", table=self.table.path), self.table.keys)]


class Given(Check):
    """Each of the fields is given."""

    fields: tuple[Field, ...] = parameter(list_of(value_field))

    def decide(self, site: Site, context: Context) -> Verdict:
        return [missing_field(field) for field in self.fields if not is_present(field.get(site))]


class AtLeast(Check):
    """The number is given and at least ``value``."""

    field: Field = parameter(number_field)
    value: float = parameter(number)

    def decide(self, site: Site, context: Context) -> Verdict:
        number = self.field.get(site)
        if number is None:
            return [missing_field(self.field)]
        if number >= self.value:
            return []
        template = N_("{label} is {number:.10g}, below {value:.10g}")
        return [Failure(message(template, label=self.field, number=number, value=self.value), self.field.keys)]


class AtMost(Check):
    """The sum of the numbers is at most ``value``; one that is absent counts as 0."""

    fields: tuple[Field, ...] = parameter(list_of(number_field))
    value: float = parameter(number)

    def decide(self, site: Site, context: Context) -> Verdict:
        number = sum(field.get(site) or 0 for field in self.fields)
        if number <= self.value:
            return []
        labels = NameList(self.fields, N_(" and "))
        text = message("{label} are {number:.10g}, above {value:.10g}", label=labels, number=number, value=self.value)
        return [Failure(text, self.fields[0].keys)]


class NotLess(Check):
    """The number is given and not below another, if that is given."""

    field: Field = parameter(number_field)
    than: Field = parameter(number_field)

    def decide(self, site: Site, context: Context) -> Verdict:
        number, other = self.field.get(site), self.than.get(site)
        if number is None:
            return [missing_field(self.field)]
        if other is None or number >= other:
            return []
        template = N_("{label} ({number:.10g}) is below {other_label} ({other:.10g})")
        text = message(template, label=self.field, number=number, other_label=self.than, other=other)
        return [Failure(text, self.field.keys)]


class Includes(Check):
    """The list holds each of the values."""

    field: Field = parameter(words_field)
    values: tuple[str, ...] = parameter(list_of(text))

    def validate(self) -> None:
        with error_at("values"):
            check_words(self.values, self.field)

    def decide(self, site: Site, context: Context) -> Verdict:
        held = self.field.get(site)
        missing = [value for value in self.values if value not in held]
        if not missing:
            return []
        text = message("{label}: {missing} missing", label=self.field, missing=join_words(missing, self.field))
        return [Failure(text, self.field.keys)]
