"""Which sites and which findings are to be shown and counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pilot_cli.audit.assessment import Assessment, Finding
from pilot_cli.audit.level import Level
from pilot_cli.site.rule_info import RuleInfo
from pilot_cli.site.texts import plain
from pilot_cli.site.words import SiteKind
from pilot_cli.standard.standard import Grade

PLACE_ENDINGS = ("市", "区", "县")
"""What people leave out at the end of the name of a city or district."""
MIN_PLACE_LENGTH = 2
"""So many characters a name has without its ending: 东区 is not called 东."""


def place_key(name: str) -> str:
    """Make names of cities and districts comparable, as people write them: 广州 is 广州市."""
    key = plain(name).casefold()
    return key[:-1] if key.endswith(PLACE_ENDINGS) and len(key) > MIN_PLACE_LENGTH else key


def id_key(id: str) -> str:
    """Make ids comparable, as people write them."""
    return plain(id).casefold()


@dataclass(frozen=True)
class Filter:
    """What is to be shown and counted: all that fits each of these, where an empty one fits everything.

    A site that is left out is in no list, figure or exit status; others are still compared with it to find duplicates.
    A finding that is left out is in none of them either.
    """

    kinds: tuple[SiteKind, ...] = ()
    cities: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    grades: tuple[Grade, ...] = ()
    ids: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()

    @property
    def has_sites(self) -> bool:
        """Whether sites can be left out."""
        return any((self.kinds, self.cities, self.districts, self.grades, self.ids))

    def shows(self, rule: RuleInfo) -> bool:
        """Whether findings of a rule are shown."""
        return not self.levels or any(level.covers(rule) for level in self.levels)

    def of(self, assessment: Assessment) -> Assessment:
        """Return what is left of an assessment: marked where the site is left out, without the other findings."""
        if self.has_sites and not self._fits(assessment):
            return Assessment(
                path=assessment.path,
                findings=(),
                id=assessment.id,
                approval_no=assessment.approval_no,
                pillars=assessment.pillars,
                is_standard=assessment.is_standard,
                is_left_out=True,
            )
        if not self.levels:
            return assessment
        hidden = [finding for finding in assessment.findings if not self.shows(finding.rule)]
        return self._without(assessment, hidden) if hidden else assessment

    def _without(self, assessment: Assessment, hidden: Iterable[Finding]) -> Assessment:
        shown = tuple([finding for finding in assessment.findings if self.shows(finding.rule)])
        more = tuple([more for more in assessment.more if self.shows(more.rule)])
        return assessment._replace(findings=shown, more=more, hidden=(*assessment.hidden, *hidden))

    def _fits(self, assessment: Assessment) -> bool:
        return (
            (not self.kinds or assessment.kind in self.kinds)
            and (not self.grades or assessment.grade in self.grades)
            and (not self.cities or place_key(assessment.city or "") in self._city_keys)
            and (not self.districts or place_key(assessment.district or "") in self._district_keys)
            and (not self.ids or id_key(assessment.id or "") in self._id_keys)
        )

    @cached_property
    def _city_keys(self) -> frozenset[str]:
        return frozenset(map(place_key, self.cities))

    @cached_property
    def _district_keys(self) -> frozenset[str]:
        return frozenset(map(place_key, self.districts))

    @cached_property
    def _id_keys(self) -> frozenset[str]:
        return frozenset(map(id_key, self.ids))


EVERYTHING = Filter()
"""Leaves nothing out."""
