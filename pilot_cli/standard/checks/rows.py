"""Checks on lists: how many entries there are, and what each or some of them must have."""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import BilingualText, NameList, Text, counted, message
from pilot_cli.site.field import Field, FieldKind
from pilot_cli.site.model import Site, Table
from pilot_cli.standard.check import (
    KEPT,
    Check,
    Context,
    Failure,
    Verdict,
    keys_looked_at,
    of_rows,
    row_name,
    row_test,
    subject_of,
)
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
from pilot_cli.standard.texts import bilingual_text


class Count(Check):
    """The number of entries, or of those that match, is at least ``at_least`` and at most ``at_most``.

    Texts that say nothing, and days of what is still to come, are not counted.
    """

    rows: Field = parameter(list_field)
    where: Where = parameter(row_condition, {})
    at_least: int | None = parameter(whole_number(0), None)
    at_most: int | None = parameter(whole_number(0), None)
    problem_above: BilingualText | None = parameter(bilingual_text, None)
    """What is wrong where there are more than ``at_most``, if ``problem`` does not say it."""

    @property
    def heading(self) -> Text:
        if self.problem_above is None:
            return self.problem
        return message("{problem}, or {other}", problem=self.problem, other=self.problem_above)

    def looks_at(self) -> Iterator[str]:
        """See ``Check``."""
        yield self.rows.path
        yield from keys_looked_at(self.rows, self.where)
        if self.at_least is not None and self._named_by:
            yield f"{self.rows.path}.{self._named_by}"

    def validate(self) -> None:
        check_where("where", self.where, self.rows)
        self._is_meant = row_test(self.where, self.rows)
        self._named_by = self.rows.table.named_by if self.rows.table else ""
        if self.at_least is None and self.at_most is None:
            raise ParameterError(_("one of at_least and at_most is needed"))
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ParameterError(_("at_least is above at_most"))

    def decide(self, site: Site, context: Context) -> Verdict | None:
        rows = self._rows(site, context)
        if self.at_most is not None and len(rows) > self.at_most:
            return self._failed(self.problem_above or self.problem, len(rows))
        number = len(rows)
        if self.at_least is not None and self._named_by:
            number = len(context.people({name for row in rows if (name := getattr(row, self._named_by))}))
        return KEPT if self.at_least is None or number >= self.at_least else self._failed(self.problem, number)

    def _rows(self, site: Site, context: Context) -> Sequence[Any]:
        rows: Sequence[Any] = self.rows.get(site)
        if self.where:
            is_meant, as_of = self._is_meant, context.as_of
            return [row for row in rows if is_meant(row, as_of)]
        if self.rows.table or self.rows.words:
            return rows
        return [value for value in rows if context.has(self.rows, value)]

    def _failed(self, problem: BilingualText, number: int) -> Verdict:
        text = message("{problem} (there are {number})", problem=problem, number=number) if number else problem
        return Verdict([Failure(text, self.rows.keys, heading=problem if self.problem_above else None)])


class EachGiven(Check):
    """Each row that matches gives one of the keys. Applies when there is such a row."""

    has_share = True
    judges_each = True
    rows: Field = parameter(rows_field)
    any_of: tuple[str, ...] = parameter(list_of(text))
    where: Where = parameter(row_condition, {})

    def validate(self) -> None:
        check_where("where", self.where, self.rows)
        self._is_meant = row_test(self.where, self.rows)
        with error_at("any_of"):
            fields = [row_field(key, self.rows) for key in self.any_of]
        self._wanted = [(field, field.get) for field in fields]

    def looks_at(self) -> Iterator[str]:
        """See ``Check``."""
        return keys_looked_at(self.rows, (*self.any_of, *self.where))

    def decide(self, site: Site, context: Context) -> Verdict | None:
        rows = self.rows.get(site)
        looked_at = 0
        failed = []
        has, as_of, where, is_meant, wanted = context.has, context.as_of, self.where, self._is_meant, self._wanted
        for index, row in enumerate(rows):
            if where and not is_meant(row, as_of):
                continue
            looked_at += 1
            for field, get in wanted:
                if has(field, get(row)):
                    break
            else:
                failed.append(index)
        if not looked_at:
            return None
        return of_rows(failed, lambda index: self._tell(context, index, rows[index]), looked_at)

    def _tell(self, context: Context, index: int, row: Table) -> Failure:
        path = (*self.rows.keys, index)
        labels = NameList(tuple([field for field, _get in self._wanted]), N_(" or "))
        text = message("{row}: {labels} not given", row=row_name(context, path, row), labels=labels)
        return Failure(text, (*path, self.any_of[0]), subject_of(context, row))


class Some(Check):
    """Some row matches. Applies when there are rows."""

    rows: Field = parameter(rows_field)
    where: Where = parameter(row_condition)

    def validate(self) -> None:
        check_where("where", self.where, self.rows)
        self._is_meant = row_test(self.where, self.rows)

    def looks_at(self) -> Iterator[str]:
        """See ``Check``."""
        return keys_looked_at(self.rows, self.where)

    def decide(self, site: Site, context: Context) -> Verdict | None:
        rows = self.rows.get(site)
        if not rows:
            return None
        for row in rows:
            if self._is_meant(row, context.as_of):
                return KEPT
        return self.failed(self.rows.keys)


class NoneOverdue(Check):
    """No row is due before the as-of date, unless it matches. Applies when there are rows."""

    has_share = True
    judges_each = True
    rows: Field = parameter(rows_field)
    due: str = parameter(text)
    unless: Where = parameter(row_condition)

    def validate(self) -> None:
        check_where("unless", self.unless, self.rows)
        self._is_excused = row_test(self.unless, self.rows)
        with error_at("due"):
            due = row_field(self.due, self.rows)
            if due.kind is not FieldKind.DATE:
                raise wrong_field(due, _("a date"))

    def looks_at(self) -> Iterator[str]:
        """See ``Check``."""
        return keys_looked_at(self.rows, (self.due, *self.unless))

    def decide(self, site: Site, context: Context) -> Verdict | None:
        rows = self.rows.get(site)
        if not rows:
            return None
        failed = []
        for index, row in enumerate(rows):
            due: date | None = getattr(row, self.due)
            if due is not None and due < context.as_of and not self._is_excused(row, context.as_of):
                failed.append(index)
        return of_rows(failed, lambda index: self._tell(context, index, rows[index]), len(rows))

    def _tell(self, context: Context, index: int, row: Table) -> Failure:
        path, due = (*self.rows.keys, index), getattr(row, self.due)
        days = (context.as_of - due).days
        text = counted(
            "{row} was due on {due}, {days} day ago",
            "{row} was due on {due}, {days} days ago",
            days,
            row=row_name(context, path, row),
            due=due,
            days=days,
        )
        return Failure(text, (*path, self.due), subject_of(context, row))


class EachNotMore(Check):
    """In each row the number is not above another. Applies when some row gives both."""

    has_share = True
    judges_each = True
    rows: Field = parameter(rows_field)
    field: str = parameter(text)
    than: str = parameter(text)

    def validate(self) -> None:
        for parameter_name, key in (("field", self.field), ("than", self.than)):
            with error_at(parameter_name):
                number = row_field(key, self.rows)
                if number.kind is not FieldKind.NUMBER:
                    raise wrong_field(number, _("a number"))
        self._pair = attrgetter(self.field, self.than)

    def looks_at(self) -> Iterator[str]:
        """See ``Check``."""
        return keys_looked_at(self.rows, (self.field, self.than))

    def decide(self, site: Site, context: Context) -> Verdict | None:
        rows = self.rows.get(site)
        looked_at = 0
        failed = []
        for index, (number, other) in enumerate(map(self._pair, rows)):
            if number is None or other is None:
                continue
            looked_at += 1
            if number > other:
                failed.append(index)
        if not looked_at:
            return None
        return of_rows(failed, lambda index: self._tell(context, index, rows[index]), looked_at)

    def _tell(self, context: Context, index: int, row: Table) -> Failure:
        path = (*self.rows.keys, index)
        number, other = self._pair(row)
        template = N_("{row}: {label} ({number:.10g}) is above {other_label} ({other:.10g})")
        name, label = row_name(context, path, row), row_field(self.field, self.rows)
        other_label = row_field(self.than, self.rows)
        text = message(template, row=name, label=label, number=number, other_label=other_label, other=other)
        return Failure(text, (*path, self.field), subject_of(context, row))
