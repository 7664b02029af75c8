"""Checks on the records of meetings and activities."""

from pilot_cli.locale import N_
from pilot_cli.locale.message import Message, NameList, counted, message
from pilot_cli.site.model import Record, Site
from pilot_cli.site.problem import KeyPath
from pilot_cli.site.words import MeetingKind
from pilot_cli.standard.check import Check, Context, Failure, Verdict, is_present, shorten
from pilot_cli.standard.parameter import enum_of, list_of, parameter, whole_number
from pilot_cli.standard.periods import Period, first_month, months_after, period_of, whole_periods

RECORDS: KeyPath = ("work_rules", "records")
MAX_NAMES = 10
"""The most recorders that a message names."""


class HeldEvery(Check):
    """The meeting was held in every whole period of the 12 months since the branch was established.

    Applies when there is such a period.
    """

    kind: MeetingKind = parameter(enum_of(MeetingKind))
    period: Period = parameter(enum_of(Period))

    def decide(self, site: Site, context: Context) -> Verdict:
        start = months_after(context.as_of, -12)
        established = site.branch.established_on
        if established is not None and established > start:
            start = established
        periods = whole_periods(start, context.as_of, self.period)
        if not periods:
            return None
        held = {period_of(day, self.period) for day in site.work_rules.days_of(self.kind)}
        if held.issuperset(periods):
            return []
        missing = NameList(tuple(self._name(number) for number in periods if number not in held))
        text = message("No record of the {meeting} for {periods}", meeting=self.kind, periods=missing)
        return [Failure(text, RECORDS)]

    def _name(self, number: int) -> Message:
        year, month = first_month(number, self.period)
        if self.period is Period.MONTH:
            return message("{year}-{month:02}", year=year, month=month)
        return message("quarter {quarter} of {year}", quarter=month // 3 + 1, year=year)


class HeldWithin(Check):
    """The meeting was held in the months up to the as-of date. Applies once the branch has stood that long."""

    kind: MeetingKind = parameter(enum_of(MeetingKind))
    months: int = parameter(whole_number(1))

    def decide(self, site: Site, context: Context) -> Verdict:
        start = months_after(context.as_of, -self.months)
        established = site.branch.established_on
        if established is not None and established > start:
            return None
        for day in site.work_rules.days_of(self.kind):
            if start <= day <= context.as_of:
                return []
        text = counted(
            "No record of the {meeting} in the {months} month up to {as_of}",
            "No record of the {meeting} in the {months} months up to {as_of}",
            self.months,
            meeting=self.kind,
            months=self.months,
            as_of=context.as_of,
        )
        return [Failure(text, RECORDS)]


class RecordersAtMost(Check):
    """The records were kept by at most ``value`` people. Applies when some record names its recorder."""

    value: int = parameter(whole_number(1))
    months: int = parameter(whole_number(1))

    def decide(self, site: Site, context: Context) -> Verdict:
        end = context.as_of
        start = months_after(end, -self.months)
        recorders = {
            record.recorder
            for record in site.work_rules.records
            if record.recorder and record.date and start <= record.date <= end and is_present(record.recorder)
        }
        if not recorders:
            return None
        if len(recorders) <= self.value:
            return []
        names = NameList(tuple(map(shorten, sorted(recorders)[:MAX_NAMES])))
        template = N_("{number} people kept the records ({names}), more than {value}")
        return [Failure(message(template, number=len(recorders), names=names, value=self.value), RECORDS)]


class Attendance(Check):
    """At each of these meetings enough of those expected attended. Applies when some record gives both numbers."""

    kinds: tuple[MeetingKind, ...] = parameter(list_of(enum_of(MeetingKind)))
    percent: int = parameter(whole_number(0, 100))
    months: int = parameter(whole_number(1))

    def decide(self, site: Site, context: Context) -> Verdict:
        start = months_after(context.as_of, -self.months)
        applies = False
        failures = []
        for index, record in enumerate(site.work_rules.records):
            if record.attended is None or record.expected is None or record.kind not in self.kinds:
                continue
            if record.date is None or not start <= record.date <= context.as_of:
                continue
            applies = True
            if record.attended * 100 < self.percent * record.expected:
                failures.append(Failure(self._message(record), (*RECORDS, index, "attended")))
        return failures if applies else None

    def _message(self, record: Record) -> Message:
        return message(
            "Of {expected} expected at the {meeting} of {day} {attended} attended, less than {percent} per cent",
            meeting=record.kind,
            day=record.date,
            attended=record.attended,
            expected=record.expected,
            percent=self.percent,
        )
