"""Site files made up by hypothesis: valid ones, from the bare minimum to the exemplary, ready for `tomli_w`.

Two ways of making them meet in `_table`. With nothing to start from, every key is there or not by the toss
of a coin: that explores, but scores next to nothing. Starting from an exemplary site, most keys are kept and
a few are dropped, redrawn or added to: that reaches the high grades, and the narrow misses.
"""

from __future__ import annotations

import contextlib
import os
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import strategies as st

Values = st.SearchStrategy[Any]
Keys = Mapping[str, Values]
Table = dict[str, Any]
T = TypeVar("T")

AS_OF = date(2020, 11, 23)

SITE_KINDS = ["建筑工地", "社区物业"]
ORGANIZATION_TYPES = ["新经济组织", "新社会组织", "其他"]
FORMS = ["单独", "联合", "临时", "流动"]
POSTS = ["书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员"]
CATEGORIES = ["党的建设", "安全质量", "小区治理", "服务群众", "其他"]
FREQUENCIES = ["每月", "每季度", "每半年", "每年"]
STATUSES = ["未开始", "进行中", "已完成"]
FITTINGS = ["场所", "设施", "标志", "党旗", "书报", "制度"]
ROLE_KINDS = ["党员先锋岗", "党员责任区", "党员突击队", "党员志愿服务队"]
WORK_RULES = [
    *("三会一课", "主题党日", "组织生活会", "民主评议党员", "谈心谈话"),
    *("党员教育管理", "党费收缴", "发展党员", "请示报告"),
]
RECORD_KINDS = [
    *("党员大会", "支委会", "党小组会", "党课"),
    *("主题党日", "组织生活会", "民主评议党员", "谈心谈话"),
]
MONTHLY = ["支委会", "党小组会", "主题党日"]
RULES = [
    f"{family}{number:03}"
    for family, last in {"P": 8, "B": 15, "L": 12, "A": 7, "G": 9, "W": 15}.items()
    for number in range(1, last + 1)
]

# --- names and other texts ---------------------------------------------------------------------------------

NAMES = ["张三", "李四", "王五", "赵六", "欧阳小红", "Lee Ming", "张三 "]
HOSTILE = [
    *("", " ", "\u3000", "\t \n", "\u200b"),
    *("[red]", "[/]", "\x1b[31m红", "第一行\n第二行", "a\r\nb", "\u202eabc", "\u200f", "\ufeff", "\x00"),
    *("=1+1", "@SUM(A1)", "-1", "+1", "'x", '"', '"""', "\\", "\\u0041", "#", "[branch]", "$(id)"),
    *("{{ 7*7 }}", "{0}", "%s", "\x7f"),
    *("<r>x</r>", "<r>&</r>", '<r><t>甲</t></r></is></c><c r="B9">', "_x0041_"),
    *("<script>", "&amp;", "]]>", "|", "a,b;c", "::error::x", "http://a.b", "、", "，", "“”", "＝"),
    *("👩‍👩‍👧", "e\u0301", "𠮷", "\U0010ffff", "\u0085", "\u2028", "党" * 300),
]
WRITABLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAME = st.one_of([st.sampled_from(NAMES)] * 12 + [st.sampled_from(HOSTILE), WRITABLE])
USUAL = st.sampled_from(["住建局", "安全巡查", "为民服务", "A座101室"])
TEXT = st.one_of([USUAL] * 4 + [st.sampled_from(HOSTILE), WRITABLE])
NAME_LIST = st.lists(NAME, max_size=6)
NOT_BLANK = st.one_of(st.sampled_from(["已延期", "上级党委"]), TEXT.map(lambda text: text + "。"))
ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
SITE_ID = st.one_of(
    st.text(ID_CHARACTERS + "-", min_size=1, max_size=20).map(lambda rest: "s" + rest),
    st.text(ID_CHARACTERS, min_size=2, max_size=4),
    st.sampled_from(["a-", "00", "gz-0001", "z" * 64]),
)

# --- numbers -----------------------------------------------------------------------------------------------

COUNT = st.one_of(
    *[st.integers(0, 12)] * 6,
    st.sampled_from([2, 3, 6, 7, 49, 50, 51]),  # about the limits of the rules
    st.sampled_from([0, 10**6, 2**53 + 1, 2**63 - 1]),
)
AREA = st.one_of(
    st.integers(1, 40),
    st.floats(0.5, 40.0),
    st.sampled_from([10, 10.0, 9.99, 9.999999999999998, 10.000000000000002, 5e-324, 1e-5, 1e308, 2**53 + 1]),
)

# --- dates -------------------------------------------------------------------------------------------------

LAST_DAYS = [date(y, m, monthrange(y, m)[1]) for y in (2018, 2019, 2020) for m in range(1, 13)]
LIMITS = [
    *(date(2019, 11, 22), date(2019, 11, 23), date(2019, 11, 24)),  # twelve months before, and next to it
    *(date(2020, 11, 22), date(2020, 11, 23), date(2020, 11, 24)),
    *(date(y, 11, d) for y in (2015, 2016, 2017, 2018) for d in (22, 23, 24)),  # terms that run out
    *(date(2016, 2, 29), date(2019, 2, 28), date(2019, 3, 1), date(2020, 2, 28), date(2020, 2, 29)),
    *(date(2020, 3, 1), date(2021, 2, 28), date(2020, 12, 31), date(2021, 1, 1)),
]
EXTREMES = [date.min, date(1, 12, 31), date(2, 1, 1), date(9996, 2, 29), date(9999, 12, 1), date.max]
NEAR = st.integers(-730, 0).map(lambda days: AS_OF + timedelta(days))
PLAIN_DATE = st.one_of(
    *[NEAR] * 8,
    st.integers(1, 60).map(lambda days: AS_OF + timedelta(days)),
    *[st.sampled_from(LIMITS)] * 3,
    st.sampled_from(LAST_DAYS),
    st.sampled_from(LAST_DAYS).map(lambda last: last + timedelta(1)),
    st.one_of(st.dates(), st.sampled_from(EXTREMES)),
)
# A date may be a TOML date or a quoted one.
DATE = st.one_of(*[PLAIN_DATE] * 5, PLAIN_DATE.map(date.isoformat))

# --- documents ---------------------------------------------------------------------------------------------

# A file that is there for certain and lies outside of every site's folder.
OUTSIDE = Path(__file__).resolve()
GOOD_DOCUMENTS = ["documents/a.pdf", "documents/名单 1.docx", "documents/sub/b.xlsx", "c.txt"]
ALSO_GOOD = ["documents/./a.pdf", "documents/sub/../a.pdf", "./c.txt"]
BAD_DOCUMENTS = [
    *("documents/empty.pdf", "documents/missing.pdf", "documents/sub", "documents", "nowhere/a.pdf"),
    *("documents/link.pdf", "documents/dangling.pdf", "documents/circle.pdf", "documents/out/generated.py"),
    *("documents/a.pdf/b.pdf", "documents/pipe", "a" * 300, "documents/a\x00.pdf"),
    *("", " ", ".", "..", "../x", "documents/../../x", "~/x", "[red].pdf"),
    *("/x", "C:\\x", "//server/x", "file:///x"),
    *(str(OUTSIDE), "../" * 40 + OUTSIDE.relative_to(OUTSIDE.anchor).as_posix()),
]
DOCUMENTS = st.one_of(
    st.lists(st.sampled_from(GOOD_DOCUMENTS), min_size=1, max_size=3),
    st.lists(st.sampled_from(GOOD_DOCUMENTS + ALSO_GOOD + BAD_DOCUMENTS), max_size=3),
)


def make_folder(folder: Path) -> None:
    """Put the documents into a site's folder. Links and pipes are just missing where the system has none."""
    for name in GOOD_DOCUMENTS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("佐证", encoding="utf-8")
    documents = folder / "documents"
    (documents / "empty.pdf").write_bytes(b"")
    links = {
        "link.pdf": OUTSIDE,
        "out": OUTSIDE.parent,
        "dangling.pdf": Path("no-such.pdf"),
        "circle.pdf": Path("circle.pdf"),
    }
    for link, target in links.items():
        with contextlib.suppress(OSError, NotImplementedError):
            (documents / link).symlink_to(target)
    with contextlib.suppress(OSError, AttributeError):
        os.mkfifo(documents / "pipe")  # reading it would wait for ever


# --- tables ----------------------------------------------------------------------------------------------

ROLL = st.integers(0, 19)  # the die: how much of a starting point is kept is said in twentieths


def _table(draw: st.DrawFn, keys: Keys, base: Table | None = None, keep: int = 0) -> Table:
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
def _each(draw: st.DrawFn, keys: Keys) -> Table:
    """An element of an array of tables, which has most of its keys more often than few."""
    likely = draw(st.sampled_from([10, 15, 20]))
    return {key: draw(values) for key, values in keys.items() if draw(ROLL) >= 20 - likely}


@st.composite
def _series(draw: st.DrawFn) -> list[Table]:
    """Meetings of one kind at regular intervals; drawn one by one they would never fill a year."""
    kind = draw(st.sampled_from(RECORD_KINDS))
    every = draw(st.sampled_from([1, 1, 1, 3, 6]))
    first = draw(st.sampled_from([0, 6, 9, 10, 11, 12]))
    count = draw(st.sampled_from([24, 15, 13, 12, 11, 2]))
    left_out = draw(st.sampled_from([None, None, None, 0, 5, 10]))
    day = draw(st.sampled_from([1, 15, 23, 31]))
    others = draw(_each({key: RECORD[key] for key in ("title", "recorder", "attended", "expected")}))
    months = [first + every * turn for turn in range(count) if turn != left_out]
    return [{"kind": kind, "date": _day_of(month, day), **others} for month in months if month < 26]


def _day_of(month: int, day: int) -> date:
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
RECORD: Keys = {
    "kind": st.sampled_from(RECORD_KINDS),
    "date": DATE,
    "title": TEXT,
    "recorder": NAME,
    "lecturer": NAME,
    "attended": COUNT,
    "expected": COUNT,
}
RECORDS = st.builds(
    lambda series, loose: sum(series, loose),
    st.lists(_series(), max_size=4),
    st.lists(_each(RECORD), max_size=4),
)
SURVEY: Keys = {"surveyed_on": DATE, "rated": COUNT, "satisfied": COUNT}
WAIVER_RULE = st.one_of(
    *[st.sampled_from(RULES)] * 8,
    st.sampled_from(["B001", "L001", "A001", "G001", "W001"]),
    st.sampled_from(["X999", "b003", "F004", "", " B003"]),
)
HOLDING = st.sampled_from([AS_OF, date(2021, 2, 28), date.max])

SITE: Keys = {
    "city": TEXT,
    "district": TEXT,
    "organization": TEXT,
    "organization_type": st.sampled_from(ORGANIZATION_TYPES),
    "started_on": DATE,
    "ends_on": DATE,
    "liaison": NAME,
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
        "term_years": st.integers(1, 5),
        "full_members": COUNT,
        "probationary_members": COUNT,
        "groups": st.one_of(st.integers(0, 2), COUNT),
        "covers": st.lists(TEXT, max_size=7),
        "documents": DOCUMENTS,
        "officers": st.lists(_each(OFFICER), max_size=8),
    },
    "responsibility_list": {
        "issued_on": DATE,
        "reviewed_on": DATE,
        "documents": DOCUMENTS,
        "items": st.lists(_each(ITEM), max_size=5),
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
        "roles": st.lists(_each(ROLE), max_size=3),
    },
    "work_rules": {
        "issued_on": DATE,
        "covers": st.one_of(st.permutations(WORK_RULES), st.lists(st.sampled_from(WORK_RULES), max_size=9)),
        "documents": DOCUMENTS,
        "records": RECORDS,
    },
}


# --- an exemplary site -------------------------------------------------------------------------------------


def _mostly(usual: T, *others: T) -> st.SearchStrategy[T]:
    """The usual value four times out of five, else one on or next to the limit of a rule."""
    return st.sampled_from([usual] * (4 * len(others)) + [*others])


MEMBERS = _mostly((5, 3), (3, 2), (6, 4), (7, 5), (7, 4), (10, 6), (10, 5), (22, 13), (50, 30), (2, 2))
APPROVAL = _mostly(
    (date(2018, 10, 31), date(2018, 12, 1)),  # 31 days
    (date(2018, 10, 30), date(2018, 12, 1)),
    (date(2018, 12, 1), date(2018, 12, 1)),
    (date(2018, 12, 2), date(2018, 12, 1)),
)
ESTABLISHED = _mostly(
    date(2018, 12, 1),
    date(2018, 11, 30),  # before it was approved
    *(date(2019, 11, 22), date(2019, 11, 23), date(2019, 11, 24)),
    *(date(2019, 12, 1), date(2019, 12, 2), date(2020, 1, 1), date(2020, 1, 2), date(2020, 11, 1)),
)
TERM_START = _mostly(
    (date(2018, 12, 1), 3),
    *((date(2017, 11, 24), None), (date(2017, 11, 23), None), (date(2017, 11, 22), None)),
    *((date(2016, 11, 24), 4), (date(2016, 11, 23), 4), (date(2016, 2, 29), 4), (date(2016, 2, 29), 5)),
)
REVIEWED = _mostly(date(2019, 12, 31), date(2019, 2, 28), date(2019, 11, 23), date(2019, 11, 22))
UNITS = _mostly(2, 1, 5, 6)
FIRST_MONTH = _mostly(0, 1, 9, 10, 11, 12, 13)
KIND_LEFT_OUT = _mostly("", *RECORD_KINDS)
ATTENDANCE = _mostly((4, 8), (5, 9), (4, 9), (3, 8))


@st.composite
def _exemplary(draw: st.DrawFn) -> dict[str, Table]:
    """A site with little to find as of `AS_OF`, often nothing, and not much more at the dates around it."""
    full, active = draw(MEMBERS)
    active_names = [f"党员{number}" for number in range(1, active + 1)]
    applied_on, approved_on = draw(APPROVAL)
    elected_on, term_years = draw(TERM_START)
    posts = [["书记", "组织委员"], ["副书记", "宣传委员"], ["纪检委员"]]
    officers = [{"name": name, "posts": held} for name, held in zip(NAMES, posts, strict=False)]
    first_month, left_out = draw(FIRST_MONTH), draw(KIND_LEFT_OUT)
    attended, expected = draw(ATTENDANCE)
    meeting = {"recorder": "李四", "attended": attended, "expected": expected}
    return {
        "site": {
            **dict.fromkeys(["city", "district", "organization", "liaison", "brand"], "先锋"),
            "organization_type": "新经济组织",
            "started_on": date(2018, 3, 1),
            "ends_on": date(2021, 2, 28),
        },
        "branch": {
            **dict.fromkeys(["name", "approved_by", "approval_no"], "广建〔2018〕1号"),
            "form": draw(st.sampled_from(FORMS)),
            "applied_on": applied_on,
            "approved_on": approved_on,
            "established_on": draw(ESTABLISHED),
            "elected_on": elected_on,
            **({"term_years": term_years} if term_years else {}),
            "full_members": full,
            "probationary_members": draw(_mostly(0, 1)),
            "groups": draw(st.integers(0, 2)),
            "covers": [f"第{number}公司" for number in range(draw(UNITS))],
            "documents": GOOD_DOCUMENTS[:1],
            "officers": officers if full >= 7 else officers[:2],
        },
        "responsibility_list": {
            "issued_on": date(2018, 12, 15),
            "reviewed_on": draw(REVIEWED),
            "documents": [*GOOD_DOCUMENTS],
            "items": [
                {"title": "巡查", "owner": "张三", "category": "安全质量", "frequency": "每月"},
                {"owner": "李四", "category": "小区治理", "due": AS_OF, "status": "进行中"},
                {"owner": "王五", "due": date(2019, 6, 30), "status": "已完成", "feedback": "已办结"},
            ],
        },
        "activity_space": {
            **dict.fromkeys(["name", "address", "opening_hours", "shared_with"], "9:00-17:00"),
            "area_m2": 10,
            "opened_on": date(2018, 12, 15),
            "has": [*FITTINGS],
            "documents": GOOD_DOCUMENTS[1:],
        },
        "member_guide": {
            "issued_on": date(2018, 12, 15),
            "pledged_members": full,
            "documents": GOOD_DOCUMENTS[:2],
            "roles": [
                {"kind": "党员先锋岗", "name": "塔吊", "lead": "张三", "members": active_names[:2]},
                {"kind": "党员志愿服务队", "duty": "便民", "members": active_names[1:]},
            ],
        },
        "work_rules": {
            "issued_on": date(2018, 12, 15),
            "covers": [*WORK_RULES],
            "documents": GOOD_DOCUMENTS[2:],
            "records": [
                {**meeting, "kind": kind, "date": _day_of(month, 15)}
                for kind in RECORD_KINDS
                for month in range(first_month, 25, 1 if kind in MONTHLY else 3)
                if kind != left_out
            ],
        },
    }


# --- waivers -----------------------------------------------------------------------------------------------


@st.composite
def _waiver(draw: st.DrawFn) -> Table:
    """Half of them name a rule and hold, the others may lack either key or have run out."""
    keys: Keys = {"rule": WAIVER_RULE, "until": HOLDING}
    made = {key: draw(values) for key, values in keys.items()}
    if draw(st.booleans()):
        made = _table(draw, {"rule": WAIVER_RULE, "until": DATE})
    return {**made, "reason": draw(NOT_BLANK), "approved_by": draw(NOT_BLANK)}


@st.composite
def _amnesty(draw: st.DrawFn) -> list[Table]:
    """Every rule of a family waived, or all but one: a one of which nothing is asked, and next to it."""
    family, spared, until = draw(st.sampled_from("BLAGWP")), draw(WAIVER_RULE), draw(HOLDING)
    waived = [rule for rule in RULES if rule.startswith(family) and rule != spared]
    return [{"rule": rule, "until": until, "reason": "试点", "approved_by": "厅党组"} for rule in waived]


WAIVERS: Values = st.one_of(*[st.just([])] * 4, *[st.lists(_waiver(), max_size=8)] * 5, _amnesty())


# --- whole sites -------------------------------------------------------------------------------------------


@st.composite
def sites(draw: st.DrawFn, folder: Path | None = None) -> dict[str, Any]:
    """A valid site file as plain data. It shrinks towards the bare minimum.

    Knowing the folder of the file, it also names documents that do lie in there but by a forbidden way.
    """
    keep = draw(st.sampled_from([0, 0, 10, 15, 17, 18, 19]))
    base: dict[str, Table] = draw(_exemplary()) if keep else {}
    site: Table = {"format": 1} if draw(st.booleans()) else {}
    site["site"] = {
        "id": draw(SITE_ID),
        "name": draw(TEXT),
        "kind": draw(st.sampled_from(SITE_KINDS)),
        **_table(draw, SITE, base.get("site"), keep),
    }
    for name, keys in TABLES.items():
        roll = draw(ROLL)
        if roll >= 2 or (keep and roll):
            site[name] = _table(draw, keys, base.get(name), keep)
            if folder and "documents" in site[name] and draw(ROLL) == 19:
                there = (folder / GOOD_DOCUMENTS[0]).absolute()
                back = f"documents/../../{folder.name}/{GOOD_DOCUMENTS[0]}"
                site[name]["documents"] = [draw(st.sampled_from([str(there), back]))]
        elif draw(st.booleans()):
            site[name] = {}
    surveys = draw(st.lists(_each(SURVEY), max_size=3))
    if base and draw(ROLL) < keep:
        surveys.append({"surveyed_on": date(2019, 12, 31), "rated": 10, "satisfied": 10})
    if draw(st.booleans()) or surveys:
        site["satisfaction"] = surveys
    waivers = draw(WAIVERS)
    if draw(st.booleans()) or waivers:
        site["waivers"] = waivers
    return site


def as_of_dates() -> st.SearchStrategy[date]:
    """The as-of date that the sites are made for, and others near it, on awkward days above all."""
    awkward = [
        *(date(2020, 2, 29), date(2020, 2, 29), date(2021, 2, 28), date(2021, 2, 28), date(2020, 11, 30)),
        *(date(2020, 12, 31), date(2020, 1, 1), date(2020, 10, 1)),
    ]
    near = st.integers(-330, 100).map(lambda days: AS_OF + timedelta(days))
    far = st.sampled_from([date.min, date(1, 12, 31), date.max])
    return st.one_of(*[st.just(AS_OF)] * 20, *[st.sampled_from(awkward)] * 12, *[near] * 5, far)
