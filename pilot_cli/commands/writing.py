"""Writes the results of an audit to one or several files, in one pass over the sites."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

from pilot_cli.commands.targets import Target
from pilot_cli.formats.registry import View

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


Write = Callable[[Any], None]
"""Writes results somewhere."""


def write_results(
    results: "Results[Any]", targets: Sequence[Target], outs: Sequence[TextIO], view: View, *others: Write
) -> None:
    """Write results into each target and by other means, and count what none of them went through."""
    pairs = [(target.format, out) for target, out in zip(targets, outs, strict=True)]
    wanting: list[Write] = [
        *others,
        *(partial(format.write, out=out, view=view) for format, out in pairs if format.needs_sites),
    ]
    if len(wanting) > 1:
        _write_several(results, wanting)
    else:
        for write in wanting:
            write(results)
        results.finish()
    # These need the figures of all sites, which are known now.
    for format, out in pairs:
        if not format.needs_sites:
            format.write(results, out, view)


def _write_several(results: "Results[Any]", wanting: Iterable[Write]) -> None:
    """Let the first one go through the sites as they are judged, and the others through what was kept of them."""
    from pilot_cli.audit.spool import Spool

    with closing(Spool()) as spool:
        passing = results.again(spool.keep(results.assessments))
        for write in wanting:
            write(passing)
            passing.finish()
            passing = results.again(spool)
