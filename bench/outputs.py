"""How long `pilot report` takes to write four files in one run, beside what writing each alone takes.

The goal is at most 1.15 times the longest of them alone and, for each of the others, what it takes to write it: its
time alone less that of the report in the terminal, which is hardly more than reading the sites. Times are medians.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from cost import PILOT, Cost, cost
from sites import AS_OF, make_sites

SUFFIXES = ("docx", "xlsx", "html", "json")
GOAL = 1.15


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=3_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "sites")
        folder.mkdir()
        make_sites(folder, options.sites)
        outputs = {suffix: ["--output", str(Path(name, f"report.{suffix}"))] for suffix in SUFFIXES}
        outputs |= {"terminal": [], "all four": [word for suffix in SUFFIXES for word in outputs[suffix]]}
        costs: dict[str, list[Cost]] = {label: [] for label in outputs}
        for _ in range(options.runs):
            for label, output in outputs.items():
                costs[label].append(cost([*PILOT, "report", str(folder), "--as-of", AS_OF.isoformat(), *output]))
    seconds = {label: statistics.median(run.seconds for run in runs) for label, runs in costs.items()}
    print(f"{options.sites} sites, {options.runs} runs")
    for label, runs in costs.items():
        print(f"{label:10} {seconds[label]:6.2f} s  {max(run.megabytes for run in runs):5.0f} MB")
    *others, longest = sorted(seconds[suffix] for suffix in SUFFIXES)
    limit = GOAL * longest + sum(max(0, other - seconds["terminal"]) for other in others)
    print(f"the limit is {limit:.2f} s: {seconds['all four'] / limit:.2f} of it are taken")


if __name__ == "__main__":
    main()
