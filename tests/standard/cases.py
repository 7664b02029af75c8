"""What a case of a rule is, and how it is judged: from a file in a folder, on the way that every site takes."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path

from pilot_cli import assess
from pilot_cli.site.folder import Folder
from pilot_cli.site.reader import Reading
from pilot_cli.standard.check import Context
from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF, CONSTRUCTION, Edit, edited, read_site


class Outcome(Enum):
    PASSES = "passes"
    FAILS = "fails"
    DOES_NOT_APPLY = "does not apply"


PASSES, FAILS, DOES_NOT_APPLY = Outcome


@dataclass(frozen=True)
class Case:
    """A rule, what it should come to, and the site for which it should."""

    rule: str
    outcome: Outcome
    when: str
    edits: tuple[Edit, ...] = field(repr=False)
    as_of: date
    site: str = field(repr=False)

    def __str__(self) -> str:
        return f"{self.rule} {self.outcome.value} {self.when}"

    def judge(self, folder: Path, standard: Standard) -> Outcome:
        """Write the site into a folder and say what the rule comes to."""
        reading = read_site(folder, edited(self.site, *self.edits))
        assert not reading.problems
        return outcome(self.rule, reading, standard, self.as_of)


def case(rule: str, outcome: Outcome, when: str, *edits: Edit, as_of: date = AS_OF, site: str = CONSTRUCTION) -> Case:
    """Make a case from a good site with changes."""
    return Case(rule, outcome, when, edits, as_of, site)


def outcome(rule_id: str, reading: Reading, standard: Standard, as_of: date) -> Outcome:
    """Say what a rule comes to; that it has findings exactly when it fails is made sure of."""
    assert reading.site is not None
    (rule,) = (rule for rule in standard.rules if rule.info.id == rule_id)
    context = Context(as_of, Folder(reading.folder), standard.known_rules, standard.placeholders, reading.source_path)
    applies = all(condition.test()(reading.site, context) for condition in rule.applies)
    verdict = rule.check.decide(reading.site, context) if applies else None
    found = [finding for finding in assess(reading, standard, as_of).findings if finding.rule.id == rule_id]
    failures = verdict.failures if verdict else []
    assert len(found) == len(failures)
    if verdict is None:
        return DOES_NOT_APPLY
    return FAILS if failures else PASSES
