"""How long pilot takes for many sites, beside other tools that hold the same files against an equivalent schema.

Taplo and Tombi (both Rust) and check-jsonschema (Python) look at syntax and schema; pilot does so too, judges by 66
rules and looks whether the documents are there. Beside them runs the yardstick, `bench/bare.py`, which reads and parses
and does no more. All run by turns on the same files; times are medians.

The goals: pilot in a sixth of the time of the quickest of the three; in at most three times that of the yardstick with
as many processes; and with two processes 1.7 times as quick as with one.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from cost import PILOT, Cost, cost, machine
from sites import AS_OF, make_sites

SCHEMA = "schema.json"
TOMBI_SETTINGS = f"""
[schema.catalog]
paths = []

[[schemas]]
path = "{SCHEMA}"
include = ["sites/**/*.toml"]
"""
BIN = Path(sys.executable).parent
CHECK = (*PILOT, "check", "sites", "--as-of", AS_OF.isoformat(), "--quiet")
BARE = (sys.executable, Path(__file__).with_name("bare.py"))
YARDSTICK = "reading and parsing alone"
YARDSTICK_AS_PROGRAM = "the same, with start and search"


def peers(folder: Path) -> dict[str, Sequence[str | Path]]:
    files = [path.relative_to(folder) for path in folder.glob("sites/*/*/*.toml") if is_utf8(path)]
    schema = (folder / SCHEMA).as_uri()
    return {
        f"taplo {version('taplo')}": (BIN / "taplo", "check", "--schema", schema, "sites/**/site.toml"),
        f"tombi {version('tombi')}": (BIN / "tombi", "lint", "--offline", "sites"),
        f"check-jsonschema {version('check-jsonschema')}": (
            *(BIN / "check-jsonschema", "--schemafile", SCHEMA, "--no-cache", "-o", "json"),
            *files,
        ),
    }


def is_utf8(path: Path) -> bool:
    """At a file that is none, check-jsonschema stops with a traceback."""
    try:
        path.read_text("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def parsing(folder: Path, jobs: int) -> float:
    result = subprocess.run([*BARE, folder, "--jobs", str(jobs)], capture_output=True, check=True, text=True)
    return float(result.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=30_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2, help="as many as there are cores")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        (folder / "sites").mkdir()
        make_sites(folder / "sites", options.sites)
        subprocess.run([*PILOT, "schema", "--output", folder / SCHEMA], check=True)
        (folder / "tombi.toml").write_text(TOMBI_SETTINGS, "utf-8")
        others = peers(folder)
        commands: dict[str, Sequence[str | Path]] = {
            "pilot check": CHECK,
            "pilot check --jobs 1": (*CHECK, "--jobs", "1"),
            YARDSTICK_AS_PROGRAM: (*BARE, "sites", "--jobs", str(options.jobs)),
            **others,
        }
        costs: dict[str, list[Cost]] = {label: [] for label in commands}
        yardstick = []
        for _ in range(options.runs):
            yardstick.append(parsing(folder / "sites", options.jobs))
            for label, command in commands.items():
                costs[label].append(cost(command, cwd=folder, statuses=(0, 1)))
    seconds = {label: statistics.median(run.seconds for run in runs) for label, runs in costs.items()}
    print(f"{options.sites} sites, {options.runs} runs, {options.jobs} processes\n{machine()}\n")
    print("| | seconds | sites a second | MB | × pilot |\n|---|---|---|---|---|")
    pilot = seconds["pilot check"]
    for label, median in {**seconds, YARDSTICK: statistics.median(yardstick)}.items():
        megabytes = f"{max(run.megabytes for run in costs[label]):.0f}" if label in costs else ""
        print(f"| {label} | {median:.2f} | {options.sites / median:.0f} | {megabytes} | {median / pilot:.2f} |")
    print(f"\n{min(seconds[label] for label in others) / pilot:.2f} × as quick as the quickest of the others (goal: 6)")
    print(f"{pilot / statistics.median(yardstick):.2f} × {YARDSTICK} (goal: at most 3)")
    print(f"{pilot / seconds[YARDSTICK_AS_PROGRAM]:.2f} × {YARDSTICK_AS_PROGRAM}")
    print(f"{seconds['pilot check --jobs 1'] / pilot:.2f} × as quick as one process (goal: 1.7)")


if __name__ == "__main__":
    main()
