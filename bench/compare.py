"""How long pilot takes for many sites, beside other tools that hold the same files against an equivalent schema.

Taplo and Tombi (both Rust) and check-jsonschema (Python) look at syntax and schema, and tell what they find; pilot does
so too, judges by 73 rules and looks whether the documents are there. Beside them runs the yardstick, `bench/bare.py`,
which reads and parses and does no more. All run by turns on the same files; figures are medians. On a machine that is
busy with other work, seconds of the processor say more than those of the clock.

The goals: with all findings told, pilot in at most 1.4 times what `--quiet` takes, 2.5 times as quick as the quickest
of the others and with less of the processor than Taplo; with `--quiet`, 4 times as quick and with half of it.
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
CHECK = (*PILOT, "check", "sites", "--as-of", AS_OF.isoformat())
QUIET = "pilot check --quiet"
FORMATS = {f"pilot check -f {name}": (*CHECK, "-f", name) for name in ("jsonl", "json", "concise", "csv", "sarif")}
"""Those that tell every finding with its place."""
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
            QUIET: (*CHECK, "--quiet"),
            **FORMATS,
            f"{QUIET} --jobs 1": (*CHECK, "--quiet", "--jobs", "1"),
            YARDSTICK_AS_PROGRAM: (*BARE, "sites", "--jobs", str(options.jobs)),
            **others,
        }
        costs: dict[str, list[Cost]] = {label: [] for label in commands}
        yardstick = []
        for _ in range(options.runs):
            yardstick.append(parsing(folder / "sites", options.jobs))
            for label, command in commands.items():
                costs[label].append(cost(command, cwd=folder, statuses=(0, 1)))
    print(f"{options.sites} sites, {options.runs} runs, {options.jobs} processes\n{machine()}\n")
    tell(options.sites, {label: median(runs) for label, runs in costs.items()}, set(others))
    print(f"\n{YARDSTICK}: {statistics.median(yardstick):.2f} seconds")


def median(runs: Sequence[Cost]) -> Cost:
    seconds, cpu_seconds, megabytes = (statistics.median(figures) for figures in zip(*runs, strict=True))
    return Cost(seconds, cpu_seconds, megabytes)


def tell(sites: int, costs: dict[str, Cost], others: set[str]) -> None:
    """Print a row for each command, and what the goals speak of."""
    print("| | seconds | of the processor | sites a second | MB | × `--quiet` | of the processor |")
    print("|---|---|---|---|---|---|---|")
    quiet = costs[QUIET]
    for label, run in costs.items():
        ratios = f"{run.seconds / quiet.seconds:.2f} | {run.cpu_seconds / quiet.cpu_seconds:.2f}"
        each = f"{run.seconds:.2f} | {run.cpu_seconds:.2f} | {sites / run.seconds:.0f} | {run.megabytes:.0f}"
        print(f"| {label} | {each} | {ratios} |")
    quickest = min(costs[label].seconds for label in others)
    taplo = next(costs[label].cpu_seconds for label in others if label.startswith("taplo"))
    slowest = max(costs[label].seconds for label in FORMATS), max(costs[label].cpu_seconds for label in FORMATS)
    for told, (seconds, cpu_seconds), goal in (
        ("--quiet", quiet[:2], "4 and 0.5"),
        ("the slowest format that tells findings", slowest, "2.5 and 1"),
    ):
        ratio = f"{quickest / seconds:.2f} × as quick as the quickest of the others"
        print(f"\n{told}: {ratio}, with {cpu_seconds / taplo:.2f} × the processor of Taplo (goals: {goal})")


if __name__ == "__main__":
    main()
