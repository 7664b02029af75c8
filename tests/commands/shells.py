"""Asks for completion as shells do, and has real shells do it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.running import ROOT, Result, pilot
from tests.commands.session import Session

SHELLS = ("bash", "zsh", "fish", "powershell")
PROMPT = "ready> "


def ask(shell: str, line: str, cwd: Path = ROOT, **environment: str) -> Result:
    """Ask how a line can go on, as the script does that is installed in a shell."""
    words = line.split(" ")
    if shell == "bash":
        question = {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    else:
        question = {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
        question["_TYPER_COMPLETE_WORD_TO_COMPLETE"] = words[-1]
    return pilot(cwd=cwd, _PILOT_COMPLETE=f"complete_{shell}", **question, **environment)


def offered(line: str, cwd: Path = ROOT, **environment: str) -> dict[str, str]:
    """Return how a line can go on, each with its description."""
    result = ask("fish", line, cwd, **environment)
    assert result.stderr == ""
    pairs = (row.partition("\t") for row in result.stdout.splitlines() if row)
    return {value: description for value, _tab, description in pairs}


def _settings(home: Path) -> dict[str, str]:
    """The settings of a user who has set up nothing."""
    programs = Path(sys.executable).parent
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "LANG": "C.UTF-8",
        "PILOT_LANG": "zh",
    }


def run_in(shell: str, script: str, home: Path, cwd: Path = ROOT) -> Result:
    """Run a script in a shell that is really there."""
    _skip_without(shell)
    # The last command of a script may take the place of its shell; pilot looks for the shell that it is run in.
    return subprocess.run(
        [shell, "-c", f"{script}\ntrue"],
        env={**os.environ, **_settings(home)},
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def type_in(shell: str, keys: str, until: str, home: Path, cwd: Path = ROOT) -> str:
    """Type at the prompt of a shell, and return what it shows when what is waited for has come."""
    _skip_without(shell)
    with Session("-i", program=[shell], cwd=cwd, **_settings(home)) as session:
        session.wait_for(PROMPT)
        session.type(keys)
        return session.wait_for(until)


def _skip_without(shell: str) -> None:
    if os.name == "nt" or shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
