"""import-linter refuses a module that knows what it should not."""

import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest
from rich.text import Text

from tests.commands.running import ROOT

LAYERS = "data flows one way"
CIRCLES = "no two modules import each other in a circle"


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("version.py", "", set()),
        ("parallel/pool.py", "import pilot_cli.site.reader", {LAYERS}),
        ("site/model.py", "def late() -> None:\n    from pilot_cli.standard import load", {LAYERS, CIRCLES}),
        ("parallel/payload.py", "import pilot_cli.parallel.pool", {CIRCLES}),
        ("site/problem.py", "if TYPE_CHECKING:\n    from pilot_cli.site.reader import Reading", {CIRCLES}),
        ("standard/load.py", "import pilot_cli.settings.search", {LAYERS, CIRCLES}),
        ("settings/search.py", "import pilot_cli.commands.output", {LAYERS, CIRCLES}),
        ("standard/check.py", "from pilot_cli.standard.checks import CHECKS", {CIRCLES}),
        ("formats/report/content.py", "def late() -> None:\n    import pilot_cli.formats.report.xlsx", {CIRCLES}),
    ],
)
def test_a_wrong_import_is_refused(module: str, line: str, broken: set[str], tmp_path: Path) -> None:
    shutil.copytree(ROOT / "pilot_cli", tmp_path / "pilot_cli", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "pilot_cli" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    # Some of its versions colour what they say where there is no terminal too.
    verdicts = Text.from_ansi(result.stdout).plain
    assert {contract for contract in (LAYERS, CIRCLES) if f"{contract} BROKEN" in verdicts} == broken
    assert {contract for contract in (LAYERS, CIRCLES) if f"{contract} KEPT" in verdicts} == {LAYERS, CIRCLES} - broken
    assert bool(result.returncode) is bool(broken)


def circles(graph: grimp.ImportGraph) -> list[str]:
    """The imports that lead back to where they started, of a package and its own modules too."""
    imports = [(a, b) for a in graph.modules for b in graph.find_modules_directly_imported_by(a)]
    return [f"{a} -> {b}" for a, b in imports if graph.chain_exists(importer=b, imported=a)]


def test_no_package_and_module_of_its_own_import_each_other() -> None:
    """import-linter looks at modules that stand side by side alone."""
    graph = grimp.build_graph("pilot_cli", cache_dir=None)
    assert circles(graph) == []
    graph.add_import(importer="pilot_cli.locale", imported="pilot_cli.locale.message")
    assert "pilot_cli.locale -> pilot_cli.locale.message" in circles(graph)
