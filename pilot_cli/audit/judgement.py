"""Judges a site by the rules of one group: those that count for one of the five ones, or for none."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from pilot_cli.audit.assessment import Completion, Finding, More, Status, WaiverInForce
from pilot_cli.site.model import Pillar, Site
from pilot_cli.site.problem import MAX_LISTED, KeyPath
from pilot_cli.site.rule_info import Severity
from pilot_cli.standard.check import KEPT, UNSEEN, Context, Failure, Verdict
from pilot_cli.standard.rule import Credit, Rule
from pilot_cli.standard.standard import Group

Fraction = tuple[int, int]
"""Numerator and denominator; the arithmetic of ``fractions`` takes longer than judging all rules."""


class Judgement(NamedTuple):
    """What the rules of a group come to for a site."""

    status: Status
    findings: list[Finding]
    left_out: list[Rule]
    """The rules that count neither way."""
    untold: list[Rule]
    """The rules of which something is not told."""
    failed: int
    """How many of those that count are not kept."""
    earned: Fraction
    possible: int
    """The points of the rules that count; for those that are not kept, the shares that they give credit for."""
    more: list[More]
    """How many findings there are besides those that are listed."""
    unseen: list[Rule]
    """Those of the rules left out that wait for somebody to look on site."""

    def score(self, weight: int) -> Fraction:
        """Return the unrounded score. Where nothing that counts was asked, nothing is missing."""
        if self.status is Status.MISSING:
            return 0, 1
        numerator, denominator = self.earned
        return (weight * numerator, denominator * self.possible) if self.possible else (weight, 1)

    def completion(self, group: Group, pillar: Pillar, score: Fraction) -> Completion:
        """Say how far a pillar has come, by the rules that count for it."""
        numerator, denominator = self.earned
        applicable = len(group.rules) - len(self.left_out)
        return Completion(
            pillar=pillar,
            status=self.status if group.is_decided else None,
            score=rounded(score),
            passed=applicable - self.failed,
            applicable=applicable,
            earned=numerator if denominator == 1 else round(numerator / denominator, 4),
            possible=self.possible,
        )


class LeftOut:
    """The values that a file has, but cannot be used; each is told once, as what is wrong with the file."""

    def __init__(self, paths: Iterable[KeyPath]) -> None:
        self._rows: dict[str, set[KeyPath]] = defaultdict(set)
        """By the dotted path without numbers: the rows that have such values; empty where they are in no row."""
        for path in paths:
            name = ".".join([step for step in path if isinstance(step, str)])
            self._rows[name].add(path[: _row_length(path)])

    def concerns(self, rule: Rule) -> bool:
        """Whether the rule looks at such a value in any row."""
        return any(_is_condition(name, rule) or _is_looked_at(name, rule) for name in self._rows)

    def explains(self, rule: Rule, failure: KeyPath) -> bool:
        """Whether such a value is why a rule fails, or seems to apply, at a place in the file."""
        row = failure[: _row_length(failure)]
        return any(
            _is_condition(name, rule) or (_is_looked_at(name, rule) and (not row or row in rows))
            for name, rows in self._rows.items()
        )


def _row_length(path: KeyPath) -> int:
    """The number of steps to the row that a path passes through; 0 where it passes through none."""
    return next((index + 1 for index, step in enumerate(path) if isinstance(step, int)), 0)


def _is_condition(name: str, rule: Rule) -> bool:
    return any(_holds(name, field.path) for field, _condition in rule.applies)


def _is_looked_at(name: str, rule: Rule) -> bool:
    return any(_holds(name, looked_at) for looked_at in rule.check.looked_at)


def _holds(name: str, looked_at: str) -> bool:
    """Whether a value is what is looked at, or a table that should hold it."""
    if looked_at.endswith(".*"):
        return f"{name}.".startswith(looked_at[:-1])
    return f"{looked_at}.".startswith(f"{name}.")


def judge(
    group: Group, site: Site, context: Context, waivers: dict[str, WaiverInForce], values_left_out: LeftOut | None
) -> Judgement:
    """Judge a site by all rules of a group.

    A rule that looks at a value that cannot be used is judged as if it were absent, and not told.
    """
    is_missing = group.pillar is not None and not site.has(group.pillar)
    status = Status.MISSING if is_missing else Status.COMPLETE
    left_out = [rule for rule in group.rules if rule not in group.asking_for_table] if is_missing else []
    findings: list[Finding] = []
    untold: list[Rule] = []
    unseen: list[Rule] = []
    more: list[More] = []
    failed, possible = 0, group.points - sum([rule.points for rule in left_out])
    lost: Fraction = (0, 1)
    for rule in group.asking_for_table if is_missing else group.rules:
        verdict = rule.judge(site, context)
        if verdict is KEPT and not waivers:
            continue
        waiver = waivers.get(rule.info.id)
        if verdict is UNSEEN:
            verdict = None
            if not waiver:
                unseen.append(rule)
        if verdict is None or waiver:
            left_out.append(rule)
            possible -= rule.points
        if verdict is None:
            continue
        told, number = _tell(rule, verdict, context, waiver, values_left_out)
        findings += told
        if number > len(told):
            more.append(More(rule.info, number - len(told), waiver))
        if number < len(verdict.failures):
            untold.append(rule)
        if waiver is None and verdict is not KEPT:
            failed += 1
            lost = add(lost, _lost(rule, verdict))
            if rule.info.severity is Severity.ERROR and not is_missing:
                status = Status.INCOMPLETE
    earned: Fraction = (0, 1) if is_missing else (possible * lost[1] - lost[0], lost[1])
    return Judgement(status, findings, left_out, untold, failed, earned, possible, more, unseen)


def _tell(
    rule: Rule, verdict: Verdict, context: Context, waiver: WaiverInForce | None, values_left_out: LeftOut | None
) -> tuple[list[Finding], int]:
    """List the first findings of a rule, and say how many there are."""
    info, failures = rule.info, verdict.failures
    listed: Sequence[Failure] = failures[:MAX_LISTED]
    number = len(failures)
    if values_left_out and values_left_out.concerns(rule):
        unexplained = (
            failure
            for failure in failures
            if not values_left_out.explains(rule, failure.path if failure.file else context.source_path(failure.path))
        )
        listed = list(islice(unexplained, MAX_LISTED))
        number = len(listed) + sum(1 for _failure in unexplained)
    findings = [
        Finding(
            info, text, info.advice, path if file else context.source_path(path), 0, 0, waiver, None, subjects, file
        )
        for text, path, subjects, file in listed
    ]
    return findings, number


def _lost(rule: Rule, verdict: Verdict) -> Fraction:
    """Return the points that a rule loses that is not kept."""
    _failures, in_order, looked_at = verdict
    if rule.credit is Credit.ALL or not in_order:
        return rule.points, 1
    return rule.points * (looked_at - in_order), looked_at


def add(one: Fraction, other: Fraction) -> Fraction:
    """Add two fractions."""
    if one[1] == other[1]:
        return one[0] + other[0], one[1]
    return one[0] * other[1] + other[0] * one[1], one[1] * other[1]


@lru_cache
def rounded(fraction: Fraction) -> float:
    """Round half up to one decimal, exactly."""
    numerator, denominator = fraction
    return (20 * numerator + denominator) // (2 * denominator) / 10
