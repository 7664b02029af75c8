"""Checks on dates: their order, and how they stand to the as-of date."""

from datetime import MAXYEAR

from pilot_cli.locale import N_
from pilot_cli.locale.message import NameList, counted, message
from pilot_cli.site.field import Field
from pilot_cli.site.model import Site
from pilot_cli.standard.check import Check, Context, Failure, Verdict, missing_field
from pilot_cli.standard.parameter import date_field, dates_field, list_of, number_field, parameter, whole_number
from pilot_cli.standard.periods import months_after


class NotBefore(Check):
    """The date is given and not before another, if that is given."""

    field: Field = parameter(date_field)
    than: Field = parameter(date_field)

    def decide(self, site: Site, context: Context) -> Verdict:
        day, other = self.field.get(site), self.than.get(site)
        if day is None:
            return [missing_field(self.field)]
        if other is None or day >= other:
            return []
        template = N_("{label} ({day}) is before {other_label} ({other})")
        text = message(template, label=self.field, day=day, other_label=self.than, other=other)
        return [Failure(text, self.field.keys)]


class WithinDays(Check):
    """The date follows another within a number of days. Applies when both are given."""

    field: Field = parameter(date_field)
    after: Field = parameter(date_field)
    days: int = parameter(whole_number(0))

    def decide(self, site: Site, context: Context) -> Verdict:
        day, other = self.field.get(site), self.after.get(site)
        if day is None or other is None:
            return None
        if 0 <= (day - other).days <= self.days:
            return []
        template = N_("{label} ({day}) is not within {days} days after {other_label} ({other})")
        text = message(template, label=self.field, day=day, days=self.days, other_label=self.after, other=other)
        return [Failure(text, self.field.keys)]


class InEffect(Check):
    """The date is given and not after the as-of date."""

    field: Field = parameter(date_field)

    def decide(self, site: Site, context: Context) -> Verdict:
        day = self.field.get(site)
        if day is None:
            return [missing_field(self.field)]
        if day <= context.as_of:
            return []
        template = N_("{label} ({day}) is after the as-of date {as_of}")
        return [Failure(message(template, label=self.field, day=day, as_of=context.as_of), self.field.keys)]


class NotPast(Check):
    """The date is not before the as-of date. Applies when it is given."""

    field: Field = parameter(date_field)

    def decide(self, site: Site, context: Context) -> Verdict:
        day = self.field.get(site)
        if day is None:
            return None
        if day >= context.as_of:
            return []
        return [Failure(message("{label} ({day}) is past", label=self.field, day=day), self.field.keys)]


class Recent(Check):
    """Some date among the fields lies in the months up to the as-of date."""

    fields: tuple[Field, ...] = parameter(list_of(dates_field))
    months: int = parameter(whole_number(1))

    def decide(self, site: Site, context: Context) -> Verdict:
        start = months_after(context.as_of, -self.months)
        for field in self.fields:
            value = field.get(site)
            for day in value if field.is_list else (value,):
                if day is not None and start <= day <= context.as_of:
                    return []
        text = counted(
            "{labels}: none in the {months} month up to {as_of}",
            "{labels}: none in the {months} months up to {as_of}",
            self.months,
            labels=NameList(self.fields, N_(" or ")),
            months=self.months,
            as_of=context.as_of,
        )
        return [Failure(text, self.fields[0].keys)]


class TermCurrent(Check):
    """A term that began on a day has not run out: day + years is after the as-of date."""

    field: Field = parameter(date_field)
    years: Field = parameter(number_field)

    def decide(self, site: Site, context: Context) -> Verdict:
        start = self.field.get(site)
        if start is None:
            return [missing_field(self.field)]
        years: int = self.years.get(site) or 0
        end = months_after(start, 12 * years)
        if context.as_of < end or start.year + years > MAXYEAR:
            return []
        return [Failure(message("The term ran out on {day}", day=end), self.field.keys)]
