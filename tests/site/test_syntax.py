"""F003: what is wrong with a text that is not TOML, at which line and column, in words for people."""

import re

import pytest

from pilot_cli.locale import Language, use_language
from pilot_cli.site.problem import Problem
from pilot_cli.site.reader import parse_site

Spot = tuple[int, int]

NO_VALUE = "There is no value that TOML understands here"
NO_OPENING = "The opening quote is missing"
NOT_CLOSED = "The text is not closed: its ending quote is missing"
LINES_NOT_CLOSED = "The text of several lines is not closed"
BACKSLASH = "A backslash in the text is not followed by a character that it can escape"
NO_EQUALS = "After the key there is no equals sign with a value"
BAD_KEY = "The key holds a character that keys cannot have"
NO_KEY = "The key is missing"
TWICE = "The same key or table is given a second time"
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
    ("city = 广州", (1, 8), NO_VALUE),
    ("city = Foshan", (1, 8), NO_VALUE),
    ("ok = True", (1, 6), NO_VALUE),
    ("open = 9:00-18:00", (1, 8), NO_TIME),
    ("city =", (1, 7), NO_VALUE),
    ('has = ["场所", 标志]', (1, 13), NO_VALUE),
    ('city = Foshan"', (1, 8), NO_OPENING),
    ('city = "广州', (1, 11), NOT_CLOSED),
    ("city = '广州", (1, 11), NOT_CLOSED),
    ('city = "广州\nname = "张三"', (1, 11), NOT_CLOSED),
    ('covers = ["甲", "乙]', (1, 18), NOT_CLOSED),
    ('duty = """\n巡查\n', (3, 1), LINES_NOT_CLOSED),
    ("duty = '''\n巡查\n", (3, 1), LINES_NOT_CLOSED),
    (r'documents = ["C:\文档"]', (1, 18), BACKSLASH),
    ("city", (1, 5), NO_EQUALS),
    ('city "广州"', (1, 6), NO_EQUALS),
    ("备注：这是示范点", (1, 3), "Full-width ： stands where TOML needs ="),
    ('名称 = "x"', (1, 1), BAD_KEY),
    ('"名" = 1\n负责人 = "x"', (2, 1), BAD_KEY),
    ("[党支部]", (1, 2), BAD_KEY),
    ('= "广州"', (1, 1), NO_KEY),
    ("[]", (1, 2), NO_KEY),
    ('city = "a"\ncity = "b"', (2, 1), TWICE),
    ("[branch]\n[site]\n[branch]", (3, 2), TWICE),
    ("[waivers]\n[[waivers]]", (2, 3), TWICE),
    ("site.a = 1\nsite.a.b = 2", (2, 1), BELOW),
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
    (r'documents = ["C:\users\a.pdf"]', (1, 18)),
    (r'city = "\ud800"', (1, 10)),
    (r'city = "\x4"', (1, 11)),
    ('city == "广州"', (1, 7)),
    ('covers = ["甲",, "乙"]', (1, 15)),
    ("officer = { name = 1,, posts = 2 }", (1, 22)),
    ("officer = { name = 1 posts = 2 }", (1, 22)),
    ("officer = { name = 1, 2 }", (1, 23)),
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

CONTEXTS = {
    "alone": ("", 0),
    "after Chinese lines": ('"甲" = "一，“二”" # 备注：＝\n\n', 2),
    "after a BOM": ("\ufeff", 0),
    "after a BOM and Chinese lines": ('\ufeff"甲" = "一，“二”"\n', 1),
}


def mistake(text: str, language: Language = Language.ENGLISH) -> Problem:
    """Read a text; what is wrong is told in one problem."""
    use_language(language)
    reading = parse_site(text.encode())
    assert reading.site is None
    (problem,) = reading.problems
    assert problem.id == "F003"
    return problem


def spot(problem: Problem) -> Spot:
    assert problem.place
    return problem.place.line, problem.place.column


@pytest.mark.parametrize(("text", "place", "words"), KINDS)
def test_each_kind_of_mistake_has_its_words_and_its_place(text: str, place: Spot, words: str) -> None:
    problem = mistake(text)
    assert (problem.message, spot(problem)) == (words, place)
    assert problem.advice.endswith((".", ")", ","))


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize(("text", "place", "words"), KINDS)
def test_the_place_counts_lines_and_characters_whatever_stands_before(
    text: str, place: Spot, words: str, context: str, newline: str
) -> None:
    before, lines = CONTEXTS[context]
    problem = mistake((before + text).replace("\n", newline))
    assert (problem.message, spot(problem)) == (words, (place[0] + lines, place[1]))


@pytest.mark.parametrize("text", [text for text, _place, _words in KINDS] + [text for text, _place in OTHER_KINDS])
def test_in_chinese_no_english_is_left(text: str) -> None:
    problem = mistake(text, Language.CHINESE)
    assert re.findall("[A-Za-z]{2,}", problem.message.replace("TOML", "")) == []
    assert re.search("[一-鿿]", problem.message)
    assert re.search("[一-鿿]", problem.advice)


@pytest.mark.parametrize(("text", "place"), OTHER_KINDS)
def test_rarer_mistakes_have_their_place_too(text: str, place: Spot) -> None:
    assert spot(mistake(text)) == place


@pytest.mark.parametrize("text", [text for text, _place in OTHER_KINDS])
def test_in_english_too_the_words_are_for_people(text: str) -> None:
    """Not those of the parser, for programmers."""
    message = mistake(text).message
    assert "This is not TOML:" not in message
    assert "Error" not in message


def test_a_bad_escape_in_a_text_of_several_lines_is_not_told_as_a_text_without_end() -> None:
    problem = mistake('duty = """\nC:\\ 文档\n"""')
    assert (problem.message, spot(problem)[0]) == (BACKSLASH, 2)


@pytest.mark.parametrize(
    "text",
    ['duty = "第一行\n第二行"\ncity = "广州"', 'duty = "first\nsecond line"', "duty = 'first\nsecond line'"],
)
def test_a_text_that_goes_on_in_the_next_line_is_blamed_where_it_began(text: str) -> None:
    problem = mistake(text)
    assert (problem.message, spot(problem)[0]) == (NOT_CLOSED, 1)


@pytest.mark.parametrize(
    ("text", "place"),
    [('"甲" = "广州" "佛山"', (1, 12)), ('a = { "甲" = "广州", b = 市 }', (1, 24)), ('a = ["😀", "𠮷", 市]', (1, 16))],
)
def test_columns_count_characters_and_not_bytes(text: str, place: Spot) -> None:
    assert spot(mistake(text)) == place


def test_of_several_mistakes_one_is_told() -> None:
    assert spot(mistake('city = "广州"\nname = 张三\nid = 2020/1/5\n')) == (2, 8)
