"""Changes the program in small ways, a sample of all that are possible, and counts what the tests notice.

    python bench/mutants.py [--sample 40] [--part standard] [--seed 1]

A change that no test notices is shown: either a test is missing, or the change makes no difference. It works in a copy.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkResult

ROOT = Path(__file__).parents[1]
PARTS = {
    "standard": ("pilot_cli/standard", ("standard", "audit")),
    "audit": ("pilot_cli/audit", ("audit", "formats/test_report_figures.py")),
    "reader": ("pilot_cli/site/reader.py", ("site", "test_hostile_files.py")),
    "ledger": ("pilot_cli/ledger", ("ledger",)),
}
"""What is changed, and the tests that are to notice it, those first that are nearest to it."""
SLOW = (
    "test_fixes",
    "test_laws",
    "test_recomputation",
    "test_several_errors",
    "test_state_machine",
    "test_two_at_once",
)
"""Tests that come last, as most changes have been noticed by then."""
COPIED = ("pilot_cli", "tests", "checklists", "docs", "bench", "pyproject.toml")
CONFIGURATION = """[cosmic-ray]
module-path = "{module}"
timeout = {timeout}
excluded-modules = []
test-command = "{command}"
[cosmic-ray.distributor]
name = "local"
"""
MAX_SECONDS = 900.0


def main() -> None:
    """Change what was asked for, and show what comes of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sample", type=int, default=40, help="how many changes of each part")
    parser.add_argument("--part", choices=PARTS, action="append", help="which parts (default: all)")
    parser.add_argument("--seed", type=int, default=1, help="which sample")
    arguments = parser.parse_args()
    with TemporaryDirectory() as scratch:
        for name in COPIED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
            copy(ROOT / name, Path(scratch) / name)
        for part in arguments.part or PARTS:
            _try(part, Path(scratch), arguments.sample, arguments.seed)


def _try(part: str, folder: Path, sample: int, seed: int) -> None:
    module, tests = PARTS[part]
    command = f"{sys.executable} -m pytest -n0 -x -q -p no:cacheprovider {_in_order(tests)}"
    # Where the tests fail by themselves they would notice everything.
    _run(command.split(), folder)
    text = CONFIGURATION.format(module=module, command=command, timeout=MAX_SECONDS)
    (folder / "mutants.toml").write_text(text, encoding="utf-8")
    session = folder / f"{part}.sqlite"
    _cosmic_ray("init", session, cwd=folder)
    with use_db(str(session), WorkDB.Mode.open) as work:
        possible = _leave_out_all_but(sample, work, Random(seed))
    _cosmic_ray("exec", session, cwd=folder)
    with use_db(str(session), WorkDB.Mode.open) as work:
        results = {job: result for job, result in work.results if result.worker_outcome is not WorkerOutcome.SKIPPED}
        survivors = [result for result in results.values() if result.test_outcome is TestOutcome.SURVIVED]
    noticed = len(results) - len(survivors)
    print(f"{part}: {noticed} of {len(results)} noticed, {possible} are possible", flush=True)
    for survivor in survivors:
        print(survivor.diff, flush=True)


def _in_order(names: Sequence[str]) -> str:
    """List the files of tests, the slow ones last."""
    paths = [ROOT / "tests" / name for name in names]
    files = [file for path in paths for file in ([path] if path.is_file() else sorted(path.glob("test_*.py")))]
    return " ".join(str(file.relative_to(ROOT)) for file in sorted(files, key=lambda file: file.stem in SLOW))


def _leave_out_all_but(sample: int, work: WorkDB, random: Random) -> int:
    """Leave only a sample of the changes to be made; return how many there were."""
    # In annotations it stands for a union, which nothing computes.
    jobs = [
        item.job_id
        for item in work.pending_work_items
        if "ReplaceBinaryOperator_BitOr" not in item.mutations[0].operator_name
    ]
    chosen = set(random.sample(jobs, min(sample, len(jobs))))
    for item in list(work.pending_work_items):
        if item.job_id not in chosen:
            work.set_result(item.job_id, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))
    return len(jobs)


def _cosmic_ray(command: str, session: Path, cwd: Path) -> None:
    _run([sys.executable, "-m", "cosmic_ray.cli", command, "mutants.toml", str(session)], cwd)


def _run(program: Sequence[str], cwd: Path) -> None:
    subprocess.run(program, cwd=cwd, env={**os.environ, "PYTHONPATH": str(cwd)}, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
