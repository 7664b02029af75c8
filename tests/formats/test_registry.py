"""A format is a module and a record: the command line derives all else from it."""

import subprocess
import sys
from pathlib import Path

import pytest

from pilot_cli import Summary, load_standard, survey
from pilot_cli.audit.results import Results
from pilot_cli.formats.registry import (
    CHECK_FORMATS,
    NOTICE,
    REPORT_FORMATS,
    RULES_FORMATS,
    SCHEMA_FORMATS,
    TOTALS,
    Format,
    formats_by_command,
)
from tests.commands.running import AS_OF as AS_OF_OPTION
from tests.commands.running import ROOT, check
from tests.editing import AS_OF

MODULE = '''
def write_names(results, out, view):
    """Write the names of the sites that are not complete, and stop at the third."""
    told = 0
    for site in results.assessments:
        if site.complete < 5 and told < 3:
            out.write(f"{site.name}\\n")
            told += 1
            if told == 3:
                return
'''
RECORD = """
from pilot_cli.formats import registry
registry.CHECK_FORMATS += (registry.Format("names", "made_up", streamed=True),)
from pilot_cli.__main__ import main
main()
"""


@pytest.fixture
def made_up(tmp_path: Path) -> list[str]:
    """The command line of a pilot that has one format more."""
    (tmp_path / "made_up.py").write_text(MODULE, encoding="utf-8")
    return [sys.executable, "-c", f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(ROOT)!r}]\n{RECORD}"]


def run(command: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def test_a_module_and_a_record_make_a_format(made_up: list[str]) -> None:
    result = run(made_up, "check", "checklists", *AS_OF_OPTION, "--format", "names")
    assert result.stderr == ""
    assert result.stdout.splitlines()[0] == "示例·惠州惠城江畔雅居"
    assert len(result.stdout.splitlines()) == 3
    assert "names" in run(made_up, "check", "--help").stdout
    assert "、names" in run(made_up, "check", "--format", "x").stderr


def test_the_exit_status_does_not_depend_on_what_a_format_went_through(made_up: list[str]) -> None:
    late = "checklists/construction/zhuhai-hengqin-tower/site.toml"
    whole = ["check", "checklists", *AS_OF_OPTION]
    assert run(made_up, *whole, "--format", "names").returncode == 1
    assert check(late).returncode == 1, "the last file is the one with an error"
    early = ["checklists/community", "checklists/construction/guangzhou-pazhou-expo"]
    statuses = {
        format: run(made_up, "check", *early, late, *AS_OF_OPTION, "--select", "A003", "--format", format).returncode
        for format in ("names", "json", "table")
    }
    assert len(set(statuses.values())) == 1, statuses


def test_results_are_counted_whether_or_not_anybody_goes_through_them() -> None:
    standard = load_standard()
    whole, left = (
        Results(standard, AS_OF, Summary(), survey(ROOT / "checklists", standard, AS_OF, locate=False))
        for _time in range(2)
    )
    assert len(list(whole.assessments)) == 19
    next(iter(left.assessments))
    left.finish()
    assert left.summary.by_rule == whole.summary.by_rule
    assert left.summary.sites == 19


@pytest.mark.parametrize(
    "format",
    [*CHECK_FORMATS, TOTALS, *REPORT_FORMATS, NOTICE, *RULES_FORMATS, *SCHEMA_FORMATS],
    ids=lambda record: f"{record.module}:{record.name}",
)
def test_every_record_leads_to_what_it_says(format: Format) -> None:
    module = __import__(format.module, fromlist=["*"])
    assert callable(getattr(module, f"write_{format.name}"))
    assert all(suffix == "" or suffix.startswith(".") for suffix in format.suffixes)


def test_no_suffix_stands_for_two_formats_of_a_command() -> None:
    for formats in formats_by_command().values():
        suffixes = [suffix for format in formats for suffix in format.suffixes]
        assert len(suffixes) == len(set(suffixes))
