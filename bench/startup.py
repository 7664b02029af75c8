"""How long `pilot check` on one file takes, beside an empty Typer command with two options in the same environment.

The goal is a ratio of at most 1.5.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cost import COMPILED

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


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False, env=COMPILED)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=31)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        empty, pilot = Path(folder, "empty.py"), Path(folder, "pilot.py")
        empty.write_text(EMPTY)
        pilot.write_text(PILOT)
        check = [sys.executable, str(pilot), "check", str(EXAMPLE), "--as-of", "2020-11-23"]
        commands = {
            "empty Typer command": [sys.executable, str(empty)],
            "pilot check, table": check,
            "pilot check, json": [*check, "--format", "json"],
            "pilot --version": [sys.executable, str(pilot), "--version"],
        }
        for command in commands.values():
            seconds(command)
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, command in commands.items():
                times[name].append(seconds(command))
    base = statistics.median(times["empty Typer command"])
    for name, values in times.items():
        median = statistics.median(values)
        print(f"{name:22} {median * 1000:6.0f} ms   {median / base:4.2f} x")


if __name__ == "__main__":
    main()
