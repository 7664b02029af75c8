"""Runs pilot where settings count, and no others than those of the test."""

from pathlib import Path
from typing import Any

import tomli_w

from tests.commands.running import ROOT, Result, pilot

FOLDERS = ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA")
"""The variables from which a system knows where a user's settings are."""
USER_FOLDER = "configuration/pilot"


def settled(*arguments: str | Path, cwd: Path, home: Path | None = None, **environment: str) -> Result:
    """Run pilot with the settings that it finds; the user has some only with a ``home``."""
    place = (home or cwd / "nobody") / "configuration"
    folders = dict.fromkeys(FOLDERS, str(place))
    return pilot(*arguments, cwd=cwd, **{"PILOT_NO_SETTINGS": "", **folders, **environment})


def held(*arguments: str | Path, cwd: Path, home: Path | None = None, **environment: str) -> dict[str, str]:
    """What ``pilot doctor`` says of each setting, with where it comes from in brackets."""
    result = settled("--lang", "en", *arguments, "doctor", cwd=cwd, home=home, **environment)
    assert "Traceback" not in result.stderr
    rows = (row.strip().partition(": ") for row in result.stdout.partition("\nSettings\n")[2].splitlines())
    return {name: value for name, _colon, value in rows}


def write_settings(folder: Path, settings: dict[str, Any] | str) -> Path:
    """Write ``pilot.toml`` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "pilot.toml"
    path.write_text(settings if isinstance(settings, str) else tomli_w.dumps(settings), encoding="utf-8")
    return path


SITE = ROOT / "checklists/construction/guangzhou-pazhou-expo/site.toml"
