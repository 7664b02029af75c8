"""What inspectors may have written down, ready for `tomli_w`."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests.generated.values import AS_OF, DATE

ON_SITE = tuple(f"Y{number:03}" for number in range(1, 13))
NEAR_THE_LIMITS = st.sampled_from(
    [
        *(date(2020, 11, 22), AS_OF, date(2020, 11, 24), date(2020, 5, 23), date(2020, 5, 22), date(2019, 11, 23)),
        *(date(2019, 11, 22), date(2015, 11, 23), date(2015, 11, 22), date(2021, 5, 31), date(2020, 2, 29)),
    ]
)
RESULT = st.sampled_from(["达标", "达标", "基本达标", "不达标", "不达标", "好", ""])
RULE = st.one_of(*[st.sampled_from(ON_SITE)] * 9, st.sampled_from(["B003", "y001", "Z001", ""]))


@st.composite
def _result(draw: st.DrawFn) -> dict[str, Any]:
    result: dict[str, Any] = {"rule": draw(RULE), "result": draw(RESULT)}
    if draw(st.booleans()):
        result["note"] = draw(st.sampled_from(["", " ", "会议室未上墙", "{x} %s [b]"]))
    if not draw(st.integers(0, 15)):
        spoilt = draw(st.sampled_from(["rule", "result", "note", "photos", "unknown"]))
        result[spoilt] = draw(st.sampled_from([7, True, [1], {}]))
    if not draw(st.integers(0, 15)):
        del result[draw(st.sampled_from(["rule", "result"]))]
    return result


@st.composite
def _inspection(draw: st.DrawFn) -> dict[str, Any]:
    inspection: dict[str, Any] = {"on": draw(st.one_of(NEAR_THE_LIMITS, NEAR_THE_LIMITS, DATE)), "by": "第一检查组"}
    inspection["results"] = draw(st.lists(_result(), max_size=14))
    if not draw(st.integers(0, 15)):
        inspection["on"] = draw(st.sampled_from(["2020-11-23", "2020年11月23日", 7]))
    if not draw(st.integers(0, 15)):
        del inspection["on"]
    return inspection


def inspections() -> st.SearchStrategy[dict[str, Any]]:
    """A file of inspections as plain data: most of it can be used."""
    return st.fixed_dictionaries({"inspections": st.lists(_inspection(), max_size=5)})
