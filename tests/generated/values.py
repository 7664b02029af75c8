"""Words, texts, numbers and dates that generated sites are made of."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

Values = st.SearchStrategy[Any]
Keys = Mapping[str, Values]
Table = dict[str, Any]

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
DECISIONS = ["无", "表决", "选举"]
RULES = [
    f"{family}{number:03}"
    for family, last in {"P": 9, "B": 19, "L": 12, "A": 7, "G": 9, "W": 17}.items()
    for number in range(1, last + 1)
]

# --- names and other texts ---

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

# --- numbers ---

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

# --- dates ---

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
