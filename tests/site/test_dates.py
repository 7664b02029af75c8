"""F003: dates in the Chinese manner are named with the right ones."""

import pytest

from pilot_cli.locale import Language
from tests.site.test_syntax import Spot, mistake, spot

DATES = {
    "2020/11/23": "2020-11-23",
    "2020年11月23日": "2020-11-23",
    "2020 年 11 月 23 日": "2020-11-23",
    "2020年1月5日": "2020-01-05",
    "2020.11.23": "2020-11-23",
    "2020-1-5": "2020-01-05",
    "2020/1/5": "2020-01-05",
    "2020-11-5": "2020-11-05",
}


@pytest.mark.parametrize("rest", ["", " ", " # 2020/1/1，改", "\r\nends_on = 2020-12-31"])
@pytest.mark.parametrize("written", DATES)
def test_a_date_in_the_chinese_manner_is_named_with_the_right_one(written: str, rest: str) -> None:
    problem = mistake(f'# 备注\ncity = "广州"\nissued_on = {written}{rest}')
    assert str(problem.message) == f"The date {written} is not written as TOML writes dates"
    assert (str(problem.advice), spot(problem)) == (f"Write it as {DATES[written]}.", (3, 13))
    assert str(mistake(f"due={written}{rest}", Language.CHINESE).message) == f"日期 {written} 的写法不对"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('items = [{ title = "巡查", due = 2020/11/23 }]', (1, 32)),
        ('x = { due = 2020年11月23日, title = "巡查" }', (1, 13)),
        ("days = [2020-11-22, 2020.11.23]", (1, 21)),
    ],
)
def test_a_date_in_the_chinese_manner_is_named_also_inside_a_table_or_list(text: str, place: Spot) -> None:
    problem = mistake(text)
    assert (str(problem.advice), spot(problem)) == ("Write it as 2020-11-23.", place)


@pytest.mark.parametrize("text", ["due = 2020/13/45", "due = 2020年2月30日", "due = 2020.11.31"])
def test_no_other_date_is_suggested_for_one_that_does_not_exist(text: str) -> None:
    assert "Write it as" not in mistake(text).advice


@pytest.mark.parametrize("text", ["due = 2020-11-23 前", "due = 2020-11-23 x", "at = 2020-11-23 10:00:00+99:00"])
def test_a_date_that_is_written_well_is_not_blamed_for_what_follows(text: str) -> None:
    assert "is not written as TOML" not in mistake(text).message
