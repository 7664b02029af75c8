"""The tables of a generated site, each key for itself."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from hypothesis import strategies as st

from tests.generated.documents import DOCUMENTS
from tests.generated.values import (
    AREA,
    CATEGORIES,
    COUNT,
    DATE,
    DECISIONS,
    FITTINGS,
    FORMS,
    FREQUENCIES,
    NAME,
    NAME_LIST,
    ORGANIZATION_TYPES,
    POSTS,
    RECORD_KINDS,
    ROLE_KINDS,
    STATUSES,
    TEXT,
    WORK_RULES,
    Keys,
    Table,
)

ROLL = st.integers(0, 19)  # the die: how much of a starting point is kept is said in twentieths


def some_keys(draw: st.DrawFn, keys: Keys, base: Table | None = None, keep: int = 0) -> Table:
    """Each key independently: as in `base`, or absent, or drawn, or (a list) as in `base` and a bit more."""
    base = base or {}
    made: Table = {}
    for key, values in keys.items():
        roll = draw(ROLL)
        if key in base and roll < keep:
            made[key] = base[key]
        elif roll % 2:
            drawn = draw(values)
            more = isinstance(drawn, list) and draw(st.booleans())
            made[key] = [*base.get(key, []), *drawn] if more else drawn
    return made


@st.composite
def each(draw: st.DrawFn, keys: Keys) -> Table:
    """An element of an array of tables, which has most of its keys more often than few."""
    likely = draw(st.sampled_from([10, 15, 20]))
    return {key: draw(values) for key, values in keys.items() if draw(ROLL) >= 20 - likely}


@st.composite
def series(draw: st.DrawFn) -> list[Table]:
    """Meetings of one kind at regular intervals; drawn one by one they would never fill a year."""
    kind = draw(st.sampled_from(RECORD_KINDS))
    every = draw(st.sampled_from([1, 1, 1, 3, 6]))
    first = draw(st.sampled_from([0, 6, 9, 10, 11, 12]))
    count = draw(st.sampled_from([24, 15, 13, 12, 11, 2]))
    left_out = draw(st.sampled_from([None, None, None, 0, 5, 10]))
    day = draw(st.sampled_from([1, 15, 23, 31]))
    others = draw(each({key: RECORD[key] for key in ("title", "recorder", "attended", "expected", "decision")}))
    months = [first + every * turn for turn in range(count) if turn != left_out]
    return [{"kind": kind, "date": day_of(month, day), **others} for month in months if month < 26]


def day_of(month: int, day: int) -> date:
    """That day, or the last, of a month counted from January 2019."""
    year, month = 2019 + month // 12, month % 12 + 1
    return date(year, month, min(day, monthrange(year, month)[1]))


OFFICER: Keys = {"name": NAME, "posts": st.lists(st.sampled_from(POSTS), max_size=3)}
ITEM: Keys = {
    "title": TEXT,
    "owner": NAME,
    "category": st.sampled_from(CATEGORIES),
    "due": DATE,
    "frequency": st.sampled_from(FREQUENCIES),
    "status": st.sampled_from(STATUSES),
    "done_on": DATE,
    "feedback": TEXT,
}
ROLE: Keys = {
    "kind": st.sampled_from(ROLE_KINDS),
    "name": TEXT,
    "lead": NAME,
    "duty": TEXT,
    "members": NAME_LIST,
}
YEAR = st.one_of(*[st.integers(2017, 2021)] * 6, st.sampled_from([1921, 9999]))
# Meetings that elect or decide, with about half or four fifths of those who may.
GATHERING: Keys = {
    "kind": st.sampled_from([*RECORD_KINDS, "党员大会", "党员大会", "支委会", "支委会"]),
    "date": DATE,
    "attended": st.integers(3, 9),
    "expected": st.sampled_from([10, 10, 8, 7, 0]),
    "decision": st.sampled_from(DECISIONS[1:]),
}
YEARLY_KINDS = ["组织生活会", "民主评议党员"]
# Meetings once a year, about the day by which that of the year before has to be held.
YEARLY: Keys = {
    "kind": st.sampled_from(YEARLY_KINDS),
    "date": st.sampled_from(
        [
            *(date(2018, 12, 31), date(2019, 1, 1), date(2019, 4, 1), date(2019, 12, 31), date(2020, 1, 14)),
            *(date(2020, 3, 30), date(2020, 3, 31), date(2020, 4, 1), date(2020, 11, 24), date(2021, 3, 31)),
        ]
    ),
    "year": st.sampled_from([2018, 2019, 2019, 2020, 2021]),
}
RECORD: Keys = {
    "kind": st.sampled_from(RECORD_KINDS),
    "date": DATE,
    "title": TEXT,
    "recorder": NAME,
    "lecturer": NAME,
    "attended": COUNT,
    "expected": COUNT,
    "year": YEAR,
    "decision": st.sampled_from(DECISIONS),
    "host": NAME,
}
RECORDS = st.builds(
    lambda several, loose: sum(several, loose),
    st.lists(series(), max_size=4),
    st.lists(st.one_of(each(RECORD), each(RECORD), each(GATHERING), each(YEARLY)), max_size=4),
)
SURVEY: Keys = {"surveyed_on": DATE, "rated": COUNT, "satisfied": COUNT}
SITE: Keys = {
    "city": TEXT,
    "district": TEXT,
    "organization": TEXT,
    "organization_type": st.sampled_from(ORGANIZATION_TYPES),
    "started_on": DATE,
    "ends_on": DATE,
    "liaison": NAME,
    "instructor": NAME,
    "brand": TEXT,
}
TABLES: dict[str, Keys] = {
    "branch": {
        "name": TEXT,
        "form": st.sampled_from(FORMS),
        "applied_on": DATE,
        "approved_on": DATE,
        "established_on": DATE,
        "elected_on": DATE,
        "approved_by": TEXT,
        "approval_no": TEXT,
        "superior": TEXT,
        "term_years": st.one_of(st.sampled_from([3, 5]), st.integers(1, 5)),
        "full_members": COUNT,
        "probationary_members": COUNT,
        "groups": st.one_of(st.integers(0, 2), COUNT),
        "covers": st.lists(TEXT, max_size=7),
        "documents": DOCUMENTS,
        "officers": st.lists(each(OFFICER), max_size=8),
    },
    "responsibility_list": {
        "issued_on": DATE,
        "reviewed_on": DATE,
        "documents": DOCUMENTS,
        "items": st.lists(each(ITEM), max_size=5),
    },
    "activity_space": {
        "name": TEXT,
        "address": TEXT,
        "opening_hours": TEXT,
        "shared_with": TEXT,
        "area_m2": AREA,
        "opened_on": DATE,
        "has": st.one_of(st.permutations(FITTINGS), st.lists(st.sampled_from(FITTINGS), max_size=8)),
        "documents": DOCUMENTS,
    },
    "member_guide": {
        "issued_on": DATE,
        "pledged_members": COUNT,
        "documents": DOCUMENTS,
        "roles": st.lists(each(ROLE), max_size=3),
    },
    "work_rules": {
        "issued_on": DATE,
        "covers": st.one_of(st.permutations(WORK_RULES), st.lists(st.sampled_from(WORK_RULES), max_size=9)),
        "documents": DOCUMENTS,
        "records": RECORDS,
    },
}
