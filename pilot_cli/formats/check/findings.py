"""Findings for the terminal, the most serious first: what is wrong and where, on what basis, what to do."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pilot_cli.audit.assessment import Assessment, Finding
from pilot_cli.audit.summary import RuleCount, Summary
from pilot_cli.formats import labels
from pilot_cli.formats.registry import View
from pilot_cli.formats.terminal import SEVERITY_STYLES, Hanging, cell, level_cell, new_table
from pilot_cli.locale import gettext as _
from pilot_cli.site.problem import Excerpt
from pilot_cli.site.rule_info import About, RuleInfo, Severity

NARROW = 70
"""Below this width texts stand below their rule instead of beside it, in cells."""
MARGIN = 2


def gravity(finding: Finding) -> float:
    """How soon a finding is to be seen, the first the largest: by severity, the work before the file, waived last."""
    if finding.waived:
        return -len(Severity)
    return -finding.rule.severity.rank - (0.5 if finding.rule.about is About.FILING else 0)


def site_header(site: Assessment) -> Text:
    """Name a site, and where it is."""
    return cell("").append_text(cell(labels.site_label(site), "bold")).append_text(cell(f"  {site.path}", "quiet"))


def findings_list(site: Assessment, width: int) -> Iterator[RenderableType]:
    """Draw each finding of a site with its place, and for each rule once the basis and the advice."""
    findings = sorted(site.told, key=gravity, reverse=True)
    rule_width = max((_rule(finding).cell_len for finding in findings), default=0)
    place_width = max((cell_len(_place(finding)) for finding in findings), default=0)
    indent = 2 * MARGIN if width < NARROW else MARGIN + rule_width + 2 + place_width + 2
    for _key, group in groupby(findings, lambda finding: (finding.rule.id, finding.advice)):
        first, *others = group
        style = SEVERITY_STYLES[first.rule.severity]
        rule = Text(" " * MARGIN).append_text(_rule(first))
        for finding in (first, *others):
            rule.pad_right(MARGIN + rule_width + 2 - rule.cell_len)
            yield Hanging(rule.append(_place(finding)), _message(finding), indent)
            if finding.excerpt:
                yield from (Hanging(Text(), line, indent) for line in _excerpt(finding.excerpt, style, width - indent))
            rule = Text()
        basis, advice = labels.basis_and_advice(first.rule.basis, first.advice)
        yield Hanging(Text(), cell(basis, "quiet"), indent)
        yield Hanging(Text(), cell(advice), indent)


def findings_in_short(
    found: Sequence[tuple[Assessment, Finding]], width: int, *, has_names: bool
) -> Iterator[RenderableType]:
    """Draw what is wrong and where, without what is asked and what to do."""
    rule_width = max((_rule(finding).cell_len for _site, finding in found), default=0)
    for site, finding in found:
        rule = _rule(finding)
        rule.pad_right(rule_width + 2 - rule.cell_len)
        name = f"{labels.site_label(site)} " if has_names else ""
        message = cell("").append_text(cell(f"{name}{_place(finding)}  ", "quiet")).append_text(_message(finding))
        yield Hanging(rule, message, 2 if width < NARROW else rule_width + 2)


def _rule(finding: Finding) -> Text:
    return Text(f"{finding.rule.id} ").append_text(level_cell(finding.rule))


def _place(finding: Finding) -> str:
    return labels.place_text(finding)


def _message(finding: Finding) -> Text:
    message = cell(str(finding.message), "bold")
    if not finding.waived:
        return message
    waived = cell("").append_text(cell(str(finding.message)))
    return waived.append_text(cell(" " + labels.waiver_label(finding.waived), "good"))


def _excerpt(excerpt: Excerpt, style: str, width: int) -> Iterator[Text]:
    """Draw a part of the line, and point to the place; where there is no room for all, what surrounds the place."""
    text, offset = excerpt
    while offset and cell(text[:offset]).cell_len > width // 2:
        text, offset = f"…{text[2:]}", offset - 1
    line = cell(text, "quiet")
    line.truncate(width, overflow="ellipsis")
    yield line
    yield Text(" " * cell(text[:offset]).cell_len + "^", style)


def counts_table(summary: Summary, serious: int, width: int, view: View) -> Iterator[RenderableType]:
    """Draw how often each rule is not kept, for more findings than anybody would read; ``serious`` are listed."""
    counts = sorted(summary.by_rule.items(), key=lambda pair: (-pair[1], pair[0].id))
    yield _rules_table([_("Findings")], [(rule, [findings]) for rule, findings in counts], width, view)
    message = _("{number} findings are counted by rule: see each with --all or in another format.")
    yield cell(message.format(number=summary.by_rule.total() + summary.waived))
    all_serious = sum(number for rule, number in counts if rule.severity is Severity.ERROR)
    if serious < all_serious:
        message = _("Of {number} serious findings the first {serious} are listed above.")
        yield cell(message.format(number=all_serious, serious=serious))


def statistics_table(counts: Sequence[RuleCount], width: int, view: View) -> Table:
    """Draw at how many sites, and how often, each rule is not kept."""
    rows = [(rule, [sites, findings]) for rule, sites, findings in counts]
    return _rules_table([_("Sites"), _("Findings")], rows, width, view)


def _rules_table(figures: list[str], rows: Iterable[tuple[RuleInfo, list[int]]], width: int, view: View) -> Table:
    """Draw figures of rules; their weight only where there is room."""
    has_level = width >= NARROW
    table = new_table(ascii_borders=view.ascii_borders)
    table.add_column(_("Rule"), no_wrap=True)
    if has_level:
        table.add_column(_("Severity"), no_wrap=True)
    for title in figures:
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column(_("Problem"))
    for rule, numbers in rows:
        level = [level_cell(rule)] if has_level else []
        table.add_row(rule.id, *level, *map(str, numbers), cell(str(rule.problem)))
    return table
