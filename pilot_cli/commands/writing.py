"""Writes what an audit comes to, into one file or into several from one pass over the sites."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any, TextIO

from pilot_cli.commands.targets import Target
from pilot_cli.formats.registry import Format, View

if TYPE_CHECKING:
    from pilot_cli.audit.results import Results


def places_needed(needs: Iterable[int | None]) -> int | None:
    """Tell of how many findings places are needed, where each format needs so many; None is all."""
    most = 0
    for need in needs:
        if need is None:
            return None
        most = max(most, need)
    return most


def write_results(results: "Results[Any]", targets: Sequence[Target], outs: Sequence[TextIO], view: View) -> None:
    """Write results into each target, and count what none of the formats went through."""
    pairs = [(target.format, out) for target, out in zip(targets, outs, strict=True)]
    wanting = [pair for pair in pairs if pair[0].needs_sites]
    if len(wanting) > 1:
        _write_several(results, wanting, view)
    else:
        for format, out in wanting:
            format.write(results, out, view)
        results.finish()
    # These need the figures of all sites, which are known now.
    for format, out in pairs:
        if not format.needs_sites:
            format.write(results, out, view)


def _write_several(results: "Results[Any]", wanting: Iterable[tuple[Format, TextIO]], view: View) -> None:
    """Let the first format go through the sites as they are judged, and the others through what was kept of them."""
    from pilot_cli.audit.spool import Spool

    with closing(Spool()) as spool:
        passing = results.again(spool.keep(results.assessments))
        for format, out in wanting:
            format.write(passing, out, view)
            passing.finish()
            passing = results.again(spool)
