"""Runs the real command line."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.commands.forking import call_of, can_fork, run_forked

ROOT = Path(__file__).parents[2]
AS_OF = ("--as-of", "2020-11-23")
UNMEASURED = {"COVERAGE_PROCESS_CONFIG": ""}
"""Settings for a process whose coverage is not measured, where measuring would change what the test looks at."""
NEEDS_PROCESS = {"import", "export", "--jobs", "-j", "--scheduler", "--watch"}
"""What starts processes itself, or stays."""

Result = subprocess.CompletedProcess[str]


def pilot(*arguments: str | Path, cwd: Path = ROOT, input: str | None = None, **environment: str) -> Result:
    """Run pilot as a user would; nobody's settings but the test's have a say."""
    words = [*map(str, arguments)]
    inherited = {
        key: value for key, value in os.environ.items() if key not in ("PILOT_LANG", "NO_COLOR", "FORCE_COLOR")
    }
    settings = {**inherited, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment}
    if input is None and not environment and not NEEDS_PROCESS.intersection(words):
        call = call_of(words, cwd, settings)
        if can_fork(call):
            return run_forked(words, call)
    return subprocess.run(
        [sys.executable, "-m", "pilot_cli", *words],
        cwd=cwd,
        env=settings,
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


def report_document(*arguments: str | Path, cwd: Path = ROOT) -> Any:
    """Run ``pilot report --format json`` as of the same day and read what it writes."""
    result = pilot("report", *arguments, *AS_OF, "--format", "json", cwd=cwd)
    assert (result.returncode, result.stderr) == (0, "")
    return json.loads(result.stdout)


def write_report(
    output: Path, *arguments: str | Path, cwd: Path = ROOT, language: str = "zh", settings: Path | None = None
) -> Path:
    """Have ``pilot report`` write a file as of the same day; how the file is named says its format."""
    chosen = ("--settings", settings) if settings else ()
    result = pilot("--lang", language, *chosen, "report", *arguments, *AS_OF, "--output", output, cwd=cwd)
    written = {"zh": "已写入：", "en": "Written: "}[language]
    assert (result.returncode, result.stdout, result.stderr) == (0, "", f"{written}{output}\n")
    return output
