"""In what order sites are shown."""

import os
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pilot_cli.audit.assessment import Assessment


_CITIES = (
    *("广州", "深圳", "珠海", "汕头", "佛山", "韶关", "河源", "梅州", "惠州", "汕尾", "东莞"),
    *("中山", "江门", "阳江", "湛江", "茂名", "肇庆", "清远", "潮州", "揭阳", "云浮"),
)
CITIES = tuple(city + suffix for city in _CITIES for suffix in ("市", ""))
"""The cities of Guangdong in their official order, each as it is called and as it is called for short."""


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
                return city_place(site.city)
            case Order.NAME:
                return name_place(site.name)


def city_place(city: str | None) -> tuple[int, tuple[bool, bytes]]:
    """Return the place of a city in the official order; all others come after those, as in a dictionary."""
    name = (city or "").strip()
    return CITIES.index(name) if name in CITIES else len(CITIES), name_place(city)


def name_place(text: str | None) -> tuple[bool, bytes]:
    """Order Chinese by its pronunciation, as GB 2312 does with the characters in common use."""
    return text is None, (text or "").encode("gb18030", "backslashreplace")
