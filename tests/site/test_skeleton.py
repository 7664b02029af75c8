"""A first site file: every key of the format stands in it, to be filled in."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from pilot_cli.locale import Language, use_language
from pilot_cli.site.answer import FieldValue
from pilot_cli.site.field import Field, all_fields, find_field
from pilot_cli.site.guidance import guidance_for
from pilot_cli.site.reader import parse_site
from pilot_cli.site.skeleton import write_skeleton

KNOWN: dict[str, FieldValue] = {"site.id": "a-b", "site.name": "甲", "site.kind": "建筑工地"}
EVERYTHING_KNOWN: dict[str, FieldValue] = {**KNOWN, "site.started_on": date(2019, 3, 1), "branch.full_members": 5}
COMMENTED = re.compile(r"# (?=\[|\w+ = )")
HEADER = re.compile(r"(?:# )?\[\[?([\w.]+)\]\]?")

pytestmark = pytest.mark.parametrize("language", Language)


def skeleton(language: Language, known: dict[str, FieldValue] = KNOWN) -> list[str]:
    use_language(language)
    return write_skeleton(known, "site.schema.json").splitlines()


def places(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines with a key or the name of a table, each with its dotted path in the format."""
    table = ""
    for index, line in enumerate(lines):
        if header := HEADER.fullmatch(line):
            table = header[1]
            yield index, table
        elif key := re.match(r"(?:# )?(\w+) = ", line):
            yield index, f"{table}.{key[1]}" if table else key[1]


def problems(lines: list[str]) -> list[str]:
    return [str(problem.message) for problem in parse_site("\n".join(lines).encode()).problems]


def uncommented(line: str) -> str:
    return COMMENTED.sub("", line, count=1)


def test_every_key_of_the_format_stands_in_its_place_and_order(language: Language) -> None:
    paths = [path for _index, path in places(skeleton(language))]
    assert sorted(paths) == sorted(field.path for field in all_fields())
    for table in {path.rpartition(".")[0] for path in paths}:
        here = [path for path in paths if path.rpartition(".")[0] == table]
        assert here == [field.path for field in all_fields() if field.path.rpartition(".")[0] == table]


def test_every_key_is_told_by_its_label_with_all_the_words_that_can_be_chosen(language: Language) -> None:
    lines = skeleton(language)
    for index, path in places(lines):
        field = find_field(path)
        said = lines[index - 1] if field.table else lines[index].partition("   # ")[2]
        assert field.label in said or guidance_for(path).description in said
        for word in field.words or ():
            assert word in said and word.label in said


def test_what_is_known_stands_as_it_is_and_all_else_is_a_comment(language: Language) -> None:
    data = tomllib.loads("\n".join(skeleton(language, EVERYTHING_KNOWN)))
    assert data["site"] == {"id": "a-b", "name": "甲", "kind": "建筑工地", "started_on": date(2019, 3, 1)}
    assert data["branch"] == {"full_members": 5}
    assert [key for key, value in data.items() if value in ({}, 1)] == [
        *("format", "responsibility_list", "activity_space", "member_guide", "work_rules")
    ]


def test_a_skeleton_has_no_problem_and_neither_has_it_when_every_line_is_filled_in(language: Language) -> None:
    lines = skeleton(language)
    assert problems(lines) == []
    whole = list(map(uncommented, lines))
    assert problems(whole) == []
    data = tomllib.loads("\n".join(whole))
    assert all(has(data, field) for field in all_fields())


def has(data: Any, field: Field) -> bool:
    for key in map(str, field.keys):
        data = data[0] if isinstance(data, list) else data
        if key not in data:
            return False
        data = data[key]
    return True


def test_each_line_can_be_filled_in_alone(language: Language) -> None:
    lines = skeleton(language)
    headers = {path: index for index, path in places(lines) if find_field(path).table}
    commented = [(index, path) for index, path in places(lines) if COMMENTED.match(lines[index])]
    assert len(commented) > 60
    for index, path in commented:
        table = path.rpartition(".")[0]
        changed = {index, headers.get(table, index)}
        text = [uncommented(line) if number in changed else line for number, line in enumerate(lines)]
        assert problems(text) == [], path
        assert has(tomllib.loads("\n".join(text)), find_field(path)), path


def test_an_editor_that_takes_a_sign_from_every_line_leaves_a_site_file(language: Language) -> None:
    first, *lines = skeleton(language)
    assert first == "#:schema site.schema.json"
    assert problems([re.sub("^# ?", "", line) for line in lines]) == []


def test_a_skeleton_can_be_saved_as_notepad_does(language: Language) -> None:
    saved = "\ufeff" + "\r\n".join(map(uncommented, skeleton(language)))
    assert parse_site(saved.encode()).problems == ()


def test_explanations_fit_on_a_line_each(language: Language) -> None:
    lines = skeleton(language)
    assert lines[1] == ""
    assert [line for line in lines[2:8] if not line.startswith("## ")] == []
    assert not any(COMMENTED.match(line[1:]) for line in lines if line.startswith("## "))
