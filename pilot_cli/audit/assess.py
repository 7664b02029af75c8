"""Holds one site against a standard."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from pilot_cli.audit.assessment import Assessment, Completion, Finding, Status, WaiverInForce
from pilot_cli.locale import gettext as _
from pilot_cli.site.folder import Folder
from pilot_cli.site.model import One, Site
from pilot_cli.site.problem import Place, Problem, Severity
from pilot_cli.site.reader import Reading
from pilot_cli.standard.check import Context, Failure
from pilot_cli.standard.checks.fields import TableGiven
from pilot_cli.standard.rule import Rule
from pilot_cli.standard.standard import Standard

Fraction = tuple[int, int]
"""Numerator and denominator; the arithmetic of ``fractions`` takes longer than judging all rules."""


def assess(reading: Reading, standard: Standard, as_of: date, *, locate: bool = True) -> Assessment:
    """Judge a site as of a day.

    With ``locate`` each finding gets its line and column, which costs a second look at the file's text.
    """
    findings = [_of_problem(problem) for problem in reading.problems]
    if reading.site is None:
        return Assessment(reading.path, _located(findings, reading))
    audit = _Audit(reading, reading.site, standard, as_of, findings)
    for _counts_for_none in audit.judge(standard.general_rules):
        pass
    completions = []
    total = (0, 1)
    for one, rules in standard.rules_by_one.items():
        completion, share = audit.complete(one, rules)
        completions.append(completion)
        total = total[0] * share[1] + share[0] * total[1], total[1] * share[1]
    score = _rounded(total)
    profile = reading.site.site
    return Assessment(
        path=reading.path,
        findings=_located(findings, reading) if locate and findings else tuple(findings),
        id=profile.id,
        name=profile.name,
        kind=profile.kind,
        city=profile.city,
        approval_no=reading.site.branch.approval_no,
        score=score,
        grade=standard.grade(score).name,
        ones=tuple(completions),
    )


class _Audit:
    """Judges the rules on one site and gathers the findings."""

    def __init__(self, reading: Reading, site: Site, standard: Standard, as_of: date, findings: list[Finding]) -> None:
        self._reading = reading
        self._site = site
        self._weight = standard.weight
        self._context = Context(as_of, Folder(reading.folder), standard.known_rules)
        self._findings = findings
        self._waivers = {
            waiver.rule: WaiverInForce(waiver.reason, waiver.approved_by, waiver.until)
            for waiver in site.waivers
            if waiver.rule is not None and waiver.until is not None and waiver.until >= as_of
        }

    def judge(self, rules: Iterable[Rule]) -> Iterator[tuple[Rule, bool]]:
        """Note the findings of the rules; yield those that count, each with whether it passed."""
        for rule in rules:
            failures = rule.judge(self._site, self._context)
            if failures is None:
                continue
            if failures:
                self._note(rule, failures)
            if rule.id not in self._waivers:
                yield rule, not failures

    def complete(self, one: One, rules: Iterable[Rule]) -> tuple[Completion, Fraction]:
        """Judge how far a one has come; return with it the unrounded score."""
        is_missing = not getattr(self._site, one).is_given
        if is_missing:
            # Only the rule that asks for the table has something to say.
            rules = (rule for rule in rules if isinstance(rule.check, TableGiven))
        status = Status.MISSING if is_missing else Status.COMPLETE
        passed = applicable = points = points_in_all = 0
        for rule, has_passed in self.judge(rules):
            applicable += 1
            points_in_all += rule.points
            if has_passed:
                passed += 1
                points += rule.points
            elif rule.severity is Severity.ERROR and not is_missing:
                status = Status.INCOMPLETE
        share = self._weight * points, points_in_all
        if is_missing:
            share = 0, 1
        elif not points_in_all:
            # Nothing that counts was asked, so nothing is wanting.
            share = self._weight, 1
        return Completion(one, status, _rounded(share), passed, applicable), share

    def _note(self, rule: Rule, failures: list[Failure]) -> None:
        for failure in failures:
            self._findings.append(
                Finding(
                    rule=rule.id,
                    severity=rule.severity,
                    one=rule.one,
                    message=failure.message,
                    path=self._reading.written(failure.path),
                    line=0,
                    column=0,
                    basis=str(rule.basis),
                    advice=str(rule.advice),
                    waived=self._waivers.get(rule.id),
                )
            )


def _rounded(fraction: Fraction) -> float:
    """Round half up to one decimal, exactly."""
    numerator, denominator = fraction
    return (20 * numerator + denominator) // (2 * denominator) / 10


def _of_problem(problem: Problem) -> Finding:
    return Finding(
        rule=problem.id,
        severity=problem.severity,
        one=None,
        message=problem.message,
        path=problem.path,
        line=problem.place.line if problem.place else 0,
        column=problem.place.column if problem.place else 0,
        basis=_("Site file format 1"),
        advice=problem.advice,
    )


def _located(findings: list[Finding], reading: Reading) -> tuple[Finding, ...]:
    """Give each finding its line and column, and what is wrong with the file itself the line to show."""
    from pilot_cli.site.place import Places

    places = Places(reading.source)
    located = []
    for finding in findings:
        place = Place(finding.line, finding.column) if finding.line else places.find(finding.path)
        excerpt = places.excerpt(place) if finding.rule.startswith("F") and reading.source else None
        located.append(replace(finding, line=place.line, column=place.column, excerpt=excerpt))
    return tuple(located)
