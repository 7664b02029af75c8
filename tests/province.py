"""Makes sites by the hundred: the generator of the benchmarks, run as a user would run it."""

import subprocess
import sys
from pathlib import Path

GENERATOR = Path(__file__).parents[1] / "bench" / "sites.py"


def make_province(folder: Path, sites: int, seed: int = 1) -> Path:
    """Fill a folder with sites, good and bad, some of which have the id or the approval number of another."""
    subprocess.run(
        [sys.executable, str(GENERATOR), str(folder), "--sites", str(sites), "--seed", str(seed)], check=True
    )
    return folder
