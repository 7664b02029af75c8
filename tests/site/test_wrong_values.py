"""F004, F005: what is said of keys and values that do not fit leads to the goal in one step."""

import pytest

from pilot_cli.locale import Language, use_language
from pilot_cli.site.field import all_fields
from pilot_cli.site.reader import parse_site
from pilot_cli.site.words import Word
from tests.editing import CONSTRUCTION, edit, edited

BASE = '[site]\nid = "ab-1"\nname = "示例"\nkind = "建筑工地"\n'


def told(text: str, language: Language = Language.CHINESE) -> list[tuple[str, str, str]]:
    """Return the rule, the words and the advice for each problem of a site that can be read."""
    use_language(language)
    reading = parse_site(text.encode())
    assert reading.site is not None
    return [(problem.rule.id, str(problem.message), str(problem.advice)) for problem in reading.problems]


@pytest.mark.parametrize(
    ("lines", "message", "advice"),
    [
        # A number between quotes, or with a unit.
        ('[branch]\nfull_members = "6"', "正式党员数（branch.full_members）应为整数，实际是“6”", "full_members = 6"),
        (
            '[branch]\nfull_members = "6名"',
            "（branch.full_members）应为整数，实际是“6名”",
            "full_members = 6",
        ),
        ('[branch]\ngroups = "２"', "党小组数（branch.groups）应为整数，实际是“２”", "groups = 2"),
        ('[branch]\nterm_years = "3年"', "任期（年）（branch.term_years）应为整数，实际是“3年”", "term_years = 3"),
        ('[activity_space]\narea_m2 = "45.5㎡"', "应为数字，实际是“45.5㎡”", "area_m2 = 45.5"),
        ('[activity_space]\narea_m2 = "约30平方米"', "应为数字，实际是“约30平方米”", "area_m2 = 30"),
        # A text without quotes that is something else, a list that is a text.
        ("[branch]\napproval_no = 2020", "批复文号（branch.approval_no）应为文本，实际是2020", 'approval_no = "2020"'),
        ('[branch]\ncovers = "示例集团"', "覆盖单位（branch.covers）应为列表", 'covers = ["示例集团"]'),
        # A word near one of the list.
        ('[branch]\nform = "临时党支部"', "组建形式（branch.form）应为", "是否为“临时”？"),
        ('[branch]\nform = "联合支部"', "组建形式（branch.form）应为", "是否为“联合”？"),
        ('[branch]\nform = "TEMPORARY"', "组建形式（branch.form）应为", "是否为“临时”？"),
        ('[[responsibility_list.items]]\nfrequency = "每月一次"', "第1条事项的频次（", "是否为“每月”？"),
        ('[[responsibility_list.items]]\nfrequency = "半年"', "第1条事项的频次（", "是否为“每半年”？"),
        ('[[responsibility_list.items]]\nstatus = "已完结"', "第1条事项的进度（", "是否为“已完成”？"),
        ('[[responsibility_list.items]]\nstatus = "未完成"', "第1条事项的进度（", "请从所列词语中选择。"),
        ('[[branch.officers]]\nposts = ["党支部副书记"]', "第1条班子成员的第1项职务（", "是否为“副书记”？"),
        # Characters that nobody sees, or that only look like others.
        (
            '[work_rules]\ncovers = ["主题党⽇"]',
            "（work_rules.covers[0]）含有形近字“⽇”（应为“日”）",
            "请删除后重新输入：主题党日",
        ),
        ('[branch]\nform = "临时\u200b"', "（branch.form）含有看不见的字符（U+200B）", "请删除后重新输入：临时"),
        ('[branch]\nform = "\ufeff联合"', "（branch.form）含有看不见的字符（U+FEFF）", "请删除后重新输入：联合"),
        ('[branch]\nform = " 临时"', "（branch.form）含有多余的空格", "请删除后重新输入：临时"),
        ('[branch]\nform = "临　时"', "（branch.form）含有多余的空格", "请删除后重新输入：临时"),
        ('[branch]\nform = "临\u00a0时"', "（branch.form）含有多余的空格", "请删除后重新输入：临时"),
        # Rows count from 1.
        (
            '[[work_rules.records]]\ndate = "去年"',
            "第1条会议记录的日期（work_rules.records[0].date）应为",
            "日期请写成2020-11-23的形式。",
        ),
        (
            "[[waivers]]\n[[waivers]]\nreason = 1",
            "第2条暂不执行事项的理由（waivers[1].reason）应为文本",
            'reason = "1"',
        ),
        ("[branch]\ncovers = ['甲', 2]", "第2项覆盖单位（branch.covers[1]）应为文本，实际是2", '"2"'),
        ("[branch]\nofficers = ['甲']", "第1条班子成员（branch.officers[0]）应为", ""),
    ],
)
def test_a_value_that_does_not_fit_is_told_with_what_to_write(lines: str, message: str, advice: str) -> None:
    ((rule, said, advised),) = told(f"{BASE}{lines}\n")
    assert rule == "F005"
    assert message in said
    assert advised.endswith(advice)


@pytest.mark.parametrize(
    ("written", "right"),
    [("GZ_Nansha", "gz-nansha"), ("gz nansha", "gz-nansha"), ("ＧＺ－1", "gz-1"), ("-a", ""), ("南沙", "")],
)
def test_an_id_is_told_as_it_should_be(written: str, right: str) -> None:
    ((_rule, _said, advised),) = told(BASE.replace("ab-1", written))
    assert advised == (f'应写成：id = "{right}"' if right else "请改正该值。")


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        (f'{BASE}"地市" = "广州市"', "没有 site.地市 这一项", "请改写为 city。"),
        (f'{BASE}"所属“两新”组织" = "x"', "没有 site.所属“两新”组织 这一项", "请改写为 organization。"),
        (f'{BASE}CITY = "广州市"', "没有 site.CITY 这一项", "是否应为 city？"),
        (f'{BASE}startedOn = "2020-11-23"', "没有 site.startedOn 这一项", "是否应为 started_on？"),
        (f"{BASE}[BRANCH]\n", "没有 BRANCH 这一项", "是否应为 branch？"),
        (f"{BASE}['党支部']\n", "没有 党支部 这一项", "请改写为 branch。"),
        (f"{BASE}[[officers]]\n", "没有 officers 这一项", "标题请写成 [[branch.officers]]。"),
        (f"{BASE}[[班子成员]]\n".replace("班子成员", '"班子成员"'), "没有 班子成员 这一项", "[[branch.officers]]。"),
        (f"{BASE}full_members = 6", "没有 site.full_members 这一项", "请写成 full_members，放在 [branch] 下面。"),
        (f"{BASE}'正式党员数' = 6", "没有 site.正式党员数 这一项", "请写成 full_members，放在 [branch] 下面。"),
        (f'city = "广州市"\n{BASE}', "没有 city 这一项", "请写成 city，放在 [site] 下面。"),
        (f'{BASE}recorder = "甲"', "没有 site.recorder 这一项", "放在 [[work_rules.records]] 下面。"),
        (
            f"{BASE}[[waivers]]\nuntill = 1",
            "第1条暂不执行事项中没有 untill 这一项（waivers[0].untill）",
            "是否应为 until？",
        ),
        (f"{BASE}[[work_rules.records]]\n'日期' = 1", "第1条会议记录中没有 日期 这一项", "请改写为 date。"),
    ],
)
def test_a_key_that_is_not_known_is_told_with_the_key_to_write(text: str, message: str, advice: str) -> None:
    ((rule, said, advised),) = told(text)
    assert rule == "F004"
    assert said.startswith(message)
    assert advised.endswith(advice)


@pytest.mark.parametrize("id", ["con", "nul", "aux", "prn", "com1", "lpt9", "CON"])
def test_an_id_that_windows_keeps_for_itself_is_refused(id: str) -> None:
    ((rule, said, advised),) = told(edited(CONSTRUCTION, edit('"good-construction"', f'"{id}"')))
    assert rule == "F005"
    if id.islower():
        assert said == (f"站点编号（site.id）应为Windows文件夹可以使用的编号（con、nul、com1等不能使用），实际是“{id}”")
        assert advised == f"请改用其他编号，例如 {id}-01。"
    else:
        assert '"con"' not in advised


@pytest.mark.parametrize("id", ["con-1", "com", "com10", "nul0", "lpt"])
def test_an_id_that_only_looks_like_one_of_windows_is_taken(id: str) -> None:
    assert told(edited(CONSTRUCTION, edit('"good-construction"', f'"{id}"'))) == []


def test_a_required_key_that_is_absent_is_told_with_the_line_to_add() -> None:
    ((_rule, said, advised),) = told(edited(CONSTRUCTION, edit('id = "', '# "')))
    assert (said, advised) == ("缺少必填项：站点编号（site.id）", '请在 [site] 下面补上：id = "…"')


def test_the_same_is_told_in_english() -> None:
    text = f"{BASE}[[work_rules.records]]\n[[work_rules.records]]\nkind = '支委会议'\ndate = 1\n"
    assert [(said, advised) for _rule, said, advised in told(text, Language.ENGLISH)] == [
        (
            "Record no. 2: Kind (work_rules.records[1].kind) is not one of the words of the list: 党员大会, 支委会, "
            "党小组会, 党课, 主题党日, 组织生活会, 民主评议党员, 谈心谈话, but “支委会议”",
            "Did you mean “支委会”?",
        ),
        ("Record no. 2: Date (work_rules.records[1].date) is not a date, but 1", "Write dates as 2020-11-23."),
    ]


def test_every_word_of_every_list_is_recognized_with_something_around_it() -> None:
    words: set[type[Word]] = {field.words for field in all_fields() if field.words}
    assert len(words) > 8
    for field in all_fields():
        if field.words is None or field.is_of_rows or field.is_list:
            continue
        for word in field.words:
            lines = f"[{field.path.rpartition('.')[0]}]\n{field.keys[-1]} = '{word.value}（试点）'\n"
            advice = [advised for rule, _said, advised in told(lines) if rule == "F005"]
            assert f"是否为“{word.value}”？" in advice
