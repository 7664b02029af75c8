"""Where keys stand in texts of which every line says what it is; the tree of such a text says the same."""

from collections.abc import Iterator
from typing import Any

import pytest
import tomli_w
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pilot_cli.site.place import Places
from pilot_cli.site.plain_lines import PlainLines
from tests.commands.running import ROOT
from tests.generated import sites
from tests.site.test_place import paths


def in_lines(table: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    """Write a table as people do: lists of tables with a header for each."""
    below = {key: value for key, value in table.items() if isinstance(value, dict) or _are_rows(value)}
    yield from tomli_w.dumps({key: value for key, value in table.items() if key not in below}).splitlines()
    for key, value in below.items():
        name = ".".join((*path, key))
        for row in value if isinstance(value, list) else [value]:
            yield f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
            yield from in_lines(row, (*path, key))


def _are_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


@settings(max_examples=60, deadline=None)
@given(sites(), st.randoms(use_true_random=False), st.sampled_from(["\n", "\r\n"]))
def test_a_text_is_read_the_same_by_its_lines_and_by_its_tree(site: dict[str, Any], random: Any, newline: str) -> None:
    """A key in quotation marks at the end makes a text one that has to be parsed, and moves nothing."""
    before = ["", "  ", "\t", f"# [branch]{newline}", newline, f'#"""{newline}']
    text = newline.join([random.choice(before) + line for line in in_lines(site)])
    assume(PlainLines.of(text))
    by_lines, by_tree = Places(text), Places(f'{text}{newline}["\\u007a"]{newline}')
    for path, _value in paths(site):
        for looked_for in (path, (*path, "absent"), (*path, 99)):
            assert by_lines.find(looked_for) == by_tree.find(looked_for), looked_for


@pytest.mark.parametrize(
    "text",
    [
        *(
            '"site" = 1',
            "[a.'b']",
            "a.b = 1",
            "a = [[1]]",
            "a = [\n[1]\n]",
            "a = {}",
            'a = """\n[site]\n"""',
            "a = '''\n'''",
        ),
        *(
            "党 = 1",
            "a = 1 b = 2",
            "[a] b = 1",
            "a =\n1",
            "[a",
            'a = "',
            "a = [",
            "a = [1] 2",
            "= 1",
            "[a]]",
            "[[a]",
            "\0",
        ),
    ],
)
def test_a_text_whose_lines_do_not_say_it_all_has_to_be_parsed(text: str) -> None:
    assert PlainLines.of(text) is None
    assert PlainLines.of(f"[site]\nid = 1\n{text}\n[branch]\nx = 1\n") is None


def test_each_of_many_keys_and_elements_is_found() -> None:
    many = "".join(f"key{number} = 1\n" for number in range(30_000))
    places = Places(f"{many}covers = [{'1, ' * 30_000}]\n")
    for number in range(30_000):
        assert places.find((f"key{number}",)) == (number + 1, 1)
        assert places.find(("covers", number)) == (30_001, 11 + 3 * number)


def test_the_examples_need_not_be_parsed() -> None:
    for file in (ROOT / "checklists").rglob("site.toml"):
        assert PlainLines.of(file.read_text(encoding="utf-8")), file
