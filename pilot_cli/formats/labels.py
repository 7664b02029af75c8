"""The names of things in output for people."""

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from pilot_cli.audit.assessment import Assessment, Finding, WaiverInForce
from pilot_cli.audit.grouping import Grouping
from pilot_cli.locale import N_, Language, current_language, ngettext
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import Text
from pilot_cli.site.field import Field, find_field
from pilot_cli.site.file_rules import READABLE
from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import FILING_LABEL, RuleInfo, Severity
from pilot_cli.site.words import BranchForm, SiteKind
from pilot_cli.standard.rule import Applies
from pilot_cli.standard.standard import Standard

if TYPE_CHECKING:
    from pilot_cli.audit.filter import Filter
    from pilot_cli.audit.results import Results
    from pilot_cli.audit.summary import Summary

_FINDINGS = {
    Severity.ERROR: N_("Serious findings"),
    Severity.WARNING: N_("Ordinary findings"),
    Severity.INFO: N_("Findings that are advice"),
}

_SHORT = {
    Pillar.BRANCH: N_("Branch"),
    Pillar.RESPONSIBILITY_LIST: N_("List"),
    Pillar.ACTIVITY_SPACE: N_("Space"),
    Pillar.MEMBER_GUIDE: N_("Guide"),
    Pillar.WORK_RULES: N_("Rules"),
}

_GROUPINGS = {
    Grouping.KIND: N_("Kind"),
    Grouping.CITY: N_("City"),
    Grouping.DISTRICT: N_("District"),
    Grouping.ORGANIZATION: N_("“Two-new” organization"),
    Grouping.FORM: N_("Form of the branch"),
    Grouping.GRADE: N_("Grade"),
}


def grouping_label(grouping: Grouping) -> str:
    """What sites are grouped by, in the current language."""
    return _(_GROUPINGS[grouping])


def findings_labels() -> tuple[str, ...]:
    """The headers of the numbers of findings: about the work by severity, then those about filing."""
    return *(_(_FINDINGS[severity]) for severity in Severity), _("Findings about entries")


def pillar_label(pillar: Pillar) -> str:
    """One of the five in the current language."""
    return find_field(pillar).label


def pillar_of_rule_label(rule: RuleInfo) -> str:
    """Which of the five a rule counts for, if for any."""
    return pillar_label(rule.pillar) if rule.pillar else _("none of the five ones")


def short_pillar_label(pillar: Pillar) -> str:
    """One of the five in a word, for the header of a column."""
    return _(_SHORT[pillar])


def kind_label(kind: str | None) -> str:
    """The kind of a site in the current language."""
    return SiteKind(kind).label if kind else ""


def form_label(form: str | None) -> str:
    """How a branch is formed in the current language."""
    return BranchForm(form).label if form else ""


def site_label(assessment: Assessment) -> str:
    """What to call a site: its name, else its id, else its file."""
    return assessment.name or assessment.id or assessment.path


def site_name(assessment: Assessment) -> str:
    """What to call a site in what leaves the office: its name, else its id, else the name of its folder or file."""
    folder, file = os.path.split(assessment.path)
    stem, _suffix = os.path.splitext(file)
    return assessment.name or assessment.id or (os.path.basename(folder) if stem == "site" else "") or stem


def place_text(finding: Finding) -> str:
    """At which line a finding is: of the site file, or of the inspections beside it."""
    text = _("inspections, line {line}") if finding.file else _("line {line}")
    return text.format(line=finding.line)


def unreadable_reason(assessment: Assessment) -> str:
    """Why a file cannot be read, and at which line; nothing of one that can."""
    if assessment.is_readable:
        return ""
    first = assessment.obstacles[0]
    # Of a file that cannot be opened, no line is worth naming.
    if not first.line or first.rule == READABLE:
        return str(first.message)
    return _("line {line}: {message}").format(line=first.line, message=first.message)


def basis_line(standard: Standard, as_of: date) -> str:
    """By which standard an audit was made, and as of which day."""
    return _("{standard}, as of {as_of}").format(standard=standard.title, as_of=long_date(as_of))


def long_date(day: date) -> str:
    """A date as it stands in a sentence."""
    return _("{year}-{month:02}-{day:02}").format(year=day.year, month=day.month, day=day.day)


def sentences(*texts: str) -> str:
    """Join whole sentences."""
    return sentence_gap().join(texts)


def sentence_gap() -> str:
    """What stands between two sentences."""
    return " " if current_language() is Language.ENGLISH else ""


def totals_line(results: "Results[Any]") -> str:
    """The totals of an audit, in one line."""
    summary: Summary = results.summary
    parts = [ngettext("{number} site", "{number} sites", summary.sites).format(number=summary.sites)]
    if summary.complete is not None:
        parts.append(_("{number} with all five complete").format(number=summary.complete))
    if summary.unreadable:
        parts.append(_("{number} unreadable").format(number=summary.unreadable))
    if summary.mean_score is not None:
        parts.append(_("mean score {score:.1f}").format(score=summary.mean_score))
    parts.append(findings_line(results))
    return _("; ").join(parts)


def findings_line(results: "Results[Any]") -> str:
    """How many findings there are of each level and, where rules were selected, how many rules were judged."""
    summary: Summary = results.summary
    levels = [(severity.label, summary.findings[severity]) for severity in Severity]
    levels.append((_(FILING_LABEL), summary.filing))
    counts = [_("{number} {level}").format(number=number, level=level) for level, number in levels]
    if summary.waived:
        counts.append(_("{number} waived").format(number=summary.waived))
    counted = _("findings: {counts}").format(counts=_(", ").join(counts))
    parts = (counted, to_inspect_line(summary), judged_line(results.standard), filter_line(summary))
    return _("; ").join(filter(None, parts))


def to_inspect_line(summary: "Summary") -> str:
    """How many items wait for somebody to look on site and, of several sites, at how many of them."""
    if summary.sites == 1 or not summary.to_inspect:
        return to_inspect_text(summary.to_inspect)
    text = _("to be seen on site: {number} at {sites}")
    sites = ngettext("{number} site", "{number} sites", summary.to_visit).format(number=summary.to_visit)
    return text.format(number=summary.to_inspect, sites=sites)


def to_inspect_text(number: int) -> str:
    """How many items of a site wait for somebody to look; nothing of none."""
    return _("to be seen on site: {number}").format(number=number) if number else ""


def filter_line(summary: "Summary") -> str:
    """What filters show, and how many sites of how many, where there are any."""
    filter = summary.filter
    how = _("; ").join(_filters(filter))
    if not filter.has_sites:
        return _("filtered: {how}").format(how=how) if how else ""
    parts = [_("filtered: {number} of {all} sites").format(number=summary.sites, all=summary.all_sites)]
    if summary.left_out_unreadable:
        text = _("{number} of those left out cannot be read")
        parts.append(text.format(number=summary.left_out_unreadable))
    return _("{what} ({how})").format(what=_(", ").join(parts), how=how)


def _filters(filter: "Filter") -> Iterator[str]:
    """What each of the filters shows."""
    for label, values in (
        (_("Kind"), [kind.label for kind in filter.kinds]),
        (_("City"), list(filter.cities)),
        (_("District"), list(filter.districts)),
        (_("Grade"), list(map(str, filter.grades))),
        (_("ID of the site"), list(filter.ids)),
    ):
        if values:
            yield _("{field}: {words}").format(field=label, words=_(" or ").join(values))
    if filter.levels:
        levels = _(", ").join(level.label for level in filter.levels)
        yield _("only these findings: {levels}").format(levels=levels)


def judged_line(standard: Standard) -> str:
    """How many rules were judged, where rules were selected."""
    if not standard.is_selection:
        return ""
    judged = len(standard.rules)
    text = ngettext("{number} rule judged, of {all}", "{number} rules judged, of {all}", judged)
    return text.format(number=judged, all=len(standard.whole))


def score_text(score: float | None) -> str:
    """A score as it is shown; a dash where there is none."""
    return "–" if score is None else f"{score:.1f}"


def grade_text(assessment: Assessment) -> str:
    """A grade as it is shown; a dash where there is none, and for a file that cannot be read that it cannot."""
    if not assessment.is_readable:
        return _("unreadable")
    return str(assessment.grade or "–")


def waiver_label(waiver: WaiverInForce) -> str:
    """Why a finding does not count, on whose word, and how long."""
    return _("[waived until {until}: {reason}; approved by {approved_by}]").format(
        until=long_date(waiver.until), reason=waiver.reason or "–", approved_by=waiver.approved_by or "–"
    )


def finding_text(finding: Finding) -> str:
    """What is wrong and, where it does not count, why."""
    return f"{finding.message} {waiver_label(finding.waived)}" if finding.waived else str(finding.message)


def basis_and_advice(basis: Text, advice: Text) -> tuple[str, str]:
    """On what basis something is asked, and what to do about it, a line each."""
    return _("Basis: {basis}").format(basis=basis), _("Advice: {advice}").format(advice=advice)


def failed_rules_label(pillar: Pillar, findings: Iterable[Finding]) -> str:
    """What is wrong with a pillar: what is serious in words and by the id of its rule, the rest by id."""
    failed: dict[RuleInfo, list[Finding]] = {}
    for finding in findings:
        if finding.rule.pillar is pillar and not finding.waived:
            failed.setdefault(finding.rule, []).append(finding)
    parts = [
        _("{title} ({rule})").format(title=_shortest(rule, failed[rule]), rule=rule.id)
        if rule.severity is Severity.ERROR
        else rule.id
        for rule in sorted(failed, key=lambda rule: rule.severity is not Severity.ERROR)
    ]
    return _(", ").join(parts)


def _shortest(rule: RuleInfo, findings: Sequence[Finding]) -> str:
    """Say what is wrong: as the heading does or, where a single finding takes fewer words, as that does."""
    texts = [str(rule.problem), *(str(finding.message) for finding in findings if len(findings) == 1)]
    return min(texts, key=len)


def applies_label(conditions: Iterable[Applies]) -> str:
    """Which sites a rule applies to."""
    return _("; ").join(phrase for applies in conditions for phrase in _phrases(applies)) or _("all sites")


def _phrases(applies: Applies) -> Iterator[str]:
    field, condition = applies
    label = field.label
    if condition.words is not None:
        yield _("{field}: {words}").format(field=label, words=_words(field, condition.words))
    if condition.excluded is not None:
        yield _("{field}: not {words}").format(field=label, words=_words(field, condition.excluded))
    if condition.at_least is not None:
        yield _("{field}: at least {number:g}").format(field=label, number=condition.at_least)
    if condition.at_most is not None:
        yield _("{field}: at most {number:g}").format(field=label, number=condition.at_most)
    if condition.given is not None:
        phrase = _("{field}: given") if condition.given else _("{field}: not given")
        yield phrase.format(field=label)


def _words(field: Field, words: Iterable[str]) -> str:
    return _(" or ").join(field.words(word).label if field.words else word for word in words)
