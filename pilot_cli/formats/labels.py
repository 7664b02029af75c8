"""What things are called in output for people."""

from collections.abc import Iterable, Iterator
from datetime import date

from pilot_cli.audit.assessment import Assessment, Finding, WaiverInForce
from pilot_cli.audit.grouping import Grouping
from pilot_cli.audit.summary import Summary
from pilot_cli.locale import N_, ngettext
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import Text
from pilot_cli.site.field import Field, find_field
from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import RuleInfo, Severity
from pilot_cli.site.words import BranchForm, SiteKind
from pilot_cli.standard.rule import Applies
from pilot_cli.standard.standard import Standard

_SEVERITIES = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning"), Severity.INFO: N_("info")}

_FINDINGS = {
    Severity.ERROR: N_("Findings: errors"),
    Severity.WARNING: N_("Findings: warnings"),
    Severity.INFO: N_("Findings: infos"),
}

_SHORT = {
    Pillar.BRANCH: N_("Branch"),
    Pillar.RESPONSIBILITY_LIST: N_("List"),
    Pillar.ACTIVITY_SPACE: N_("Space"),
    Pillar.MEMBER_GUIDE: N_("Guide"),
    Pillar.WORK_RULES: N_("Rules"),
}

_GROUPINGS = {
    Grouping.KIND: N_("Kind of site"),
    Grouping.CITY: N_("City"),
    Grouping.DISTRICT: N_("District"),
    Grouping.ORGANIZATION: N_("“Two-new” organization"),
    Grouping.FORM: N_("Form of the branch"),
    Grouping.GRADE: N_("Grade"),
}


def grouping_label(grouping: Grouping) -> str:
    """What sites are grouped by, in the current language."""
    return _(_GROUPINGS[grouping])


def severity_label(severity: Severity) -> str:
    """A severity in the current language."""
    return _(_SEVERITIES[severity])


def findings_label(severity: Severity) -> str:
    """The header of the number of findings of a severity."""
    return _(_FINDINGS[severity])


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


def unreadable_reason(assessment: Assessment) -> str:
    """Why a file cannot be read, and at which line; nothing of one that can."""
    if assessment.is_readable:
        return ""
    first = assessment.findings[0]
    if not first.line:
        return str(first.message)
    return _("line {line}: {message}").format(line=first.line, message=first.message)


def basis_line(standard: Standard, as_of: date) -> str:
    """By which standard an audit was made, and as of which day."""
    return _("Standard {standard}, as of {as_of}").format(standard=standard.name, as_of=as_of)


def totals_line(summary: Summary) -> str:
    """The totals of an audit, in one line."""
    parts = [
        ngettext("{number} site", "{number} sites", summary.sites).format(number=summary.sites),
        _("{number} with all five complete").format(number=summary.complete),
    ]
    if summary.unreadable:
        parts.append(_("{number} unreadable").format(number=summary.unreadable))
    if summary.mean_score is not None:
        parts.append(_("mean score {score:.1f}").format(score=summary.mean_score))
    parts.append(findings_count(summary))
    return _("; ").join(parts)


def findings_count(summary: Summary) -> str:
    """How many findings there are of each severity."""
    errors, warnings, infos = (summary.findings[severity] for severity in Severity)
    counts = [
        ngettext("{number} error", "{number} errors", errors).format(number=errors),
        ngettext("{number} warning", "{number} warnings", warnings).format(number=warnings),
        ngettext("{number} info", "{number} infos", infos).format(number=infos),
    ]
    if summary.waived:
        counts.append(_("{number} waived").format(number=summary.waived))
    return _("findings: {counts}").format(counts=_(", ").join(counts))


def waiver_label(waiver: WaiverInForce) -> str:
    """Why a finding does not count, on whose word, and how long."""
    return _("[waived until {until}: {reason}; approved by {approved_by}]").format(
        until=waiver.until, reason=waiver.reason or "–", approved_by=waiver.approved_by or "–"
    )


def finding_text(finding: Finding) -> str:
    """What is wrong and, where it does not count, why."""
    return f"{finding.message} {waiver_label(finding.waived)}" if finding.waived else str(finding.message)


def basis_and_advice(basis: Text, advice: Text) -> tuple[str, str]:
    """On what basis something is asked, and what to do about it, a line each."""
    return _("Basis: {basis}").format(basis=basis), _("Advice: {advice}").format(advice=advice)


def failed_rules_label(pillar: Pillar, findings: Iterable[Finding]) -> str:
    """Which rules of a pillar are not kept: errors by their titles, the rest by id."""
    failed = {finding.rule: None for finding in findings if finding.rule.pillar is pillar and not finding.waived}
    parts = [
        _("{title} ({rule})").format(title=rule.title, rule=rule.id) if rule.severity is Severity.ERROR else rule.id
        for rule in sorted(failed, key=lambda rule: rule.severity is not Severity.ERROR)
    ]
    return _(", ").join(parts)


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
