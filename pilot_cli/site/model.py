"""What a pilot site is: a model for each table of the site file, a field for each key.

An absent table reads as an empty one, so that a rule can look at any field of any site; ``Site.has`` tells whether
the file says anything in it. The tables are dataclasses, validated by pydantic: rules read their attributes four times
as quickly as those of pydantic's models. The format itself requires only the keys ``REQUIRED``; rules may ask for more.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, ClassVar, NamedTuple

from pydantic import ConfigDict

from pilot_cli.locale import N_
from pilot_cli.site.value_types import (
    Area,
    Date,
    EventDate,
    NonEmptyStr,
    NonNegativeInt,
    SiteId,
    StrictStr,
    StrictStrs,
    WholeNumbers,
    Year,
    Years,
)
from pilot_cli.site.words import (
    BranchForm,
    Decision,
    Feature,
    Frequency,
    ItemCategory,
    ItemStatus,
    MeetingKind,
    OrganizationType,
    Post,
    RoleKind,
    SiteKind,
    WorkRule,
)

FORMAT_VERSION = 1
REQUIRED = ("id", "name", "kind")
REQUIRED_FIELDS = tuple(f"site.{key}" for key in REQUIRED)
"""The keys that a site file must have, all in the table ``[site]``, and their dotted paths."""
Version = Annotated[int, WholeNumbers(FORMAT_VERSION, FORMAT_VERSION)]


class ExampleNames(NamedTuple):
    """Names of a format that show how something is written in it."""

    key: str
    """That of a text."""
    table: str
    rows: str
    """That of a list of tables."""


class Pillar(StrEnum):
    """The "five ones" (五个一); the value is the name of the table in the site file."""

    BRANCH = "branch"
    RESPONSIBILITY_LIST = "responsibility_list"
    ACTIVITY_SPACE = "activity_space"
    MEMBER_GUIDE = "member_guide"
    WORK_RULES = "work_rules"


keys = dataclass(init=False, repr=False, eq=False)
"""Makes the annotations of a class the keys of a table; instances come from pydantic alone, so no methods are made."""


class Table:
    """A table of the site file; nothing in it can be changed."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    row_title: ClassVar[str] = ""
    """For the tables of a list: what one of them is called."""
    named_by: ClassVar[str] = ""
    """For the tables of a list of people: the key that says who it is."""
    told_apart_by: ClassVar[tuple[str, ...]] = ()
    """For the tables of a list: the keys by which people know one of them again."""
    keys_behind: ClassVar[dict[str, tuple[str, ...]]] = {}
    """For keys whose value depends on others: on which; see ``value_on``."""

    def value_on(self, key: str, _day: date) -> Any:
        """Return what was true of a key on a day."""
        return getattr(self, key)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} cannot be changed")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{key}={value!r}' for key, value in vars(self).items())})"


@keys
class Profile(Table):
    """``[site]``: which site it is."""

    id: Annotated[SiteId | None, N_("Site ID")] = None
    name: Annotated[StrictStr | None, N_("Site name")] = None
    kind: Annotated[SiteKind | None, N_("Kind of site")] = None
    city: Annotated[StrictStr | None, N_("City")] = None
    district: Annotated[StrictStr | None, N_("District")] = None
    organization: Annotated[StrictStr | None, N_("“Two-new” organization")] = None
    organization_type: Annotated[OrganizationType | None, N_("Type of organization")] = None
    started_on: Annotated[Date | None, N_("Start date")] = None
    ends_on: Annotated[Date | None, N_("Planned end date")] = None
    liaison: Annotated[StrictStr | None, N_("Leader in liaison")] = None
    instructor: Annotated[StrictStr | None, N_("Party-building instructor")] = None
    brand: Annotated[StrictStr | None, N_("Branch brand")] = None


@keys
class Officer(Table):
    """``[[branch.officers]]``: who holds which posts."""

    row_title: ClassVar[str] = N_("Officer")
    named_by: ClassVar[str] = "name"
    told_apart_by: ClassVar[tuple[str, ...]] = ("name",)

    name: Annotated[StrictStr | None, N_("Name")] = None
    posts: Annotated[tuple[Post, ...], N_("Posts")] = ()


@keys
class Branch(Table):
    """``[branch]``: the Party branch."""

    name: Annotated[StrictStr | None, N_("Branch name")] = None
    form: Annotated[BranchForm | None, N_("Form of the branch")] = None
    applied_on: Annotated[Date | None, N_("Date of application")] = None
    approved_on: Annotated[EventDate | None, N_("Date of approval")] = None
    approved_by: Annotated[StrictStr | None, N_("Approving organization")] = None
    approval_no: Annotated[StrictStr | None, N_("Approval number")] = None
    superior: Annotated[StrictStr | None, N_("Higher Party organization")] = None
    established_on: Annotated[EventDate | None, N_("Date of establishment")] = None
    elected_on: Annotated[EventDate | None, N_("Date of election")] = None
    term_years: Annotated[Years | None, N_("Term (years)")] = None
    full_members: Annotated[NonNegativeInt | None, N_("Full members")] = None
    probationary_members: Annotated[NonNegativeInt | None, N_("Probationary members")] = None
    groups: Annotated[NonNegativeInt, N_("Party groups")] = 0
    covers: Annotated[StrictStrs, N_("Units covered")] = ()
    documents: Annotated[StrictStrs, N_("Documents")] = ()
    officers: Annotated[tuple[Officer, ...], N_("Officers")] = ()


@keys
class Item(Table):
    """``[[responsibility_list.items]]``: a task with its owner."""

    row_title: ClassVar[str] = N_("Item")
    named_by: ClassVar[str] = ""
    """For the tables of a list of people: the key that says who it is."""
    told_apart_by: ClassVar[tuple[str, ...]] = ("title",)
    keys_behind: ClassVar[dict[str, tuple[str, ...]]] = {"status": ("done_on",)}

    title: Annotated[StrictStr | None, N_("Item")] = None
    owner: Annotated[StrictStr | None, N_("Owner")] = None
    category: Annotated[ItemCategory | None, N_("Category")] = None
    due: Annotated[Date | None, N_("Due date")] = None
    frequency: Annotated[Frequency | None, N_("Frequency")] = None
    status: Annotated[ItemStatus, N_("Progress")] = ItemStatus.NOT_STARTED
    done_on: Annotated[Date | None, N_("Date of completion")] = None
    feedback: Annotated[StrictStr | None, N_("Answer")] = None

    def value_on(self, key: str, day: date) -> Any:
        """See ``Table``."""
        return self.status_on(day) if key == "status" else getattr(self, key)

    def status_on(self, day: date) -> ItemStatus:
        """Return the progress as of a day: what is to be done later is not done yet."""
        if self.done_on is not None and self.done_on > day and self.status is DONE:
            return ItemStatus.IN_PROGRESS
        return self.status


DONE = ItemStatus.DONE


@keys
class ResponsibilityList(Table):
    """``[responsibility_list]``: the branch's list of responsibilities."""

    issued_on: Annotated[EventDate | None, N_("Date of issue")] = None
    reviewed_on: Annotated[EventDate | None, N_("Date of latest revision")] = None
    documents: Annotated[StrictStrs, N_("Documents")] = ()
    items: Annotated[tuple[Item, ...], N_("Items")] = ()


@keys
class ActivitySpace(Table):
    """``[activity_space]``: the space for Party members and residents or workers."""

    name: Annotated[StrictStr | None, N_("Name of the space")] = None
    address: Annotated[StrictStr | None, N_("Address")] = None
    opening_hours: Annotated[StrictStr | None, N_("Opening hours")] = None
    shared_with: Annotated[StrictStr | None, N_("Shared with")] = None
    area_m2: Annotated[Area | None, N_("Area (m²)")] = None
    opened_on: Annotated[EventDate | None, N_("Date of opening")] = None
    has: Annotated[tuple[Feature, ...], N_("The “six haves” of the space")] = ()
    documents: Annotated[StrictStrs, N_("Documents")] = ()


@keys
class Role(Table):
    """``[[member_guide.roles]]``: a role in which members play their part."""

    row_title: ClassVar[str] = N_("Role")
    told_apart_by: ClassVar[tuple[str, ...]] = ("kind", "name")

    kind: Annotated[RoleKind | None, N_("Kind")] = None
    name: Annotated[StrictStr | None, N_("Title")] = None
    lead: Annotated[StrictStr | None, N_("Lead")] = None
    duty: Annotated[StrictStr | None, N_("Duty")] = None
    members: Annotated[StrictStrs, N_("Members")] = ()


@keys
class MemberGuide(Table):
    """``[member_guide]``: the guide on how members play their part."""

    issued_on: Annotated[EventDate | None, N_("Date of issue")] = None
    pledged_members: Annotated[NonNegativeInt | None, N_("Members who made a pledge")] = None
    documents: Annotated[StrictStrs, N_("Documents")] = ()
    roles: Annotated[tuple[Role, ...], N_("Roles")] = ()


@keys
class Record(Table):
    """``[[work_rules.records]]``: a meeting or activity that was held."""

    row_title: ClassVar[str] = N_("Record")
    told_apart_by: ClassVar[tuple[str, ...]] = ("date", "kind")

    kind: Annotated[MeetingKind | None, N_("Kind")] = None
    date: Annotated[EventDate | None, N_("Date")] = None
    title: Annotated[StrictStr | None, N_("Subject")] = None
    recorder: Annotated[StrictStr | None, N_("Recorder")] = None
    lecturer: Annotated[StrictStr | None, N_("Lecturer")] = None
    attended: Annotated[NonNegativeInt | None, N_("Attended")] = None
    expected: Annotated[NonNegativeInt | None, N_("Expected")] = None
    year: Annotated[Year | None, N_("Year that it is for")] = None
    decision: Annotated[Decision | None, N_("How it decided")] = None
    host: Annotated[StrictStr | None, N_("Host")] = None


@keys
class WorkRules(Table):
    """``[work_rules]``: the written rules and the records of work by them."""

    issued_on: Annotated[EventDate | None, N_("Date of issue")] = None
    covers: Annotated[tuple[WorkRule, ...], N_("Rules covered")] = ()
    documents: Annotated[StrictStrs, N_("Documents")] = ()
    records: Annotated[tuple[Record, ...], N_("Records")] = ()

    @cached_property
    def attendance(self) -> list[tuple[int, Record, int, int]]:
        """The places of the records that say how many attended and how many should have, with both numbers."""
        return [
            (index, record, record.attended, record.expected)
            for index, record in enumerate(self.records)
            if record.attended is not None and record.expected is not None
        ]

    def days_of(self, kind: MeetingKind) -> list[date]:
        """Return the days on which such meetings were held, as far as the records are dated."""
        return self._days.get(kind, [])

    @cached_property
    def _days(self) -> dict[MeetingKind, list[date]]:
        days: dict[MeetingKind, list[date]] = defaultdict(list)
        for record in self.records:
            if record.kind is not None and record.date is not None:
                days[record.kind].append(record.date)
        return days


@keys
class Survey(Table):
    """``[[satisfaction]]``: how workers or residents rate the branch's service."""

    row_title: ClassVar[str] = N_("Survey")
    told_apart_by: ClassVar[tuple[str, ...]] = ("surveyed_on",)

    surveyed_on: Annotated[EventDate | None, N_("Date of survey")] = None
    rated: Annotated[NonNegativeInt | None, N_("People asked")] = None
    satisfied: Annotated[NonNegativeInt | None, N_("People satisfied")] = None


@keys
class Waiver(Table):
    """``[[waivers]]``: a rule that a site is excused from for a time."""

    row_title: ClassVar[str] = N_("Waiver")
    told_apart_by: ClassVar[tuple[str, ...]] = ("rule",)

    rule: Annotated[StrictStr | None, N_("Rule waived")] = None
    reason: Annotated[NonEmptyStr | None, N_("Reason")] = None
    approved_by: Annotated[NonEmptyStr | None, N_("Approving organization")] = None
    until: Annotated[Date | None, N_("Valid until")] = None


@keys
class Site(Table):
    """A whole site file."""

    example_names: ClassVar = ExampleNames("name", "branch", "branch.officers")

    format: Annotated[Version, N_("Format version")] = FORMAT_VERSION
    site: Annotated[Profile, N_("Site")] = Profile()
    branch: Annotated[Branch, N_("Party branch")] = Branch()
    responsibility_list: Annotated[ResponsibilityList, N_("Responsibility list")] = ResponsibilityList()
    activity_space: Annotated[ActivitySpace, N_("Activity space")] = ActivitySpace()
    member_guide: Annotated[MemberGuide, N_("Member guide")] = MemberGuide()
    work_rules: Annotated[WorkRules, N_("Work rules")] = WorkRules()
    satisfaction: Annotated[tuple[Survey, ...], N_("Satisfaction surveys")] = ()
    waivers: Annotated[tuple[Waiver, ...], N_("Waivers")] = ()

    def has(self, pillar: Pillar) -> bool:
        """Whether the file says anything in the table of one of the five ones."""
        return getattr(self, pillar) is not _ABSENT[pillar]

    def pillars(self) -> tuple[Pillar, ...]:
        """Return those of the five ones that the file says anything of."""
        return tuple([pillar for pillar, absent in _ABSENT.items() if getattr(self, pillar) is not absent])


_ABSENT = {pillar: getattr(Site(), pillar) for pillar in Pillar}
