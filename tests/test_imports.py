"""A command imports nothing that it does not need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.running import AS_OF, ROOT, UNMEASURED

SPOTLESS = "checklists/community/shenzhen-lanyi-garden/site.toml"
HEAVY = {
    *("xlsxwriter", "python_calamine", "jinja2", "docx", "dask", "sqlite3", "asyncio", "multiprocessing", "babel"),
    *("watchfiles", "anyio", "concurrent", "distributed", "pilot_cli.parallel.pool"),
    *("sqlalchemy", "alembic", "psycopg", "pilot_cli.ledger", "pilot_cli.ledger_app", "pilot_cli.commands.ledger"),
}


LISTING = """
import os, runpy, sys
end = os._exit
def list_modules(status):
    sys.stdout.flush()
    print(*sys.modules, sep="\\n", file=sys.stderr, flush=True)
    end(status)
os._exit = list_modules
runpy.run_module("pilot_cli", run_name="__main__")
"""
"""Runs pilot, and lists at its end what it has imported by whatever means."""


def imported(*arguments: str, cwd: Path = ROOT, **environment: str) -> set[str]:
    """Run pilot and return the modules that were imported, and their packages."""
    command = [sys.executable, "-c", LISTING, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **UNMEASURED, **environment}
    result = subprocess.run(command, capture_output=True, cwd=cwd, env=environment, check=False)
    modules = set(result.stderr.decode().splitlines())
    assert "pilot_cli" in modules
    return modules | {module.partition(".")[0] for module in modules}


@pytest.mark.parametrize("format", ["table", "json", "concise", "sarif", "junit", "github"])
def test_check_on_one_file_imports_nothing_heavy(format: str) -> None:
    modules = imported("check", SPOTLESS, *AS_OF, "--format", format)
    assert not modules & HEAVY
    assert ("rich" in modules) is (format == "table")
    assert "pickle" not in modules or format == "table", "rich needs it in some of its versions"
    assert f"pilot_cli.formats.check.{format}" in modules
    assert "tree_sitter" not in modules, "places are looked for only when there is something to place"
    assert not modules & {
        "pilot_cli.site.mistakes.validation_messages",
        "pilot_cli.site.mistakes.path_name",
        "pilot_cli.site.mistakes.key_names",
        "pilot_cli.site.mistakes.syntax",
        "pilot_cli.site.mistakes.mistake",
        "pilot_cli.site.mistakes.statements",
        "pilot_cli.site.mistakes.toml_messages",
        "pilot_cli.formats.check.csv",
        "pilot_cli.formats.rules",
    }


@pytest.mark.parametrize("format", ["terminal", "csv", "json", "markdown"])
def test_a_report_for_reading_imports_no_office_library(format: str) -> None:
    assert not imported("report", SPOTLESS, *AS_OF, "--format", format) & {*HEAVY, "lxml"}


@pytest.mark.parametrize(
    ("format", "library", "others"),
    [("xlsx", "xlsxwriter", {"docx", "jinja2"}), ("html", "jinja2", {"docx", "xlsxwriter"})],
)
def test_a_report_to_hand_on_imports_the_library_of_its_format_alone(
    format: str, library: str, others: set[str]
) -> None:
    modules = imported("report", SPOTLESS, *AS_OF, "--format", format)
    assert library in modules
    assert not modules & others


def test_the_version_needs_neither_rules_nor_sites() -> None:
    modules = imported("--version")
    assert not modules & {"rich", "rtoml", "pilot_cli.standard", "pilot_cli.site", "pilot_cli.audit.assess"}


def test_an_export_imports_nothing_to_read_workbooks_with_and_an_import_nothing_to_write_them(tmp_path: Path) -> None:
    book = str(tmp_path / "a.xlsx")
    modules = imported("export", SPOTLESS, "--output", book)
    assert "xlsxwriter" in modules
    assert not modules & {
        "python_calamine",
        "jinja2",
        "docx",
        "sqlite3",
        "multiprocessing",
        "pilot_cli.exchange.books.workbook_reader",
    }
    modules = imported("import", book, "--output", str(tmp_path / "sites"))
    assert "pilot_cli.exchange.books.workbook_reader" in modules
    assert not modules & {
        "xlsxwriter",
        "jinja2",
        "docx",
        "sqlite3",
        "pilot_cli.exchange.site_workbook",
        "pilot_cli.standard.load",
    }


def test_the_ledger_imports_what_it_needs_and_no_more(tmp_path: Path) -> None:
    place = ("--ledger", str(tmp_path / "pilot-ledger.db"))
    assert {"sqlalchemy", "alembic"} < imported("ledger", "record", SPOTLESS, *AS_OF, *place, "--by", "x")
    modules = imported("ledger", "problems", *place)
    assert {"sqlalchemy", "sqlite3"} < modules
    assert not modules & {"alembic", "psycopg", "xlsxwriter", "docx", "jinja2", "python_calamine", "multiprocessing"}


def test_documents_on_rectification_import_what_their_formats_need(tmp_path: Path) -> None:
    place = ("--ledger", str(tmp_path / "pilot-ledger.db"))
    imported("ledger", "record", SPOTLESS, *AS_OF, *place, "--by", "x")
    libraries = {"docx", "xlsxwriter", "jinja2"}
    lights = ("ledger", "report", "--kind", "lights", *place)
    assert not imported(*lights) & libraries
    assert imported(*lights, "-o", str(tmp_path / "a.html")) & libraries == {"jinja2"}
    assert imported(*lights, "-o", str(tmp_path / "a.xlsx")) & libraries == {"xlsxwriter"}
    assert not imported("ledger", "trend", *place) & libraries


def test_a_report_asks_the_ledger_only_for_what_changed_since_an_audit(tmp_path: Path) -> None:
    place = ("--ledger", str(tmp_path / "pilot-ledger.db"))
    imported("ledger", "record", SPOTLESS, *AS_OF, *place, "--by", "x")
    assert not imported("report", SPOTLESS, *AS_OF, PILOT_LEDGER=place[1]) & HEAVY
    modules = imported("report", SPOTLESS, *AS_OF, "--since", "1", *place)
    assert {"sqlalchemy", "pilot_cli.ledger.since"} < modules
    assert not modules & {"alembic", "docx", "xlsxwriter", "jinja2", "pilot_cli.ledger_app"}


def test_without_a_settings_file_settings_are_looked_for_and_no_more(tmp_path: Path) -> None:
    nobody = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"), str(tmp_path))
    modules = imported("check", str(ROOT / SPOTLESS), *AS_OF, cwd=tmp_path, PILOT_NO_SETTINGS="", **nobody)
    settings = {module for module in modules if module.startswith("pilot_cli.settings.")}
    assert settings == {f"pilot_cli.settings.{name}" for name in ("names", "precedence", "search")}
    assert "platformdirs" not in modules


def test_with_a_settings_file_nothing_heavy_is_imported(tmp_path: Path) -> None:
    (tmp_path / "pilot.toml").write_text('fail_on = "warning"\n', encoding="utf-8")
    modules = imported("check", str(ROOT / SPOTLESS), *AS_OF, cwd=tmp_path, PILOT_NO_SETTINGS="")
    assert "pilot_cli.settings.read" in modules
    assert not modules & {*HEAVY, "platformdirs", "tree_sitter", "pilot_cli.settings.listing"}
