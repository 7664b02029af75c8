"""F003: what is wrong with a text that is not TOML, at which line and column, in words for people."""

import re

import pytest

from pilot_cli.locale import Language, use_language
from pilot_cli.site.field import all_fields
from pilot_cli.site.problem import Problem
from pilot_cli.site.reader import parse_site

Spot = tuple[int, int]

NO_VALUE = "There is no value that TOML understands here"
QUOTES = "Text has to stand between straight double quotes"
NOTHING = "Nothing stands after the equals sign"
REMARK = "A remark has to begin with #"
NO_OPENING = "The opening quote is missing"
NOT_CLOSED = "The text is not closed: its ending quote is missing"
LINES_NOT_CLOSED = "The text of several lines is not closed"
BACKSLASH = "A backslash in the text is not followed by a character that it can escape"
NO_EQUALS = "After the key there is no equals sign with a value"
BAD_KEY = "The key holds a character that keys cannot have"
NO_KEY = "The key is missing"
TWICE = "The same key or table is given a second time; the first stands in line {line}"
DOUBLE = "Each entry of this list needs double brackets"
BELOW = "A key is given below something that already has a value"
HEADER = "The table header is not closed"
NO_COMMA = "A comma is missing between two entries of the list, or the list is not closed"
LIST = "The list is not closed"
BRACES = "The braces are not closed"
MORE = "There is something more after the end of the value"
ZERO = "The number begins with a zero"
NO_DATE = "There is no such date"
NO_TIME = "There is no such time"
NO_NUMBER = "The number is not written as a number"
TOO_LARGE = "The number is too large"
CONTROL = "The file holds an invisible control character"
TOO_DEEP = "The brackets are nested too deeply"

KINDS: list[tuple[str, Spot, str]] = [
    ("city = 广州", (1, 8), QUOTES),
    ("city = Foshan", (1, 8), QUOTES),
    ("city = Xi'an", (1, 8), QUOTES),
    ("ok = True", (1, 6), NO_VALUE),
    ("open = 9:00-18:00", (1, 8), NO_TIME),
    ("city =", (1, 7), NOTHING),
    ('has = ["场所", 标志]', (1, 14), QUOTES),
    ('city = Zhuhai"', (1, 8), NO_OPENING),
    ('city = "广州', (1, 11), NOT_CLOSED),
    ("city = '广州", (1, 11), NOT_CLOSED),
    ('city = "广州\nname = "张三"', (1, 11), NOT_CLOSED),
    ('duty = """\n巡查\n', (1, 8), LINES_NOT_CLOSED),
    ("duty = '''\n巡查\n", (1, 8), LINES_NOT_CLOSED),
    (r'documents = ["C:\文档"]', (1, 18), BACKSLASH),
    ("city", (1, 5), NO_EQUALS),
    ('city "广州"', (1, 6), NO_EQUALS),
    ("备注：这是示范点", (1, 1), REMARK),
    ('名称 = "x"', (1, 1), "The name “名称” has to be written in English: name"),
    ('"名" = 1\n负责人 = "x"', (2, 1), "The name “负责人” has to be written in English: lead"),
    ("[党支部]", (1, 2), "The name “党支部” has to be written in English: branch"),
    ("[支部]", (1, 2), BAD_KEY),
    ('= "广州"', (1, 1), NO_KEY),
    ("[]", (1, 2), NO_KEY),
    ('city = "a"\ncity = "b"', (2, 1), TWICE.format(line=1)),
    ("[branch]\n[site]\n[branch]", (3, 2), TWICE.format(line=1)),
    ("[waivers]\n[[waivers]]", (1, 1), DOUBLE),
    ("site.a = 1\nsite.a.b = 2", (2, 6), BELOW),
    ("[branch\ncity = 1", (1, 8), HEADER),
    ("[[waivers]\ncity = 1", (1, 11), HEADER),
    ('covers = ["甲" "乙"]', (1, 15), NO_COMMA),
    ('covers = [\n  "甲"\n  "乙"\n]', (3, 3), NO_COMMA),
    ('covers = ["甲"', (1, 14), LIST),
    ("officer = { name = 1", (1, 21), BRACES),
    ('city = "广州" 市', (1, 13), MORE),
    ('city = "广州"；', (1, 12), MORE),
    ("[branch] 党支部", (1, 10), MORE),
    ("term_years = 03", (1, 14), ZERO),
    ("issued_on = 2020-02-30", (1, 13), NO_DATE),
    ("issued_on = 2020-13-01", (1, 13), NO_DATE),
    ("at = 25:00:00", (1, 6), NO_TIME),
    ("area_m2 = 1.2.3", (1, 14), NO_NUMBER),
    ("groups = +Inf", (1, 11), NO_NUMBER),
    (f"groups = {'9' * 60}", (1, 10), TOO_LARGE),
    ("area_m2 = 1e999", (1, 11), TOO_LARGE),
    ('city = "广\x08州"', (1, 10), CONTROL),
    ("# 备注\x00", (1, 5), CONTROL),
    ("city = 1\rname = 2\r", (1, 9), CONTROL),
    (f"x = {'[' * 200}{']' * 200}", (1, 85), TOO_DEEP),
]
"""A text, the place of its mistake, and the words for it."""

OTHER_KINDS: list[tuple[str, Spot]] = [
    (r'documents = ["C:\users\a.pdf"]', (1, 19)),
    (r'city = "\ud800"', (1, 11)),
    (r'city = "\x4"', (1, 12)),
    ('city == "广州"', (1, 7)),
    ('covers = ["甲",, "乙"]', (1, 15)),
    ("officer = { name = 1,, posts = 2 }", (1, 22)),
    ("officer = { name = 1 posts = 2 }", (1, 28)),
    ("area_m2 = 12.", (1, 14)),
    ("area_m2 = .5", (1, 11)),
    ("area_m2 = 1e", (1, 13)),
    ("groups = 1__0", (1, 11)),
    ("groups = ++1", (1, 11)),
    ("groups = 0X1F", (1, 10)),
    ("groups = -0x1F", (1, 10)),
    ("groups = 0xg", (1, 12)),
    ("groups = 0o9", (1, 12)),
    ("groups = 0b2", (1, 12)),
    ("at = 2020-11-23T10:00:00+99:00", (1, 6)),
    ("at = 23:59:60", (1, 6)),
    ("due = 0000-01-01", (1, 7)),
    ('"""city""" = "广州"', (1, 1)),
    ("[ [waivers]]", (1, 3)),
    ('city = "广州"\r', (1, 12)),
    (".".join("a" * 200) + " = 1", (1, 1)),
]
"""Rarer mistakes and their places; the words are free as long as they are in the user's language."""

CONTEXTS = [("", 0), ('"甲" = "一，“二”" # 备注：＝\n\n', 2), ("\ufeff", 0), ('\ufeff"甲" = "一，“二”"\n', 1)]
"""What may stand before, and how many lines it is."""


def mistake(text: str, language: Language = Language.ENGLISH) -> Problem:
    """Read a text; what is wrong is told in one problem."""
    use_language(language)
    reading = parse_site(text.encode())
    assert reading.site is None
    (problem,) = reading.problems
    assert problem.rule.id == "F003"
    return problem


def spot(problem: Problem) -> Spot:
    assert problem.place
    return problem.place.line, problem.place.column


@pytest.mark.parametrize(("text", "place", "words"), KINDS)
def test_each_kind_of_mistake_has_its_words_and_its_place(text: str, place: Spot, words: str) -> None:
    problem = mistake(text)
    assert (str(problem.message), spot(problem)) == (words, place)
    assert str(problem.advice)


@pytest.mark.parametrize(("text", "place", "words"), KINDS)
def test_the_place_counts_lines_and_characters_whatever_stands_before(text: str, place: Spot, words: str) -> None:
    for before, lines in CONTEXTS:
        for newline in ("\n", "\r\n"):
            problem = mistake((before + text).replace("\n", newline))
            assert spot(problem) == (place[0] + lines, place[1])
            assert str(problem.message) == (words if "in line" not in words else TWICE.format(line=1 + lines))


@pytest.mark.parametrize("text", [text for text, _place, _words in KINDS] + [text for text, _place in OTHER_KINDS])
def test_in_chinese_no_english_is_left(text: str) -> None:
    problem = mistake(text, Language.CHINESE)
    english = set(re.findall("[A-Za-z]{2,}", str(problem.message)))
    assert english <= {str(field.keys[-1]) for field in all_fields()}, "what is no key has to be in Chinese"
    assert re.search("[一-鿿]", str(problem.message))
    assert re.search("[一-鿿]", str(problem.advice))


@pytest.mark.parametrize(("text", "place"), OTHER_KINDS)
def test_rarer_mistakes_have_their_place_too(text: str, place: Spot) -> None:
    assert spot(mistake(text)) == place


@pytest.mark.parametrize("text", ["due = 0000-01-01", "at = 23:59:60"])
def test_in_english_no_words_of_the_programming_language_are_left(text: str) -> None:
    assert "ValueError" not in mistake(text).message


def test_nothing_is_said_of_quotes_where_there_are_none() -> None:
    assert "quote" not in mistake("officer = { name = 1, 2 }").message


def test_a_bad_escape_in_a_text_of_several_lines_is_not_told_as_a_text_without_end() -> None:
    problem = mistake('duty = """\nC:\\ 文档\n"""')
    assert (str(problem.message), spot(problem)[0]) == (BACKSLASH, 2)


@pytest.mark.parametrize(
    "text",
    [
        'duty = "第一行\n第二行"\ncity = "广州"',
        'duty = "first\nsecond line"',
        "duty = 'first\nsecond line'",
        'covers = ["甲", "乙]',
        'covers = [ "甲,\n  "乙"\n]',
        'officer = { name = "张三 }',
    ],
)
def test_a_forgotten_ending_quote_is_blamed_and_not_what_it_swallowed(text: str) -> None:
    problem = mistake(text)
    assert (str(problem.message), spot(problem)[0]) == (NOT_CLOSED, 1)


@pytest.mark.parametrize(
    ("text", "place"),
    [('"甲" = "广州" "佛山"', (1, 12)), ('a = { "甲" = "广州", b = 市 }', (1, 23)), ('a = ["😀", "𠮷", 市]', (1, 16))],
)
def test_columns_count_characters_and_not_bytes(text: str, place: Spot) -> None:
    assert spot(mistake(text)) == place


FULL_WIDTH: list[tuple[str, Spot, str, str]] = [
    ("name = “张三”", (1, 8), "“", '"'),
    ('name = "张三”', (1, 11), "”", '"'),
    ("name = ＂张三＂", (1, 8), "＂", '"'),
    ("name = ‘张三’", (1, 8), "‘", "'"),
    ("name = '张三’", (1, 11), "’", "'"),
    ('covers = ["甲”, "乙"]', (1, 13), "”", '"'),
    ('covers = ["甲", "乙”]', (1, 18), "”", '"'),
    ('city = "广州”，', (1, 11), "”", '"'),
    ('city = "广州” # 市', (1, 11), "”", '"'),
    ("name = ＇张三＇", (1, 8), "＇", "'"),
    ('name ＝ "张三"', (1, 6), "＝", "="),
    ('name："张三"', (1, 5), "：", "="),
    ('covers = ["甲"， "乙"]', (1, 14), "，", ","),
    ('covers = ["甲"、"乙"]', (1, 14), "、", ","),
    ('covers = ["甲，“乙”"，"丙"]', (1, 18), "，", ","),
    ("groups = 2，", (1, 11), "，", ","),
    ("ok = true，", (1, 10), "，", ","),
    ('city = "广州"，', (1, 12), "，", ","),
    ("issued_on = 2020-11-23，", (1, 23), "，", ","),
    ('covers = ［"甲"]', (1, 10), "［", "["),
    ('covers = ["甲"］', (1, 14), "］", "]"),
    ("［branch]", (1, 1), "［", "["),
    ("[branch］", (1, 8), "］", "]"),
    ("【branch】", (1, 1), "【", "["),
    ("[branch】", (1, 8), "】", "]"),
    ("x = ｛ a = 1 }", (1, 5), "｛", "{"),
    ("x = { a = 1 ｝", (1, 13), "｝", "}"),
    ("groups = 2 ＃ 两个", (1, 12), "＃", "#"),
    ("＃ 备注", (1, 1), "＃", "#"),
    ("branch．groups = 2", (1, 7), "．", "."),
    ("groups = －2", (1, 10), "－", "-"),
]


@pytest.mark.parametrize(("text", "place", "wrong", "right"), FULL_WIDTH)
def test_full_width_punctuation_is_named(text: str, place: Spot, wrong: str, right: str) -> None:
    for before, lines in CONTEXTS:
        for after in ("", "\n", "\r\n"):
            problem = mistake(before + text + after)
            assert str(problem.message) == f"Full-width {wrong} stands where TOML needs {right}"
            assert spot(problem) == (place[0] + lines, place[1])
            assert str(problem.advice) == f"Switch the input method to English and type {right} again."
    assert str(mistake(text, Language.CHINESE).message) == f"此处应为英文半角 {right}，却写成了全角 {wrong}"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("\u3000city = 1", (1, 1)),
        ("city\u3000= 1", (1, 5)),
        ("city = 1\u3000# 备注\u3000", (1, 9)),
        ("[site]\u3000", (1, 7)),
    ],
)
def test_a_full_width_space_is_named(text: str, place: Spot) -> None:
    problem = mistake(text)
    assert (str(problem.message), spot(problem)) == ("A full-width space stands outside of a text", place)
    assert str(mistake(text, Language.CHINESE).message) == "文字以外出现了全角空格"


@pytest.mark.parametrize(
    "text",
    [
        'name = "，“”‘’：＝［］＃、｛｝．－\u3000" 1',
        "name = '，“”‘’：＝［］＃、｛｝．－\u3000' 1",
        r'name = "他说\"好\"，“是”" 1',
        "name = '他说\"好' + '，'",
        "groups = 1 1 # 备注，“”‘’：＝［］＃、｛｝．－\u3000",
        "groups = 1 1 # don't：“好”",
        'groups = 1 1 # 5"：“好”',
        'duty = """\n第一，“甲”\n第二：“乙”，""" 1',
        "duty = '''\n第一，“甲”\n第二：“乙”，''' 1",
        'duty = """"甲"，"乙"""" 1',
        'duty = """\n第一，“甲”\n',
        "# 备注：“好”\ngroups = 1 1",
        'city = "广州”天河" 市',
        "city = '广州’天河' 市",
        'x = { a = 1\ncity = "广州”天河"',
    ],
)
def test_full_width_punctuation_in_texts_and_remarks_is_never_blamed(text: str) -> None:
    assert "ull-width" not in mistake(text).message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("city = 广州市，天河区", (1, 8)),
        ("organization = 示例：公司", (1, 16)),
        ("brand = 红色“管家”", (1, 9)),
        ("address = A座，101室", (1, 11)),
        ("address = 88号，二楼", (1, 11)),
        ("opening_hours = 9：00-18：00", (1, 17)),
        ("title = 2020年11月23日，会议", (1, 9)),
    ],
)
def test_of_a_text_without_any_quotes_the_quotes_are_missed_and_not_its_punctuation_blamed(
    text: str, place: Spot
) -> None:
    problem = mistake(text)
    assert (str(problem.message), spot(problem)) == (QUOTES, place)


def test_a_forgotten_ending_quote_is_missed_and_not_the_chinese_quotes_in_the_text_blamed() -> None:
    problem = mistake('brand = "“一家亲”品牌')
    assert (str(problem.message), spot(problem)) == (NOT_CLOSED, (1, 17))


def test_the_quote_that_is_missed_is_the_one_that_began_the_text() -> None:
    assert str(mistake('name = "张三’').advice).count('"') == 1
    assert str(mistake("name = '张三”").advice).count("'") == 1
