"""Checks on dates: their order, and their relation to the as-of date."""

from collections.abc import Mapping
from datetime import MAXYEAR, date

from pilot_cli.locale import N_
from pilot_cli.locale.message import BilingualText, Text, message
from pilot_cli.site.field import Field
from pilot_cli.site.model import Site
from pilot_cli.standard.check import KEPT, Check, Context, Failure, Verdict, missing_field, not_given, still_to_come
from pilot_cli.standard.parameter import date_field, dates_field, list_of, number_field, parameter, whole_number
from pilot_cli.standard.periods import months_after
from pilot_cli.standard.texts import bilingual_text


class NotBefore(Check):
    """The date is given and not before another, if that is given."""

    field: Field = parameter(date_field)
    than: Field = parameter(date_field)

    def decide(self, site: Site, context: Context) -> Verdict | None:
        day, other = self.field.get(site), self.than.get(site)
        missing = missing_field(self.field, day, context)
        if missing:
            return Verdict([Failure(missing, self.field.keys)])
        if not context.has(self.than, other) or day >= other:
            return KEPT
        return Verdict([Failure(_order(self.field, day, self.than, other), self.field.keys)])


class WithinDays(Check):
    """The date follows another within a number of days. Applies when both are given."""

    field: Field = parameter(date_field)
    after: Field = parameter(date_field)
    days: int = parameter(whole_number(0))

    def decide(self, site: Site, context: Context) -> Verdict | None:
        day, other = self.field.get(site), self.after.get(site)
        if not context.has(self.field, day) or not context.has(self.after, other):
            return None
        days = (day - other).days
        if 0 <= days <= self.days:
            return KEPT
        took = message("it took {days} days", days=days)
        text = _order(self.field, day, self.after, other) if days < 0 else self.in_detail(took)
        return Verdict([Failure(text, self.field.keys)])


def _order(field: Field, day: date, than: Field, other: date) -> Text:
    template = N_("{label} ({day}) is before {other_label} ({other})")
    return message(template, label=field, day=day, other_label=than, other=other)


class InEffect(Check):
    """The date is given and not after the as-of date."""

    field: Field = parameter(date_field)

    def decide(self, site: Site, context: Context) -> Verdict | None:
        day = self.field.get(site)
        if day is not None and day <= context.as_of:
            return KEPT
        return self.failed(self.field.keys, not_given(self.field) if day is None else still_to_come(self.field, day))


class NotPast(Check):
    """The date is not before the as-of date. Applies when it is given."""

    field: Field = parameter(date_field)

    def decide(self, site: Site, context: Context) -> Verdict | None:
        day = self.field.get(site)
        if day is None:
            return None
        if day >= context.as_of:
            return KEPT
        return self.failed(self.field.keys, message("{label}: {day}", label=self.field, day=day))


class Recent(Check):
    """Some date among the fields lies in the months up to the as-of date."""

    fields: tuple[Field, ...] = parameter(list_of(dates_field))
    months: int = parameter(whole_number(1))

    def decide(self, site: Site, context: Context) -> Verdict | None:
        start = months_after(context.as_of, -self.months)
        days = {
            day: field
            for field in reversed(self.fields)
            for day in (field.get(site) if field.is_list else (field.get(site),))
            if day is not None
        }
        if any(start <= day <= context.as_of for day in days):
            return KEPT
        return Verdict([Failure(with_nearest(self, days, context.as_of), self.fields[0].keys)])


def with_nearest(check: Check, days: Mapping[date, Field], as_of: date) -> Text:
    """Say what is wrong, and when something is still to be done or, if nothing is, was last done; by day, its field."""
    coming = min((day for day in days if day > as_of), default=None)
    if coming:
        return check.in_detail(still_to_come(days[coming], coming))
    latest = max(days, default=None)
    return message("{problem} (latest: {day})", problem=check.problem, day=latest) if latest else check.problem


class TermCurrent(Check):
    """A term that began on a day has not run out: day + years is after the as-of date.

    Applies when the number of years is given.
    """

    field: Field = parameter(date_field)
    years: Field = parameter(number_field)
    problem_not_given: BilingualText | None = parameter(bilingual_text, None)
    """What is wrong where the day is not given, if ``problem`` does not say it."""

    @property
    def heading(self) -> Text:
        if self.problem_not_given is None:
            return self.problem
        return message("{problem}, or {other}", problem=self.problem, other=self.problem_not_given)

    def decide(self, site: Site, context: Context) -> Verdict | None:
        start, years = self.field.get(site), self.years.get(site)
        if years is None:
            return None
        if not context.has(self.field, start):
            return Verdict([Failure(self._not_given(start), self.field.keys, heading=self.problem_not_given)])
        # Any number may be meant for years, a fraction or one that no calendar has.
        months = int(12 * max(-MAXYEAR, min(years, MAXYEAR)))
        end = months_after(start, months)
        if context.as_of < end or start.year + years > MAXYEAR:
            return KEPT
        text = self.in_detail(message("the term ended on {day}", day=end))
        return Verdict([Failure(text, self.field.keys, heading=self.problem if self.problem_not_given else None)])

    def _not_given(self, start: date | None) -> Text:
        if start is not None:
            return still_to_come(self.field, start)
        return self.problem_not_given or not_given(self.field)
