"""``--watch`` in a terminal: on one screen, what has changed since the last check, then the most serious findings."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TextIO

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.text import Text

from pilot_cli.audit.assessment import Assessment, Finding
from pilot_cli.audit.results import Results
from pilot_cli.audit.summary import Summary
from pilot_cli.audit.top_n import TopN
from pilot_cli.formats import labels
from pilot_cli.formats.check.findings import findings_in_short, findings_list, gravity
from pilot_cli.formats.check.site_tables import site_lines
from pilot_cli.formats.terminal import Hanging, cell, console_for
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext
from pilot_cli.site.rule_info import RuleInfo

MOST_CHANGES = 3
"""How many of the findings that are solved, and of the new ones, are named."""
BELOW = 3
"""The lines that are left free for what is said below the results, and for the cursor."""

Key = tuple[str, RuleInfo]
"""The site, by its path, and the rule that it does not keep: how the message reads may change from day to day."""


class _Seen(NamedTuple):
    """What a check came to, as far as the next one is held against it."""

    findings: Counter[Key]
    score: float | None


class Screen:
    """Draws the results of one check after the other, each no higher than the terminal."""

    def __init__(self) -> None:
        self._last: _Seen | None = None
        self._names: dict[str, str] = {}
        """What to call sites, by their paths."""

    def write(self, results: Results[Summary], out: TextIO) -> None:
        """Draw what has changed, the most serious findings as far as there is room, and the totals."""
        console = console_for(out)
        found: Counter[Key] = Counter()
        # A finding takes a line at least.
        worst: TopN[tuple[Assessment, Finding]] = TopN(console.height)
        sites: TopN[Assessment] = TopN(1)
        for site in results.assessments:
            sites.add(0, site)
            self._names[site.path] = labels.site_label(site)
            for rule, number in site.by_rule.items():
                found[site.path, rule] += number
            for finding in site.told:
                worst.add(gravity(finding), (site, finding))
        top: list[RenderableType] = [cell(labels.basis_line(results.standard, results.as_of), "quiet")]
        seen = _Seen(found, results.summary.mean_score)
        if self._last:
            top += self._changes(self._last, seen)
        of_one = next(iter(sites), None) if results.summary.sites == 1 else None
        if of_one:
            top += site_lines(of_one, results)
        totals = cell(labels.totals_line(results), "bold")
        room = console.height - BELOW - _height([*top, totals], console)
        for renderable in (*top, *_fitting(worst, of_one, room, console), totals):
            console.print(renderable)
        self._last = seen

    def _changes(self, last: _Seen, seen: _Seen) -> Iterator[RenderableType]:
        """Say what is solved and what is new, and how the score has changed."""
        solved, new = last.findings - seen.findings, seen.findings - last.findings
        parts = [_("{number} solved").format(number=solved.total()), _("{number} new").format(number=new.total())]
        if seen.score is not None:
            change = "" if last.score is None else f"{seen.score - last.score:+.1f}"
            parts.append(_("score {score:.1f} ({change})").format(score=seen.score, change=change or "–"))
        told = _(", ").join(parts) if solved or new else _("nothing")
        yield cell(_("Changed since the last check: {what}").format(what=told), "heading")
        for title, style, keys in ((_("Solved"), "good", solved), (_("New"), "serious", new)):
            for path, rule in list(keys)[:MOST_CHANGES]:
                name = f"{self._names[path]} " if len(self._names) > 1 else ""
                yield Hanging(Text(title, style), cell(f"{name}{rule.id} {rule.problem}"), cell_len(title) + 2)


def _fitting(
    worst: TopN[tuple[Assessment, Finding]], of_one: Assessment | None, room: int, console: Console
) -> Iterator[RenderableType]:
    """Yield the findings in full if they have room, else a few words of as many as have."""
    in_full = list(findings_list(of_one, console.width)) if of_one and not worst.left_out else []
    if in_full and _height(in_full, console) <= room:
        yield from in_full
        return
    shown = 0
    for line in findings_in_short(list(worst), console.width, has_names=of_one is None):
        height = _height([line], console)
        # One more line says how many are not shown.
        if height > room - (shown + 1 < worst.seen):
            break
        room -= height
        shown += 1
        yield line
    if shown < worst.seen:
        left_out = worst.seen - shown
        message = ngettext("… and {number} more", "… and {number} more", left_out)
        yield cell(message.format(number=left_out), "quiet")


def _height(renderables: Iterable[RenderableType], console: Console) -> int:
    return sum(len(console.render_lines(renderable, pad=False)) for renderable in renderables)
