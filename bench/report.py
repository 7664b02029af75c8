"""How long `pilot report` on 30,000 sites takes beside `pilot check` on the same sites, and how much memory.

The sites are copies of the examples, with an id and an approval number of their own. The goal is a terminal report in
at most 1.3 times the time of `pilot check`, and no format past 300 MB. The commands run in turns; times are medians.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

CHECKLISTS = Path(__file__).parents[1] / "checklists"
FORMATS = ("terminal", "markdown", "csv", "json", "xlsx", "docx", "html")


class Cost(NamedTuple):
    """What a run took."""

    seconds: float
    megabytes: float
    """The most memory that the process had at a time."""


def make_sites(folder: Path, number: int) -> None:
    """Copy the examples over and over; the documents are links to one copy."""
    examples = sorted(CHECKLISTS.glob("*/*/site.toml"))
    for index in range(number):
        example = examples[index % len(examples)]
        site = folder / f"{index // 1000:03}" / f"{index:06}"
        site.mkdir(parents=True)
        text = re.sub(r'^((?:id|approval_no) = "[^"]*)', rf"\1-{index}", example.read_text("utf-8"), flags=re.MULTILINE)
        (site / "site.toml").write_text(text, "utf-8")
        for document in example.parent.iterdir():
            if document.name != "site.toml":
                (site / document.name).symlink_to(document)


def cost(arguments: list[str]) -> Cost:
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "pilot_cli", *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(arguments)} failed")
    return Cost(time.perf_counter() - start, usage.ru_maxrss / 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=30_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "sites")
        make_sites(folder, options.sites)
        common = [str(folder), "--as-of", "2020-11-23"]
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
                costs[label].append(cost(command))
    base = statistics.median(cost.seconds for cost in costs["check"])
    print(f"{options.sites} sites, {options.runs} runs")
    for label, runs in costs.items():
        seconds = statistics.median(run.seconds for run in runs)
        megabytes = max(run.megabytes for run in runs)
        print(f"{label:18} {seconds:6.1f} s  {seconds / base:5.2f} × check  {megabytes:5.0f} MB")


if __name__ == "__main__":
    main()
