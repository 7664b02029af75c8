"""How long `pilot check` on one file takes, beside an empty Typer command with two options in the same environment.

The empty command runs once as it is and once with `--help`, which Typer draws with rich: what it imports then is what
pilot needs too. The goal is at most as long as that takes. Of each run, seconds of the processor and of the clock are
counted; figures are medians, and the commands run in turns.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from cost import Cost, cost

EXAMPLE = Path(__file__).parents[1] / "checklists" / "construction" / "guangzhou-pazhou-expo" / "site.toml"

EMPTY = """
import typer
app = typer.Typer()
@app.command()
def main(name: str = typer.Option("x"), flag: bool = typer.Option(False)) -> None:
    pass
app()
"""

# What the console script `pilot` does.
PILOT = """
from pilot_cli.__main__ import main
main()
"""
EMPTY_COMMAND = "empty Typer command"
EMPTY_HELP = "the same with --help"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=31)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        empty, pilot = Path(folder, "empty.py"), Path(folder, "pilot.py")
        empty.write_text(EMPTY)
        pilot.write_text(PILOT)
        check = [sys.executable, str(pilot), "check", str(EXAMPLE), "--as-of", "2020-11-23"]
        commands = {
            EMPTY_COMMAND: [sys.executable, str(empty)],
            EMPTY_HELP: [sys.executable, str(empty), "--help"],
            "pilot check, table": check,
            "pilot check, json": [*check, "--format", "json"],
            "pilot --version": [sys.executable, str(pilot), "--version"],
        }
        for command in commands.values():
            cost(command)
        costs: dict[str, list[Cost]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, command in commands.items():
                costs[name].append(cost(command))
    tell(costs)


def tell(costs: dict[str, list[Cost]]) -> None:
    """Print what each command took, and by how much that is more than the empty ones."""
    processor = {name: statistics.median(run.cpu_seconds for run in runs) for name, runs in costs.items()}
    clock = {name: statistics.median(run.seconds for run in runs) for name, runs in costs.items()}
    print("| | ms of the processor | × empty | × empty with `--help` | ms of the clock | × empty |")
    print("|---|---|---|---|---|---|")
    for name in costs:
        ratios = [processor[name] / processor[base] for base in (EMPTY_COMMAND, EMPTY_HELP)]
        figures = f"{processor[name] * 1000:.0f} | {ratios[0]:.2f} | {ratios[1]:.2f}"
        print(f"| {name} | {figures} | {clock[name] * 1000:.0f} | {clock[name] / clock[EMPTY_COMMAND]:.2f} |")


if __name__ == "__main__":
    main()
