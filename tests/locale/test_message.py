"""Texts that get their words when they are shown."""

import pickle
from datetime import date

import pytest

from pilot_cli.locale import Language, use_language
from pilot_cli.locale.message import BilingualText, Message, NameList, Text, counted, message
from pilot_cli.site.field import find_field
from pilot_cli.site.words import MeetingKind

TEXTS = [
    (BilingualText("优秀", "Excellent"), "优秀", "Excellent"),
    (BilingualText("优秀"), "优秀", "优秀"),
    (message("The lists are {names}", names=NameList(("a", "b"))), "The lists are a、b", "The lists are a, b"),
    (message("{day}: {amount:.1f}", day=date(2020, 11, 23), amount=2), "2020年11月23日: 2.0", "2020-11-23: 2.0"),
    (message("Held: {kind}", kind=MeetingKind.PARTY_LECTURE), "Held: 党课", "Held: Party lecture"),
    (message("Given: {field}", field=find_field("site.brand")), "Given: 支部品牌", "Given: Branch brand"),
    (message("complete"), "已完成", "complete"),
    (counted("{n} day", "{n} days", 1, n=1), "1 day", "1 day"),
    (counted("{n} day", "{n} days", 2, n=2), "2 days", "2 days"),
    (message("{braces} are shown as they are")._replace(values=()), *["{braces} are shown as they are"] * 2),
]


@pytest.mark.parametrize(("text", "chinese", "english"), TEXTS)
def test_a_text_is_told_in_the_language_of_the_reader(text: Text, chinese: str, english: str) -> None:
    for language, expected in ((Language.ENGLISH, english), (Language.CHINESE, chinese)):
        use_language(language)
        assert str(text) == f"{text}" == expected


@pytest.mark.parametrize("text", [text for text, *_told in TEXTS])
def test_a_text_equals_itself_after_a_journey(text: Text) -> None:
    use_language(Language.ENGLISH)
    there = pickle.dumps(text)
    use_language(Language.CHINESE)
    assert pickle.loads(there) == text


def test_texts_that_say_something_else_differ() -> None:
    assert message("a", n=1) != message("a", n=2)
    assert Message("a") != Message("b")
