"""What sites can be grouped by."""

from enum import StrEnum


class Grouping(StrEnum):
    """What the sites of a group have in common."""

    KIND = "kind"
    CITY = "city"
    DISTRICT = "district"
    ORGANIZATION = "organization"
    FORM = "form"
    GRADE = "grade"
