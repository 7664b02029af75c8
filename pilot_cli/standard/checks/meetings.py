"""Checks on the records of meetings and activities."""

from collections.abc import Iterator
from datetime import MINYEAR, date
from functools import lru_cache

from pilot_cli.locale import N_
from pilot_cli.locale.message import Message, NameList, Text, message
from pilot_cli.site.field import find_field
from pilot_cli.site.model import Record, Site
from pilot_cli.site.problem import KeyPath
from pilot_cli.site.words import MeetingKind
from pilot_cli.standard.check import (
    KEPT,
    Check,
    Context,
    Failure,
    Verdict,
    keys_looked_at,
    of_rows,
    row_test,
    shorten,
    subject_of,
)
from pilot_cli.standard.checks.dates import with_nearest
from pilot_cli.standard.parameter import (
    Where,
    check_where,
    day_of_year,
    enum_of,
    list_of,
    parameter,
    row_condition,
    whole_number,
)
from pilot_cli.standard.periods import Period, first_month, months_after, period_name, periods_of, whole_periods

RECORDS: KeyPath = ("work_rules", "records")
MAX_NAMES = 10
"""The most recorders that a message names."""
ESTABLISHED = "branch.established_on"


@lru_cache
def period_label(number: int, period: Period) -> Message:
    """What people call a period."""
    year, month = first_month(number, period)
    if period is Period.MONTH:
        return message("{year}-{month:02}", year=year, month=month)
    return message("quarter {quarter} of {year}", quarter=month // 3 + 1, year=year)


class OnRecords(Check):
    """A check on records that looks at some of their keys."""

    def looks_at(self) -> Iterator[str]:
        """See ``Check``."""
        return keys_looked_at(find_field("work_rules.records"), self.keys())

    def keys(self) -> Iterator[str]:
        """Yield the keys of a record that have a say."""
        yield "kind"
        yield "date"


class OnMeetings(OnRecords):
    """A check on how often meetings were held since the branch was established."""

    kind: MeetingKind = parameter(enum_of(MeetingKind))

    def looks_at(self) -> Iterator[str]:
        """See ``Check``."""
        yield from super().looks_at()
        yield ESTABLISHED


class HeldEvery(OnMeetings):
    """The meeting was held in every whole period of the 12 months since the branch was established.

    Applies when there is such a period.
    """

    has_share = True
    over_periods = True
    period: Period = parameter(enum_of(Period))

    def decide(self, site: Site, context: Context) -> Verdict | None:
        start = months_after(context.as_of, -12)
        established = context.happened(site.branch.established_on)
        if established is not None and established > start:
            start = established
        periods = whole_periods(start, context.as_of, self.period)
        if not periods:
            return None
        held = periods_of(site.work_rules.days_of(self.kind), self.period)
        if held.issuperset(periods):
            return KEPT
        missing = [number for number in periods if number not in held]
        text = message(
            "none in {periods}", periods=NameList(tuple([period_label(number, self.period) for number in missing]))
        )
        subjects = tuple([period_name(number, self.period) for number in missing])
        return Verdict([Failure(self.in_detail(text), RECORDS, subjects)], len(periods) - len(missing), len(periods))


class HeldWithin(OnMeetings):
    """The meeting was held in the months up to the as-of date. Applies once the branch has stood that long."""

    months: int = parameter(whole_number(1))

    def decide(self, site: Site, context: Context) -> Verdict | None:
        start = months_after(context.as_of, -self.months)
        established = context.happened(site.branch.established_on)
        if established is not None and established > start:
            return None
        days = site.work_rules.days_of(self.kind)
        if any(start <= day <= context.as_of for day in days):
            return KEPT
        dated = dict.fromkeys(days, find_field("work_rules.records.date"))
        return Verdict([Failure(with_nearest(self, dated, context.as_of), RECORDS)])


class HeldForYear(OnMeetings):
    """The meeting was held for the last year that is due: whose deadline, in the year after, is past.

    Applies where the branch had stood for a number of months when that year ended. A record counts for the year that
    it gives; without one, for the year of its date, and up to the deadline also for the year before.
    """

    facts = ("year",)
    deadline: tuple[int, int] = parameter(day_of_year)
    stood_months: int = parameter(whole_number(0))

    @property
    def heading(self) -> Text:
        return self.problem.fill(year=message("the last due year"))

    def keys(self) -> Iterator[str]:
        """See ``OnRecords``."""
        yield from super().keys()
        yield "year"

    def decide(self, site: Site, context: Context) -> Verdict | None:
        year = context.as_of.year - 1
        if date(year + 1, *self.deadline) >= context.as_of:
            year -= 1
        if year < MINYEAR:
            return None
        established = context.happened(site.branch.established_on)
        if established is not None and months_after(established, self.stood_months) > date(year, 12, 31):
            return None
        for record in site.work_rules.records:
            if record.kind is self.kind and self._is_for(year, record, context.as_of):
                return KEPT
        text = self.problem.fill(year=year)
        return Verdict([Failure(text, RECORDS, heading=text)])

    def _is_for(self, year: int, record: Record, as_of: date) -> bool:
        if record.date is not None and record.date > as_of:
            return False
        if record.year is not None:
            return record.year == year
        return record.date is not None and date(year, 1, 1) <= record.date <= date(year + 1, *self.deadline)


class RecordersAtMost(OnRecords):
    """The records were kept by at most ``value`` people. Applies when some record names its recorder."""

    value: int = parameter(whole_number(1))
    months: int = parameter(whole_number(1))

    def keys(self) -> Iterator[str]:
        """See ``OnRecords``."""
        yield "date"
        yield "recorder"

    def decide(self, site: Site, context: Context) -> Verdict | None:
        end = context.as_of
        start = months_after(end, -self.months)
        people = context.people(
            {
                record.recorder
                for record in site.work_rules.records
                if record.recorder and record.date and start <= record.date <= end
            }
        )
        if not people:
            return None
        if len(people) <= self.value:
            return KEPT
        names = NameList(tuple(map(shorten, sorted(people)[:MAX_NAMES])))
        text = message("{number} people kept them ({names})", number=len(people), names=names)
        return self.failed(RECORDS, text)


class Attendance(OnRecords):
    """At each of these meetings enough of those expected attended. Applies when some record gives both numbers."""

    has_share = True
    judges_each = True
    meetings: tuple[Where, ...] = parameter(list_of(row_condition))
    """What is true of the records that are meant, of each at least one of these."""
    percent: int = parameter(whole_number(0, 100))
    months: int = parameter(whole_number(1))

    def validate(self) -> None:
        records = find_field("work_rules.records")
        for where in self.meetings:
            check_where("meetings", where, records)
        self._are_meant = [row_test(where, records) for where in self.meetings]

    def keys(self) -> Iterator[str]:
        """See ``OnRecords``."""
        yield from {"date", "attended", "expected"}.union(*self.meetings)

    def decide(self, site: Site, context: Context) -> Verdict | None:
        as_of = context.as_of
        start = months_after(as_of, -self.months)
        looked_at = 0
        failed = []
        for index, record, attended, expected in site.work_rules.attendance:
            if record.date is None or not start <= record.date <= as_of:
                continue
            for is_meant in self._are_meant:
                if is_meant(record, as_of):
                    break
            else:
                continue
            looked_at += 1
            if attended * 100 < self.percent * expected:
                failed.append((index, record))
        if not looked_at:
            return None
        return of_rows(failed, lambda row: self._tell(context, *row), looked_at)

    def _tell(self, context: Context, index: int, record: Record) -> Failure:
        text = message(
            "At the {meeting} of {day}, {attended} of {expected} expected attended, less than {percent} per cent",
            meeting=record.kind or message(N_("meeting")),
            day=record.date,
            attended=record.attended,
            expected=record.expected,
            percent=self.percent,
        )
        return Failure(text, (*RECORDS, index, "attended"), subject_of(context, record))
