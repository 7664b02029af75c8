"""What changed from one audit to another."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple, TextIO

from pilot_cli.formats.csv import cell as csv_cell
from pilot_cli.formats.csv import new_rows
from pilot_cli.formats.json import dump
from pilot_cli.formats.ledger.audits import as_document
from pilot_cli.formats.ledger.figures import day_label, score_text
from pilot_cli.formats.registry import View
from pilot_cli.formats.terminal import cell, console_for, new_table
from pilot_cli.ledger.audits import Change, Comparison, SiteChange
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
    counts = Counter(site.change for site in compared.sites)
    figures = (_("{what} {number}").format(what=change.label, number=counts[change]) for change in Change)
    console.print(cell(_("Sites: {counts}").format(counts=_(", ").join(figures))))
    scores = _("Mean score: {before} → {after}").format(
        before=score_text(compared.before.mean_score), after=score_text(compared.after.mean_score)
    )
    console.print(cell(scores))
    problems = _("Problems: {new} new, of which {rebounded} came back; {closed} struck off").format(
        new=len(compared.new), rebounded=len(compared.rebounded), closed=len(compared.closed)
    )
    console.print(cell(problems))
    table = new_table(ascii_borders=view.ascii_borders)
    if shown.by_city:
        table.add_column(_("City"))
        for change in Change:
            table.add_column(change.label, justify="right")
        for city, of_city in _by_city(compared):
            table.add_row(cell(city), *(str(of_city[change]) for change in Change))
    else:
        for index, header in enumerate(_headers()):
            table.add_column(header, justify="right" if index in (2, 3) else "left")
        for site in compared.sites:
            if site.change is not Change.SAME:
                *cells, told = _cells(site)
                table.add_row(*map(cell, cells), cell(told, STYLES[site.change]))
    if table.row_count:
        console.print(table)


def _headers() -> tuple[str, ...]:
    return _("Site ID"), _("Site name"), _("Before"), _("After"), _("Change")


def _cells(site: SiteChange) -> tuple[str, ...]:
    return site.site, site.name or "", score_text(site.before), score_text(site.after), site.change.label


def _by_city(compared: Comparison) -> Iterator[tuple[str, Counter[Change]]]:
    cities = sorted({site.city or "" for site in compared.sites})
    for city in cities:
        yield city, Counter(site.change for site in compared.sites if (site.city or "") == city)


def write_csv(shown: ShownComparison, out: TextIO, _view: View) -> None:
    """Write a row a site, or a city."""
    rows = new_rows(out)
    if shown.by_city:
        rows.writerow((_("City"), *(change.label for change in Change)))
        for city, counts in _by_city(shown.comparison):
            rows.writerow((csv_cell(city), *(counts[change] for change in Change)))
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
        },
    }
    if shown.by_city:
        document["cities"] = {city: dict(counts) for city, counts in _by_city(compared)}
    out.write(dump(document, indent=1) + "\n")
