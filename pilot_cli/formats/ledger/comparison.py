"""What changed from one audit to another."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TextIO

from rich.table import Table

from pilot_cli.formats.csv import cell as csv_cell
from pilot_cli.formats.csv import new_rows
from pilot_cli.formats.json import dump
from pilot_cli.formats.ledger.audits import as_document
from pilot_cli.formats.ledger.figures import day_label, score_text
from pilot_cli.formats.registry import View
from pilot_cli.formats.scores import rounded
from pilot_cli.formats.terminal import cell, console_for, new_table
from pilot_cli.ledger.audits import Change, SiteChange
from pilot_cli.ledger.comparison import CityChange, Comparison
from pilot_cli.locale import gettext as _

STYLES = {Change.BETTER: "green", Change.WORSE: "red", Change.NEW: "", Change.GONE: "yellow", Change.SAME: ""}


class ShownComparison(NamedTuple):
    """A comparison, and whether it is summed up by city."""

    comparison: Comparison
    by_city: bool


def write_table(shown: ShownComparison, out: TextIO, view: View) -> None:
    """Write how many sites are better and worse, which these are, and what became of problems."""
    compared, console = shown.comparison, console_for(out)
    title = _("From audit {before} ({earlier}) to audit {after} ({later})").format(
        before=compared.before.number,
        earlier=day_label(compared.before.as_of),
        after=compared.after.number,
        later=day_label(compared.after.as_of),
    )
    console.print(cell(title, "bold"))
    for line in _totals(compared):
        console.print(cell(line))
    table = new_table(ascii_borders=view.ascii_borders)
    if shown.by_city:
        _add_cities(table, compared.cities)
    else:
        _add_sites(table, compared.sites)
    if table.row_count:
        console.print(table)


def _totals(compared: Comparison) -> Iterator[str]:
    counts = Counter(site.change for site in compared.sites)
    figures = (_("{what} {number}").format(what=change.label, number=counts[change]) for change in Change)
    yield _("Sites: {counts}").format(counts=_(", ").join(figures))
    yield _("Mean score: {before} → {after}").format(
        before=score_text(compared.before.mean_score), after=score_text(compared.after.mean_score)
    )
    text = _("Problems: {new} new, of which {rebounded} came back; {closed} struck off; open {before} → {after}")
    yield text.format(
        new=len(compared.new),
        rebounded=len(compared.rebounded),
        closed=len(compared.closed),
        before=compared.open_before,
        after=compared.open_after,
    )


def _add_cities(table: Table, cities: Sequence[CityChange]) -> None:
    table.add_column(_("City"))
    for header in (_("Mean score"), *(change.label for change in Change), _("New"), _("Struck off"), _("Open")):
        table.add_column(header, justify="right")
    for city in cities:
        scores = f"{score_text(city.before.mean_score)} → {score_text(city.after.mean_score)}"
        figures = (*(city.sites[change] for change in Change), city.new, city.closed)
        still_open = f"{city.before.open} → {city.after.open}"
        table.add_row(cell(city.city or _("(not given)")), scores, *map(str, figures), still_open)


def _add_sites(table: Table, sites: Sequence[SiteChange]) -> None:
    for index, header in enumerate(_headers()):
        table.add_column(header, justify="right" if index in (2, 3) else "left")
    for site in sites:
        if site.change is not Change.SAME:
            *cells, told = _cells(site)
            table.add_row(*map(cell, cells), cell(told, STYLES[site.change]))


def _headers() -> tuple[str, ...]:
    return _("Site ID"), _("Site name"), _("Before"), _("After"), _("Change")


def _cells(site: SiteChange) -> tuple[str, ...]:
    return site.site, site.name or "", score_text(site.before), score_text(site.after), site.change.label


def write_csv(shown: ShownComparison, out: TextIO, _view: View) -> None:
    """Write a row a site, or a city."""
    rows = new_rows(out)
    if shown.by_city:
        of_problems = (_("New problems"), _("Struck off"), _("Open before"), _("Open after"))
        scores = (_("Mean score before"), _("Mean score after"))
        rows.writerow((_("City"), *scores, *(change.label for change in Change), *of_problems))
        for city in shown.comparison.cities:
            ends = (city.before, city.after)
            counts = (*(city.sites[change] for change in Change), city.new, city.closed, *(end.open for end in ends))
            rows.writerow((csv_cell(city.city), *(score_text(end.mean_score) for end in ends), *counts))
        return
    rows.writerow(_headers())
    for site in shown.comparison.sites:
        rows.writerow(map(csv_cell, _cells(site)))


def write_json(shown: ShownComparison, out: TextIO, _view: View) -> None:
    """Write one JSON document."""
    compared = shown.comparison
    document = {
        "before": as_document(compared.before),
        "after": as_document(compared.after),
        "sites": [
            {
                "id": site.site,
                "name": site.name,
                "city": site.city,
                "before": site.before,
                "after": site.after,
                "change": site.change,
            }
            for site in compared.sites
        ],
        "problems": {
            "new": list(map(str, compared.new)),
            "rebounded": list(map(str, compared.rebounded)),
            "closed": list(map(str, compared.closed)),
            "open": {"before": compared.open_before, "after": compared.open_after},
        },
    }
    if shown.by_city:
        document["cities"] = {city.city: _city_as_document(city) for city in compared.cities}
    out.write(dump(document, indent=1) + "\n")


def _city_as_document(city: CityChange) -> dict[str, Any]:
    before, after = city.before, city.after
    return {
        **{change.value: number for change, number in city.sites.items()},
        "mean_score": {"before": rounded(before.mean_score), "after": rounded(after.mean_score)},
        "problems": {"new": city.new, "closed": city.closed, "open": {"before": before.open, "after": after.open}},
    }
