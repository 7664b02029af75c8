"""Mending: slips of every kind are put right, whatever stands around them, and nothing else is touched."""

import os
import random
import time
from pathlib import Path

import pytest
import rtoml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilot_cli.site.fixes.mending import mend
from pilot_cli.site.reader import MAX_FILE_BYTES, parse_site
from tests.generated import sites
from tests.site.slips import SLIPS, remarks, without_slips, written
from tests.site.test_several_errors import HOSTILE

ROOT = Path(__file__).parents[2]
EXAMPLES = int(os.environ.get("PILOT_TEST_EXAMPLES", "100"))
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le")
MARKS = {"utf-16-le": b"\xff\xfe"}


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_slips_are_made_the_same_site_comes_back(data: st.DataObject) -> None:
    site = without_slips(data.draw(sites()))
    chance = random.Random(data.draw(st.integers(0, 2**32)))
    lines = written(site, chance)
    good = [line.text for line in lines]
    share = chance.choice((0.02, 0.1, 0.5, 1.0))
    spoilt = [(chance.random() < share and chance.choice(SLIPS)(line, chance)) or line.text for line in lines]
    end = chance.choice(("\n", "\r\n"))
    encoding = chance.choice(ENCODINGS)
    raw = MARKS.get(encoding, b"") + end.join(spoilt).encode(encoding)
    mended = mend(raw)
    assert mended is not None
    assert rtoml.loads(mended.after) == rtoml.loads("\n".join(good))
    assert remarks(mended.after.replace("\r", "")) == remarks("\n".join(good))
    for before, slip, after in zip(good, spoilt, mended.after.split(end), strict=True):
        if slip == before:
            assert after == before
    again = mend(mended.after.encode())
    assert again is not None
    assert (again.after, again.kinds) == (mended.after, ())
    assert parse_site(mended.after.encode()).problems == parse_site("\n".join(good).encode()).problems


SITE = '[site]\nid = "ab-1"\nname = "示例"\nkind = "建筑工地"\n'
BRANCH, SPACE, RECORD = "[branch]\n", "[activity_space]\n", "[[work_rules.records]]\n"
ITEM, RULES = "[[responsibility_list.items]]\n", "[work_rules]\n"

EXAMPLES_OF_KINDS = [
    # Full-width punctuation and digits outside of texts.
    ("", "name ＝ “海纳大厦”", 'name = "海纳大厦"'),
    ("", "name = “广东省“两新”组织”", 'name = "广东省“两新”组织"'),
    (BRANCH, 'covers = ［"甲"，“乙”、"丙"］', 'covers = ["甲","乙","丙"]'),
    (BRANCH, 'covers = [\n  "甲"，\n  “乙”，  ＃ 两家\n]', 'covers = [\n  "甲",\n  "乙",  # 两家\n]'),
    ("", "【branch】", "[branch]"),
    ("", "kind：“建筑工地”", 'kind="建筑工地"'),
    ("", 'kind: "建筑工地"', 'kind = "建筑工地"'),
    ("", 'city = "广州" ＃ 地市', 'city = "广州" # 地市'),
    # Blanks and what cannot be seen.
    ("", 'city\u3000=\u00a0"广\u3000州"', 'city = "广\u3000州"'),
    ("", 'city\u200b = "广州"  # \u200b', 'city = "广州"  # \u200b'),
    ("", "\ufeff", ""),
    ("", 'city = "广\u200b州"', 'city = "广州"'),
    ("", 'brand = "👩\u200d👩"', 'brand = "👩\u200d👩"'),
    # Dates.
    (BRANCH, "approved_on = 2020/1/3", "approved_on = 2020-01-03"),
    (BRANCH, "approved_on = 2020.01.03  # 批复", "approved_on = 2020-01-03  # 批复"),
    (BRANCH, "approved_on = 2020年1月3日", "approved_on = 2020-01-03"),
    (BRANCH, 'approved_on = "2020年1月3日"', "approved_on = 2020-01-03"),
    (BRANCH, "approved_on = ２０２０年１月３号", "approved_on = 2020-01-03"),
    (BRANCH, "approved_on = 2020-01-03T00:00:00", "approved_on = 2020-01-03"),
    (RULES, "records = [{ date = 2020/1/3 }]", "records = [{ date = 2020-01-03 }]"),
    # Numbers.
    (BRANCH, 'full_members = "6"', "full_members = 6"),
    (BRANCH, "full_members = 6名党员", "full_members = 6"),
    (BRANCH, "full_members\t=\t６   # 六", "full_members\t=\t6   # 六"),
    (BRANCH, "term_years = 3年", "term_years = 3"),
    (SPACE, 'area_m2 = "60.5㎡"', "area_m2 = 60.5"),
    (SPACE, "area_m2 = 30平方米", "area_m2 = 30"),
    # Texts without quotes, or with others inside.
    ("", "city = 广州 # 地市", 'city = "广州" # 地市'),
    ("", "brand = 广东省“两新”组织", 'brand = "广东省“两新”组织"'),
    (BRANCH, "approval_no = 2020/1/3", 'approval_no = "2020/1/3"'),
    (BRANCH, "approval_no = 2020", 'approval_no = "2020"'),
    (SPACE, "opening_hours = 9：00-18：00", 'opening_hours = "9：00-18：00"'),
    (SPACE, 'has = ["场所", 标志]', 'has = ["场所", "标志"]'),
    (SPACE, "has = 党旗", 'has = ["党旗"]'),
    (SPACE, 'has = "党旗"', 'has = ["党旗"]'),
    ("", 'organization = "广东省"两新"组织"', 'organization = "广东省“两新”组织"'),
    # Remarks.
    ("", "// 待补充", "# 待补充"),
    ("", "  备注：待补充", "  # 备注：待补充"),
    ("", "/* 待补充 */", "# 待补充"),
    ("", "这是备注，还没有办完", "# 这是备注，还没有办完"),
    ("", "city = 广州 // 地市", 'city = "广州" # 地市'),
    (BRANCH, "groups = 2 // 两个", "groups = 2 # 两个"),
    # Nothing.
    ("", "city =", "# city ="),
    ("", "city = null", "# city = null"),
    # Keys and headers.
    ("", '地市 = "广州"', 'city = "广州"'),
    ("", "地市：广州", 'city = "广州"'),
    ("", 'CITY = "广州"', 'city = "广州"'),
    ("", "CITY = 广州", 'city = "广州"'),
    ("", 'distirct = "海珠"', 'district = "海珠"'),
    (RECORD, '"日期" = 2020/1/3', "date = 2020-01-03"),
    ("", "[BRANCH]\nfull_members = 6", "[branch]\nfull_members = 6"),
    ("", "[BRANCH]\n[[branch.officers]]", "[branch]\n[[branch.officers]]"),
    ("", "[党支部]  # 一", "[branch]  # 一"),
    ("", "［［班子成员］］", "[[branch.officers]]"),
    # Dates.
    ("", "started_on = 2020-01-03T00:00:00Z", "started_on = 2020-01-03"),
    # Words of lists.
    (BRANCH, 'form = "临时党支部"', 'form = "临时"'),
    (BRANCH, "form = 临时党支部", 'form = "临时"'),
    (BRANCH, 'form = "TEMPORARY"', 'form = "临时"'),
    (BRANCH, 'form = " 临\u200b时"', 'form = "临时"'),
    (ITEM, 'frequency = "每月一次"', 'frequency = "每月"'),
    (ITEM, 'frequency = "半年"', 'frequency = "每半年"'),
    (RULES, 'covers = ["主题党⽇"]', 'covers = ["主题党日"]'),
    # Paths.
    (
        BRANCH,
        r'documents = ["documents\批复.pdf", "new\notes.txt"]',
        'documents = ["documents/批复.pdf", "new/notes.txt"]',
    ),
    (BRANCH, r'documents = ["documents\empty.pdf"]', 'documents = ["documents/empty.pdf"]'),
    (BRANCH, r"documents = ['documents\批复.pdf']", "documents = ['documents/批复.pdf']"),
    (BRANCH, r'documents = ["documents\\批复.pdf"]', 'documents = ["documents/批复.pdf"]'),
]


def mended_text(text: str) -> str:
    mended = mend(text.encode())
    assert mended is not None
    return mended.after


@pytest.mark.parametrize(("before", "slip", "right"), EXAMPLES_OF_KINDS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_kind_of_slip_is_put_right(before: str, slip: str, right: str, end: str) -> None:
    head = f"# 试点\n\n{SITE if before else '[site]'}\n{before}\n"
    text = f"{head}{slip}\n\n# 完".replace("\n", end)
    assert mended_text(text) == f"{head}{right}\n\n# 完".replace("\n", end)


UNCERTAIN = [
    *(
        (BRANCH, line)
        for line in ("full_members = 约6人", "full_members = 五", "full_members = 5.5名", "full_members = -1")
    ),
    *(
        (BRANCH, line)
        for line in ("full_members = 30余人", 'full_members = "3万"', "term_years = 9年", "term_years = 3个月")
    ),
    *(
        (BRANCH, line)
        for line in ('form = "每两月"', 'form = "非临时"', 'form = "单独或联合"', "form = 5", "full_member = 甲")
    ),
    *((SPACE, line) for line in ("area_m2 = 45亩", 'area_m2 = "45亩"', "area_m2 = 约30㎡", "area_m2 = 0㎡")),
    *((BRANCH, line) for line in ("full_members = 6人（含预备）", "full_members = 共6人。")),
    *(
        (ITEM, line)
        for line in ('frequency = "每两月"', 'status = "未完成"', 'status = "已完成80%"', 'status = "开始"')
    ),
    *(
        (ITEM, line)
        for line in ("due = 2020年3月", "due = 2020/2/30", "due = 长期", 'due = "2020-13-01"', 'due = "待定"')
    ),
    *(
        ("[[branch.officers]]\n", line)
        for line in ('posts = ["书记助理"]', 'posts = ["纪律检查委员"]', "posts = 书记、委员")
    ),
    *(
        ("", line)
        for line in ("city = 广州，", "city = 广州 district = 天河", 'city = "广州', "name = 3#楼", "name = 甲#楼")
    ),
    *(
        ("", line)
        for line in ("city 广州", "地市 广州", "city = “广州", "name = “两新”组织", "name = true", "[branch", "[site")
    ),
    *(
        ("", line)
        for line in ("/* 待补充", "成员名单见附件", "正式党员数 = 6", "foo: bar", "foo = bar", "/x", 'id = "GZ_1"')
    ),
    *(
        ("", line)
        for line in ('city = "a"\ncity ＝ "b"', 'city = "a"\nCITY = "b"', 'city = "a"\n地市 = "b"', "members = 6")
    ),
    *(
        ("", line)
        for line in ("name = '''\n“甲”\n'''", 'name = """', "x = [1，2", "= 5", "city = 广州”", 'x = "\u200b"')
    ),
    (BRANCH, "covers = [甲，乙]"),
    (BRANCH, "covers = [\n  “甲”，\n  “乙\n]"),
    (BRANCH, r'documents = ["a\u0041.pdf"]'),
    (BRANCH, 'documents = ["a\u200b.pdf"]'),
    ("[[waivers]]\n", 'reason = "\u200b"'),
    ("[[waivers]]\n", "[waivers]"),
]


@pytest.mark.parametrize(("before", "line"), UNCERTAIN)
def test_what_is_not_certain_is_left_alone_to_the_byte(before: str, line: str) -> None:
    text = f"# 试点\r\n\r\n{SITE if before else '[site]'}\n{before}{line}\n# 完"
    mended = mend(text.encode())
    assert mended is not None
    assert (mended.after, mended.kinds) == (text, ())


@pytest.mark.parametrize("line", ["brnch = 5", "BRANCH = 5", "[[BRANCH]]", "[WAIVERS]"])
def test_what_is_no_table_does_not_get_the_name_of_one(line: str) -> None:
    text = f"{line}\n{SITE}"
    assert mended_text(text) == text


MAX_SECONDS = 60
"""Far more than any machine needs for 1 MiB; what grows with the square of the size takes hours."""


@pytest.mark.parametrize("shape", HOSTILE)
def test_a_text_of_any_shape_is_done_with_quickly(shape: str) -> None:
    raw = HOSTILE[shape].encode()[:MAX_FILE_BYTES].decode(errors="ignore").encode()
    start = time.process_time()
    assert mend(raw) is not None
    assert time.process_time() - start < MAX_SECONDS


@pytest.mark.parametrize("path", sorted(ROOT.glob("checklists/**/*.toml")), ids=lambda path: path.parent.name)
def test_the_examples_are_left_alone(path: Path) -> None:
    mended = mend(path.read_bytes())
    assert mended is not None
    assert (mended.after.encode(), mended.kinds) == (path.read_bytes(), ())
