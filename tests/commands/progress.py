"""Watches a format write: what of it is out before the next site is read."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from pilot_cli import Assessment, Summary, load_standard, survey
from pilot_cli.audit.results import Results
from pilot_cli.formats.registry import View
from tests.editing import AS_OF, CONSTRUCTION, drop, edited, write_site


def outputs_before_each_site(write: Callable[[Results[Summary], TextIO, View], None], folder: Path) -> list[str]:
    """Have three sites with a finding each written; return what was out before each, and in the end."""
    for number in range(3):
        write_site(folder / str(number), edited(CONSTRUCTION, drop("brand = ")))
    standard, summary, out = load_standard(), Summary(), io.StringIO()
    outputs = []

    def assessments() -> Iterator[Assessment]:
        for assessment in survey(folder, standard, AS_OF):
            outputs.append(out.getvalue())
            yield assessment

    write(Results(standard, AS_OF, summary, assessments()), out, View())
    return [*outputs, out.getvalue()]
