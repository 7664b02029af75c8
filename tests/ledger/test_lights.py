"""The colours of sites, whatever the thresholds."""

from hypothesis import given
from hypothesis import strategies as st

from pilot_cli.ledger.lights import Light, Thresholds, light_of
from pilot_cli.ledger.standing import ProblemTally, Standing

NUMBERS = st.integers(0, 20)
THRESHOLDS = st.builds(Thresholds, st.integers(0, 100), st.integers(0, 100))


def tally(done: int, open: int, overdue: int) -> ProblemTally:
    """A tally of so many problems; those that are overdue are open."""
    made = ProblemTally()
    made.by_standing.update({Standing.DONE: done, Standing.UNDER_WAY: open})
    made.overdue = min(overdue, open)
    return made


def gravity(light: Light) -> int:
    return [Light.GREEN, Light.YELLOW, Light.RED].index(light)


@given(NUMBERS, THRESHOLDS)
def test_a_site_at_which_all_is_put_right_is_green(done: int, thresholds: Thresholds) -> None:
    assert light_of(tally(done, 0, 0), thresholds) is Light.GREEN


@given(NUMBERS, NUMBERS, NUMBERS, THRESHOLDS)
def test_a_site_with_something_overdue_is_never_green(
    done: int, open: int, overdue: int, thresholds: Thresholds
) -> None:
    counted = tally(done, open, overdue)
    assert (light_of(counted, thresholds) is Light.GREEN) <= (counted.overdue == 0)
    assert (light_of(counted, thresholds) is Light.RED) <= (counted.overdue > 0)


@given(NUMBERS, NUMBERS, NUMBERS, THRESHOLDS)
def test_putting_right_what_is_overdue_never_makes_it_worse(
    done: int, open: int, overdue: int, thresholds: Thresholds
) -> None:
    before = tally(done, open + 1, overdue + 1)
    after = tally(done + 1, open, overdue)
    assert gravity(light_of(after, thresholds)) <= gravity(light_of(before, thresholds))


@given(NUMBERS, NUMBERS, NUMBERS, THRESHOLDS)
def test_stricter_thresholds_never_make_it_better(done: int, open: int, overdue: int, thresholds: Thresholds) -> None:
    counted = tally(done, open, overdue)
    stricter = Thresholds(thresholds.green_max_open // 2, thresholds.red_min_overdue // 2)
    assert gravity(light_of(counted, stricter)) >= gravity(light_of(counted, thresholds))
