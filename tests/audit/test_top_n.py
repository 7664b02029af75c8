"""Keeping the first few of many."""

from hypothesis import given
from hypothesis import strategies as st

from pilot_cli.audit.top_n import TopN

KEYS = st.lists(st.integers(0, 9), max_size=40)


def leading(keys: list[int], limit: int | None) -> TopN[int]:
    """Add items that are numbered as they come."""
    kept: TopN[int] = TopN(limit)
    for number, key in enumerate(keys):
        kept.add(key, number)
    return kept


def largest(keys: list[int], limit: int | None) -> list[int]:
    """Sort the numbers by key, the largest first; Python's sort keeps equals as they came."""
    return sorted(range(len(keys)), key=lambda number: -keys[number])[:limit]


@given(KEYS, st.integers(1, 12))
def test_the_largest_are_kept_and_of_equals_those_that_came_first(keys: list[int], limit: int) -> None:
    kept = leading(keys, limit)
    assert list(kept) == largest(keys, limit)
    assert kept.in_order_of_arrival() == sorted(largest(keys, limit))
    assert (len(kept), kept.seen) == (min(limit, len(keys)), len(keys))
    assert kept.left_out == len(keys) - len(kept)


@given(KEYS)
def test_without_a_limit_all_are_kept(keys: list[int]) -> None:
    assert list(leading(keys, None)) == largest(keys, None)
