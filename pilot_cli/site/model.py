"""What a pilot site is: a model for each table of the site file, a field for each key.

An absent table reads as an empty one, so that a rule can look at any field of any site; ``is_given`` tells whether
the file says anything in it. What the rules ask for is their matter: the format itself requires ``REQUIRED`` alone.
"""

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetPydanticSchema, Strict
from pydantic_core import CoreSchema, core_schema

from pilot_cli.locale import N_
from pilot_cli.site.words import (
    BranchForm,
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

FORMAT_VERSION: Literal[1] = 1
REQUIRED = ("id", "name", "kind")


def _date_schema(*_: Any) -> CoreSchema:
    """Accept a TOML date or a quoted ISO date, and no time of day."""
    quoted = core_schema.chain_schema(
        [core_schema.str_schema(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), core_schema.date_schema(strict=False)]
    )
    return core_schema.union_schema(
        [core_schema.date_schema(strict=True), quoted],
        mode="left_to_right",
        custom_error_type="date",
        custom_error_message="not a date",
    )


Date = Annotated[date, GetPydanticSchema(_date_schema)]
Count = Annotated[int, Field(ge=0)]
Texts = Annotated[tuple[str, ...], Strict(False)]
NonEmptyText = Annotated[str, Field(min_length=1)]


class Table(BaseModel):
    """A table of the site file."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    @property
    def is_given(self) -> bool:
        """Whether the file says anything in this table."""
        return bool(self.model_fields_set)


class Profile(Table):
    """``[site]``: which site it is."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,63}$")] | None = Field(None, title=N_("Site ID"))
    name: str | None = Field(None, title=N_("Site name"))
    kind: Annotated[SiteKind, Strict(False)] | None = Field(None, title=N_("Kind of site"))
    city: str | None = Field(None, title=N_("City"))
    district: str | None = Field(None, title=N_("District"))
    organization: str | None = Field(None, title=N_("“Two-new” organization"))
    organization_type: Annotated[OrganizationType, Strict(False)] | None = Field(None, title=N_("Type of organization"))
    started_on: Date | None = Field(None, title=N_("Start date"))
    ends_on: Date | None = Field(None, title=N_("Planned end date"))
    liaison: str | None = Field(None, title=N_("Leader in liaison"))
    brand: str | None = Field(None, title=N_("Branch brand"))


class Officer(Table):
    """``[[branch.officers]]``: who holds which posts."""

    model_config = ConfigDict(title=N_("Officer"))

    name: str | None = Field(None, title=N_("Name"))
    posts: Annotated[tuple[Annotated[Post, Strict(False)], ...], Strict(False)] = Field((), title=N_("Posts"))


class Branch(Table):
    """``[branch]``: the Party branch."""

    name: str | None = Field(None, title=N_("Branch name"))
    form: Annotated[BranchForm, Strict(False)] | None = Field(None, title=N_("Form of the branch"))
    applied_on: Date | None = Field(None, title=N_("Date of application"))
    approved_on: Date | None = Field(None, title=N_("Date of approval"))
    approved_by: str | None = Field(None, title=N_("Approving organization"))
    approval_no: str | None = Field(None, title=N_("Approval number"))
    established_on: Date | None = Field(None, title=N_("Date of establishment"))
    elected_on: Date | None = Field(None, title=N_("Date of election"))
    term_years: Annotated[int, Field(ge=1, le=5)] = Field(3, title=N_("Term (years)"))
    full_members: Count | None = Field(None, title=N_("Full members"))
    probationary_members: Count | None = Field(None, title=N_("Probationary members"))
    groups: Count = Field(0, title=N_("Party groups"))
    covers: Texts = Field((), title=N_("Units covered"))
    documents: Texts = Field((), title=N_("Documents"))
    officers: Annotated[tuple[Officer, ...], Strict(False)] = Field((), title=N_("Officers"))


class Item(Table):
    """``[[responsibility_list.items]]``: a task with its owner."""

    model_config = ConfigDict(title=N_("Item"))

    title: str | None = Field(None, title=N_("Item"))
    owner: str | None = Field(None, title=N_("Owner"))
    category: Annotated[ItemCategory, Strict(False)] | None = Field(None, title=N_("Category"))
    due: Date | None = Field(None, title=N_("Due date"))
    frequency: Annotated[Frequency, Strict(False)] | None = Field(None, title=N_("Frequency"))
    status: Annotated[ItemStatus, Strict(False)] = Field(ItemStatus.NOT_STARTED, title=N_("Progress"))
    done_on: Date | None = Field(None, title=N_("Date of completion"))
    feedback: str | None = Field(None, title=N_("Answer"))


class ResponsibilityList(Table):
    """``[responsibility_list]``: the branch's list of responsibilities."""

    issued_on: Date | None = Field(None, title=N_("Date of issue"))
    reviewed_on: Date | None = Field(None, title=N_("Date of latest revision"))
    documents: Texts = Field((), title=N_("Documents"))
    items: Annotated[tuple[Item, ...], Strict(False)] = Field((), title=N_("Items"))


class ActivitySpace(Table):
    """``[activity_space]``: the space for Party members and residents or workers."""

    name: str | None = Field(None, title=N_("Name of the space"))
    address: str | None = Field(None, title=N_("Address"))
    opening_hours: str | None = Field(None, title=N_("Opening hours"))
    shared_with: str | None = Field(None, title=N_("Shared with"))
    area_m2: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = Field(None, title=N_("Area (m²)"))
    opened_on: Date | None = Field(None, title=N_("Date of opening"))
    has: Annotated[tuple[Annotated[Feature, Strict(False)], ...], Strict(False)] = Field(
        (), title=N_("The “six haves” of the space")
    )
    documents: Texts = Field((), title=N_("Documents"))


class Role(Table):
    """``[[member_guide.roles]]``: a role in which members play their part."""

    model_config = ConfigDict(title=N_("Role"))

    kind: Annotated[RoleKind, Strict(False)] | None = Field(None, title=N_("Kind"))
    name: str | None = Field(None, title=N_("Title"))
    lead: str | None = Field(None, title=N_("Lead"))
    duty: str | None = Field(None, title=N_("Duty"))
    members: Texts = Field((), title=N_("Members"))


class MemberGuide(Table):
    """``[member_guide]``: the guide on how members play their part."""

    issued_on: Date | None = Field(None, title=N_("Date of issue"))
    pledged_members: Count | None = Field(None, title=N_("Members who made a pledge"))
    documents: Texts = Field((), title=N_("Documents"))
    roles: Annotated[tuple[Role, ...], Strict(False)] = Field((), title=N_("Roles"))


class Record(Table):
    """``[[work_rules.records]]``: a meeting or activity that was held."""

    model_config = ConfigDict(title=N_("Record"))

    kind: Annotated[MeetingKind, Strict(False)] | None = Field(None, title=N_("Kind"))
    date: Date | None = Field(None, title=N_("Date"))
    title: str | None = Field(None, title=N_("Subject"))
    recorder: str | None = Field(None, title=N_("Recorder"))
    lecturer: str | None = Field(None, title=N_("Lecturer"))
    attended: Count | None = Field(None, title=N_("Attended"))
    expected: Count | None = Field(None, title=N_("Expected"))


class WorkRules(Table):
    """``[work_rules]``: the written rules and the records of work by them."""

    issued_on: Date | None = Field(None, title=N_("Date of issue"))
    covers: Annotated[tuple[Annotated[WorkRule, Strict(False)], ...], Strict(False)] = Field(
        (), title=N_("Rules covered")
    )
    documents: Texts = Field((), title=N_("Documents"))
    records: Annotated[tuple[Record, ...], Strict(False)] = Field((), title=N_("Records"))

    def days_of(self, kind: MeetingKind) -> list[date]:
        """Return the days on which such meetings were held, as far as the records are dated."""
        return self._days.get(kind, [])

    @cached_property
    def _days(self) -> dict[MeetingKind, list[date]]:
        days: dict[MeetingKind, list[date]] = {}
        for record in self.records:
            if record.kind is not None and record.date is not None:
                days.setdefault(record.kind, []).append(record.date)
        return days


class Survey(Table):
    """``[[satisfaction]]``: how workers or residents rate the branch's service."""

    model_config = ConfigDict(title=N_("Survey"))

    surveyed_on: Date | None = Field(None, title=N_("Date of survey"))
    rated: Count | None = Field(None, title=N_("People asked"))
    satisfied: Count | None = Field(None, title=N_("People satisfied"))


class Waiver(Table):
    """``[[waivers]]``: a rule that a site is excused from for a time."""

    model_config = ConfigDict(title=N_("Waiver"))

    rule: str | None = Field(None, title=N_("Rule waived"))
    reason: NonEmptyText | None = Field(None, title=N_("Reason"))
    approved_by: NonEmptyText | None = Field(None, title=N_("Approving organization"))
    until: Date | None = Field(None, title=N_("Valid until"))


class Site(Table):
    """A whole site file."""

    format: Literal[1] = Field(FORMAT_VERSION, title=N_("Format version"))
    site: Profile = Field(Profile.model_construct(), title=N_("Site"))
    branch: Branch = Field(Branch.model_construct(), title=N_("Party branch"))
    responsibility_list: ResponsibilityList = Field(
        ResponsibilityList.model_construct(), title=N_("Responsibility list")
    )
    activity_space: ActivitySpace = Field(ActivitySpace.model_construct(), title=N_("Activity space"))
    member_guide: MemberGuide = Field(MemberGuide.model_construct(), title=N_("Member guide"))
    work_rules: WorkRules = Field(WorkRules.model_construct(), title=N_("Work rules"))
    satisfaction: Annotated[tuple[Survey, ...], Strict(False)] = Field((), title=N_("Satisfaction surveys"))
    waivers: Annotated[tuple[Waiver, ...], Strict(False)] = Field((), title=N_("Waivers"))


class One(StrEnum):
    """The "five ones" (五个一); the value is the name of the table in the site file."""

    BRANCH = "branch"
    RESPONSIBILITY_LIST = "responsibility_list"
    ACTIVITY_SPACE = "activity_space"
    MEMBER_GUIDE = "member_guide"
    WORK_RULES = "work_rules"
