"""Cells are understood as people write them, and what cannot be understood stays as it is."""

from datetime import date, datetime, time, timedelta
from math import inf, nan
from typing import Any

import pytest

from pilot_cli.exchange.values import reader
from pilot_cli.exchange.workbook_reader import ReadCell
from pilot_cli.site.field import find_field
from pilot_cli.site.model import Item

DAY = date(2020, 11, 23)


@pytest.mark.parametrize(
    "cell",
    [
        DAY,
        datetime(2020, 11, 23),
        datetime(2020, 11, 23, 9, 30),
        44158.0,
        44158,
        44158.5,
        "44158",
        20201123.0,
        "20201123",
        *("2020-11-23", "2020/11/23", "2020.11.23", "2020年11月23日", "2020年11月23", " 2020-11-23 "),
        *("2020 年 11 月 23 日", "２０２０年１１月２３日", "2020／11／23", "2020．11．23"),
        *("2020-11-23 00:00:00", "2020-11-23 0:00", "2020/11/23 09:30", "2020年11月23号"),
    ],
)
def test_a_date_is_read(cell: ReadCell) -> None:
    assert reader(find_field("due", Item))(cell) == DAY


def test_days_are_counted_as_excel_does() -> None:
    read = reader(find_field("due", Item))
    assert [read(float(day)) for day in (18_264, 73_050)] == [date(1950, 1, 1), date(2099, 12, 31)]


@pytest.mark.parametrize(
    "cell",
    [
        *("2020-13-01", "2020-02-30", "2020年11月", "11月23日", "20.11.23", "长期", "2020-11-23 上午", "9" * 5000),
        *(
            2020.0,
            "2020",
            202011.0,
            "202011",
            "1123",
            5.0,
            18_263.0,
            73_051.0,
            "2020" + " " * 32_000 + "x",
            0.0,
            -1.0,
            3e6,
            1e300,
            inf,
            nan,
            True,
            time(9, 0),
            timedelta(1),
        ),
    ],
)
def test_what_is_no_date_stays_as_it_is(cell: Any) -> None:
    read = reader(find_field("due", Item))(cell)
    assert type(read) is type(cell)
    assert read == cell or read != read


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        *((8.0, 8), ("8", 8), (" 8 ", 8), ("８", 8), ("1,200", 1200), ("8.0", 8), (36.5, 36.5), ("36.5", 36.5)),
        *(("9223372036854775807", 2**63 - 1), (1e300, 1e300), (-1.0, -1)),
    ],
)
def test_a_number_is_read(cell: ReadCell, number: float) -> None:
    read = reader(find_field("activity_space.area_m2"))(cell)
    assert (read, type(read)) == (number, type(number))


@pytest.mark.parametrize("cell", ["八", "8人", "1_000", "约8", "1,2", "0x8", "9" * 400, True, DAY, time(8, 0)])
def test_what_is_no_number_stays_as_it_is(cell: ReadCell) -> None:
    assert reader(find_field("branch.full_members"))(cell) is cell


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        *((20200008.0, "20200008"), (13800138000.0, "13800138000"), (0.5, "0.5"), (True, "TRUE")),
        *((DAY, "2020-11-23"), (datetime(2020, 11, 23, 9, 30), "2020-11-23 09:30"), (time(9, 0), "09:00")),
        *((" 红色 ", " 红色 "), ("=1+1", "=1+1"), ('""', ""), ('"红色"', '"红色"')),
    ],
)
def test_a_text_is_what_was_meant_whatever_excel_took_it_for(cell: ReadCell, text: str) -> None:
    assert reader(find_field("branch.approval_no"))(cell) == text


def test_spaces_beside_a_word_mean_nothing() -> None:
    assert reader(find_field("site.kind"))(" 建筑工地\u3000") == "建筑工地"
