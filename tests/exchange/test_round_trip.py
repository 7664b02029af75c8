"""Sites that go through an Excel ledger come back as they were."""

import unicodedata
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from pilot_cli.exchange.export import UnstorableError, export_sites
from pilot_cli.exchange.importing import Existing, Outcome, import_ledgers
from pilot_cli.exchange.inspection_rows import InspectionRow, inspection_rows
from pilot_cli.parallel.progress import Progress
from pilot_cli.parallel.workers import IN_PROCESS
from pilot_cli.site.find import SiteFiles
from pilot_cli.site.inspections_reader import load_inspections
from tests.commands.books import WITHOUT_DOCUMENTS
from tests.commands.running import document, pilot
from tests.generated import sites
from tests.generated.inspecting import inspections

Site = dict[str, Any]
Inspections = dict[str, Any]
ON_SITE = ("--standard", "five-ones-onsite")
SITES = st.lists(sites(), min_size=1, max_size=4, unique_by=lambda site: str(site["site"]["id"]))
RESULT = st.fixed_dictionaries(
    {"rule": st.sampled_from(["Y001", "Y003", "Y011"]), "result": st.sampled_from(["达标", "基本达标", "不达标"])},
    optional={"note": st.text(max_size=20), "photos": st.lists(st.text(max_size=10), max_size=3)},
)
VISIT = st.fixed_dictionaries(
    {"on": st.dates(date(2019, 1, 1), date(2021, 1, 1)), "results": st.lists(RESULT, max_size=4)},
    optional={"by": st.text(max_size=10)},
)
SEEN = st.fixed_dictionaries({"inspections": st.lists(VISIT, max_size=4)})
"""What can be used whole."""
QUICKLY = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
SLOWLY = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


def can_be_carried(character: str) -> bool:
    """Whether a cell can hold it; said again here, by the categories of Unicode."""
    is_control = unicodedata.category(character) == "Cc" and character not in "\t\r\n"
    return not is_control and character not in "\ufffe\uffff"


def carried(value: Any) -> Any:
    """Put something else for what no cell can hold."""
    if isinstance(value, dict):
        return {key: carried(below) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(carried(below) for below in value)
    if isinstance(value, str):
        return "".join(character if can_be_carried(character) else "？" for character in value)
    return value


def id_of(site_and_seen: tuple[Site, Any]) -> str:
    return str(site_and_seen[0]["site"]["id"])


def write_sites(folder: Path, some: list[Site]) -> list[str]:
    files = [folder / str(site["site"]["id"]) / "site.toml" for site in some]
    for file, site in zip(files, some, strict=True):
        file.parent.mkdir(parents=True)
        file.write_bytes(tomli_w.dumps(site).encode())
    return list(map(str, files))


def export(files: list[str], book: Path) -> None:
    with book.open("wb") as out:
        export_sites(SiteFiles(files), out, IN_PROCESS, Progress())


@QUICKLY
@given(SITES.map(carried))
def test_a_second_export_is_equal_to_the_first(some: list[Site]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        export(write_sites(folder / "here", some), folder / "first.xlsx")
        books = [folder / "first.xlsx"]
        imported = import_ledgers(books, folder / "there", Existing.KEEP, Progress(), is_dry_run=False)
        assert not imported.is_refused
        assert not imported.ignored
        files = [str(folder / "there" / str(site["site"]["id"]) / "site.toml") for site in some]
        export(files, folder / "second.xlsx")
        assert (folder / "first.xlsx").read_bytes() == (folder / "second.xlsx").read_bytes()


def write_with_inspections(folder: Path, some: list[tuple[Site, Inspections | None]]) -> list[str]:
    files = write_sites(folder, [site for site, _seen in some])
    for file, (_site, seen) in zip(files, some, strict=True):
        if seen is not None:
            Path(file).with_name("inspections.toml").write_bytes(tomli_w.dumps(seen).encode())
    return files


@QUICKLY
@given(
    st.lists(st.tuples(sites(), st.none() | inspections() | SEEN).map(carried), min_size=1, max_size=4, unique_by=id_of)
)
def test_what_was_seen_on_site_comes_back(some: list[tuple[Site, Inspections | None]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        here = write_with_inspections(folder / "here", some)
        export(here, folder / "first.xlsx")
        books = [folder / "first.xlsx"]
        imported = import_ledgers(books, folder / "there", Existing.KEEP, Progress(), is_dry_run=False)
        assert not imported.is_refused
        there = [str(folder / "there" / str(site["site"]["id"]) / "site.toml") for site, _seen in some]
        for before, after in zip(here, there, strict=True):
            assert inspection_rows(load_inspections(after).inspections) == usable(before)
            assert not load_inspections(after).problems
        export(there, folder / "second.xlsx")
        assert (folder / "first.xlsx").read_bytes() == (folder / "second.xlsx").read_bytes()
        for existing in (Existing.KEEP, Existing.UPDATE):
            again = import_ledgers(books, folder / "there", existing, Progress(), is_dry_run=False)
            assert not again.found(Outcome.CHANGED) + again.found(Outcome.NEW) + again.found(Outcome.CONFLICT)


def usable(site_path: str) -> list[InspectionRow]:
    """What a ledger can say of the inspections of a site, said again here: all that is whole."""
    rows = []
    for visit in load_inspections(site_path).inspections.inspections:
        whole = [one for one in visit.results if one.rule is not None and one.result is not None]
        if visit.on is not None:
            rows += [
                InspectionRow(visit.on, visit.by, one.rule, one.result, one.note, one.photos or None) for one in whole
            ]
            rows += [] if visit.results else [InspectionRow(visit.on, visit.by)]
    return rows


@QUICKLY
@given(SITES)
def test_what_cannot_be_carried_is_refused_and_nothing_else_is(some: list[Site]) -> None:
    with TemporaryDirectory() as name:
        book = Path(name, "a.xlsx")
        try:
            export(write_sites(Path(name, "here"), some), book)
        except UnstorableError as error:
            assert some != carried(some)
            assert {Path(path).parent.name for path, *_about in error.notices} == {
                site["site"]["id"] for site in some if site != carried(site)
            }
            assert book.stat().st_size == 0
        else:
            assert some == carried(some)


@SLOWLY
@given(st.lists(st.tuples(sites(), st.just(None) | SEEN).map(carried), min_size=5, max_size=12, unique_by=id_of))
def test_check_says_the_same_of_what_comes_back(some: list[tuple[Site, Inspections | None]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_with_inspections(folder / "here", some)
        for arguments in (("export", "here", "-o", "a.xlsx"), ("import", "a.xlsx", "-o", "there")):
            result = pilot(*arguments, cwd=folder)
            assert (result.returncode, result.stderr) == (0, "")
        here, there = (document(".", *WITHOUT_DOCUMENTS, *ON_SITE, cwd=folder / name) for name in ("here", "there"))
        for told in (here, there):
            for site in told["sites"]:
                for finding in site["findings"]:
                    # Where it stands in the file depends on how the file is written. Two inspections on one day by the
                    # same person are one in the ledger.
                    del finding["line"], finding["column"]
                    if finding["file"]:
                        del finding["field"]
        assert here == there


def test_rows_beyond_a_sheet_go_on_in_another(monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setattr("pilot_cli.formats.xlsx.MAX_ROWS", 4)
    some = [
        {"site": {"id": f"s{number}", "name": "甲", "kind": "建筑工地"}, "waivers": [{"rule": "B001"}] * 2}
        for number in range(5)
    ]
    export(write_sites(tmp_path / "here", some), tmp_path / "a.xlsx")
    monkeypatch.undo()
    names = load_workbook(tmp_path / "a.xlsx").sheet_names
    assert {name for name in names if name.startswith(("站点", "暂不执行事项"))} == {
        *("站点", "站点（2）", "站点（3）"),
        *("暂不执行事项", "暂不执行事项（2）", "暂不执行事项（3）", "暂不执行事项（4）", "暂不执行事项（5）"),
    }
    result = pilot("import", "a.xlsx", "-o", "there", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert document("there", cwd=tmp_path)["summary"] == document("here", cwd=tmp_path)["summary"]
