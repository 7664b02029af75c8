"""The rules of a standard by the pillar that they count for, and which of them apply to a site.

Many rules apply under the same few conditions. Each condition is tested once per site. The outcomes decide which rules
apply, so sites with the same outcomes share the answer.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import compress, count
from typing import NamedTuple

from pilot_cli.site.model import Pillar, Site
from pilot_cli.site.rule_info import Severity
from pilot_cli.standard.check import Context
from pilot_cli.standard.checks.fields import TableGiven
from pilot_cli.standard.rule import Rule

MAX_KINDS_OF_SITES = 2048
"""How many different combinations of outcomes the answer is kept for."""


class Group(NamedTuple):
    """The rules that count for the completion of the same pillar, or for none."""

    pillar: Pillar | None
    weight: int
    """The points that the pillar is worth."""
    rules: tuple[Rule, ...]
    is_decided: bool
    """Whether they include every rule that decides whether the pillar is complete, as in a whole standard."""
    asking_for_table: tuple[Rule, ...]
    """The rules that are judged even when the table of the pillar is missing: they ask for it."""

    @classmethod
    def of(cls, pillar: Pillar | None, weight: int, rules: Iterable[Rule], whole: Iterable[Rule]) -> "Group":
        """Pick the rules of a pillar out of ``rules``, which are some or all of those of the ``whole`` standard."""
        members = tuple(rule for rule in rules if rule.info.pillar is pillar)
        asking_for_table = tuple(
            rule for rule in members if isinstance(rule.check, TableGiven) and rule.check.pillar is pillar
        )
        deciding = [rule for rule in whole if rule.info.pillar is pillar and rule.info.severity is Severity.ERROR]
        return cls(pillar, weight, members, all(rule in members for rule in deciding), asking_for_table)


class Asked(NamedTuple):
    """What is asked of a site by the rules of a group."""

    is_missing: bool
    """Whether the table of the pillar is missing, so that only the rules that ask for it are judged."""
    rules: tuple[int, ...]
    """The rules that are judged, by their positions in the group."""
    left_out: tuple[str, ...]
    """The ids of the other rules, which count neither way."""
    points: int
    """The points that the judged rules are worth together."""

    @classmethod
    def of(cls, group: Group, applies: Callable[[Rule], bool], *, is_missing: bool) -> "Asked":
        """Pick the rules that apply."""
        asking = {rule.info.id for rule in (group.asking_for_table if is_missing else group.rules)}
        is_asked = [rule.info.id in asking and applies(rule) for rule in group.rules]
        judged = list(compress(group.rules, is_asked))
        return cls(
            is_missing=is_missing,
            rules=tuple(compress(count(), is_asked)),
            left_out=tuple(rule.info.id for rule, asked in zip(group.rules, is_asked, strict=True) if not asked),
            points=sum(rule.points for rule in judged),
        )


class Conditions:
    """The conditions of all rules of a standard."""

    def __init__(self, groups: tuple[Group, ...]) -> None:
        self._groups = groups
        conditions = {applies.key: applies for group in groups for rule in group.rules for applies in rule.applies}
        self._places = {key: place for place, key in enumerate(conditions)}
        self._tests = [applies.test() for applies in conditions.values()]
        self._asked_where = lru_cache(MAX_KINDS_OF_SITES)(self._pick)

    def __reduce__(self) -> tuple[type["Conditions"], tuple[tuple[Group, ...]]]:
        """Pickle the rules alone: compiled tests and the cache cannot be sent to another process."""
        return Conditions, (self._groups,)

    def asked(self, site: Site, context: Context) -> tuple[Asked, ...]:
        """Return what is asked of a site by each group."""
        outcomes = tuple([test(site, context) for test in self._tests])
        return self._asked_where(outcomes, site.pillars())

    def _pick(self, outcomes: tuple[bool, ...], present: tuple[Pillar, ...]) -> tuple[Asked, ...]:
        def applies(rule: Rule) -> bool:
            return all(outcomes[self._places[condition.key]] for condition in rule.applies)

        there = (None, *present)
        return tuple(Asked.of(group, applies, is_missing=group.pillar not in there) for group in self._groups)
