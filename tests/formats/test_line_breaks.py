"""Lines break as Chinese demands, at any width, and lose nothing."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from pilot_cli.formats.line_breaks import BLANKS, NOT_AT_END, NOT_AT_START, line_starts, pieces

CHINESE = st.sampled_from("党支部责任清单阵地指引制度一二三年月日第条项𠀀")
PUNCTUATION = st.sampled_from(NOT_AT_START + NOT_AT_END + "—…·-/\"'")
WORDS = st.sampled_from(
    [
        "B003",
        "L007",
        "1",
        "19",
        "63.2%",
        "2020年10月31日",
        "2020-11-23",
        "site.toml",
        "the",
        "don’t",
        "é",
        "e\u0301",
        "〇",
    ]
)
TEXTS = st.lists(
    CHINESE | CHINESE | CHINESE | PUNCTUATION | WORDS | st.sampled_from(BLANKS), min_size=25, max_size=150
).map("".join)
ANY_TEXTS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=20, max_size=200)
WIDTHS = st.integers(20, 40) | st.integers(20, 200)


def lines(text: str, width: int) -> list[str]:
    starts = [0, *line_starts(text, width), len(text)]
    return [text[start:end] for start, end in pairwise(starts)]


def breaks(text: str, width: int) -> Iterator[tuple[str, str]]:
    """Yield what stands before and after each break, but for those in a single piece that is wider than a line."""
    place = 0
    within: set[int] = set()
    for piece in pieces(text):
        if cell_len(piece.rstrip(BLANKS)) > width:
            within.update(range(place + 1, place + len(piece)))
        place += len(piece)
    for start in line_starts(text, width):
        if start not in within:
            yield text[:start], text[start:]


@given(TEXTS, WIDTHS)
@example("依据：《中国共产党支部工作条例（试行）》第十七条（每年至少召开 1 次）", 20)
def test_no_line_begins_or_ends_with_what_must_not_stand_there(text: str, width: int) -> None:
    for before, after in breaks(text, width):
        assert after[0] not in NOT_AT_START
        assert before.rstrip(BLANKS)[-1:] not in NOT_AT_END or not before.rstrip(BLANKS)


@given(TEXTS | ANY_TEXTS, WIDTHS)
def test_no_line_is_wider_than_there_is_room_and_nothing_is_lost(text: str, width: int) -> None:
    broken = lines(text, width)
    assert "".join(broken) == text == "".join(pieces(text))
    assert all(cell_len(line.rstrip(BLANKS)) <= width for line in broken)
    assert all(broken) or not text


@given(TEXTS | ANY_TEXTS, WIDTHS)
@example("党党党党党党党site.toml党B003，…B0032020年10月31日党党党党党党党党党党党", 23)
def test_no_line_is_shorter_than_it_needs_to_be(text: str, width: int) -> None:
    for before, start in pairwise([0, *line_starts(text, width)]):
        following = next(pieces(text[start:])).rstrip(BLANKS)
        assert cell_len(text[before:start]) + cell_len(following) > width


@given(TEXTS, WIDTHS)
def test_ids_numbers_dates_and_words_stay_whole(text: str, width: int) -> None:
    for before, after in breaks(text, width):
        assert not re.search(r"[0-9A-Za-z.%’-]$", before) or not re.match("[0-9A-Za-z.%’-]", after)
        assert not re.search("[0-9]$", before) or not re.match("[年月]", after)
        assert not re.search("[0-9]年$|[0-9]年[0-9]+月$", before) or not re.match("[0-9]{1,2}[月日]", after)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲乙，丙", ["甲", "乙，", "丙"]),
        ("《甲》（乙）", ["《甲》", "（乙）"]),
        ("“五个一”标准", ["“五", "个", "一”", "标", "准"]),
        ("选派 1 名", ["选", "派 ", "1 ", "名"]),
        ("于2020年10月31日完成", ["于", "2020年10月31日", "完", "成"]),
        ("建党〔2020〕17号（见〔2020〕5）", ["建", "党", "〔2020〕17号", "（见", "〔2020〕5）"]),
        ("（ 甲 ）", ["（ 甲 ）"]),
        ("不漏 W010、L007。", ["不", "漏 ", "W010、", "L007。"]),
        ("破折号——说明……完", ["破", "折", "号", "——", "说", "明……", "完"]),
        ("a path/to/it", ["a ", "path/to/it"]),
        ("字\u0301\ufe0f好", ["字\u0301\ufe0f", "好"]),
        ("  甲", ["  甲"]),
        ("", []),
    ],
)
def test_a_text_breaks_between_these_pieces(text: str, expected: list[str]) -> None:
    assert list(pieces(text)) == expected


def test_what_is_wider_than_a_line_is_broken_where_the_line_ends() -> None:
    assert lines("见 " + "x" * 45 + "，甲乙", 20) == ["见 ", "x" * 20, "x" * 20, "xxxxx，甲乙"]
    assert lines("sites/huizhou-zhongkai/site.toml", 20) == ["sites/", "huizhou-zhongkai/", "site.toml"]


@pytest.mark.parametrize("width", [1, 2, 3])
def test_a_line_without_room_for_a_character_has_it_nevertheless(width: int) -> None:
    assert line_starts("阵地面积", width) == [1, 2, 3]
