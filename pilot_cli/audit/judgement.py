"""Judges sites by a standard, group by group: the rules of a group count for one pillar, or for none."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

from pilot_cli.audit.assessment import Completion, Finding, More, Status, WaiverInForce
from pilot_cli.site.model import Pillar, Site
from pilot_cli.site.problem import MAX_LISTED, KeyPath, format_path
from pilot_cli.site.rule_info import Severity, in_case
from pilot_cli.standard.check import KEPT, UNSEEN, Context, Failure, Verdict
from pilot_cli.standard.groups import Asked, Group
from pilot_cli.standard.rule import Credit, Rule

Fraction = tuple[int, int]
"""Numerator and denominator; the arithmetic of ``fractions`` takes longer than judging all rules."""
MAX_KINDS_OF_COMPLETION = 4096
"""How many different completions are kept."""
# Looking up a member of an enum takes as long as judging some of the rules.
_COMPLETE, _MISSING, _ERROR = Status.COMPLETE, Status.MISSING, Severity.ERROR


@lru_cache(MAX_KINDS_OF_COMPLETION)
def _completion(
    pillar: Pillar,
    weight: int,
    status: Status,
    is_decided: bool,
    failed: int,
    applicable: int,
    lost: Fraction,
    possible: int,
) -> tuple[Completion, Fraction]:
    """Return how far a site has come with a pillar, and its unrounded score there.

    Many sites get the same result, so it is kept. ``lost`` is the part of the possible points that was not earned.
    """
    earned, score = (0, 1), (0, 1)
    if status is not Status.MISSING:
        earned = possible * lost[1] - lost[0], lost[1]
        # Where nothing that counts was asked, nothing is missing.
        score = (weight * earned[0], earned[1] * possible) if possible else (weight, 1)
    points = earned[0] if earned[1] == 1 else round(earned[0] / earned[1], 4)
    told = status if is_decided else None
    return Completion(pillar, told, rounded(score), applicable - failed, applicable, points, possible), score


class LeftOut:
    """The values of a file that cannot be used; each is reported once, as a mistake of the file.

    The rules that would look at one of them do not apply. A rule that judges rows, documents or fields each for itself
    looks at the others.
    """

    def __init__(self, paths: Iterable[KeyPath]) -> None:
        self._rows: dict[str, set[KeyPath]] = defaultdict(set)
        """The rows that have such values, by dotted path without numbers; an empty row stands for no row."""
        for path in paths:
            self._rows[format_path(path)].add(path[: _row_length(path)])

    def decides(self, rule: Rule) -> bool:
        """Whether it depends on such a value what the rule comes to, whatever else the file says."""
        is_one = not rule.check.judges_each
        return any(_is_condition(name, rule) or (is_one and _is_looked_at(name, rule)) for name in self._rows)

    def concerns(self, rule: Rule) -> bool:
        """Whether the rule looks at such a value in any row."""
        return any(_is_looked_at(name, rule) for name in self._rows)

    def explains(self, rule: Rule, failure: KeyPath) -> bool:
        """Whether such a value is why a rule that judges each for itself fails at a place in the file."""
        row = failure[: _row_length(failure)]
        if not row:
            return any(_holds(name, format_path(failure)) for name in self._rows)
        return any(row in rows and _is_looked_at(name, rule) for name, rows in self._rows.items())


def _row_length(path: KeyPath) -> int:
    """The number of steps to the row that a path passes through; 0 where it passes through none."""
    return next((index + 1 for index, step in enumerate(path) if isinstance(step, int)), 0)


def _is_condition(name: str, rule: Rule) -> bool:
    return any(_holds(name, field.path) for field, _condition in rule.applies)


def _is_looked_at(name: str, rule: Rule) -> bool:
    return any(_holds(name, looked_at) for looked_at in rule.check.looked_at)


def _holds(name: str, looked_at: str) -> bool:
    """Whether a value is the one that is looked at, or a table that should hold it."""
    return f"{looked_at}.".startswith(f"{name}.")


def judge(sites: Sequence["Judgement"], groups: Iterable[Group]) -> None:
    """Judge sites one rule at a time: each rule for all sites before the next.

    The processor keeps what a rule needs in its caches that way, which saves a sixth of the time.
    """
    for place, group in enumerate(groups):
        asked_by: list[list[Judgement]] = [[] for _ in group.rules]
        for site in sites:
            for number in site.decidable(group, place):
                asked_by[number].append(site)
        for rule, asked in zip(group.rules, asked_by, strict=True):
            decide = rule.check.decide
            for site in asked:
                verdict = decide(site.site, site.context)
                if verdict is not KEPT or site.waivers:
                    site.verdicts.append((rule, verdict))
        for site in sites:
            site.sum_up(group, site.asked[place])


class Judgement:
    """The result of judging one site, built up group by group."""

    def __init__(
        self,
        site: Site,
        context: Context,
        asked: tuple[Asked, ...],
        waivers: dict[str, WaiverInForce],
        values_left_out: LeftOut | None,
        findings: list[Finding],
        more: list[More],
    ) -> None:
        self.site, self.context, self.asked, self.waivers = site, context, asked, waivers
        self._left_out = values_left_out
        self.verdicts: list[tuple[Rule, Verdict | None]] = []
        """The verdicts of the current group that sum_up needs: not those of rules that are kept and not waived."""
        self.findings = findings
        """The findings about the file; those about the work of the site are added to them."""
        self.more = more
        """How many findings there are besides those that are listed."""
        self.completions: list[Completion] = []
        self.total: Fraction = (0, 1)
        """The unrounded score."""
        self.left_out: list[str] = []
        """The ids of the rules that count neither way."""
        self.untold: list[str] = []
        """The ids of the rules with findings that are not reported."""
        self.unseen: list[str] = []
        """The ids of the rules in ``left_out`` that wait for an inspection."""

    def decidable(self, group: Group, place: int) -> Sequence[int]:
        """Return the positions of the rules to be judged; those that a value left out decides do not apply."""
        asked, left_out = self.asked[place].rules, self._left_out
        if left_out is None:
            return asked
        undecidable = [number for number in asked if left_out.decides(group.rules[number])]
        self.verdicts += [(group.rules[number], None) for number in undecidable]
        return [number for number in asked if number not in undecidable]

    def sum_up(self, group: Group, asked: Asked) -> None:
        """Turn the verdicts of a group into findings, a completion and a part of the score."""
        is_missing, rules, not_asked, possible = asked
        status = _MISSING if is_missing else _COMPLETE
        left_out = self.left_out
        left_out += not_asked
        applicable, failed = len(rules), 0
        lost: Fraction = (0, 1)
        for rule, verdict in self.verdicts:
            waiver = self.waivers.get(rule.info.id)
            if verdict is UNSEEN and not waiver:
                self.unseen.append(rule.info.id)
            told = self._tell(rule, verdict, waiver) if verdict and verdict.failures else 0
            if verdict is None or verdict is UNSEEN or waiver or (verdict.failures and not told):
                left_out.append(rule.info.id)
                possible -= rule.points
                applicable -= 1
            elif told:
                failed += 1
                lost = add(lost, _lost(rule, verdict, told))
                if rule.info.severity is _ERROR and status is _COMPLETE:
                    status = Status.INCOMPLETE
        self.verdicts.clear()
        if group.pillar is not None:
            completion, score = _completion(
                group.pillar, group.weight, status, group.is_decided, failed, applicable, lost, possible
            )
            self.completions.append(completion)
            self.total = add(self.total, score)

    def _tell(self, rule: Rule, verdict: Verdict, waiver: WaiverInForce | None) -> int:
        """List the first findings of a rule, and count the others; return how many there are."""
        info, failures, source_path, left_out = rule.info, verdict.failures, self.context.source_path, self._left_out
        listed: Sequence[Failure] = failures[:MAX_LISTED]
        number = len(failures)
        if left_out and left_out.concerns(rule):
            unexplained = (
                failure
                for failure in failures
                if not left_out.explains(rule, failure.path if failure.file else source_path(failure.path))
            )
            listed = list(islice(unexplained, MAX_LISTED))
            number = len(listed) + sum(1 for _failure in unexplained)
        for text, path, subjects, file, heading in listed:
            place = path if file else source_path(path)
            told = in_case(info, heading) if heading else info
            self.findings.append(Finding(told, text, info.advice, place, 0, 0, waiver, None, subjects, file))
        if number > len(listed):
            self.more.append(More(info, number - len(listed), waiver))
        if number < len(failures):
            self.untold.append(info.id)
        return number


def _lost(rule: Rule, verdict: Verdict, told: int) -> Fraction:
    """Return the points that a rule which is not kept loses; what is not told was not looked at."""
    failures, in_order, looked_at = verdict
    if rule.credit is Credit.ALL or not in_order:
        return rule.points, 1
    looked_at -= len(failures) - told
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
