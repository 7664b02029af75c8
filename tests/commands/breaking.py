"""A site file that has every key of the format, and what can be put in place of each."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, datetime, time
from math import inf, isfinite, nan
from typing import Any

from pilot_cli.site.field import Field, FieldKind, find_field, known_keys
from pilot_cli.site.guidance import GUIDANCE
from pilot_cli.site.model import Site

KeyPath = tuple[str | int, ...]

VALUES: tuple[Any, ...] = (
    *(True, False, -1, 0, 1, 2, 3, 5, 6, 2**63 - 1, -(2**63)),
    *(1.0, 3.0, 3.5, 0.0, -0.0, -1.0, 5e-324, 5.000000000000001, 1e18, 1e19, 1e300, inf, -inf, nan),
    *("", " ", "x", "ab", "-ab", "a-", "AB", "a" * 64, "a" * 65, "ａｂ", "甲乙", "ab\n", "3", "true"),
    *("建筑工地", "其他", "临时", "书记", "每月", "已完成", "场所", "党课", "三会一课", "党员先锋岗", "建筑工地 "),
    *("2020-11-23", "2020-02-29", "2021-02-29", "2000-02-29", "1900-02-29", "2020-04-31", "2020-13-01", "2020-00-10"),
    *("0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2020-1-1", "20201123", "2020-W47-1", "２０２０-11-23"),
    *("2020-11-23\n", "2020-11-23T10:00:00", "2020/11/23"),
    *(date(2020, 2, 29), datetime(2020, 11, 23, 0, 0), time(9, 0)),
    *([], ["x"], ["其他"], ["书记", "书记"], [""], [1], [1.5, "x"], [True], [[]], [["x"]], [date(2020, 1, 1)], [{}]),
    *({}, {"x": 1}, {"name": "x"}, {"id": "ab", "name": "x", "kind": "建筑工地"}, [{"name": 1}], [{"x": 1}], [{}, "x"]),
)
"""Of every type of TOML, on both sides of every limit of the format."""


def whole_site() -> dict[str, Any]:
    """Make a site with an example for every key."""
    return _table(Site, ())


def _table(model: type, path: tuple[str, ...]) -> dict[str, Any]:
    return {key: _example(find_field(key, model), (*path, key)) for key in known_keys(path)}


def _example(field: Field, path: tuple[str, ...]) -> Any:
    example = _table(field.table, path) if field.table else next(iter(field.words)) if field.words else None
    if example is None:
        return GUIDANCE[".".join(path)].example
    return [example] if field.is_list else example


def broken(site: dict[str, Any]) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    """Yield the site with each value, one at a time, left out, joined by an unknown key, or put in place of others."""
    for path in paths(site):
        if isinstance(value_at(site, path), dict):
            yield _changed(site, (*path, "unknown_key"), 1)
        if path:
            without = deepcopy(site)
            del value_at(without, path[:-1])[path[-1]]
            yield path, without
            for value in VALUES:
                yield _changed(site, path, value)


def paths(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield the path of everything in a document."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, below in inner:
        yield from paths(below, (*path, step))


def value_at(site: Any, path: KeyPath) -> Any:
    """Return what stands at a path; nothing where it has been left out."""
    try:
        for step in path:
            site = site[step]
    except LookupError:
        return None
    return site


def _changed(site: dict[str, Any], path: KeyPath, value: Any) -> tuple[KeyPath, dict[str, Any]]:
    changed = deepcopy(site)
    value_at(changed, path[:-1])[path[-1]] = value
    return path, changed


def as_json(value: Any) -> Any:
    """Say in JSON what a TOML document says: dates and times are texts there, and what is no number is nothing."""
    if isinstance(value, dict):
        return {key: as_json(below) for key, below in value.items()}
    if isinstance(value, list):
        return [as_json(below) for below in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return None if isinstance(value, float) and not isfinite(value) else value


def is_time_for_text(path: KeyPath, value: Any) -> bool:
    """Whether a date or time stands, without quotes, where the format wants a text: to JSON that is a text."""
    names = ".".join(step for step in path if isinstance(step, str))
    entries = value if isinstance(value, list) else [value]
    is_time = any(isinstance(entry, date | time) for entry in entries)
    return is_time and names in GUIDANCE and find_field(names).kind is FieldKind.TEXT
