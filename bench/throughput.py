"""How long reading and assessing a site takes, beside `rtoml.loads` on the same bytes in the same process.

The site is one of 3 kB without findings; the goal is a ratio of at most 4. All are timed in turns, call by call, as in
a survey of many files, where each finds the processor's caches as the other left them. `rtoml.loads` in a loop of its
own is quicker; it is printed too.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import rtoml

from pilot_cli import assess, load_site, load_standard

AS_OF = date(2020, 11, 23)
SITE = Path(__file__).parent / "site" / "site.toml"


def microseconds(work: Callable[[], object], repeats: int = 1) -> float:
    start = time.perf_counter()
    for _ in range(repeats):
        work()
    return (time.perf_counter() - start) / repeats * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3000)
    options = parser.parse_args()
    text = SITE.read_text(encoding="utf-8")
    standard = load_standard()
    if assess(load_site(SITE), standard, AS_OF).findings:
        raise SystemExit(f"{SITE} is meant to have no findings")

    works: dict[str, Callable[[], object]] = {
        "rtoml.loads": lambda: rtoml.loads(text),
        "read": lambda: load_site(SITE),
        "read and assess": lambda: assess(load_site(SITE), standard, AS_OF),
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(options.rounds):
        for name, work in works.items():
            times[name].append(microseconds(work))
    alone = statistics.median(microseconds(works["rtoml.loads"], 100) for _ in range(options.rounds // 100))
    base = statistics.median(times["rtoml.loads"])
    print(f"{SITE.name}: {len(text.encode())} bytes")
    for name, values in times.items():
        median = statistics.median(values)
        print(f"{name:24} {median:6.0f} µs   {median / base:4.2f} x")
    print(f"{'rtoml.loads, alone':24} {alone:6.0f} µs   {alone / base:4.2f} x")


if __name__ == "__main__":
    main()
