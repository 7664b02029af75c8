"""The fields of the site format: each has what people are told of it, and one that has not yet breaks nothing."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from pilot_cli.site.field import Field, FieldKind, find_field, known_keys
from pilot_cli.site.guidance import GUIDANCE
from pilot_cli.site.value_types import MAX_INTEGER, NumbersAbove, WholeNumbers
from tests.commands.running import ROOT, pilot

CHINESE_OR_ENGLISH = ("zh", "en")


def fields(table: str = "") -> Iterator[Field]:
    keys = find_field(table).keys if table else ()
    for key in known_keys(keys):
        field = find_field(f"{table}.{key}" if table else key)
        yield field
        if field.table:
            yield from fields(field.path)


def test_every_field_has_a_title() -> None:
    bare = [field.path for field in fields() if field.title == field.keys[-1]]
    assert not bare, f'annotate {bare} in pilot_cli/site/model.py with a title: Annotated[StrictStr | None, N_("…")]'


def test_every_field_has_guidance() -> None:
    bare = [field.path for field in fields() if field.path not in GUIDANCE]
    assert not bare, f"add to GUIDANCE in pilot_cli/site/guidance.py what to write at {bare}, with an example"


def test_all_guidance_is_on_a_field() -> None:
    superfluous = set(GUIDANCE) - {field.path for field in fields()}
    assert not superfluous, f"the model has no fields {superfluous}: take them out of pilot_cli/site/guidance.py"


def test_every_number_has_limits() -> None:
    bare = [field.path for field in fields() if field.kind is FieldKind.NUMBER and field.limits is None]
    assert not bare, f"give {bare} in pilot_cli/site/model.py a type with limits, such as NonNegativeInt"


def test_a_field_knows_its_limits() -> None:
    assert find_field("branch.term_years").limits == WholeNumbers(1, 5)
    assert find_field("work_rules.records.attended").limits == WholeNumbers(0, MAX_INTEGER)
    assert find_field("activity_space.area_m2").limits == NumbersAbove(0)
    assert find_field("site.name").limits is None


@pytest.fixture(scope="module")
def with_made_up_fields(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a copy of the package whose model, and nothing else, has more fields than that of pilot."""
    folder = tmp_path_factory.mktemp("made-up")
    shutil.copytree(ROOT / "pilot_cli", folder / "pilot_cli", ignore=shutil.ignore_patterns("__pycache__"))
    model = folder / "pilot_cli" / "site" / "model.py"
    source = model.read_text(encoding="utf-8")
    for key, more in (
        ("brand", 'motto: Annotated[StrictStr | None, "Motto"] = None\n    guests: NonNegativeInt = 0'),
        ("posts", "dues_paid: int | None = None\n    tags: StrictStrs = ()"),
    ):
        before, line, after = source.partition(f"\n    {key}: ")
        last, end, rest = after.partition("\n")
        source = f"{before}{line}{last}{end}    {more}\n{rest}"
    model.write_text(source, encoding="utf-8")
    return folder


@pytest.mark.parametrize("language", CHINESE_OR_ENGLISH)
def test_the_schema_has_a_field_that_nothing_is_said_of(with_made_up_fields: Path, language: str) -> None:
    result = pilot("--lang", language, "schema", cwd=with_made_up_fields)
    assert (result.returncode, result.stderr) == (0, "")
    site, branch = (json.loads(result.stdout)["properties"][key]["properties"] for key in ("site", "branch"))
    assert site["motto"] == {"title": "Motto", "type": "string"}
    assert site["guests"]["title"] == "guests"
    assert set(branch["officers"]["items"]["properties"]) == {"name", "posts", "dues_paid", "tags"}
    page = pilot("--lang", language, "schema", "--format", "markdown", cwd=with_made_up_fields)
    assert (page.returncode, page.stderr) == (0, "")
    assert "| `motto` | Motto |  |" in page.stdout


@pytest.mark.parametrize("language", CHINESE_OR_ENGLISH)
def test_a_ledger_has_a_field_that_nothing_is_said_of(with_made_up_fields: Path, language: str) -> None:
    sites = ROOT / "checklists"
    for arguments in ((sites, "-o", f"{language}.xlsx"), ("--template", "-o", f"{language}-empty.xlsx")):
        result = pilot("--lang", language, "export", *arguments, cwd=with_made_up_fields)
        assert (result.returncode, result.stderr) == (0, "")
        book = openpyxl.load_workbook(with_made_up_fields / arguments[-1])
        assert {"Motto", "guests"} <= {cell.value for cell in book.worksheets[0][2]}
        assert {"dues_paid", "tags"} <= {cell.value for cell in book.worksheets[1][2]}
