"""The checks by the names that standards use for them."""

from pilot_cli.standard.check import Check
from pilot_cli.standard.checks.dates import InEffect, NotBefore, NotPast, Recent, TermCurrent, WithinDays
from pilot_cli.standard.checks.documents import Documents
from pilot_cli.standard.checks.fields import (
    AnyGiven,
    AtLeast,
    AtMost,
    Excludes,
    Given,
    Includes,
    NotGiven,
    NotLess,
    OneOf,
    TableGiven,
)
from pilot_cli.standard.checks.inspected import Inspected
from pilot_cli.standard.checks.meetings import Attendance, HeldEvery, HeldForYear, HeldWithin, RecordersAtMost
from pilot_cli.standard.checks.members import OwnedByPost, RoleMembers
from pilot_cli.standard.checks.rows import Count, EachGiven, EachNotMore, NoneOverdue, Some
from pilot_cli.standard.checks.waivers import WaiversCurrent, WaiversKnown

CHECKS: dict[str, type[Check]] = {
    "any_given": AnyGiven,
    "at_least": AtLeast,
    "at_most": AtMost,
    "attendance": Attendance,
    "count": Count,
    "documents": Documents,
    "each_given": EachGiven,
    "each_not_more": EachNotMore,
    "excludes": Excludes,
    "given": Given,
    "held_every": HeldEvery,
    "held_for_year": HeldForYear,
    "held_within": HeldWithin,
    "in_effect": InEffect,
    "includes": Includes,
    "inspected": Inspected,
    "none_overdue": NoneOverdue,
    "not_before": NotBefore,
    "not_given": NotGiven,
    "not_less": NotLess,
    "not_past": NotPast,
    "one_of": OneOf,
    "owned_by_post": OwnedByPost,
    "recent": Recent,
    "recorders_at_most": RecordersAtMost,
    "role_members": RoleMembers,
    "some": Some,
    "table_given": TableGiven,
    "term_current": TermCurrent,
    "waivers_current": WaiversCurrent,
    "waivers_known": WaiversKnown,
    "within_days": WithinDays,
}
