"""Whole site files, and the dates as of which they are judged."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.generated.disturbing import damaged, with_blanks
from tests.generated.documents import GOOD_DOCUMENTS
from tests.generated.exemplary import exemplary
from tests.generated.tables import ROLL, SITE, SURVEY, TABLES, each, some_keys
from tests.generated.values import AS_OF, DATE, NOT_BLANK, RULES, SITE_ID, SITE_KINDS, TEXT, Keys, Table, Values

WAIVER_RULE = st.one_of(
    *[st.sampled_from(RULES)] * 8,
    st.sampled_from(["B001", "L001", "A001", "G001", "W001"]),
    st.sampled_from(["X999", "b003", "F004", "", " B003"]),
)
HOLDING = st.sampled_from([AS_OF, date(2021, 2, 28), date.max])
PAPERS: Keys = {"reason": NOT_BLANK, "approved_by": NOT_BLANK}


@st.composite
def _waiver(draw: st.DrawFn) -> Table:
    """Half of them name a rule and hold, the others may lack any key or have run out."""
    keys: Keys = {"rule": WAIVER_RULE, "until": HOLDING, **PAPERS}
    if draw(st.booleans()):
        return {key: draw(values) for key, values in keys.items()}
    return some_keys(draw, {**keys, "until": DATE}, {key: draw(keys[key]) for key in PAPERS}, 15)


@st.composite
def _amnesty(draw: st.DrawFn) -> list[Table]:
    """Every rule of a family waived, or all but one: a one of which nothing is asked, and next to it."""
    family, spared, until = draw(st.sampled_from("BLAGWP")), draw(WAIVER_RULE), draw(HOLDING)
    waived = [rule for rule in RULES if rule.startswith(family) and rule != spared]
    return [{"rule": rule, "until": until, "reason": "试点", "approved_by": "厅党组"} for rule in waived]


WAIVERS: Values = st.one_of(*[st.just([])] * 4, *[st.lists(_waiver(), max_size=8)] * 5, _amnesty())


@st.composite
def sites(draw: st.DrawFn, folder: Path | None = None, *, blanks: bool = False) -> dict[str, Any]:
    """A valid site file as plain data. It shrinks towards the bare minimum.

    Knowing the folder of the file, it also names documents that do lie in there but by a forbidden way. With
    blanks, some texts say nothing and some names are written in another way, which no Excel ledger would keep.
    """
    keep = draw(st.sampled_from([0, 0, 10, 15, 17, 18, 19]))
    base: dict[str, Table] = draw(exemplary()) if keep else {}
    site: Table = {"format": 1} if draw(st.booleans()) else {}
    site["site"] = {
        "id": draw(SITE_ID),
        "name": "试点" + draw(TEXT),
        "kind": draw(st.sampled_from(SITE_KINDS)),
        **some_keys(draw, SITE, base.get("site"), keep),
    }
    for name, keys in TABLES.items():
        roll = draw(ROLL)
        if roll >= 2 or (keep and roll):
            site[name] = some_keys(draw, keys, base.get(name), keep)
            if folder and "documents" in site[name] and draw(ROLL) == 19:
                there = (folder / GOOD_DOCUMENTS[0]).absolute()
                back = f"documents/../../{folder.name}/{GOOD_DOCUMENTS[0]}"
                site[name]["documents"] = [draw(st.sampled_from([str(there), back]))]
        elif draw(st.booleans()):
            site[name] = {}
    surveys = draw(st.lists(each(SURVEY), max_size=3))
    if base and draw(ROLL) < keep:
        surveys.append({"surveyed_on": date(2019, 12, 31), "rated": 10, "satisfied": 10})
    if draw(st.booleans()) or surveys:
        site["satisfaction"] = surveys
    waivers = draw(WAIVERS)
    if draw(st.booleans()) or waivers:
        site["waivers"] = waivers
    return with_blanks(draw, site) if blanks else site


@st.composite
def damaged_sites(draw: st.DrawFn, folder: Path | None = None) -> dict[str, Any]:
    """A site file in which some values, elements, rows or tables are of the wrong type or in no list."""
    return damaged(draw, draw(sites(folder, blanks=True)))


def as_of_dates() -> st.SearchStrategy[date]:
    """The as-of date that the sites are made for, and others near it, on awkward days above all."""
    awkward = [
        *(date(2020, 2, 29), date(2020, 2, 29), date(2021, 2, 28), date(2021, 2, 28), date(2020, 11, 30)),
        *(date(2020, 12, 31), date(2020, 1, 1), date(2020, 10, 1)),
    ]
    near = st.integers(-330, 100).map(lambda days: AS_OF + timedelta(days))
    far = st.sampled_from([date.min, date(1, 12, 31), date.max])
    return st.one_of(*[st.just(AS_OF)] * 20, *[st.sampled_from(awkward)] * 12, *[near] * 5, far)
