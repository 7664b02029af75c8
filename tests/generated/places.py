"""What stands where in a site: the paths of tables, rows, values and elements, and how to change what is there."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

Site = dict[str, Any]
Path = tuple[str | int, ...]

# Texts that people write as they like: no listed words, ids, dates or paths of documents.
FREE_TEXTS = {
    *("site.city", "site.district", "site.organization", "site.liaison", "site.instructor", "site.brand"),
    *("branch.name", "branch.approved_by", "branch.approval_no", "branch.superior", "branch.covers"),
    *("branch.officers.name", "responsibility_list.items.title", "responsibility_list.items.owner"),
    *("responsibility_list.items.feedback", "activity_space.name", "activity_space.address"),
    *("activity_space.opening_hours", "activity_space.shared_with", "member_guide.roles.name"),
    *("member_guide.roles.lead", "member_guide.roles.duty", "member_guide.roles.members"),
    *("work_rules.records.title", "work_rules.records.recorder", "work_rules.records.lecturer"),
    *("work_rules.records.host", "waivers.reason", "waivers.approved_by"),
}
# Those that some rule asks for, be it only to know whose they are.
ASKED_FOR = {
    *("site.organization", "site.liaison", "site.instructor", "site.brand", "branch.approved_by"),
    *("branch.approval_no", "responsibility_list.items.owner"),
    *("responsibility_list.items.feedback", "activity_space.address", "activity_space.opening_hours"),
    *("member_guide.roles.members",),
}


def name_of(path: Path) -> str:
    """The keys of a path, without the numbers of rows and elements."""
    return ".".join(step for step in path if isinstance(step, str))


def paths(value: Any, above: Path = ()) -> Iterator[Path]:
    """The path of all that a site has, at any depth."""
    if above:
        yield above
    if isinstance(value, dict):
        for key, below in value.items():
            yield from paths(below, (*above, key))
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from paths(below, (*above, number))


def at(site: Site, path: Path) -> Any:
    found: Any = site
    for step in path:
        found = found[step]
    return found


def replaced(site: Site, path: Path, value: Any) -> Site:
    """The site with something else at that path."""
    changed = copy.deepcopy(site)
    at(changed, path[:-1])[path[-1]] = value
    return changed


def removed(site: Site, path: Path) -> Site:
    """The site without the key, row or element at that path."""
    changed = copy.deepcopy(site)
    del at(changed, path[:-1])[path[-1]]
    return changed


def free_texts(site: Site) -> list[Path]:
    return [path for path in paths(site) if name_of(path) in FREE_TEXTS and isinstance(at(site, path), str)]


def reordered(site: Site, turn: Any) -> Site:
    """The site with the rows of each array of tables in the order that `turn` gives to a list."""
    changed = copy.deepcopy(site)
    # All of them are found before the first is moved, and with it what stands in its rows.
    for value in [at(changed, path) for path in paths(changed)]:
        if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
            value[:] = turn(value)
    return changed
