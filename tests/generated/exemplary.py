"""A site that leaves little to be found, for others to be made from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from tests.generated.documents import GOOD_DOCUMENTS
from tests.generated.tables import GATHERING, YEARLY, YEARLY_KINDS, day_of, each
from tests.generated.values import AS_OF, DECISIONS, FITTINGS, FORMS, MONTHLY, NAMES, RECORD_KINDS, WORK_RULES, Table

T = TypeVar("T")


def _mostly(usual: T, *others: T) -> st.SearchStrategy[T]:
    """The usual value four times out of five, else one on or next to the limit of a rule."""
    return st.sampled_from([usual] * (4 * len(others)) + [*others])


MEMBERS = _mostly((5, 3), (3, 2), (6, 4), (7, 5), (7, 4), (10, 6), (10, 5), (22, 13), (50, 30), (2, 2))
APPROVAL = _mostly(
    (date(2018, 10, 31), date(2018, 12, 1)),  # 31 days
    (date(2018, 10, 30), date(2018, 12, 1)),
    (date(2018, 12, 1), date(2018, 12, 1)),
    (date(2018, 12, 2), date(2018, 12, 1)),
    (date(2020, 11, 1), date(2020, 11, 24)),  # ahead
)
ESTABLISHED = _mostly(
    date(2018, 12, 1),
    date(2018, 11, 30),  # before it was approved
    *(date(2019, 6, 30), date(2019, 7, 1)),  # six months before the end of a year
    *(date(2019, 11, 22), date(2019, 11, 23), date(2019, 11, 24), date(2020, 11, 23), date(2020, 11, 24)),
    *(date(2019, 12, 1), date(2019, 12, 2), date(2020, 1, 1), date(2020, 1, 2), date(2020, 11, 1)),
)
TERM: st.SearchStrategy[Table] = _mostly(
    {"elected_on": date(2018, 12, 1), "term_years": 3},
    *({"elected_on": date(2017, 11, day), "term_years": 3} for day in (22, 23, 24)),
    *({"elected_on": date(2015, 11, day), "term_years": 5} for day in (22, 23, 24)),
    *({"elected_on": date(2016, 2, 29), "term_years": years} for years in (4, 5)),
    *({"elected_on": date(2018, 12, 1)}, {"term_years": 5}, {}),
    {"elected_on": date(2020, 11, 24), "term_years": 3},  # ahead
)
NO_TERM: st.SearchStrategy[Table] = _mostly(
    {}, {"elected_on": date(2018, 12, 1)}, {"elected_on": date(2020, 11, 24)}, {"term_years": 3}
)
ISSUED = _mostly(date(2018, 12, 15), AS_OF, AS_OF + timedelta(1))
REVIEWED = _mostly(date(2019, 12, 31), date(2019, 2, 28), date(2019, 11, 23), date(2019, 11, 22))
DONE = _mostly(date(2019, 6, 29), date(2019, 7, 1), AS_OF, AS_OF + timedelta(1))
UNITS = _mostly(2, 1, 5, 6)
FIRST_MONTH = _mostly(0, 1, 9, 10, 11, 12, 13)
KIND_LEFT_OUT = _mostly("", *RECORD_KINDS)
ATTENDANCE = _mostly((4, 8), (5, 9), (4, 9), (3, 8))
SOME_GATHERINGS = _mostly(0, 1, 2)
TEMPORARY_LEAVES_OUT = _mostly(["发展党员", "党费收缴"], ["发展党员"], ["党费收缴"], [])


@st.composite
def exemplary(draw: st.DrawFn) -> dict[str, Table]:
    """A site with little to find as of `AS_OF`, often nothing, and not much more at the dates around it."""
    full, active = draw(MEMBERS)
    form = draw(st.sampled_from(FORMS))
    names = [f"党员{number}" for number in range(1, active + 1)]
    return {
        "site": {
            **dict.fromkeys(["city", "district", "organization", "liaison", "instructor", "brand"], "先锋"),
            "organization_type": "新经济组织",
            "started_on": date(2018, 3, 1),
            "ends_on": date(2021, 2, 28),
        },
        "branch": draw(_branch(form, full)),
        "responsibility_list": draw(_responsibility_list()),
        "activity_space": {
            **dict.fromkeys(["name", "address", "opening_hours", "shared_with"], "9:00-17:00"),
            "area_m2": 10,
            "opened_on": draw(ISSUED),
            "has": [*FITTINGS],
            "documents": GOOD_DOCUMENTS[1:],
        },
        "member_guide": {
            "issued_on": draw(ISSUED),
            "pledged_members": full,
            "documents": GOOD_DOCUMENTS[:2],
            "roles": [
                {"kind": "党员先锋岗", "name": "塔吊", "lead": "张三", "members": names[:2]},
                {"kind": "党员志愿服务队", "duty": "便民", "members": names[1:]},
            ],
        },
        "work_rules": draw(_work_rules(form)),
    }


@st.composite
def _branch(draw: st.DrawFn, form: str, full: int) -> Table:
    applied_on, approved_on = draw(APPROVAL)
    posts = [["书记", "组织委员"], ["副书记", "宣传委员"], ["纪检委员"]]
    officers = [{"name": name, "posts": held} for name, held in zip(NAMES, posts, strict=False)]
    return {
        **dict.fromkeys(["name", "approved_by", "approval_no", "superior"], "广建〔2018〕1号"),
        "form": form,
        "applied_on": applied_on,
        "approved_on": approved_on,
        "established_on": draw(ESTABLISHED),
        **draw(NO_TERM if form == "临时" else TERM),
        "full_members": full,
        "probationary_members": draw(_mostly(0, 1)),
        "groups": draw(st.integers(0, 2)),
        "covers": [f"第{number}公司" for number in range(draw(UNITS))],
        "documents": GOOD_DOCUMENTS[:1],
        "officers": officers if full >= 7 else officers[:2],
    }


@st.composite
def _responsibility_list(draw: st.DrawFn) -> Table:
    return {
        "issued_on": draw(ISSUED),
        "reviewed_on": draw(REVIEWED),
        "documents": [*GOOD_DOCUMENTS],
        "items": [
            {"title": "巡查", "owner": "张三", "category": "安全质量", "frequency": "每月"},
            {"owner": "李四", "category": "小区治理", "due": AS_OF, "status": "进行中"},
            {
                **{"owner": "王五", "due": date(2019, 6, 30), "status": "已完成", "feedback": "已办结"},
                **({"done_on": draw(DONE)} if draw(st.booleans()) else {}),
            },
        ],
    }


@st.composite
def _work_rules(draw: st.DrawFn, form: str) -> Table:
    first_month, left_out = draw(FIRST_MONTH), draw(KIND_LEFT_OUT)
    attended, expected = draw(ATTENDANCE)
    meeting = {"recorder": "李四", "attended": attended, "expected": expected}
    if draw(st.booleans()):
        meeting["decision"] = draw(st.sampled_from(DECISIONS[:2]))
    yearly = draw(st.lists(each(YEARLY), min_size=1, max_size=4)) if draw(st.integers(0, 3)) == 3 else []
    kinds = [kind for kind in RECORD_KINDS if kind != left_out and not (yearly and kind in YEARLY_KINDS)]
    uncovered = draw(TEMPORARY_LEAVES_OUT) if form == "临时" else []
    gatherings = draw(SOME_GATHERINGS)
    return {
        "issued_on": draw(ISSUED),
        "covers": [covered for covered in WORK_RULES if covered not in uncovered],
        "documents": GOOD_DOCUMENTS[2:],
        "records": [
            *(
                {**meeting, "kind": kind, "date": day_of(month, 15)}
                for kind in kinds
                for month in range(first_month, 25, 1 if kind in MONTHLY else 3)
            ),
            *yearly,
            *draw(st.lists(each(GATHERING), min_size=gatherings, max_size=gatherings)),
        ],
    }
