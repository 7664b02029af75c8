"""How long `pilot report --notices` takes to write a notice to each of 300 sites, beside what checking them takes.

The goal is less than 0.1 s a notice. Times are medians.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from cost import PILOT, Cost, cost
from sites import AS_OF, make_sites

GOAL = 0.1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=300)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "sites")
        folder.mkdir()
        make_sites(folder, options.sites)
        common = [str(folder), "--as-of", AS_OF.isoformat()]
        commands = {
            "check": ["check", *common, "--fail-on", "never", "--quiet"],
            "notices": ["report", *common, "--notices", str(Path(name, "notices"))],
        }
        costs: dict[str, list[Cost]] = {label: [] for label in commands}
        for _ in range(options.runs):
            for label, command in commands.items():
                costs[label].append(cost([*PILOT, *command]))
    seconds = {label: statistics.median(run.seconds for run in runs) for label, runs in costs.items()}
    print(f"{options.sites} sites, {options.runs} runs")
    for label, runs in costs.items():
        print(f"{label:10} {seconds[label]:6.2f} s  {max(run.megabytes for run in runs):5.0f} MB")
    each = seconds["notices"] / options.sites
    print(f"{each:.3f} s a notice; the goal is {GOAL} s")


if __name__ == "__main__":
    main()
