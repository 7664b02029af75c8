"""How time and memory grow with the number of sites, from 1,000 to 1,000,000.

The goals: the time for a site at 300,000 sites within 15 % of that at 30,000; the main process below 200 MB at 300,000,
and at most 100 bytes a site above that at 30,000; JSON and SARIF below 300 MB at 30,000.
"""

import argparse
import tempfile
from pathlib import Path

from cost import PILOT, cost, machine
from sites import AS_OF, make_sites

NUMBERS = (1_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
COMMANDS = {
    "check --quiet": ("check", "--quiet"),
    "report": ("report",),
    "check --format jsonl": ("check", "--format", "jsonl"),
    "check --format json": ("check", "--format", "json"),
    "check --format sarif": ("check", "--format", "sarif"),
}
SUMMING_UP = ("check --quiet", "report")
"""The others tell of each site, and are run up to 30,000."""
FEW = 30_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=300_000, help="so many sites at the most")
    options = parser.parse_args()
    print(f"{machine()}\n\n| sites | command | seconds | µs a site | MB |\n|---|---|---|---|---|")
    for number in NUMBERS:
        if number > options.most:
            break
        with tempfile.TemporaryDirectory() as name:
            make_sites(Path(name), number)
            for label, (command, *arguments) in COMMANDS.items():
                if number > FEW and label not in SUMMING_UP:
                    continue
                run = cost([*PILOT, command, name, "--as-of", AS_OF.isoformat(), *arguments], statuses=(0, 1))
                each = run.seconds / number * 1e6
                print(f"| {number} | {label} | {run.seconds:.1f} | {each:.0f} | {run.megabytes:.0f} |", flush=True)


if __name__ == "__main__":
    main()
