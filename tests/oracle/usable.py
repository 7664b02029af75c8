"""What of a file can be used: every value of the right type, from its list and in its range."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
KeyPath = tuple[str, ...]

LEFT_OUT = "left out"  # under this name a row keeps which of its keys were; no key has a blank in it


def is_text(value: object) -> bool:
    return isinstance(value, str)


def is_text_of_some_length(value: object) -> bool:
    return isinstance(value, str) and value != ""


def is_id(value: object) -> bool:
    is_of_windows = isinstance(value, str) and re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", value)
    return isinstance(value, str) and not is_of_windows and bool(re.fullmatch("[a-z0-9][a-z0-9-]{1,63}", value))


def is_date(value: object) -> bool:
    return as_date(value) is not None


def as_date(value: object) -> date | None:
    """Take a TOML date, or a quoted one. A date with a time is something else."""
    if isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date(int(value[:4]), int(value[5:7]), int(value[8:]))
        except ValueError:
            return None
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def is_area(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def whole(lowest: int, highest: int | None = None) -> Callable[[object], bool]:
    def is_whole(value: object) -> bool:
        if not isinstance(value, int) or isinstance(value, bool):
            return False
        return lowest <= value and (highest is None or value <= highest)

    return is_whole


def one_of(*words: str) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and value in words


# A table is a dict, a list of values or rows is a list of the one thing that its elements are.
FORMAT: dict[str, Any] = {
    "format": whole(1, 1),
    "site": {
        **dict.fromkeys(["name", "city", "district", "organization", "liaison", "instructor", "brand"], is_text),
        **dict.fromkeys(["started_on", "ends_on"], is_date),
        "id": is_id,
        "kind": one_of("建筑工地", "社区物业"),
        "organization_type": one_of("新经济组织", "新社会组织", "其他"),
    },
    "branch": {
        **dict.fromkeys(["name", "approved_by", "approval_no", "superior"], is_text),
        **dict.fromkeys(["applied_on", "approved_on", "established_on", "elected_on"], is_date),
        **dict.fromkeys(["full_members", "probationary_members", "groups"], whole(0)),
        "form": one_of("单独", "联合", "临时", "流动"),
        "term_years": whole(1, 5),
        "covers": [is_text],
        "documents": [is_text],
        "officers": [
            {
                "name": is_text,
                "posts": [one_of("书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员")],
            }
        ],
    },
    "responsibility_list": {
        **dict.fromkeys(["issued_on", "reviewed_on"], is_date),
        "documents": [is_text],
        "items": [
            {
                **dict.fromkeys(["title", "owner", "feedback"], is_text),
                **dict.fromkeys(["due", "done_on"], is_date),
                "category": one_of("党的建设", "安全质量", "小区治理", "服务群众", "其他"),
                "frequency": one_of("每月", "每季度", "每半年", "每年"),
                "status": one_of("未开始", "进行中", "已完成"),
            }
        ],
    },
    "activity_space": {
        **dict.fromkeys(["name", "address", "opening_hours", "shared_with"], is_text),
        "area_m2": is_area,
        "opened_on": is_date,
        "has": [one_of("场所", "设施", "标志", "党旗", "书报", "制度")],
        "documents": [is_text],
    },
    "member_guide": {
        "issued_on": is_date,
        "pledged_members": whole(0),
        "documents": [is_text],
        "roles": [
            {
                **dict.fromkeys(["name", "lead", "duty"], is_text),
                "kind": one_of("党员先锋岗", "党员责任区", "党员突击队", "党员志愿服务队"),
                "members": [is_text],
            }
        ],
    },
    "work_rules": {
        "issued_on": is_date,
        "covers": [
            one_of(
                *("三会一课", "主题党日", "组织生活会", "民主评议党员", "谈心谈话"),
                *("党员教育管理", "党费收缴", "发展党员", "请示报告"),
            )
        ],
        "documents": [is_text],
        "records": [
            {
                **dict.fromkeys(["title", "recorder", "lecturer", "host"], is_text),
                **dict.fromkeys(["attended", "expected"], whole(0)),
                "kind": one_of(
                    *("党员大会", "支委会", "党小组会", "党课"),
                    *("主题党日", "组织生活会", "民主评议党员", "谈心谈话"),
                ),
                "date": is_date,
                "year": whole(1921, 9999),
                "decision": one_of("无", "表决", "选举"),
            }
        ],
    },
    "satisfaction": [{"surveyed_on": is_date, "rated": whole(0), "satisfied": whole(0)}],
    "waivers": [
        {
            "rule": is_text,
            **dict.fromkeys(["reason", "approved_by"], is_text_of_some_length),
            "until": is_date,
        }
    ],
}


@dataclass(frozen=True)
class Site:
    """A site without what cannot be used, and all that it is judged by."""

    tables: Mapping[str, Any]
    left_out: frozenset[KeyPath]
    folder: Path | None
    as_of: date

    def get(self, path: str) -> Any:
        """The value of a key such as "branch.form", or None."""
        table, key = path.split(".")
        return self.tables.get(table, {}).get(key)

    def elements(self, path: str) -> list[Any]:
        """The elements of a list; an absent one has none."""
        table, key = path.split(".")
        found = self.tables.get(table, {}).get(key, [])
        assert isinstance(found, list)
        return found

    def rows(self, name: str) -> list[Row]:
        """The rows of an array of tables on the top level."""
        return list(self.tables.get(name, []))

    def text(self, path: str) -> str:
        return self.get(path) or ""

    def number(self, path: str) -> int | None:
        found = self.get(path)
        assert found is None or isinstance(found, int)
        return found

    def day(self, path: str) -> date | None:
        """A date as it stands, be it ahead or not."""
        return as_date(self.get(path))

    def past_day(self, path: str) -> date | None:
        """A date of what has happened: what is ahead is as if not given."""
        when = self.day(path)
        return when if when is not None and when <= self.as_of else None

    def was_left_out(self, *paths: str) -> bool:
        """Whether something was left out of what stands at one of these paths, or all around it."""
        looked_at = [tuple(path.split(".")) for path in paths]
        return any(path[: len(gone)] == gone for gone in self.left_out for path in looked_at)

    def has(self, table: str) -> bool:
        """Whether the file has that table, and something in it, be it of use or not."""
        return bool(self.tables.get(table)) or any(gone[0] == table and len(gone) > 1 for gone in self.left_out)


def use(site: Mapping[str, object], folder: Path | None, as_of: date) -> Site:
    left_out: set[KeyPath] = set()
    tables = usable(dict(site), FORMAT, (), left_out)
    return Site(tables, frozenset(left_out), folder, as_of)


def usable(value: object, shape: Any, path: KeyPath, left_out: set[KeyPath]) -> Any:
    """The usable part of a value; None: there is none. In a path, rows and elements have no step of their own."""
    if isinstance(shape, dict) and isinstance(value, dict):
        parts = {key: usable(value[key], shape[key], (*path, key), left_out) for key in value if key in shape}
        return {key: part for key, part in parts.items() if part is not None}
    if isinstance(shape, list) and isinstance(value, list):
        elements = [usable_element(element, shape[0], path, left_out) for element in value]
        return [element for element in elements if element is not None]
    if not isinstance(shape, dict | list) and shape(value):
        return value
    left_out.add(path)
    return None


def usable_element(element: object, shape: Any, path: KeyPath, left_out: set[KeyPath]) -> Any:
    """The same of an element or a row, which keeps what was left out of it."""
    own: set[KeyPath] = set()
    part = usable(element, shape, path, own)
    left_out |= own
    if isinstance(part, dict):
        part[LEFT_OUT] = {gone[len(path)] for gone in own}
    return part
