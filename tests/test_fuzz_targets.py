"""The targets of the fuzzer run without it: what they begin with breaks nothing, and neither does a change of each."""

from importlib import import_module
from pathlib import Path
from random import Random

import pytest

FOLDER = Path(__file__).parents[1] / "bench" / "fuzz"


@pytest.mark.parametrize("name", ["site_file", "inspections", "standard", "settings", "workbook"])
def test_each_target_takes_its_seeds_and_changes_of_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    target = import_module(name).TARGET
    seeds = list(target.seeds())
    assert len(seeds) > 5
    assert len(set(target.words())) > 20
    chance = Random(1)
    for seed in chance.sample(seeds, min(len(seeds), 25)):
        assert len(seed) <= target.max_bytes
        target.run(seed)
        changed = target.mutate(seed, target.max_bytes, chance, lambda case, max_bytes: case[:max_bytes])
        assert len(changed) <= target.max_bytes
        target.run(changed)
