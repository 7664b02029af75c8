"""Judges a site by the rules of one group: those that count for one of the five ones, or for none."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from pilot_cli.audit.assessment import Completion, Finding, Status, WaiverInForce
from pilot_cli.site.model import Site
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
    def applicable(self) -> int:
        """How many rules count."""
        return len(self.group.rules) - len(self.left_out)

    @property
    def possible(self) -> int:
        """The points of the rules that count."""
        return self.group.points - sum([rule.points for rule in self.left_out])

    @property
    def earned(self) -> Fraction:
        """The points of the rules that are kept, and shares of those that give credit by share."""
        if self.is_missing:
            return 0, 1
        earned: Fraction = (self.possible - sum([rule.points for rule, _verdict in self.failed]), 1)
        for rule, (_failures, in_order, looked_at) in self.failed:
            if rule.credit is Credit.SHARE and in_order:
                earned = add(earned, (rule.points * in_order, looked_at))
        return earned

    def score(self, weight: int) -> Fraction:
        """The unrounded score of the pillar. Where nothing that counts was asked, nothing is missing."""
        earned, possible = self.earned, self.possible
        if self.is_missing:
            return 0, 1
        return (weight * earned[0], earned[1] * possible) if possible else (weight, 1)

    @property
    def status(self) -> Status:
        """How far the pillar has come."""
        if self.is_missing:
            return Status.MISSING
        is_incomplete = any(rule.info.severity is Severity.ERROR for rule, _verdict in self.failed)
        return Status.INCOMPLETE if is_incomplete else Status.COMPLETE

    def completion(self, weight: int, is_scored: bool) -> Completion:
        """Say how far the pillar has come; only whole standards score."""
        assert self.group.pillar is not None
        earned = self.earned
        return Completion(
            pillar=self.group.pillar,
            status=self.status if self.group.is_decided else None,
            score=rounded(self.score(weight)) if is_scored else None,
            passed=self.applicable - len(self.failed),
            applicable=self.applicable,
            earned=round(earned[0] / earned[1], 4) if is_scored else None,
            possible=self.possible if is_scored else None,
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
