"""Runs the commands of the ledger as an office does, in a folder of its own."""

import json
from pathlib import Path
from typing import Any

from tests.commands.running import Result, pilot
from tests.editing import CONSTRUCTION, edit, edited, write_site

FAULTY = edited(CONSTRUCTION, edit('brand = "', '# brand = "'), edit("full_members = 5", "full_members = 2"))
BY = ("--by", "示例·检查员")


def ledger(folder: Path, *arguments: str | Path, status: int = 0, language: str = "zh") -> Result:
    """Run a command, which has to end with a status."""
    result = pilot("--lang", language, "ledger", *arguments, cwd=folder)
    assert result.returncode == status, (arguments, result.stdout, result.stderr)
    assert "Traceback" not in result.stderr
    return result


def record(folder: Path, as_of: str, *arguments: str | Path) -> Any:
    """Record an audit of the sites, and return what came of it."""
    return json.loads(ledger(folder, "record", "sites", "--as-of", as_of, *BY, "--format", "json", *arguments).stdout)


def listed(folder: Path, *arguments: str | Path) -> list[Any]:
    """The problems that some options ask for."""
    problems: list[Any] = json.loads(ledger(folder, "problems", "--format", "json", *arguments).stdout)["problems"]
    return problems


def write_sites(folder: Path, **texts: str) -> None:
    """Write site files, each with its name as ID."""
    for name, text in texts.items():
        write_site(folder / "sites" / name, text.replace('id = "good-construction"', f'id = "{name}"'))
