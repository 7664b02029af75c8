"""What is put into a cell comes out of it again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot_cli.exchange.cells import (
    CellError,
    cell_to_text,
    cell_to_texts,
    date_to_cell,
    number_to_cell,
    text_to_cell,
    texts_to_cell,
    unstorable_reason,
)
from pilot_cli.exchange.values import reader
from pilot_cli.site.field import find_field
from pilot_cli.site.model import Item, Officer, Role
from pilot_cli.site.value_types import MAX_INTEGER

TEXTS = st.one_of(st.text(), st.text('"、，；;无a \n\r', max_size=8))


@given(TEXTS)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert cell_to_text(text_to_cell(text)) == text
    assert text_to_cell(text), "an empty cell says nothing"


@given(st.lists(TEXTS, max_size=5))
def test_a_list_of_texts_comes_back_as_it_was(texts: list[str]) -> None:
    assert cell_to_texts(texts_to_cell(texts)) == texts
    assert texts_to_cell(texts), "an empty cell says nothing"


@given(st.one_of(st.integers(0, MAX_INTEGER), st.floats(5e-324, 1e308)))
def test_a_number_comes_back_as_it_was(number: float) -> None:
    read = reader(find_field("activity_space.area_m2"))
    cell = number_to_cell(number)
    # XlsxWriter writes no more than 16 digits of a number.
    assert read(cell if isinstance(cell, str) else float(f"{cell:.16g}")) == number


@given(st.dates())
def test_a_date_comes_back_as_it_was(day: date) -> None:
    assert reader(find_field("due", Item))(date_to_cell(day)) == day


@pytest.mark.parametrize(
    ("cell", "texts"),
    [
        ("张甲、李乙", ["张甲", "李乙"]),
        ("张甲，李乙；王丙;赵丁", ["张甲", "李乙", "王丙", "赵丁"]),
        ("张甲\n李乙\r\n", ["张甲", "李乙"]),
        (" 张甲 、李乙、", ["张甲", "李乙"]),
        ("Lee & Co., Ltd.", ["Lee & Co., Ltd."]),
        ('"甲、乙公司"、丙公司', ["甲、乙公司", "丙公司"]),
        ('"甲、乙公司"\n丙公司', ["甲、乙公司", "丙公司"]),
        ('"甲，乙公司" ，丙公司；', ["甲，乙公司", "丙公司"]),
        ('张甲\n"李乙"', ["张甲", "李乙"]),
        ('李"二"，王五', ['李"二"', "王五"]),
        ('张甲、、"" 、李乙', ["张甲", "", "李乙"]),
        ("无", []),
        (" 无 ", []),
        ('"无"', ["无"]),
    ],
)
def test_a_list_is_read_as_people_write_it(cell: str, texts: list[str]) -> None:
    assert reader(find_field("members", Role))(cell) == texts


@pytest.mark.parametrize("cell", ['"张甲、李乙', '"张甲"李乙', '张甲、"李"乙'])
def test_quotes_that_do_not_match_are_refused(cell: str) -> None:
    with pytest.raises(CellError):
        cell_to_texts(cell)


@pytest.mark.parametrize(
    "cell", ["书记、组织委员", "书记,组织委员", "书记/组织委员", "书记 组织委员", " 书记\n组织委员 "]
)
def test_words_may_be_set_apart_by_anything_usual(cell: str) -> None:
    assert reader(find_field("posts", Officer))(cell) == ["书记", "组织委员"]


@pytest.mark.parametrize("text", ["\x00", "\x1b[31m", "a\x0bb", "\x7f", "\x85", "\x9b", "\ufffe", "\uffff"])
def test_a_control_character_is_found(text: str) -> None:
    assert f"U+{ord(next(letter for letter in text if not letter.isprintable())):04X}" in str(unstorable_reason(text))


@pytest.mark.parametrize("text", ["_x0041_x0042_", "a_x005F_x0041_"])
def test_what_excel_would_take_for_characters_is_found(text: str) -> None:
    assert "Excel" in str(unstorable_reason(text))


@pytest.mark.parametrize(
    "text", ["", "_x0041_", "a\tb", "a\nb", "a\r\nb", "\u200b", "\u202e", "\ufeff", "👨‍👩‍👧", "长" * 32_767]
)
def test_what_a_cell_can_hold_is_no_fault(text: str) -> None:
    assert unstorable_reason(text) is None


@pytest.mark.parametrize("text", ["x" * 32_768, "𠮷" * 16_384])
def test_a_text_is_too_long_as_excel_counts(text: str) -> None:
    assert "32767" in str(unstorable_reason(text))
