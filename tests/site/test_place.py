"""At which line and column a key, table or list element of a site file stands."""

from collections.abc import Iterator
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_cli import assess
from pilot_cli.site.place import Places
from pilot_cli.site.problem import KeyPath, Place, dotted
from pilot_cli.site.reader import parse_site
from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF
from tests.generated import sites

Spot = tuple[int, int]

TABLES = """\
format = 1
[site] # 备注
# [branch]
  name = "x"
\tid = "a"

[branch]
name = "[site]"
[ responsibility_list ]
"issued_on" = 1
'documents' = 2
"\\u0069tems" = 3
"""
DOTTED = """\
site.id = "a"
site . name = "b"
"branch".'form' = "c"
branch.officers = []
[work_rules.deep.er]
x = 1
[work_rules.deep]
y = 1
"""
INLINE = """\
site = { id = "党", name = "a", "kind" = { x = 1, y.z = 2 } }
branch = { }
list = [{ a = 1 }, { b = 2, c = [{ d = 3 }] }]
"""
ARRAYS = """\
covers = [ # "x"
  "甲", # "y", "z"

  # "w",
  '乙', 3,
  [4, [5,
    6]], 2020-01-01, true, 1.5, nan, 10:00:00, 2020-01-01T10:00:00Z,
  \"\"\"
  几行
  \"\"\", {}, 0xff
]
"""
ROWS = """\
[[a]]
x = 1
[[a]]
[[a.b]]
x = 2
[[a.b]]
[a.b.c]
x = 3
[[a]]
[[a.b]]
x = 4
[a.d]
x = 5
"""
PLACES: list[tuple[str, KeyPath, Spot]] = [
    (TABLES, ("format",), (1, 1)),
    (TABLES, ("site",), (2, 1)),
    (TABLES, ("site", "name"), (4, 3)),
    (TABLES, ("site", "id"), (5, 2)),
    (TABLES, ("branch",), (7, 1)),
    (TABLES, ("branch", "name"), (8, 1)),
    (TABLES, ("responsibility_list",), (9, 1)),
    (TABLES, ("responsibility_list", "issued_on"), (10, 1)),
    (TABLES, ("responsibility_list", "documents"), (11, 1)),
    (TABLES, ("responsibility_list", "items"), (12, 1)),
    (DOTTED, ("site",), (1, 1)),
    (DOTTED, ("site", "id"), (1, 1)),
    (DOTTED, ("site", "name"), (2, 1)),
    (DOTTED, ("branch", "form"), (3, 1)),
    (DOTTED, ("branch", "officers"), (4, 1)),
    (DOTTED, ("work_rules",), (5, 1)),
    (DOTTED, ("work_rules", "deep", "er"), (5, 1)),
    (DOTTED, ("work_rules", "deep", "er", "x"), (6, 1)),
    (DOTTED, ("work_rules", "deep", "y"), (8, 1)),
    (INLINE, ("site", "id"), (1, 10)),
    (INLINE, ("site", "name"), (1, 20)),
    (INLINE, ("site", "kind"), (1, 32)),
    (INLINE, ("site", "kind", "x"), (1, 43)),
    (INLINE, ("site", "kind", "y", "z"), (1, 50)),
    (INLINE, ("branch",), (2, 1)),
    (INLINE, ("list", 0), (3, 9)),
    (INLINE, ("list", 1, "b"), (3, 22)),
    (INLINE, ("list", 1, "c", 0, "d"), (3, 36)),
    (ARRAYS, ("covers",), (1, 1)),
    (ARRAYS, ("covers", 0), (2, 3)),
    (ARRAYS, ("covers", 1), (5, 3)),
    (ARRAYS, ("covers", 2), (5, 8)),
    (ARRAYS, ("covers", 3), (6, 3)),
    (ARRAYS, ("covers", 3, 1, 1), (7, 5)),
    (ARRAYS, ("covers", 4), (7, 10)),
    (ARRAYS, ("covers", 9), (7, 48)),
    (ARRAYS, ("covers", 10), (8, 3)),
    (ARRAYS, ("covers", 12), (10, 12)),
    (ROWS, ("a",), (1, 1)),
    (ROWS, ("a", 0), (1, 1)),
    (ROWS, ("a", 0, "x"), (2, 1)),
    (ROWS, ("a", 1), (3, 1)),
    (ROWS, ("a", 1, "b"), (4, 1)),
    (ROWS, ("a", 1, "b", 0, "x"), (5, 1)),
    (ROWS, ("a", 1, "b", 1), (6, 1)),
    (ROWS, ("a", 1, "b", 1, "c", "x"), (8, 1)),
    (ROWS, ("a", 2), (9, 1)),
    (ROWS, ("a", 2, "b", 0, "x"), (11, 1)),
    (ROWS, ("a", 2, "d", "x"), (13, 1)),
]


def spot(place: Place) -> Spot:
    return place.line, place.column


@pytest.mark.parametrize(("text", "path", "place"), PLACES, ids=[dotted(path) for _text, path, _place in PLACES])
def test_a_value_is_found_where_it_stands(text: str, path: KeyPath, place: Spot) -> None:
    assert spot(Places(text).find(path)) == place


@pytest.mark.parametrize(("text", "path", "place"), PLACES, ids=[dotted(path) for _text, path, _place in PLACES])
def test_line_ends_and_chinese_text_before_do_not_move_it(text: str, path: KeyPath, place: Spot) -> None:
    before = '"党" = "支部 😀" # 备注\n'
    assert spot(Places(before + text).find(path)) == (place[0] + 1, place[1])
    assert spot(Places((before + text).replace("\n", "\r\n")).find(path)) == (place[0] + 1, place[1])


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_byte_order_mark_does_not_count(newline: str, five_ones: Standard) -> None:
    text = '\ufeffformat = 2\n[site]\nx = { y = "党", z = 1 }\nname = 2\n'.replace("\n", newline)
    findings = assess(parse_site(text.encode()), five_ones, AS_OF).findings
    assert {
        dotted(finding.path): (finding.line, finding.column) for finding in findings if finding.rule.family == "F"
    } == {
        **{"format": (1, 1), "site.x": (3, 1), "site.name": (4, 1)},
        **{"site.id": (2, 1), "site.kind": (2, 1)},
    }


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("site", "city"), (2, 1)),
        (("branch", "officers", 3, "name"), (7, 1)),
        (("activity_space",), (1, 1)),
        (("activity_space", "documents", 0), (1, 1)),
        ((), (1, 1)),
    ],
)
def test_what_is_absent_is_pointed_to_where_it_should_stand(path: KeyPath, place: Spot) -> None:
    assert spot(Places(TABLES).find(path)) == place


def test_what_is_absent_from_a_table_points_to_its_own_header_and_not_to_one_below_it() -> None:
    text = "[[branch.officers]]\nname = 1\n[branch]\ngroups = 1\n"
    assert spot(Places(text).find(("branch", "full_members"))) == (3, 1)
    assert spot(Places(text).find(("branch", "officers", 0, "posts"))) == (1, 1)


@pytest.mark.parametrize(
    ("text", "path", "place"),
    [
        ('site = {\n  id = "a",\n  name = "b", # c\n}\n[branch]\nx = 1', ("site", "name"), (3, 3)),
        ('site = {\n  id = "a",\n  name = "b", # c\n}\n[branch]\nx = 1', ("branch", "x"), (6, 1)),
        ('site = { id = "a", name = "b", }', ("site", "name"), (1, 20)),
        ('[site]\nid = "a"\n[branch]\nat = 07:32\nx = 1\n[waivers]\ny = 1', ("site", "id"), (2, 1)),
        ('[site]\nid = "a"\n[branch]\nat = 07:32\nx = 1\n[waivers]\ny = 1', ("branch", "x"), (5, 1)),
        ('[site]\nid = "a"\n[branch]\nat = 07:32\nx = 1\n[waivers]\ny = 1', ("waivers", "y"), (7, 1)),
        ("days = [\n  07:32,\n  2020-01-01 08:00,\n  1,\n]", ("days", 2), (4, 3)),
        ('[[a]]\nx = "\\e"\n[[a]]\nx = 1', ("a", 1), (3, 1)),
    ],
)
def test_what_toml_1_1_brings_does_not_hide_the_rest(text: str, path: KeyPath, place: Spot) -> None:
    assert not {problem.rule.id for problem in parse_site(text.encode()).problems} & {"F002", "F003"}
    assert spot(Places(text).find(path)) == place


@pytest.mark.parametrize(
    ("text", "path", "places"),
    [
        ('[branch]\ncity = "\\e"\nname = 1', ("branch", "name"), {(1, 1), (3, 1)}),
        ('[branch]\ncity = "\\x41"\nname = 1', ("branch", "name"), {(1, 1), (3, 1)}),
        ('covers = [\n  "a\\e",\n  1,\n]', ("covers", 0), {(1, 1), (2, 3)}),
        ('covers = [\n  "a\\e",\n  1,\n]', ("covers", 1), {(1, 1), (3, 3)}),
        ('covers = [\n  1,\n  "a\\x41",\n  2,\n]', ("covers", 1), {(1, 1), (3, 3)}),
        ('covers = [\n  1,\n  "a\\x41",\n  2,\n]', ("covers", 2), {(1, 1), (4, 3)}),
        ('covers = [1,\n  "a\\x41", 2]', ("covers", 1), {(1, 1), (2, 3)}),
        ('covers = ["\\e", 2, 3]', ("covers", 0), {(1, 1), (1, 11)}),
    ],
)
def test_what_cannot_be_found_falls_back_to_what_holds_it_and_never_to_a_neighbour(
    text: str, path: KeyPath, places: set[Spot]
) -> None:
    assert spot(Places(text).find(path)) in places


@pytest.mark.parametrize(
    "text",
    [
        *("", "\n", "\r", "\0", "=", "[", "[[", "[]", "[[]]", "a", "a =", "a = [", "a = {", '"', '"a', '"a\nb" = 1'),
        *('"\\q" = 1', '["a\nb"]\nk = 1', '"\n"\\u0061" = 1', "'a\n' = 1", '["\\u"]', "a..b = 1", "[a.]", ". = 1"),
        *('[["\\e"]]\n[["\\u0041"]]', '"\\e" = """ "\n"""\n"\\u0041" = \'\'', 'a = 07:32\n"[" = [\n"\\u0041"]'),
        pytest.param("[" * 5000, id="many brackets"),
        pytest.param(f"a = {'[' * 5000}", id="a deep list without end"),
        pytest.param(f"a = {'[' * 5000}{']' * 5000}", id="a deep list"),
        pytest.param(f"a = {'{a=' * 5000}1{'}' * 5000}", id="a deep inline table"),
        pytest.param(f"{'.'.join('a' * 5000)} = 1", id="a deep key"),
        pytest.param(f"[{'.'.join('a' * 5000)}]", id="a deep table"),
        pytest.param(f"[[{'.'.join('a' * 5000)}]]", id="a deep list of tables"),
    ],
)
def test_what_is_wrong_with_a_text_of_any_shape_has_a_place_in_it(text: str, five_ones: Standard) -> None:
    reading = parse_site(text.encode())
    lines = text.split("\n")
    for finding in assess(reading, five_ones, AS_OF).findings:
        assert 1 <= finding.line <= len(lines)
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1


@pytest.mark.parametrize(
    ("text", "shown", "offset"),
    [
        ("city = 广州", "city = 广州", 7),
        ("city = 广州\r\nx = 1", "city = 广州", 7),
        (f"\ufeffcity = {'广州' * 99}", f"city = {'广州' * 99}"[:39] + "…", 7),
        (f'city = "{"广州" * 99}" 市', f'…{("广州" * 9)[1:]}" 市', 20),
    ],
)
def test_the_line_of_a_mistake_is_shown_around_it(text: str, shown: str, offset: int, five_ones: Standard) -> None:
    excerpt = assess(parse_site(text.encode()), five_ones, AS_OF).findings[0].excerpt
    assert excerpt is not None
    assert (excerpt.text, excerpt.offset) == (shown, offset)


def paths(value: Any, above: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Go through all keys and list elements of a site."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, below in steps:
        yield (*above, step), below
        yield from paths(below, (*above, step))


def beginnings(path: KeyPath, value: Any) -> tuple[str, ...]:
    """With what a value of a site, as tomli-w writes it, can begin."""
    header = ".".join(step for step in path if isinstance(step, str))
    if isinstance(path[-1], str):
        return (f"{path[-1]} = ", f"[{header}]", f"[[{header}]]", f"[[{header}.")
    if isinstance(value, dict):
        return ("{", f"[[{header}]]")
    return (tomli_w.dumps({"": value}).removeprefix('"" = ').rstrip("\n"), '"""')


@settings(max_examples=60, deadline=None)
@given(sites(), st.booleans())
def test_every_key_of_any_site_stands_where_it_is_found(site: dict[str, Any], with_long_texts: bool) -> None:
    text = tomli_w.dumps(site, multiline_strings=with_long_texts)
    places = Places(text)
    lines = text.split("\n")
    for path, value in paths(site):
        place = places.find(path)
        assert lines[place.line - 1][place.column - 1 :].startswith(beginnings(path, value)), (path, place)
