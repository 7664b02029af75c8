"""By what sites are put into groups."""

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pilot_cli.audit.assessment import Assessment
    from pilot_cli.audit.overview import Group


class Grouping(StrEnum):
    """What the sites of a group have in common."""

    KIND = "kind"
    CITY = "city"
    DISTRICT = "district"
    ORGANIZATION = "organization"
    FORM = "form"
    GRADE = "grade"

    def group_of(self, assessment: "Assessment") -> "Group | None":
        """Return the group that a site belongs to; None when the file does not say."""
        if self is Grouping.GRADE:
            return assessment.grade
        name: str | None = getattr(assessment, self)
        return name.strip() or None if name else None
