"""What is read from a site file, and everything that is said of what cannot be used."""

import os
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pilot_cli import assess
from pilot_cli.locale import Language, use_language
from pilot_cli.site.field import Field, Kind, find_field, known_keys
from pilot_cli.site.model import REQUIRED, Site, Table
from pilot_cli.site.problem import KeyPath, Problem, dotted
from pilot_cli.site.reader import SIZE_LIMIT, Reading, load_site, parse_site
from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF, CONSTRUCTION, drop, edit, edited

BASE = '[site]\nid = "ab-1"\nname = "示例"\nkind = "建筑工地"\n'

LITERALS = {
    "text": '"x"',
    "integer": "7",
    "float": "1.5",
    "boolean": "true",
    "date": "2020-11-23",
    "date and time": "2020-11-23T10:00:00",
    "time": "10:00:00",
    "list": '["x"]',
    "table": "{ x = 1 }",
    "empty table": "{}",
}
"""A value of each type of TOML."""


class Key(NamedTuple):
    """A key of the format: the tables above it, the name, and the field."""

    above: KeyPath
    name: str
    field: Field
    in_rows: bool

    @property
    def path(self) -> str:
        return ".".join(map(str, (*self.above, self.name)))

    @property
    def right_types(self) -> set[str]:
        if self.field.is_list:
            return {"list"}
        if self.field.kind is Kind.NUMBER:
            return {"integer", "float"} if self.name == "area_m2" else {"integer"}
        right = {Kind.TEXT: {"text"}, Kind.DATE: {"date"}, Kind.TABLE: {"table", "empty table"}}
        return right[self.field.kind] if self.field.words is None else set()

    def file(self, literal: str) -> str:
        """Write a site file with this value for the key, and nothing else wrong."""
        line = f"{self.name} = {literal}\n"
        if not self.above:
            return line + (BASE if self.name != "site" else "")
        if self.above == ("site",):
            return drop(f"{self.name} = ")(BASE) + line if self.name in REQUIRED else BASE + line
        header = ".".join(map(str, self.above))
        return BASE + (f"[[{header}]]\n" if self.in_rows else f"[{header}]\n") + line

    def written(self) -> KeyPath:
        """Return where the file has the key."""
        return (*self.above, 0, self.name) if self.in_rows else (*self.above, self.name)


def keys(model: type[Table] = Site, above: KeyPath = (), in_rows: bool = False) -> Iterator[Key]:
    """Go through all keys of the format."""
    for name in known_keys(above):
        field = find_field(name, model)
        yield Key(above, name, field, in_rows)
        if field.table:
            yield from keys(field.table, (*above, name), in_rows or field.is_list)


KEYS = {key.path: key for key in keys()}
MISFITS = [
    pytest.param(key, literal, id=f"{key.path} with a {name}")
    for key in KEYS.values()
    for name, literal in LITERALS.items()
    if name not in key.right_types
]


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Messages are compared in English."""


def read(text: str) -> Reading:
    return parse_site(text.encode())


def site_of(reading: Reading) -> Site:
    assert reading.site is not None
    return reading.site


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.id, dotted(problem.path)) for problem in problems]


def test_the_model_has_the_keys_of_the_format() -> None:
    assert len(KEYS) == 91
    assert {"format", "branch.officers.posts", "activity_space.area_m2", "waivers.until"} <= KEYS.keys()


@pytest.mark.parametrize(("key", "literal"), MISFITS)
def test_a_value_of_the_wrong_type_is_told_at_its_place_and_left_out(
    key: Key, literal: str, five_ones: Standard
) -> None:
    text = key.file(literal)
    reading = read(text)
    told_of = [problem for problem in reading.problems if problem.id == "F005"]
    assert [problem.path for problem in told_of][:1] == [key.written()]
    assert told_of[0].message.startswith(f"{dotted(key.written())} is not ")
    assert told_of[0].advice

    (finding, *_others) = [one for one in assess(reading, five_ones, AS_OF).findings if one.path == key.written()]
    line = text.splitlines()[finding.line - 1]
    assert (line, finding.column) == (f"{key.name} = {literal}", 1)

    empty = site_of(read(BASE))
    values = [site_of(reading), empty]
    if key.in_rows:
        values = [rows[0] if (rows := find_field(dotted(key.above)).get(site)) else site for site in values]
        assert getattr(values[0], key.name) in (None, (), "未开始")
    else:
        of_empty = None if key.path in ("site.id", "site.name", "site.kind") else key_value(key, empty)
        if key.field.kind is not Kind.TABLE or key.field.is_list:
            assert key_value(key, site_of(reading)) == of_empty
    if key.path != "site" and key.path != "site.name":
        assert site_of(reading).site.name == "示例"


def key_value(key: Key, site: Site) -> Any:
    return find_field(key.path).get(site)
