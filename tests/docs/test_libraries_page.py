"""The page on libraries has every dependency, with the oldest version that is allowed."""

import re
import tomllib

from tests.commands.running import ROOT


def test_every_dependency_stands_there_with_its_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "libraries.md").read_text(encoding="utf-8").lower()
    extras = project["optional-dependencies"].values()
    for dependency in {*project["dependencies"], *(one for extra in extras for one in extra)}:
        name, bound = re.fullmatch(r"([\w-]+)(?:\[.*\])?(?:>=(.+))?", dependency).groups()  # type: ignore[union-attr]
        assert name == "pilot-cli" or f"{name} ≥ {bound}" in page, dependency
