"""How long `pilot report` on 30,000 sites takes beside `pilot check` on the same sites, and how much memory.

The goals: a terminal report in at most 1.3 times the time of `pilot check`, no format past 300 MB, and an Excel report
in at most 1.3 times the time of a bare XlsxWriter loop over the same cells. The commands run in turns; times are
medians. On a machine that is busy with other work, seconds of the processor say more than those of the clock.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from cells import Run, timed_copy
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
        bare: list[Run] = []
        for _ in range(options.runs):
            for label, command in commands.items():
                costs[label].append(cost([*PILOT, *command]))
            bare.append(timed_copy(Path(name, "report.xlsx"), Path(name, "again.xlsx")))
    print(f"{options.sites} sites, {options.runs} runs")
    tell(costs, bare)


def tell(costs: dict[str, list[Cost]], bare: list[Run]) -> None:
    """Print what each command took, and how it compares."""
    seconds = {label: statistics.median(run.seconds for run in runs) for label, runs in costs.items()}
    processor = {label: statistics.median(run.cpu_seconds for run in runs) for label, runs in costs.items()}
    print("| | seconds | of the processor | × check | of the processor | MB |")
    print("|---|---|---|---|---|---|")
    for label, runs in costs.items():
        ratios = f"{seconds[label] / seconds['check']:.2f} | {processor[label] / processor['check']:.2f}"
        megabytes = max(run.megabytes for run in runs)
        print(f"| {label} | {seconds[label]:.1f} | {processor[label]:.1f} | {ratios} | {megabytes:.0f} |")
    loop, loop_processor = (statistics.median(figures) for figures in list(zip(*bare, strict=True))[:2])
    print(f"| XlsxWriter alone | {loop:.1f} | {loop_processor:.1f} | | | |")
    xlsx, xlsx_processor = seconds["report, xlsx"], processor["report, xlsx"]
    print(f"\nxlsx: {xlsx / loop:.2f} × XlsxWriter alone ({xlsx_processor / loop_processor:.2f} × of the processor)")


if __name__ == "__main__":
    main()
