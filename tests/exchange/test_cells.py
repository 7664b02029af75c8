"""What is put into a cell comes out of it again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot_cli.exchange.cell_error import CellError
from pilot_cli.exchange.cells import date_to_cell, number_to_cell, unstorable_reason
from pilot_cli.exchange.left_out import LeftOut, Tally
from pilot_cli.exchange.names import TextKind
from pilot_cli.exchange.values import reader, text_cells
from pilot_cli.site.field import find_field
from pilot_cli.site.model import Item, Officer, Role
from pilot_cli.site.value_types import MAX_INTEGER

SIGNS = st.text('"、，；;,/无a \n\r()（）“”#N张李甲乙.', max_size=9)
TEXTS = st.one_of(st.text(), SIGNS, st.sampled_from(["#N/A", "无", "/", "1.5E+10", "张　甲", "甲 乙 丙 丁 戊"]))
KINDS = st.sampled_from(TextKind)
MEMBERS, UNITS, DOCUMENTS = find_field("members", Role), find_field("branch.covers"), find_field("branch.documents")


@given(TEXTS, KINDS)
def test_a_text_comes_back_as_it_was(text: str, kind: TextKind) -> None:
    cells = text_cells(kind)
    assert cells.read(cells.write(text), Tally()) == text
    assert cells.write(text).strip(), "a cell that looks empty says nothing"


@given(st.lists(TEXTS, max_size=5), KINDS)
def test_a_list_of_texts_comes_back_as_it_was(texts: list[str], kind: TextKind) -> None:
    cells = text_cells(kind)
    assert cells.read_list(cells.write_list(texts), Tally()) == texts
    assert cells.write_list(texts).strip(), "a cell that looks empty says nothing"


@given(st.one_of(st.integers(0, MAX_INTEGER), st.floats(5e-324, 1e308)))
def test_a_number_comes_back_as_it_was(number: float) -> None:
    read = reader(find_field("activity_space.area_m2"))
    cell = number_to_cell(number)
    # XlsxWriter writes no more than 16 digits of a number.
    assert read(cell if isinstance(cell, str) else float(f"{cell:.16g}"), Tally()) == number


@given(st.dates())
def test_a_date_comes_back_as_it_was(day: date) -> None:
    assert reader(find_field("due", Item))(date_to_cell(day), Tally()) == day


@pytest.mark.parametrize("text", ["红色工地", "张甲", "示例·琶洲会展工地", '"红色"', "=1+1", "广州市海珠区示例路1号"])
def test_an_ordinary_text_needs_no_quotes(text: str) -> None:
    assert all(text_cells(kind).write(text) == text for kind in TextKind)


@pytest.mark.parametrize(
    ("cell", "texts"),
    [
        ("张甲、李乙", ["张甲", "李乙"]),
        ("张甲，李乙；王丙;赵丁", ["张甲", "李乙", "王丙", "赵丁"]),
        ("张甲\n李乙\r\n", ["张甲", "李乙"]),
        (" 张甲 、李乙、", ["张甲", "李乙"]),
        ("张甲,李乙", ["张甲", "李乙"]),
        ("张甲 李乙", ["张甲", "李乙"]),
        ("张甲/李乙", ["张甲", "李乙"]),
        ("张　甲、李 乙", ["张甲", "李乙"]),
        ("张 甲", ["张甲"]),
        ("阿依古丽·买买提，李乙", ["阿依古丽·买买提", "李乙"]),
        ("张甲（组长、兼宣传）、李乙", ["张甲（组长、兼宣传）", "李乙"]),
        ("张甲(组长）,李乙", ["张甲(组长）", "李乙"]),
        ("Lee Ming、张甲", ["Lee Ming", "张甲"]),
        ("Lee & Co., Ltd.", ["Lee & Co., Ltd."]),
        ('"甲、乙公司"、丙公司', ["甲、乙公司", "丙公司"]),
        ('"甲、乙公司"\n丙公司', ["甲、乙公司", "丙公司"]),
        ('张甲\n"李乙"', ["张甲", "李乙"]),
        ('李"二"，王五', ['李"二"', "王五"]),
        ('张甲、、"" 、李乙', ["张甲", "", "李乙"]),
        ("张甲、/、无", ["张甲"]),
        ("张甲（组长、李乙", ["张甲（组长", "李乙"]),
        ("无", []),
        (" 无 ", []),
        ('"无"', ["无"]),
    ],
)
def test_a_list_of_people_is_read_as_it_is_written(cell: str, texts: list[str]) -> None:
    assert reader(MEMBERS)(cell, Tally()) == texts


@pytest.mark.parametrize(
    ("cell", "texts"),
    [
        ("某集团（含土建、机电分包）、某监理公司", ["某集团（含土建、机电分包）", "某监理公司"]),
        ("甲（含（土建、机电）等）公司；乙公司", ["甲（含（土建、机电）等）公司", "乙公司"]),
        ("甲公司，乙监理公司 丙街道", ["甲公司", "乙监理公司", "丙街道"]),
        ("“甲、乙”联合体；丙公司", ["“甲、乙”联合体", "丙公司"]),
        ("甲公司,Beta", ["甲公司,Beta"]),
        ('"甲，乙公司" ；丙公司；', ["甲，乙公司", "丙公司"]),
        ("示例·千灯苑 业主委员会", ["示例·千灯苑 业主委员会"]),
    ],
)
def test_a_list_of_units_is_taken_apart_only_where_that_is_certain(cell: str, texts: list[str]) -> None:
    assert reader(UNITS)(cell, Tally()) == texts


@pytest.mark.parametrize(
    ("cell", "texts"),
    [
        ("documents/批复.pdf、documents/清单.docx", ["documents/批复.pdf", "documents/清单.docx"]),
        ("documents/批复.pdf，documents/清单.docx", ["documents/批复.pdf", "documents/清单.docx"]),
        ("documents/第1版 批复.pdf", ["documents/第1版 批复.pdf"]),
        ("documents/批复，盖章.pdf", ["documents/批复，盖章.pdf"]),
    ],
)
def test_paths_are_taken_apart_by_what_is_in_no_path(cell: str, texts: list[str]) -> None:
    assert reader(DOCUMENTS)(cell, Tally()) == texts


@pytest.mark.parametrize("cell", ['"张甲、李乙', '"张甲"李乙', '张甲、"李"乙'])
def test_quotes_that_do_not_match_are_refused(cell: str) -> None:
    with pytest.raises(CellError):
        reader(MEMBERS)(cell, Tally())


def test_names_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(CellError) as raised:
        reader(MEMBERS)("张 甲 李 乙 王", Tally())
    assert "、" in str(raised.value.advice)


def test_what_says_nothing_in_a_list_is_counted() -> None:
    tally = Tally()
    assert reader(MEMBERS)("张甲、/、——、李乙", tally) == ["张甲", "李乙"]
    assert tally[LeftOut.MARK] == 2


@pytest.mark.parametrize(
    "cell", ["书记、组织委员", "书记,组织委员", "书记/组织委员", "书记 组织委员", " 书记\n组织委员 "]
)
def test_words_may_be_set_apart_by_anything_usual(cell: str) -> None:
    assert reader(find_field("posts", Officer))(cell, Tally()) == ["书记", "组织委员"]


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
