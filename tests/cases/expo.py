"""The site from which the cases start, changed as somebody might have, and what the real command line says of it."""

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

from tests.commands.running import ROOT, check
from tests.editing import Edit, edit, edited

EXPO = ROOT / "checklists" / "construction" / "guangzhou-pazhou-expo"
TEXT = (EXPO / "site.toml").read_text(encoding="utf-8")
USUAL = ["L007", "L007", "A006"]
"""What there is to find as it stands."""


class Said(NamedTuple):
    """What ``pilot check`` says of the one site."""

    status: int
    site: dict[str, Any]

    @property
    def rules(self) -> list[str]:
        """The rules of the findings, but for those that the site has as it stands."""
        found = [finding["rule"] for finding in self.site["findings"] if finding["waived"] is None]
        for rule in USUAL:
            if rule in found:
                found.remove(rule)
        return found

    @property
    def messages(self) -> list[str]:
        """What the findings say, each with its advice."""
        return [f"{finding['message']} {finding['advice']}" for finding in self.site["findings"]]

    def of(self, rule: str) -> list[str]:
        """What the findings of one rule say."""
        return [finding["message"] for finding in self.site["findings"] if finding["rule"] == rule]


def put(folder: Path, *edits: Edit) -> Path:
    """Copy the site with its documents, and change its file."""
    shutil.copytree(EXPO, folder, dirs_exist_ok=True)
    path = folder / "site.toml"
    path.write_text(edited(TEXT, *edits), encoding="utf-8", newline="\n")
    return path


def said_of(folder: Path, *edits: Edit, as_of: str = "2020-11-23") -> Said:
    """Check the changed site."""
    result = check(put(folder, *edits), "--format", "json", "--as-of", as_of)
    assert result.stderr == ""
    (site,) = json.loads(result.stdout)["sites"]
    return Said(result.returncode, site)


def line(old: str, new: str) -> Edit:
    """Replace a line, which the file has once."""
    return edit(f"\n{old}\n", f"\n{new}\n")
