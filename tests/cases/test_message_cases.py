"""Messages that once led nowhere: each case from the field, and its brothers, by the real command line."""

from pathlib import Path

import pytest

from tests.cases.expo import EXPO, line, put, said_of
from tests.commands.running import document
from tests.editing import edit, edited

QUOTES, UNIT, REMARK = "文字要加英文引号", "数字不加引号、不带单位", "备注请以 # 开头"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("nansha-tower", '应写成：id = "nansha-tower"'),
        ("info", '应写成：id = "info"'),
        ("expo", '应写成：id = "expo"'),
        ("inf-1", '应写成：id = "inf-1"'),
        ("true-site", '应写成：id = "true-site"'),
        ("2020-6", '应写成：id = "2020-6"'),
        ("null", "没有内容就删除这一行"),
        ("None", "没有内容就删除这一行"),
    ],
)
def test_a_bare_word_needs_quotes(written: str, right: str, tmp_path: Path) -> None:
    said = said_of(tmp_path, line('id = "guangzhou-pazhou-expo"', f"id = {written}"))
    (message,) = said.messages
    assert message.startswith(QUOTES)
    assert right in message
    assert said.site["findings"][0]["line"] == 7


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("这是备注，还没有办完", "# 这是备注，还没有办完"),
        ("// 待补充", "# 待补充"),
        ("备注：尚未报送", "# 备注：尚未报送"),
        ("-- 待补", "# 待补"),
        ("/* 待补 */", "# 待补"),
        ("注: 两件都没有办完", "# 注: 两件都没有办完"),
        ("<!-- 待补 -->", "# 待补"),
    ],
)
def test_a_remark_begins_with_its_mark(written: str, right: str, tmp_path: Path) -> None:
    said = said_of(tmp_path, line("# 下面两件受材料进场影响，还没有办完", written))
    assert said.messages == [f"{REMARK} 应写成：{right}"]


@pytest.mark.parametrize(
    ("written", "what", "right"),
    [
        ("６", "此处写成了全角数字", "6"),
        ("5名", UNIT, "5"),
        ('"6"', UNIT, "6"),
        ("6 人", UNIT, "6"),
        ("约6", UNIT, "6"),
        ('"5名"', UNIT, "5"),
        ("１２名", "此处写成了全角数字", "12"),
        ("6人（含预备）", UNIT, "6"),
    ],
)
def test_a_number_has_no_quotes_and_no_unit(written: str, what: str, right: str, tmp_path: Path) -> None:
    said = said_of(tmp_path, line("full_members = 6", f"full_members = {written}"))
    (message, *others) = said.messages
    assert what in message
    assert f"应写成：full_members = {right}" in message
    # the rules that count members are silent
    assert "B003" not in said.rules
    assert not others or said.rules == ["F005"]


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("主题党⽇", "含有形近字“⽇”（应为“日”）"),
        ("主题党日\u200b", "含有看不见的字符（U+200B）"),
        ("\ufeff主题党日", "含有看不见的字符（U+FEFF）"),
        ("主题 党日", "含有多余的空格"),
        ("主题党日\u3000", "含有多余的空格"),
        ("⼟题党日", "是否为“主题党日”"),
        ("主题党曰", "是否为“主题党日”"),
    ],
)
def test_a_word_that_only_looks_like_one_of_the_list_is_named(kind: str, what: str, tmp_path: Path) -> None:
    record = 'kind = "{}"\ndate = 2020-05-08'
    said = said_of(tmp_path, edit(record.format("主题党日"), record.format(kind)))
    assert said.rules == ["F005"]
    (message,) = [message for message in said.messages if "records" in message]
    assert message.startswith("第2条会议记录的类型（work_rules.records[1].kind）")
    assert what in message
    assert "\\u" not in message


@pytest.mark.parametrize(
    "text", ["建筑工地\u200b", "建筑⼯地", " 建筑工地", "建筑\u00a0工地", "建筑工地\u2060"], ids=ascii
)
def test_the_kind_of_a_site_is_to_be_typed_again(text: str, tmp_path: Path) -> None:
    said = said_of(tmp_path, line('kind = "建筑工地"', f'kind = "{text}"'))
    assert said.rules == ["F005"]
    assert any("请删除后重新输入：建筑工地" in message for message in said.messages)


@pytest.mark.parametrize(
    ("odd", "what"),
    [
        ("\u200b", "这一行只有看不见的字符（U+200B）"),
        ("\ufeff", "这一行只有看不见的字符（U+FEFF）"),
        ("\u2060", "这一行只有看不见的字符（U+2060）"),
        ("\u00ad", "这一行只有看不见的字符（U+00AD）"),
        ("\u00a0", "文字以外出现了不间断空格"),
        ("\u3000", "文字以外出现了全角空格"),
        ("brand\u200b = 5", "此处有看不见的字符（U+200B）"),
        ("brand =\u00a05", "文字以外出现了不间断空格"),
    ],
    ids=ascii,
)
def test_an_odd_character_is_named_as_what_it_is(odd: str, what: str, tmp_path: Path) -> None:
    (message,) = said_of(tmp_path, line('brand = "珠岸红匠"', odd)).messages
    assert message.startswith(what)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ('地市 = "广州市"', "city"),
        ('"地市" = "广州市"', "city"),
        ('CITY = "广州市"', "city"),
        ('City = "广州市"', "city"),
        ('ctiy = "广州市"', "city"),
        ('ｃｉｔｙ = "广州市"', "city"),
        ('党支部名称 = "一支部"', "name，放在 [branch] 下面"),
        ('"正式党员数" = 6', "full_members"),
    ],
)
def test_a_key_by_another_name_is_told_with_its_own(written: str, right: str, tmp_path: Path) -> None:
    messages = said_of(tmp_path, line('city = "广州市"', written)).messages
    assert right in messages[0]
    assert "approved_by、" not in messages[0]


@pytest.mark.parametrize("header", ["[BRANCH]", "[Branch]", "[党支部]", "[branchs]", "[ｂｒａｎｃｈ]", '["branch "]'])
def test_a_table_by_another_name_is_told_with_its_own(header: str, tmp_path: Path) -> None:
    assert "branch" in said_of(tmp_path, line("[branch]", header)).messages[0].split(" ", 1)[1]


@pytest.mark.parametrize(
    ("old", "key", "word"),
    [
        ('form = "临时"', "临时党支部", "临时"),
        ('form = "临时"', "临时支部", "临时"),
        ('form = "临时"', "联合党支部", "联合"),
        ('form = "临时"', "单独组建", "单独"),
        ('form = "临时"', "流动党员党支部", "流动"),
        ('frequency = "每季度"', "每月一次", "每月"),
        ('frequency = "每季度"', "每季度1次", "每季度"),
        ('frequency = "每季度"', "季度", "每季度"),
        ('frequency = "每季度"', "半年", "每半年"),
        ('kind = "建筑工地"', "建筑工地类", "建筑工地"),
    ],
)
def test_a_word_near_one_of_the_list_is_asked_for(old: str, key: str, word: str, tmp_path: Path) -> None:
    said = said_of(tmp_path, line(old, f'{old.partition(" = ")[0]} = "{key}"'))
    assert any(f"是否为“{word}”？" in message for message in said.messages)


def test_a_record_of_a_wrong_kind_is_told_once_and_from_one(tmp_path: Path) -> None:
    first = 'kind = "主题党日"\ndate = 2020-04-03'
    said = said_of(tmp_path, edit(first, first.replace("主题党日", "党日")))
    assert said.rules == ["F005"]
    assert said.messages[0].startswith("第1条会议记录的类型（work_rules.records[0].kind）")


@pytest.mark.parametrize(
    ("there", "named"),
    [
        ("党支部工作制度.txt", "党支部工作制度.TXT"),
        ("党支部工作制度（上墙版）.txt", "党支部工作制度(上墙版).txt"),
        ("党支部工作制度〔2020〕.txt", "党支部工作制度[2020].txt"),
        ("党支部工作制度2.txt", "党支部工作制度２.txt"),
        ("党支部工作制度 2.txt", "党支部工作制度2.txt"),
        ("党支部工作制度.docx", "党支部工作制度.doc"),
        ("党支部工作制度.txt", "党支部工作制度"),
    ],
)
def test_a_document_of_nearly_the_same_name_is_named(there: str, named: str, tmp_path: Path) -> None:
    path = put(tmp_path, edit("documents/党支部工作制度.txt", f"documents/{named}"))
    (tmp_path / "documents" / "党支部工作制度.txt").rename(tmp_path / "documents" / there)
    (site,) = document(path)["sites"]
    (message,) = [finding["message"] for finding in site["findings"] if finding["rule"] == "W015"]
    assert message == f"材料“documents/{named}”：文件不存在，文件夹中有“{there}”"


FAULTS = [
    ('id = "guangzhou-pazhou-expo"', "id = guangzhou-pazhou-expo"),
    ('kind = "建筑工地"', "kind = “建筑工地”"),
    ("started_on = 2019-11-11", "started_on = 2019/11/11"),
    ('brand = "珠岸红匠"', "brand ＝ 珠岸红匠"),
    ('form = "临时"', 'form: "临时"'),
    ("full_members = 6", "full_members = 6名"),
    ("issued_on = 2020-05-20", "issued_on = 2020年5月20日"),
    ("area_m2 = 45.5", "area_m2 = 45.5㎡"),
    ("opened_on = 2020-05-01", "opened_on ="),
    ("pledged_members = 6", "pledged_members = ６"),
    ("# 下面两件受材料进场影响，还没有办完", "// 下面两件受材料进场影响，还没有办完"),
    ('shared_with = "工友夜校"', "shared_with = 工友夜校"),
]


def test_twelve_errors_are_told_in_one_run(tmp_path: Path) -> None:
    text = edited((EXPO / "site.toml").read_text(encoding="utf-8"), *(line(old, new) for old, new in FAULTS))
    said = said_of(tmp_path, lambda _text: text)
    lines = text.splitlines()
    assert [lines[finding["line"] - 1] for finding in said.site["findings"]] == sorted(
        (new for _old, new in FAULTS), key=lines.index
    )
    assert (said.status, {finding["rule"] for finding in said.site["findings"]}) == (1, {"F003"})


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault[1])
def test_what_is_advised_is_right_at_once(fault: tuple[str, str], tmp_path: Path) -> None:
    old, new = fault
    (finding,) = said_of(tmp_path, line(old, new)).site["findings"]
    right = finding["advice"].partition("应写成：")[2]
    if right:
        assert said_of(tmp_path, line(old, right)).site["findings"][0]["rule"] == "L007"
