"""What a standard is: rules, the weight of each one, and the grades."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from pilot_cli.site.model import Pillar
from pilot_cli.standard.checks.fields import TableGiven
from pilot_cli.standard.parameter import Declared, number, parameter
from pilot_cli.standard.rule import BilingualText, Rule


class Grade(Declared):
    """A grade and the lowest total that earns it."""

    name: BilingualText = parameter(BilingualText)
    lowest: float = parameter(number, key="from")


class UnknownRuleError(Exception):
    """A selection names what is neither a rule of the standard nor the leading letters of one."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Group(NamedTuple):
    """The rules that count for the completion of the same one, or for none."""

    pillar: Pillar | None
    rules: tuple[Rule, ...]
    points: int
    """What they are worth together."""
    asking_for_table: tuple[Rule, ...]
    """Those that have something to say even when the table of the one is missing."""

    @classmethod
    def of(cls, pillar: Pillar | None, rules: Iterable[Rule]) -> "Group":
        """Pick the rules of a one."""
        members = tuple(rule for rule in rules if rule.pillar is pillar)
        asking_for_table = tuple(
            rule for rule in members if isinstance(rule.check, TableGiven) and rule.check.pillar is pillar
        )
        return cls(pillar, members, sum(rule.points for rule in members), asking_for_table)


@dataclass(frozen=True, eq=False, repr=False)
class Standard:
    """What sites are held against."""

    name: str
    weight: int
    """The points that each of the five ones is worth."""
    grades: tuple[Grade, ...]
    """The highest first; the last begins at 0."""
    rules: tuple[Rule, ...]
    known_rules: frozenset[str]
    """The ids of all rules, also of those that are disabled or not selected."""

    def __repr__(self) -> str:
        return f"Standard({self.name!r}, {len(self.rules)} rules)"

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The rules that count for none of the ones, then those of each one."""
        return tuple(Group.of(pillar, self.rules) for pillar in (None, *Pillar))

    def grade(self, score: float) -> Grade:
        """Return the grade that a rounded total earns."""
        return next(grade for grade in self.grades if score >= grade.lowest)

    def select(self, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> "Standard":
        """Return the standard with some of its rules, named by id or by leading letters.

        Raises:
            UnknownRuleError: a name matches no rule.
        """
        chosen = set(self._matching(select)) or {rule.id for rule in self.rules}
        dropped = set(self._matching(ignore))
        return replace(self, rules=tuple(rule for rule in self.rules if rule.id in chosen - dropped))

    def _matching(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            matching = [rule.id for rule in self.rules if name in (rule.id, rule.family)]
            if not matching:
                raise UnknownRuleError(name)
            yield from matching
