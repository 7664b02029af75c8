"""Lets atheris look for what breaks the parts of pilot that take what strangers write.

    python bench/fuzz/run.py [--seconds 60] [--target site_file]

Each target runs for so long in a process of its own, or until something breaks; the case is then kept, and is run again
with ``--target NAME --case FILE``. Cases that reach something new are kept too, and are where the next run begins.
"""

import argparse
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from random import Random
from time import process_time
from typing import Any

ROOT = Path(__file__).parents[2]
TARGETS = ("site_file", "inspections", "standard", "settings", "workbook")
KEPT = ROOT / ".fuzz"
"""Where cases are kept."""
MEGABYTES = 2_048
MAX_SECONDS = 120
"""After so long a case has no end; other work on the machine does not make one take so long."""
SIGNALS = ("segv", "abrt", "bus", "ill", "fpe")
LEFT_ALONE = ("pilot_cli.__main__", "pilot_cli.parallel.cluster", "pilot_cli.ledger.migrations")
"""Modules that no target needs: what starts pilot, what needs Dask, what only Alembic can load."""


def main() -> None:
    """Run every target for its time; fail when one found something."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=60, help="how long each target runs")
    parser.add_argument("--target", choices=TARGETS, action="append", help="which ones (default: all)")
    parser.add_argument("--case", type=Path, help="run this case alone")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    targets = arguments.target or TARGETS
    if arguments.case:
        sys.path.insert(0, str(ROOT))
        import_module(targets[0]).TARGET.run(arguments.case.read_bytes())
    elif arguments.inside:
        _fuzz(targets[0], arguments.seconds)
    else:
        print("| target | cases | new ground | MB | what broke |\n|---|---|---|---|---|")
        is_well = [_run_apart(target, arguments.seconds) for target in targets]
        if not all(is_well):
            raise SystemExit("Something broke: run the case again with --target and --case")


def _run_apart(target: str, seconds: int) -> bool:
    """Run a target in a process of its own, and say in a row what came of it; tell whether all is well."""
    log = KEPT / f"{target}.log"
    KEPT.mkdir(exist_ok=True)
    command = [sys.executable, __file__, "--inside", "--target", target, "--seconds", str(seconds)]
    with log.open("wb") as said:
        status = subprocess.run(command, stdout=said, stderr=said, check=False).returncode
    text = log.read_text("utf-8", errors="replace")

    def figure(name: str) -> str:
        found = re.findall(rf"stat::{name}:\s*(\d+)", text)
        return found[-1] if found else "?"

    broke = re.findall(r"Test unit written to (\S+)", text)
    what = (broke or ["nothing" if status == 0 else f"see {log}"])[0]
    names = ("number_of_executed_units", "new_units_added", "peak_rss_mb")
    print(f"| {target} | {' | '.join(map(figure, names))} | {what} |", flush=True)
    return status == 0 and not broke


def _fuzz(name: str, seconds: int) -> None:
    """Look for what breaks a target, guided by what of pilot each case reaches; ends the process."""
    import atheris

    sys.path.insert(0, str(ROOT))
    with atheris.instrument_imports(include=["pilot_cli"], enable_loader_override=False):
        import pilot_cli

        for module in walk_packages(pilot_cli.__path__, "pilot_cli."):
            if not module.name.startswith(LEFT_ALONE):
                import_module(module.name)
        target: Any = import_module(name).TARGET
    folder = KEPT / name
    folder.mkdir(exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (folder / f"seed-{number:03}").write_bytes(seed)
    dictionary = KEPT / f"{name}.dict"
    dictionary.write_text("".join(f'"{_escaped(word)}"\n' for word in sorted(target.words()) if word), "utf-8")

    def mutate(case: bytes, max_bytes: int, seed: int) -> bytes:
        changed: bytes = target.mutate(case, max_bytes, Random(seed), atheris.Mutate)
        return changed

    def run(case: bytes) -> None:
        start = process_time()
        target.run(case)
        assert process_time() - start <= target.max_cpu_seconds, "the case takes too long"

    options = {
        "max_total_time": seconds,
        "max_len": target.max_bytes,
        "timeout": MAX_SECONDS,
        "report_slow_units": MAX_SECONDS,
        "rss_limit_mb": MEGABYTES,
        "print_final_stats": 1,
        "artifact_prefix": f"{KEPT}/{name}-",
        "dict": dictionary,
        # The processes that read workbooks inherit what is done on signals, and may be ended by one.
        **{f"handle_{signal}": 0 for signal in SIGNALS},
    }
    words = [f"-{option}={value}" for option, value in options.items()]
    os.chdir(KEPT)
    atheris.Setup([sys.argv[0], *words, str(folder)], run, custom_mutator=mutate)
    atheris.Fuzz()


def _escaped(word: str) -> str:
    """Write a word as the fuzzer's dictionaries have them."""
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


if __name__ == "__main__":
    main()
