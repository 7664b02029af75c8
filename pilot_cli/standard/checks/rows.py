"""Checks on lists: how many entries there are, and what each or some of them must have."""

from datetime import date

from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import Message, NameList, counted, message
from pilot_cli.site.field import Field, FieldKind
from pilot_cli.site.model import Site, Table
from pilot_cli.site.problem import KeyPath
from pilot_cli.standard.check import Check, Context, Failure, Verdict, is_present, join_words, matches, row_name
from pilot_cli.standard.parameter import (
    ParameterError,
    Where,
    check_where,
    error_at,
    list_field,
    list_of,
    parameter,
    row_condition,
    row_field,
    rows_field,
    text,
    whole_number,
    wrong_field,
)


class Count(Check):
    """The number of entries, or of those that match, is at least ``at_least`` and at most ``at_most``."""

    rows: Field = parameter(list_field)
    where: Where = parameter(row_condition, {})
    at_least: int | None = parameter(whole_number(0), None)
    at_most: int | None = parameter(whole_number(0), None)

    def validate(self) -> None:
        check_where("where", self.where, self.rows)
        if self.at_least is None and self.at_most is None:
            raise ParameterError(_("one of at_least and at_most is needed"))
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ParameterError(_("at_least is above at_most"))

    def decide(self, site: Site, context: Context) -> Verdict:
        rows = self.rows.get(site)
        number = sum([matches(row, self.where) for row in rows]) if self.where else len(rows)
        if (self.at_least is None or number >= self.at_least) and (self.at_most is None or number <= self.at_most):
            return []
        template = N_("{label}: {number}; asked for: {bounds}")
        text = message(template, label=self._label(), number=number, bounds=self._bounds())
        return [Failure(text, self.rows.keys)]

    def _label(self) -> Message:
        if not self.where or self.rows.table is None:
            return Message(self.rows.title)
        words = (join_words(words, row_field(key, self.rows)) for key, words in self.where.items())
        return message("{label} ({words})", label=self.rows, words=NameList(tuple(words)))

    def _bounds(self) -> Message:
        if self.at_least == self.at_most:
            return message("exactly {number}", number=self.at_least)
        if self.at_most is None:
            return message("at least {number}", number=self.at_least)
        if self.at_least is None:
            return message("at most {number}", number=self.at_most)
        return message("{low} to {high}", low=self.at_least, high=self.at_most)


class EachGiven(Check):
    """Each row that matches gives one of the keys. Applies when there is such a row."""

    rows: Field = parameter(rows_field)
    any_of: tuple[str, ...] = parameter(list_of(text))
    where: Where = parameter(row_condition, {})

    def validate(self) -> None:
        check_where("where", self.where, self.rows)
        with error_at("any_of"):
            for key in self.any_of:
                row_field(key, self.rows)

    def decide(self, site: Site, context: Context) -> Verdict:
        applies = False
        failures = []
        for index, row in enumerate(self.rows.get(site)):
            if self.where and not matches(row, self.where):
                continue
            applies = True
            for key in self.any_of:
                if is_present(getattr(row, key)):
                    break
            else:
                path = (*self.rows.keys, index)
                labels = NameList(tuple(row_field(key, self.rows) for key in self.any_of), N_(" or "))
                text = message("{row}: {labels} not given", row=row_name(context, path, row), labels=labels)
                failures.append(Failure(text, (*path, self.any_of[0])))
        return failures if applies else None


class Some(Check):
    """Some row matches. Applies when there are rows."""

    rows: Field = parameter(rows_field)
    where: Where = parameter(row_condition)

    def validate(self) -> None:
        check_where("where", self.where, self.rows)

    def decide(self, site: Site, context: Context) -> Verdict:
        rows = self.rows.get(site)
        if not rows:
            return None
        for row in rows:
            if matches(row, self.where):
                return []
        wanted = []
        for key, words in self.where.items():
            field = row_field(key, self.rows)
            wanted.append(message("{label} “{words}”", label=field, words=join_words(words, field)))
        text = message("{label}: none with {wanted}", label=self.rows, wanted=NameList(tuple(wanted)))
        return [Failure(text, self.rows.keys)]


class NoneOverdue(Check):
    """No row is due before the as-of date, unless it matches. Applies when there are rows."""

    rows: Field = parameter(rows_field)
    due: str = parameter(text)
    unless: Where = parameter(row_condition)

    def validate(self) -> None:
        check_where("unless", self.unless, self.rows)
        with error_at("due"):
            due = row_field(self.due, self.rows)
            if due.kind is not FieldKind.DATE:
                raise wrong_field(due, _("a date"))

    def decide(self, site: Site, context: Context) -> Verdict:
        rows = self.rows.get(site)
        if not rows:
            return None
        failures = []
        for index, row in enumerate(rows):
            due: date | None = getattr(row, self.due)
            if due is not None and due < context.as_of and not matches(row, self.unless):
                path = (*self.rows.keys, index)
                failures.append(Failure(self._message(context, path, row, due), (*path, self.due)))
        return failures

    def _message(self, context: Context, path: KeyPath, row: Table, due: date) -> Message:
        days = (context.as_of - due).days
        return counted(
            "{row} was due on {due}, {days} day ago",
            "{row} was due on {due}, {days} days ago",
            days,
            row=row_name(context, path, row),
            due=due,
            days=days,
        )


class EachNotMore(Check):
    """In each row the number is not above another. Applies when some row gives both."""

    rows: Field = parameter(rows_field)
    field: str = parameter(text)
    than: str = parameter(text)

    def validate(self) -> None:
        for parameter_name, key in (("field", self.field), ("than", self.than)):
            with error_at(parameter_name):
                number = row_field(key, self.rows)
                if number.kind is not FieldKind.NUMBER:
                    raise wrong_field(number, _("a number"))

    def decide(self, site: Site, context: Context) -> Verdict:
        applies = False
        failures = []
        for index, row in enumerate(self.rows.get(site)):
            number, other = getattr(row, self.field), getattr(row, self.than)
            if number is None or other is None:
                continue
            applies = True
            if number > other:
                path = (*self.rows.keys, index)
                failures.append(Failure(self._message(context, path, row, number, other), (*path, self.field)))
        return failures if applies else None

    def _message(self, context: Context, path: KeyPath, row: Table, number: float, other: float) -> Message:
        template = N_("{row}: {label} ({number:.10g}) is above {other_label} ({other:.10g})")
        name, label = row_name(context, path, row), row_field(self.field, self.rows)
        other_label = row_field(self.than, self.rows)
        return message(template, row=name, label=label, number=number, other_label=other_label, other=other)
