"""Generated sites, written as real files."""

import os
import tomllib
from pathlib import Path
from typing import Any

import tomli_w
from hypothesis import HealthCheck, settings

from pilot_cli import load_standard

FIVE_ONES = load_standard()
ON_SITE = load_standard("five-ones-onsite")


def up_to(part: int) -> settings:
    """How many sites to make up, or a part of as many. After a rule has changed, ask for a few thousand."""
    return settings(
        max_examples=max(1, int(os.environ.get("PILOT_TEST_EXAMPLES", "300")) // part),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )


def write(site: dict[str, Any], folder: Path) -> tuple[Path, dict[str, Any]]:
    """Write a site file; what it says is what can be read from it."""
    written = tomli_w.dumps(site)
    path = folder / "site.toml"
    path.write_text(written, encoding="utf-8", newline="\n")
    return path, tomllib.loads(written)


def write_inspections(inspections: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Write what was seen beside the site file."""
    written = tomli_w.dumps(inspections)
    (folder / "inspections.toml").write_text(written, encoding="utf-8", newline="\n")
    return tomllib.loads(written)
