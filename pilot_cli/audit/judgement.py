"""Judges a site by the rules of one group: those that count for one of the five ones, or for none."""

from collections.abc import Iterable
from functools import lru_cache, reduce
from typing import NamedTuple

from pilot_cli.audit.assessment import Completion, Finding, Status, WaiverInForce
from pilot_cli.site.model import Pillar, Site
from pilot_cli.site.problem import KeyPath
from pilot_cli.site.rule_info import Severity
from pilot_cli.standard.check import KEPT, Context, Verdict
from pilot_cli.standard.rule import Credit, Rule
from pilot_cli.standard.standard import Group

Fraction = tuple[int, int]
"""Numerator and denominator; the arithmetic of ``fractions`` takes longer than judging all rules."""


class Judgement(NamedTuple):
    """What the rules of a group come to for a site; those that are kept are not listed."""

    group: Group
    is_missing: bool
    """Whether the table of their pillar is not there; then only the rules that ask for it are judged."""
    findings: list[Finding]
    failed: list[tuple[Rule, Verdict]]
    left_out: list[Rule]
    """Those that count neither way."""

    @property
    def status(self) -> Status:
        """How far the pillar has come."""
        if self.is_missing:
            return Status.MISSING
        for rule, _verdict in self.failed:
            if rule.info.severity is Severity.ERROR:
                return Status.INCOMPLETE
        return Status.COMPLETE

    def points(self) -> tuple[Fraction, int]:
        """Return the points that are earned, shares of those of rules that give credit by share among them, and all."""
        possible = self.group.points
        for rule in self.left_out:
            possible -= rule.points
        if self.is_missing:
            return (0, 1), possible
        whole, shares = possible, []
        for rule, (_failures, in_order, looked_at) in self.failed:
            whole -= rule.points
            if in_order and rule.credit is Credit.SHARE:
                shares.append((rule.points * in_order, looked_at))
        return reduce(add, shares, (whole, 1)), possible

    def completion(self, pillar: Pillar, weight: int) -> tuple[Fraction, Completion]:
        """Say how far a pillar has come, and its unrounded score."""
        earned, possible = self.points()
        applicable = len(self.group.rules) - len(self.left_out)
        if self.is_missing:
            score: Fraction = (0, 1)
        else:
            # Where nothing that counts was asked, nothing is missing.
            score = (weight * earned[0], earned[1] * possible) if possible else (weight, 1)
        return score, Completion(
            pillar=pillar,
            status=self.status if self.group.is_decided else None,
            score=rounded(score),
            passed=applicable - len(self.failed),
            applicable=applicable,
            earned=earned[0] if earned[1] == 1 else round(earned[0] / earned[1], 4),
            possible=possible,
        )


class LeftOut:
    """The values that a file has, but cannot be used; each is told once, as what is wrong with the file."""

    def __init__(self, paths: Iterable[KeyPath]) -> None:
        self._paths = [(path, ".".join([step for step in path if isinstance(step, str)])) for path in paths]

    def explains(self, rule: Rule, failure: KeyPath) -> bool:
        """Whether such a value is why a rule fails, or seems to apply, at a place in the file."""
        return any(
            any(_holds(name, condition) for condition in rule.conditions)
            or (_is_in_reach(path, failure) and any(_holds(name, looked_at) for looked_at in rule.check.looks_at()))
            for path, name in self._paths
        )


def _holds(name: str, looked_at: str) -> bool:
    """Whether a value is what is looked at, or a table that should hold it."""
    if looked_at.endswith(".*"):
        return f"{name}.".startswith(looked_at[:-1])
    return f"{looked_at}.".startswith(f"{name}.")


def _is_in_reach(path: KeyPath, failure: KeyPath) -> bool:
    """Whether a value stands in the row that is told of, where it is one row that is told of."""
    row = next((index + 1 for index, step in enumerate(failure) if isinstance(step, int)), 0)
    return path[:row] == failure[:row]


def judge(
    group: Group, site: Site, context: Context, waivers: dict[str, WaiverInForce], left_out_values: LeftOut | None
) -> Judgement:
    """Judge a site by all rules of a group.

    A rule that looks at a value that cannot be used is judged as if it were absent, and not told.
    """
    is_missing = group.pillar is not None and not site.has(group.pillar)
    findings: list[Finding] = []
    failed = []
    left_out = [rule for rule in group.rules if rule not in group.asking_for_table] if is_missing else []
    for rule in group.asking_for_table if is_missing else group.rules:
        verdict = rule.judge(site, context)
        if verdict is KEPT:
            continue
        if verdict is None:
            left_out.append(rule)
            continue
        info, waiver = rule.info, waivers.get(rule.info.id)
        for text, path in verdict.failures:
            path = context.source_path(path)
            if left_out_values is None or not left_out_values.explains(rule, path):
                findings.append(Finding(info, text, info.advice, path, 0, 0, waiver))
        failed.append((rule, verdict))
    if waivers:
        left_out += [rule for rule in group.rules if rule.info.id in waivers and rule not in left_out]
        failed = [(rule, verdict) for rule, verdict in failed if rule.info.id not in waivers]
    return Judgement(group, is_missing, findings, failed, left_out)


def add(one: Fraction, other: Fraction) -> Fraction:
    """Add two fractions."""
    return one[0] * other[1] + other[0] * one[1], one[1] * other[1]


@lru_cache
def rounded(fraction: Fraction) -> float:
    """Round half up to one decimal, exactly."""
    numerator, denominator = fraction
    return (20 * numerator + denominator) // (2 * denominator) / 10
