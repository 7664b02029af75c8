"""How long `pilot report` on 30,000 sites takes beside `pilot check` on the same sites, and how much memory.

The goal is a terminal report in at most 1.3 times the time of `pilot check`, and no format past 300 MB. The commands
run in turns; times are medians.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from cost import PILOT, Cost, cost
from sites import AS_OF, make_sites

FORMATS = ("terminal", "markdown", "csv", "json", "xlsx", "docx", "html")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=30_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "sites")
        folder.mkdir()
        make_sites(folder, options.sites)
        common = [str(folder), "--as-of", AS_OF.isoformat()]
        commands = {
            "check": ["check", *common, "--fail-on", "never"],
            # This one looks up no places, as most formats of the report do not.
            "check --quiet": ["check", *common, "--fail-on", "never", "--quiet"],
        }
        for format in FORMATS:
            output = str(Path(name, f"report.{format}"))
            commands[f"report, {format}"] = ["report", *common, "--format", format, "--output", output]
        costs: dict[str, list[Cost]] = {label: [] for label in commands}
        for _ in range(options.runs):
            for label, command in commands.items():
                costs[label].append(cost([*PILOT, *command]))
    base = statistics.median(cost.seconds for cost in costs["check"])
    print(f"{options.sites} sites, {options.runs} runs")
    for label, runs in costs.items():
        seconds = statistics.median(run.seconds for run in runs)
        megabytes = max(run.megabytes for run in runs)
        print(f"{label:18} {seconds:6.1f} s  {seconds / base:5.2f} × check  {megabytes:5.0f} MB")


if __name__ == "__main__":
    main()
