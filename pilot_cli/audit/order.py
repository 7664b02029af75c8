"""In what order sites are shown."""

import os
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pilot_cli.audit.assessment import Assessment


class Order(StrEnum):
    """What sites are sorted by."""

    PATH = "path"
    SCORE = "score"
    CITY = "city"
    NAME = "name"

    def sort(self, assessments: "Iterable[Assessment]") -> "list[Assessment]":
        """Sort assessments; those that have the same place stay as they are, and what is not given comes last."""
        return sorted(assessments, key=self._key)

    def _key(self, site: "Assessment") -> Any:
        match self:
            case Order.PATH:
                return site.path.split(os.sep)
            case Order.SCORE:
                # The weakest first: by score, or without scores by the number of findings.
                return -site.weakness
            case Order.CITY:
                return _as_in_a_dictionary(site.city)
            case Order.NAME:
                return _as_in_a_dictionary(site.name)


def _as_in_a_dictionary(text: str | None) -> tuple[bool, bytes]:
    """Order Chinese by its pronunciation, as GB 2312 does with the characters in common use."""
    return text is None, (text or "").encode("gb18030", "backslashreplace")
