"""Holds one site against a standard."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from pilot_cli.audit.assessment import Assessment, Completion, Finding, OverdueItem, Status, WaiverInForce
from pilot_cli.site.file_rules import FILE_RULES
from pilot_cli.site.folder import Folder
from pilot_cli.site.model import Pillar, Site
from pilot_cli.site.problem import Place, Problem
from pilot_cli.site.reader import Reading, load_site
from pilot_cli.site.rule_info import Severity
from pilot_cli.site.words import ItemStatus
from pilot_cli.standard.check import Context
from pilot_cli.standard.rule import Rule
from pilot_cli.standard.standard import Group, Standard

Fraction = tuple[int, int]
"""Numerator and denominator; the arithmetic of ``fractions`` takes longer than judging all rules."""


def assess(reading: Reading, standard: Standard, as_of: date, *, locate: bool = True) -> Assessment:
    """Judge a site as of a day.

    With ``locate`` each finding gets its line and column, which costs a second look at the file's text.
    """
    site = reading.site
    if site is None:
        unreadable = _of_problems(reading.problems)
        return Assessment(reading.path, _located(unreadable, reading.source) if locate else tuple(unreadable))
    findings = _of_problems(problem for problem in reading.problems if problem.rule in standard.file_rules)
    context = Context(as_of, Folder(reading.folder), standard.known_rules, reading.source_path)
    waivers = _waivers_in_force(site, as_of)
    completions = []
    left_out: list[Rule] = []
    total: Fraction = (0, 1)
    for group in standard.groups:
        judged = _judge(group, site, context, waivers)
        findings += judged.findings
        left_out += judged.left_out
        if group.pillar is not None:
            share, completion = _complete(group, group.pillar, judged, standard.weight)
            total = total[0] * share[1] + share[0] * total[1], total[1] * share[1]
            completions.append(completion)
    score = _rounded(total)
    return Assessment(
        path=reading.path,
        findings=_located(findings, reading.source) if locate and findings else tuple(findings),
        id=site.site.id,
        name=site.site.name,
        kind=site.site.kind,
        city=site.site.city,
        district=site.site.district,
        organization=site.site.organization,
        form=site.branch.form,
        approval_no=site.branch.approval_no,
        score=score,
        grade=standard.grade(score),
        pillars=tuple(completions),
        overdue=_overdue(site, as_of),
        waivers=tuple(waivers.values()),
        left_out=tuple([rule.info.id for rule in left_out]),
        is_standard=reading.is_standard,
    )


def add_duplicates(assessment: Assessment, duplicates: Iterable[Problem], *, locate: bool = True) -> Assessment:
    """Add to an assessment what its file has in common with earlier ones; findings have places all, or none at all."""
    of_the_file = [finding for finding in assessment.findings if finding.rule.id in FILE_RULES]
    of_rules = assessment.findings[len(of_the_file) :]
    longer = assessment._replace(findings=(*of_the_file, *_of_problems(duplicates), *of_rules))
    return locate_findings(longer) if locate else longer


def locate_findings(assessment: Assessment) -> Assessment:
    """Give the findings of an assessment their places, for which the file is read again."""
    return assessment._replace(findings=_located(assessment.findings, load_site(assessment.path).source))


class _Judged(NamedTuple):
    """What the rules of a group come to for a site; those that are kept are not listed."""

    is_missing: bool
    """Whether the table of their pillar is not there; then only the rules that ask for it are judged."""
    findings: list[Finding]
    failed: list[Rule]
    left_out: list[Rule]
    """Those that count neither way."""


def _judge(group: Group, site: Site, context: Context, waivers: dict[str, WaiverInForce]) -> _Judged:
    is_missing = group.pillar is not None and not site.has(group.pillar)
    findings: list[Finding] = []
    failed = []
    left_out = [rule for rule in group.rules if rule not in group.asking_for_table] if is_missing else []
    for rule in group.asking_for_table if is_missing else group.rules:
        failures = rule.judge(site, context)
        if failures:
            info, waiver = rule.info, waivers.get(rule.info.id)
            findings += [
                Finding(info, message, info.advice, context.source_path(path), 0, 0, waiver)
                for message, path in failures
            ]
            failed.append(rule)
        elif failures is None:
            left_out.append(rule)
    if waivers:
        left_out += [rule for rule in group.rules if rule.info.id in waivers and rule not in left_out]
        failed = [rule for rule in failed if rule.info.id not in waivers]
    return _Judged(is_missing, findings, failed, left_out)


def _complete(group: Group, pillar: Pillar, judged: _Judged, weight: int) -> tuple[Fraction, Completion]:
    """Tell how far a pillar has come, and its unrounded score."""
    applicable = len(group.rules) - len(judged.left_out)
    passed = applicable - len(judged.failed)
    if judged.is_missing:
        return (0, 1), Completion(pillar, Status.MISSING, 0.0, passed, applicable)
    possible = group.points - sum([rule.points for rule in judged.left_out])
    earned = possible - sum([rule.points for rule in judged.failed])
    has_errors = judged.failed and any(rule.info.severity is Severity.ERROR for rule in judged.failed)
    # Where nothing that counts was asked, nothing is missing.
    share = (weight * earned, possible) if possible else (weight, 1)
    status = Status.INCOMPLETE if has_errors else Status.COMPLETE
    return share, Completion(pillar, status, _rounded(share), passed, applicable)


def _overdue(site: Site, as_of: date) -> tuple[OverdueItem, ...]:
    return tuple(
        [
            OverdueItem(item.title, item.owner, item.due, (as_of - item.due).days)
            for item in site.responsibility_list.items
            if item.due is not None and item.due < as_of and item.status is not ItemStatus.DONE
        ]
    )


def _waivers_in_force(site: Site, as_of: date) -> dict[str, WaiverInForce]:
    """Of several waivers of a rule, the one that ends last counts."""
    if not site.waivers:
        return {}
    dated = [(waiver.until, waiver) for waiver in site.waivers if waiver.until is not None]
    return {
        waiver.rule: WaiverInForce(waiver.rule, waiver.reason, waiver.approved_by, until)
        for until, waiver in sorted(dated, key=itemgetter(0))
        if waiver.rule is not None and until >= as_of
    }


@lru_cache
def _rounded(fraction: Fraction) -> float:
    """Round half up to one decimal, exactly."""
    numerator, denominator = fraction
    return (20 * numerator + denominator) // (2 * denominator) / 10


def _of_problems(problems: Iterable[Problem]) -> list[Finding]:
    return [Finding(rule, message, advice, path, *(place or (0, 0))) for rule, message, advice, path, place in problems]


def _located(findings: Iterable[Finding], source: str) -> tuple[Finding, ...]:
    """Give each finding its line and column, and what is wrong with the file itself the line to show."""
    from pilot_cli.site.place import Places

    places = Places(source)
    located = []
    for finding in findings:
        place = Place(finding.line, finding.column) if finding.line else places.find(finding.path)
        excerpt = places.excerpt(place) if finding.rule.id in FILE_RULES and source else None
        located.append(finding._replace(line=place.line, column=place.column, excerpt=excerpt))
    return tuple(located)
