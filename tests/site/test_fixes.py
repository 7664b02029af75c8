"""Mending: slips of every kind are put right, whatever stands around them, and nothing else is touched."""

import os
import random
from pathlib import Path

import rtoml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilot_cli.site.fixes.mending import mend
from pilot_cli.site.reader import parse_site
from tests.generated import sites
from tests.site.slips import SLIPS, remarks, without_slips, written

ROOT = Path(__file__).parents[2]
EXAMPLES = int(os.environ.get("PILOT_TEST_EXAMPLES", "100"))
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le")
MARKS = {"utf-16-le": b"\xff\xfe"}


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_slips_are_made_the_same_site_comes_back(data: st.DataObject) -> None:
    site = without_slips(data.draw(sites()))
    chance = random.Random(data.draw(st.integers(0, 2**32)))
    lines = written(site, chance)
    good = [line.text for line in lines]
    share = chance.choice((0.02, 0.1, 0.5, 1.0))
    spoilt = [(chance.random() < share and chance.choice(SLIPS)(line, chance)) or line.text for line in lines]
    end = chance.choice(("\n", "\r\n"))
    encoding = chance.choice(ENCODINGS)
    raw = MARKS.get(encoding, b"") + end.join(spoilt).encode(encoding)
    mended = mend(raw)
    assert mended is not None
    assert rtoml.loads(mended.after) == rtoml.loads("\n".join(good))
    assert remarks(mended.after.replace("\r", "")) == remarks("\n".join(good))
    for before, slip, after in zip(good, spoilt, mended.after.split(end), strict=True):
        if slip == before:
            assert after == before
    again = mend(mended.after.encode())
    assert again is not None
    assert (again.after, again.kinds) == (mended.after, ())
    assert parse_site(mended.after.encode()).problems == parse_site("\n".join(good).encode()).problems
