"""``--format html``: one page for a browser and for the printer, that needs nothing but itself."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.resources import files
from itertools import accumulate, groupby
from operator import attrgetter
from typing import Any, NamedTuple, TextIO

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

import pilot_cli
from pilot_cli.audit.assessment import Assessment, Finding, Status
from pilot_cli.audit.overview import Overview
from pilot_cli.audit.tally import Share
from pilot_cli.audit.top_n import TopN
from pilot_cli.formats import labels
from pilot_cli.formats.registry import View
from pilot_cli.formats.report.content import Bar, Report, Row, Value, about_filing, sections, value_text
from pilot_cli.formats.text import printable
from pilot_cli.locale import Language, current_language
from pilot_cli.locale import gettext as _
from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import Severity
from pilot_cli.site.words import SiteKind
from pilot_cli.standard.standard import Standard

MAX_SITES = 3_000
"""The most sites that a page lists in full."""
MAX_WEAKEST_SITES = 1_000
"""How many of the weakest are listed where there are more."""
CONTENT_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'"
"""The policy for browsers: what the page may load and send."""
BAR_WIDTH = 1_000
"""The width of a bar, in units of the drawing."""
STYLES = ("style.css", "tables.css", "sites.css", "print.css")
COUNTED = (Severity.ERROR, Severity.WARNING)
"""The findings that are counted for each site."""

_LANGUAGES = {Language.CHINESE: "zh-CN", Language.ENGLISH: "en"}


class Figure(NamedTuple):
    """A number at the top of the page."""

    label: str
    value: Value
    share: Share | None = None
    is_bad: bool = False


class SiteColumn(NamedTuple):
    """A column of the table of sites."""

    title: str
    is_number: bool = False
    words: tuple[str, ...] = ()
    """The words that it may hold, in their order, where that is not the alphabet's."""
    is_choice: bool = False
    """Whether one of its values can be chosen to see no others."""


def write_html(report: Report, out: TextIO, _view: View) -> None:
    """Write the page: the figures of all sites, and then a row for each site with its findings to unfold."""
    sites, note = _listed(report.assessments)
    columns = _site_columns(report.standard)
    style, script = "".join(map(_source, STYLES)), _source("script.js")
    stream = _template().stream(
        language=_LANGUAGES[current_language()],
        policy=f"{CONTENT_POLICY}; style-src {_hash(style)}; script-src {_hash(script)}",
        style=style,
        script=script,
        words=_words() | {"orders": [column.words for column in columns], "ones": len(Pillar)},
        title=report.title,
        basis=labels.basis_line(report.standard, report.as_of),
        figures=_figures(report.summary),
        sections=list(sections(report)),
        note=labels.sentences(*filter(None, (note, about_filing(report)))),
        columns=columns,
        rows=map(_site_row, sites),
        details=_details(report.standard, sites),
        producer=f"pilot {pilot_cli.__version__}",
    )
    stream.enable_buffering(500)
    out.writelines(stream)


def _listed(assessments: Iterable[Assessment]) -> tuple[list[Assessment], str]:
    """Keep the sites to list, and say which those are unless it is all of them."""
    kept: TopN[Assessment] = TopN(MAX_SITES)
    for site in assessments:
        kept.add(site.weakness, site)
    if not kept.left_out:
        return kept.in_order_of_arrival(), ""
    weakest = list(kept)[:MAX_WEAKEST_SITES]
    message = _("Only the {shown} weakest of {all} sites are listed; see all with --format csv or xlsx.")
    return weakest, message.format(shown=len(weakest), all=kept.seen)


def _figures(overview: Overview) -> tuple[Figure, ...]:
    readable = overview.readable
    return (
        Figure(_("Sites"), overview.sites),
        Figure(_("All five complete"), readable.all_complete, readable.share_complete),
        Figure(_("Mean score"), overview.mean_score),
        Figure(_("Unreadable"), overview.unreadable, is_bad=overview.unreadable > 0),
    )


def _site_columns(standard: Standard) -> tuple[SiteColumn, ...]:
    kinds = tuple(kind.label for kind in SiteKind)
    statuses = tuple(status.label for status in Status)
    grades = (*(printable(str(grade.name)) for grade in standard.grades), _("unreadable"))
    return (
        SiteColumn(_("Pilot site")),
        SiteColumn(_("Kind"), words=kinds, is_choice=True),
        SiteColumn(_("City"), is_choice=True),
        SiteColumn(_("District")),
        SiteColumn(_("“Two-new” organization")),
        *(SiteColumn(labels.short_pillar_label(pillar), words=statuses) for pillar in Pillar),
        SiteColumn(_("Score"), is_number=True),
        SiteColumn(_("Grade"), words=grades, is_choice=True),
        *(SiteColumn(severity.label, is_number=True) for severity in COUNTED),
    )


def _site_row(site: Assessment) -> Row:
    counts = Counter(finding.rule.severity for finding in site.about_work if not finding.waived)
    statuses: list[Value] = [completion.status for completion in site.pillars]
    return (
        *(labels.site_label(site), labels.kind_label(site.kind) or None, site.city or None, site.district or None),
        *(site.organization or None, *(statuses or [None] * len(Pillar))),
        *(site.score, labels.grade_text(site)),
        *(counts[severity] for severity in COUNTED),
    )


def _details(standard: Standard, sites: Iterable[Assessment]) -> dict[str, Any]:
    """Collect what unfolding a site shows; texts repeat, so that each is stored once and referred to by its number."""
    numbers: dict[str, int] = {}

    def number(text: str) -> int:
        return numbers.setdefault(printable(text), len(numbers))

    def group(findings: list[Finding]) -> list[Any]:
        rule, advice, waived = _ALIKE(findings[0])
        messages = [[finding.line, finding.column, number(str(finding.message))] for finding in findings]
        reasons = number(str(rule.basis)), number(str(advice)), number(labels.waiver_label(waived) if waived else "")
        return [rule.id, rule.severity, messages, *reasons]

    def details(site: Assessment) -> list[Any]:
        groups = [group(list(alike)) for _key, alike in groupby(site.about_work, _ALIKE)]
        return [printable(site.path), printable(site.id or ""), groups, printable(labels.unreadable_reason(site))]

    entries = list(map(details, sites))
    problems = {rule.info.id: printable(str(rule.info.problem)) for rule in standard.rules}
    return {"sites": entries, "texts": list(numbers), "problems": problems}


_ALIKE = attrgetter("rule", "advice", "waived")
"""Findings that have these in common are shown together."""


def _words() -> dict[str, Any]:
    return {
        "skip": _("Skip to the content"),
        "contents": _("Contents"),
        "none": _("None."),
        "sites": _("Site by site"),
        "search": _("Search"),
        "any": _("All"),
        "unfinished": _("Only sites without all five complete"),
        "count": _("{shown} of {all} sites"),
        "file": _("File: {path}"),
        "id": _("Site ID: {id}"),
        "place": _("line {line}, column {column}"),
        "basis": _("Basis: {basis}"),
        "advice": _("Advice: {advice}"),
        "clean": _("Nothing was found."),
        "severities": {severity.value: severity.label for severity in Severity},
    }


def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("pilot_cli.formats.report", "page"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.filters["shown"] = lambda value: printable(value_text(value))
    environment.filters["stretches"] = _stretches
    environment.filters["kind"] = lambda value: type(value).__name__
    return environment.get_template("page.html.jinja")


def _stretches(bar: Bar) -> Iterator[tuple[Status, int, int]]:
    """Tell where each part of a bar begins and how long it is, as far as there is any of it."""
    lengths = bar.lengths(BAR_WIDTH)
    parts = zip(Status, accumulate(lengths, initial=0), lengths, strict=False)
    return (part for part in parts if part[-1])


def _source(name: str) -> str:
    """Read a file that becomes part of the page; its line ends are those that the browser computes the hash with."""
    return files(__package__).joinpath("page", name).read_text(encoding="utf-8")


def _hash(source: str) -> str:
    """Return the hash of a style or script, so that the browser accepts no other."""
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"
