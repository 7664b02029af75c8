"""What a standard is: rules, the weight of each pillar, and the grades."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from pilot_cli.locale.message import BilingualText
from pilot_cli.site.file_rules import FILE_RULES
from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import RuleInfo
from pilot_cli.site.texts import Placeholders
from pilot_cli.standard.checks.inspected import Inspected
from pilot_cli.standard.groups import Conditions, Group
from pilot_cli.standard.rule import Rule


class Grade(NamedTuple):
    """A grade, the lowest total that earns it, and how many of the five ones have to be complete for it."""

    lowest: float
    complete: int
    name: BilingualText

    def __str__(self) -> str:
        """Return the name in the current language."""
        return str(self.name)


class UnknownRuleError(Exception):
    """A selection has a name that is neither a rule of the standard nor the leading letters of one."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, eq=False, repr=False)
class Standard:
    """What sites are held against."""

    name: str
    title: BilingualText
    """What people call it."""
    weight: int
    """The points that each of the five ones is worth."""
    grades: tuple[Grade, ...]
    """The highest first; the last begins at 0 and asks for nothing complete."""
    placeholders: Placeholders
    rules: tuple[Rule, ...]
    known_rules: frozenset[str]
    """The ids of all rules, also of those that are disabled or not selected."""
    file_rules: tuple[RuleInfo, ...] = tuple(FILE_RULES.values())
    """The rules on site files; what makes a file unreadable is reported even where its rule is not selected."""
    files: tuple[str, ...] = ()
    """The paths of its own file and of those that it extends."""
    selected_from: tuple[Rule, ...] | None = None
    """The rules of the whole standard, where these are a selection, by which no site gets a score."""

    def __repr__(self) -> str:
        return f"Standard({self.name!r}, {len(self.rules)} rules)"

    @property
    def whole(self) -> tuple[Rule, ...]:
        """All its rules, whether or not they are selected."""
        return self.rules if self.selected_from is None else self.selected_from

    @cached_property
    def on_site(self) -> dict[str, Inspected]:
        """What only a person can judge, by the ids of its rules."""
        return {rule.info.id: rule.check for rule in self.rules if isinstance(rule.check, Inspected)}

    @property
    def is_selection(self) -> bool:
        """Whether these are some of its rules, by which no site gets a score."""
        return self.selected_from is not None

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The rules that count for none of the ones, then those of each one."""
        return tuple(Group.of(pillar, self.weight, self.rules, self.whole) for pillar in (None, *Pillar))

    @cached_property
    def conditions(self) -> Conditions:
        """What tells which rules are asked of a site."""
        return Conditions(self.groups)

    def grade(self, score: float, complete: int) -> Grade:
        """Return the grade that a rounded total earns with a number of the five ones complete."""
        return next(grade for grade in self.grades if score >= grade.lowest and complete >= grade.complete)

    @cached_property
    def catalogue(self) -> dict[str, RuleInfo]:
        """The rules that findings can be about, by id: those of the standard, then those of the site format."""
        return {rule.info.id: rule.info for rule in self.rules} | FILE_RULES

    def select(self, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> "Standard":
        """Return the standard with some of its rules, named by id or by leading letters.

        All rules on site files stay, unless they are ignored or some of them are selected.

        Raises:
            UnknownRuleError: a name matches no rule.
        """
        selected, ignored = set(self._matching(select)), set(self._matching(ignore))
        if not selected and not ignored:
            return self
        chosen = selected or self.catalogue.keys()
        of_files = selected & FILE_RULES.keys() or FILE_RULES.keys()
        return replace(
            self,
            rules=tuple(rule for rule in self.rules if rule.info.id in chosen - ignored),
            file_rules=tuple(rule for rule in self.file_rules if rule.id in of_files - ignored),
            selected_from=self.whole,
        )

    def _matching(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            matching = [rule.id for rule in self.catalogue.values() if rule.is_called(name)]
            if not matching:
                raise UnknownRuleError(name)
            yield from matching
