"""Runs the real command line."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
AS_OF = ("--as-of", "2020-11-23")

Result = subprocess.CompletedProcess[str]


def pilot(*arguments: str | Path, cwd: Path = ROOT, input: str | None = None, **environment: str) -> Result:
    """Run pilot as a user would; nobody's settings but the test's have a say."""
    inherited = {
        key: value for key, value in os.environ.items() if key not in ("PILOT_LANG", "NO_COLOR", "FORCE_COLOR")
    }
    return subprocess.run(
        [sys.executable, "-m", "pilot_cli", *map(str, arguments)],
        cwd=cwd,
        env={**inherited, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment},
        input=input,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def check(*arguments: str | Path, cwd: Path = ROOT, input: str | None = None, **environment: str) -> Result:
    """Run ``pilot check`` as of the day that the examples are made for."""
    return pilot("check", *arguments, *AS_OF, cwd=cwd, input=input, **environment)


def document(*arguments: str | Path, cwd: Path = ROOT) -> Any:
    """Run ``pilot check --format json`` and read what it writes."""
    return json.loads(check(*arguments, "--format", "json", cwd=cwd).stdout)
