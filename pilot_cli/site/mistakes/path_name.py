"""Names a place in a site file by the labels that people know, with the key behind it in brackets."""

from typing import NamedTuple

from pilot_cli.locale.message import Message, message
from pilot_cli.site.field import Field, find_field
from pilot_cli.site.model import Site
from pilot_cli.site.problem import KeyPath, dotted, format_path


class PathName(NamedTuple):
    """What a key, a row or an entry of a list is called: ``Record 1: Date (work_rules.records[0].date)``."""

    path: KeyPath
    within: type = Site
    """The model of the file."""

    @property
    def label(self) -> str:
        """The name in the current language; rows count from 1."""
        named = name_of(self.path, self.within)
        return str(message("{name} ({key})", name=named, key=dotted(self.path)) if named else dotted(self.path))


def name_of(path: KeyPath, within: type = Site) -> Message | None:
    """Name a place by labels alone; None where the format knows no such key."""
    names = [step for step in path if isinstance(step, str)]
    try:
        field = find_field(".".join(names), within)
    except KeyError:
        return None
    row = _row_name(path, within)
    if isinstance(path[-1], int) and field.table:
        return row
    name = Message(field.title)
    if isinstance(path[-1], int):
        name = message("{field}, no. {number}", field=name, number=path[-1] + 1)
    return message("{row}: {field}", row=row, field=name) if row else name


def _row_name(path: KeyPath, within: type) -> Message | None:
    """Name the row of a list of tables that a path leads into, and the row of which that is one."""
    name: Message | None = None
    for length in range(2, len(path) + 1):
        number = path[length - 1]
        if isinstance(number, int):
            rows: Field = find_field(format_path(path[:length]), within)
            if rows.table:
                row = message("{kind} no. {number}", kind=Message(rows.table.row_title), number=number + 1)
                name = message("{row}, {inner}", row=name, inner=row) if name else row
    return name
