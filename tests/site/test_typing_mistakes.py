"""F003: what people type wrong in a line is named as what it is, with the line as it should be."""

import pytest

from pilot_cli.locale import Language, use_language
from pilot_cli.site.reader import parse_site

REMARK = "备注请以 # 开头"
QUOTES = "文字要加英文引号"
UNIT = "数字不加引号、不带单位"
WIDE_DIGITS = "此处写成了全角数字"
NO_NUMBER = "此处应填写数字"
NO_DATE = "此处应填写日期"
NO_DAY = "日期没有写到日"
NOTHING = "等号后面没有内容"
QUOTES_INSIDE = "引号里面又用了英文引号，文字提前结束了"
COLON = "此处应为等号，却写成了冒号"
NO_BREAK = "文字以外出现了不间断空格（多由网页或 Word 复制而来）"
WIDE_SPACE = "文字以外出现了全角空格"

DELETE = "没有内容就删除这一行。"
LISTED = '多项内容请写成 ["…", "…"]。'
DIGITS = "请只写数字，不加引号、不带单位，如5。"
DATES = "日期请写成2020-11-23的形式；不清楚是哪一日就删除这一行。"
SPACE = "请改成普通（半角）空格。"

CASES = [
    # Words without quotes.
    ("id = nansha-tower", 6, QUOTES, 'id = "nansha-tower"'),
    ("kind = 建筑工地", 8, QUOTES, 'kind = "建筑工地"'),
    # Quotes would be the next mistake.
    ("full_members = 6人（含预备）", 16, UNIT, "full_members = 6"),
    ("full_members = 共6人。", 16, UNIT, "full_members = 6"),
    ("full_members = 6人，预备2人", 16, NO_NUMBER, DIGITS),
    ("area_m2 = 45.5平方米（含会议室）", 11, UNIT, "area_m2 = 45.5"),
    ("area_m2 = 45㎡（含会议室）", 11, UNIT, "area_m2 = 45"),
    ("area_m2 = 45亩（含会议室）", 11, UNIT, DIGITS),
    ("issued_on = 2020年5月20日左右", 13, NO_DATE, DATES),
    ("issued_on = 5月20日", 13, NO_DATE, DATES),
    ("issued_on = 2020/05/20（第二版）", 13, NO_DATE, DATES),
    ("city = 广州 # 地市", 8, QUOTES, 'city = "广州" # 地市'),
    ("brand = info", 9, QUOTES, 'brand = "info"'),
    ("brand = infinity", 9, QUOTES, 'brand = "infinity"'),
    ("name = 南沙大厦（一期）", 8, QUOTES, 'name = "南沙大厦（一期）"'),
    ("approval_no = 珠建党〔2020〕6号", 15, QUOTES, 'approval_no = "珠建党〔2020〕6号"'),
    ("approval_no = 2020-6", 15, QUOTES, 'approval_no = "2020-6"'),
    ("opening_hours = 9:00-18:00", 17, QUOTES, 'opening_hours = "9:00-18:00"'),
    ("address = 88号，二楼", 11, QUOTES, 'address = "88号，二楼"'),
    ("kind = 建筑工地\u200b", 8, QUOTES, 'kind = "建筑工地"'),
    ('has = ["场所", 标志]', 14, QUOTES, 'has = ["场所", "标志"]'),
    ("posts = 书记", 9, QUOTES, 'posts = ["书记"]'),
    ("covers = 甲、乙", 10, QUOTES, LISTED),
    ("city = null", 8, QUOTES, DELETE),
    ("city = None", 8, QUOTES, DELETE),
    ("brand = N/A", 9, QUOTES, DELETE),
    ('city = 珠海"', 8, "缺少开头的引号", 'city = "珠海"'),
    # Numbers and dates.
    ("full_members = 5名", 16, UNIT, "full_members = 5"),
    ("full_members = 5 人", 16, UNIT, "full_members = 5"),
    ("full_members = 约5人", 16, UNIT, "full_members = 5"),
    ("area_m2 = 45.5平方米", 11, UNIT, "area_m2 = 45.5"),
    ("area_m2 = 45㎡", 11, UNIT, "area_m2 = 45"),
    ("term_years = 3年  # 任期", 14, UNIT, "term_years = 3  # 任期"),
    ("full_members = ６", 16, WIDE_DIGITS, "full_members = 6"),
    ("groups = １２", 10, WIDE_DIGITS, "groups = 12"),
    ("x = ３", 5, WIDE_DIGITS, "x = 3"),
    ("groups = 无", 10, NO_NUMBER, DIGITS),
    ("term_years = 三年", 14, NO_NUMBER, DIGITS),
    ("issued_on = 去年", 13, NO_DATE, DATES),
    ("due = 长期", 7, NO_DATE, DATES),
    ("issued_on = 2020年3月", 13, NO_DAY, DATES),
    ("issued_on = 2020/11", 13, NO_DAY, DATES),
    # Remarks.
    ("// 待补充", 1, REMARK, "# 待补充"),
    ("这是备注，还没有办完", 1, REMARK, "# 这是备注，还没有办完"),
    ("备注：材料待补", 1, REMARK, "# 备注：材料待补"),
    ("-- 以下未核", 1, REMARK, "# 以下未核"),
    ("; 以下未核", 1, REMARK, "# 以下未核"),
    ("/* 以下未核 */", 1, REMARK, "# 以下未核"),
    ("<!-- 以下未核 -->", 1, REMARK, "# 以下未核"),
    ("（以下未核）", 1, REMARK, "# （以下未核）"),
    ("groups = 2 // 两个", 12, REMARK, "groups = 2 # 两个"),
    ('city = "广州" // 地市', 13, REMARK, 'city = "广州" # 地市'),
    # Nothing.
    ("city =", 7, NOTHING, "请填写内容；" + DELETE),
    ("city =   # 待补", 10, NOTHING, "请填写内容；" + DELETE),
    ('covers =\n  "甲",\n]', 9, NOTHING, "内容请从等号所在的这一行写起。"),
    # Quotes in quotes.
    ('name = "广东省"两新"组织"', 12, QUOTES_INSIDE, 'name = "广东省“两新”组织"'),
    ('brand = "“一家亲”"红色"品牌"', 15, QUOTES_INSIDE, 'brand = "“一家亲”“红色”品牌"'),
    ('city = ""广州""', 9, QUOTES_INSIDE, 'city = "“广州”"'),
    ('covers = ["甲"乙"丙"]', 13, QUOTES_INSIDE, "引号里面请改用中文引号“ ”。"),
    ('duty = "一"二"三"四"五"', 10, QUOTES_INSIDE, 'duty = "一“二”三“四”五"'),
    # Names.
    ('[site]\n地市 = "广州市"', 1, "“地市”要用英文名称 city", 'city = "广州市"'),
    ('[site]\n站点名称 ＝ "示例"', 1, "“站点名称”要用英文名称 name", 'name = "示例"'),
    ('[site]\n所属“两新”组织 = "甲"', 1, "“所属“两新”组织”要用英文名称 organization", 'organization = "甲"'),
    ('[site]\n地市："广州市"', 1, "“地市”要用英文名称 city", 'city = "广州市"'),
    ("[[work_rules.records]]\n日期 = 2020-11-23", 1, "“日期”要用英文名称 date", "date = 2020-11-23"),
    ("[site]\n正式党员数 = 6", 1, "“正式党员数”要用英文名称 full_members", "请写成 full_members，放在 [branch] 下面。"),
    ("[党支部]", 2, "“党支部”要用英文名称 branch", "[branch]"),
    ("【党群活动阵地】", 2, "“党群活动阵地”要用英文名称 activity_space", "[activity_space]"),
    ("[[班子成员]]", 3, "“班子成员”要用英文名称 branch.officers", "[[branch.officers]]"),
    ('kind: "建筑工地"', 5, COLON, 'kind = "建筑工地"'),
    # What nobody sees.
    ("\u200b", 1, "这一行只有看不见的字符（U+200B）", "请删除这一行。"),
    ("format = 1\n\ufeff", 1, "这一行只有看不见的字符（U+FEFF）", "请删除这一行。"),
    ('city\u200b = "广州"', 5, "此处有看不见的字符（U+200B）", 'city = "广州"'),
    ("[branch]\u2060", 9, "此处有看不见的字符（U+2060）", "[branch]"),
    ('city = \ufeff"广州"', 8, "此处有看不见的字符（U+FEFF）", 'city = "广州"'),
    ("groups\u00a0= 1", 7, NO_BREAK, SPACE),
    ("groups = 1\u00a0", 11, NO_BREAK, SPACE),
    ("\u00a0", 1, NO_BREAK, SPACE),
    ("groups\u3000= 1", 7, WIDE_SPACE, SPACE),
    ("groups\u2003= 1", 7, "文字以外出现了特殊空格（U+2003）", SPACE),
]


@pytest.mark.parametrize(("text", "column", "message", "advice"), CASES)
def test_what_was_typed_wrong_is_named_and_put_right(text: str, column: int, message: str, advice: str) -> None:
    use_language(Language.CHINESE)
    reading = parse_site(text.encode())
    assert reading.site is None
    problem = reading.problems[0]
    assert problem.place
    assert (problem.place.column, str(problem.message)) == (column, message)
    assert str(problem.advice).endswith(advice)


@pytest.mark.parametrize(
    ("text", "line", "advice"),
    [
        ('city = "甲"\nname = "乙"\ncity = "丙"', 3, "请只保留一处"),
        ("[branch]\n[site]\n[ branch ]", 3, "请只保留一处"),
        ('[site]\ncity = "甲"\n[branch]\nname = "丁"\nname = """\n乙\n"""', 5, "请只保留一处"),
    ],
)
def test_of_what_is_given_twice_both_lines_are_told(text: str, line: int, advice: str) -> None:
    use_language(Language.CHINESE)
    (problem,) = parse_site(text.encode()).problems
    assert problem.place
    assert problem.place.line == line
    first = 4 if line == 5 else 1
    assert str(problem.message) == f"内容重复填写，第{first}行已经有了"
    assert str(problem.advice).startswith(advice)


@pytest.mark.parametrize(
    ("text", "line", "right"),
    [
        ("[waivers]\nrule = 'a'\n[[waivers]]\nrule = 'b'", 1, "[[waivers]]"),
        ("[[waivers]]\nrule = 'a'\n[waivers]\nrule = 'b'", 3, "[[waivers]]"),
        ("[branch.officers]\n[branch.officers]", 2, "[[branch.officers]]"),
        ("[branch]\n[[branch]]", 2, "[branch]"),
    ],
)
def test_where_the_brackets_differ_those_are_told_that_the_format_does_not_have(
    text: str, line: int, right: str
) -> None:
    use_language(Language.CHINESE)
    problem = parse_site(text.encode()).problems[0]
    assert problem.place
    assert (problem.place.line, str(problem.advice)) == (line, f"应写成：{right}")


@pytest.mark.parametrize(
    "text",
    ["a = http://x // y", 'name = "a//b" 市', "issued_on = 2020-11-23 // x y = 1", 'city = "广州" "佛山"', "a = 1 1"],
)
def test_no_line_is_written_out_that_could_not_be_read(text: str) -> None:
    use_language(Language.CHINESE)
    for problem in parse_site(text.encode()).problems:
        said, colon, line = str(problem.advice).partition("应写成：")
        assert not colon or parse_site(line.encode()).site is not None, said
