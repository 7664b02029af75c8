"""How sites are laid out in a ledger: its sheets, and the field of the site format that each column holds."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.site.field import Field, find_field, known_keys
from pilot_cli.site.inspections import Inspection, Inspections, Result
from pilot_cli.site.model import Site, Table

EXAMPLE_PREFIX = "example-"
"""How the ids of examples begin, which show how to fill in a ledger; an import leaves them out."""

SITE_ID, SITE_NAME = "site.id", "site.name"
"""The paths of the fields that say which site a row belongs to."""

GUIDE = N_("How to fill in")
"""The title of the sheet that explains the others."""
PROBLEMS = N_("List of problems")
"""The title of the sheet that lists what is wrong with a ledger."""


class SheetColumn(NamedTuple):
    """A column of a sheet."""

    path: str
    """The dotted path of its field from the top of the site format."""
    field: Field
    """The field, found from what a row stands for: a site, or a table of one of its lists."""
    table: Field | None
    """The table of the field, where the field alone would have the same header as another column of the sheet."""

    @property
    def header(self) -> str:
        """The header of the column, in the current language."""
        if self.table is None:
            return self.field.label
        return _("{table}: {field}").format(table=self.table.label, field=self.field.label)


class SheetLayout(NamedTuple):
    """A sheet: a row for each site or, after the site's id and name, for each table of one of its lists."""

    title: str
    """The name of the sheet, not yet translated."""
    rows: Field | None
    """The list of tables; None for the sites themselves."""
    identity_keys: tuple[str, ...]
    """The keys whose values say which entry of its list a row is; none for the sites themselves."""
    columns: tuple[SheetColumn, ...]
    """The first two hold the id and the name of the site."""

    @property
    def label(self) -> str:
        """The name of the sheet, in the current language."""
        return _(self.title)


_LISTS = {
    "branch.officers": (N_("Officers"), ("name",)),
    "responsibility_list.items": (N_("Responsibilities"), ("title",)),
    "member_guide.roles": (N_("Roles"), ("kind", "name")),
    "work_rules.records": (N_("Meetings"), ("kind", "date", "title")),
    "satisfaction": (N_("Satisfaction"), ("surveyed_on",)),
    "waivers": (N_("Waivers"), ("rule",)),
}
"""The lists with a sheet of their own, by path: the title of the sheet, and the identity keys of its rows."""

INSPECTIONS = "inspections"
INSPECTED_ITEM = "inspections.results.rule"
"""The paths of the list that stands in a file beside the site file, and of what each of its rows is about."""


@cache
def sheets() -> tuple[SheetLayout, ...]:
    """Return the sheets of a ledger in order, that of the sites first."""
    lists = (_list_sheet(path, *title_and_keys) for path, title_and_keys in _LISTS.items())
    return (_site_sheet(), *lists, _inspection_sheet())


def _site_sheet() -> SheetLayout:
    """Lay out the sheet of the sites: all fields but the lists of tables, which have sheets of their own."""
    tables = [table for table in map(find_field, known_keys(())) if table.table and not table.is_list]
    pairs = [(table, find_field(f"{table.path}.{key}")) for table in tables for key in known_keys(table.keys)]
    titles = Counter(field.title for _table, field in pairs if not field.table)
    columns = (
        SheetColumn(field.path, field, table if titles[field.title] > 1 else None)
        for table, field in pairs
        if not field.table
    )
    return SheetLayout(N_("All sites"), None, (), tuple(columns))


def _list_sheet(path: str, title: str, identity_keys: tuple[str, ...]) -> SheetLayout:
    rows = find_field(path)
    return SheetLayout(title, rows, identity_keys, (*_identity_columns(), *_columns(path, rows.table or Site)))


def _inspection_sheet() -> SheetLayout:
    """Lay out the sheet of what was seen on site: a row is a result, with the inspection that it is of."""
    of_inspections = [column for column in _columns(INSPECTIONS, Inspection) if not column.field.table]
    columns = (*_identity_columns(), *of_inspections, *_columns(f"{INSPECTIONS}.results", Result))
    rows = find_field(INSPECTIONS, Inspections)
    return SheetLayout(N_("On-site inspections"), rows, ("on", "by", "rule"), columns)


def _identity_columns() -> Iterator[SheetColumn]:
    return (SheetColumn(path, find_field(path), None) for path in (SITE_ID, SITE_NAME))


def _columns(path: str, model: type[Table]) -> Iterator[SheetColumn]:
    fields = (find_field(key, model) for key in known_keys((), model))
    return (SheetColumn(f"{path}.{field.path}", field, None) for field in fields)
