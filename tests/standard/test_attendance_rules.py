"""How many of those expected have to be there: half to decide, four fifths to elect."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pilot_cli.standard.standard import Standard
from tests.editing import Edit, add_record
from tests.standard.cases import DOES_NOT_APPLY, FAILS, PASSES, Case, Outcome, case

DAY = "2020-11-01"
KINDS = ("党员大会", "支委会", "党小组会", "党课", "主题党日", "组织生活会", "民主评议党员", "谈心谈话")


def meeting(kind: str, attended: int | None, expected: int | None, day: str = DAY, decision: str = "") -> Edit:
    """Add a record with what of it is given."""
    keys = {"attended": attended, "expected": expected, "date": day or None}
    words = {"kind": kind, "decision": decision}
    given = [f"{key} = {value}" for key, value in keys.items() if value is not None]
    return add_record(", ".join([*given, *(f'{key} = "{word}"' for key, word in words.items() if word)]))


def cases_of(rule: str, kind: str, decision: str, enough: int) -> Iterator[Case]:
    """The cases of a rule by which so many of 10 are enough at such a meeting."""
    how = f"at a {kind} deciding by {decision or 'nothing'}"

    def made(outcome: Outcome, when: str, *edits: Edit) -> Case:
        return case(rule, outcome, f"{when} {how}", *edits)

    few = enough - 1
    yield made(PASSES, "with all", meeting(kind, 10, 10, decision=decision))
    yield made(PASSES, "with just enough", meeting(kind, enough, 10, decision=decision))
    yield made(FAILS, "with one too few", meeting(kind, few, 10, decision=decision))
    yield made(FAILS, "with a fraction too few", meeting(kind, enough, 11, decision=decision))
    yield made(FAILS, "with nobody", meeting(kind, 0, 10, decision=decision))
    yield made(PASSES, "with nobody expected", meeting(kind, 0, 0, decision=decision))
    yield made(FAILS, "with too few today", meeting(kind, few, 10, "2020-11-23", decision))
    yield made(FAILS, "with too few 12 months ago", meeting(kind, few, 10, "2019-11-23", decision))
    yield made(DOES_NOT_APPLY, "with too few to come", meeting(kind, few, 10, "2020-11-24", decision))
    yield made(DOES_NOT_APPLY, "with too few longer ago", meeting(kind, few, 10, "2019-11-22", decision))
    yield made(DOES_NOT_APPLY, "with too few on no day", meeting(kind, few, 10, "", decision))
    yield made(DOES_NOT_APPLY, "without the number expected", meeting(kind, few, None, decision=decision))
    yield made(DOES_NOT_APPLY, "without the number attending", meeting(kind, None, 10, decision=decision))
    both = meeting(kind, 10, 10, decision=decision), meeting(kind, few, 10, decision=decision)
    yield made(FAILS, "with too few at one of two", *both)


CASES = [
    *cases_of("W014", "支委会", "", 5),
    *cases_of("W014", "党员大会", "表决", 5),
    *cases_of("W016", "党员大会", "选举", 8),
    case("W014", DOES_NOT_APPLY, "to a general meeting that does not say how it decided", meeting("党员大会", 1, 10)),
    case(
        "W014", DOES_NOT_APPLY, "to a general meeting that decided nothing", meeting("党员大会", 1, 10, decision="无")
    ),
    case("W014", DOES_NOT_APPLY, "to an election", meeting("党员大会", 1, 10, decision="选举")),
    case("W014", FAILS, "at a committee meeting that decided nothing", meeting("支委会", 1, 10, decision="无")),
    *(
        case("W014", DOES_NOT_APPLY, f"to a vote at {kind or 'who knows what'}", meeting(kind, 1, 10, decision="表决"))
        for kind in ("", *KINDS[2:])
    ),
    *(
        case(
            "W016",
            FAILS,
            f"at any election, such as at {kind or 'who knows what'}",
            meeting(kind, 7, 10, decision="选举"),
        )
        for kind in ("", *KINDS[1:])
    ),
    case("W016", DOES_NOT_APPLY, "to a vote", meeting("党员大会", 1, 10, decision="表决")),
    case("W016", DOES_NOT_APPLY, "to meetings that do not say how they decided", meeting("党员大会", 1, 10)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule_on_attendance(case: Case, tmp_path: Path, five_ones: Standard) -> None:
    assert case.judge(tmp_path, five_ones) is case.outcome
