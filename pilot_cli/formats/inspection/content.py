"""What a form for inspectors asks of each site, whatever the format."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from pilot_cli.audit.assessment import Assessment, Finding
from pilot_cli.formats import labels
from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.site.inspections import Seen
from pilot_cli.standard.checks.inspected import result_text
from pilot_cli.standard.standard import Standard

FORM_TITLE = N_("On-site inspection form")
FORM_COLUMNS = (
    *(N_("Area"), N_("No."), N_("Item inspected"), N_("Points"), N_("Way of inspection"), N_("What to look for")),
    *(N_("Result"), N_("Problems noted")),
)
"""The columns of a form, as offices have them."""
SITE_ID, STANDARD, DAY, INSPECTORS, ITEM_ID = (
    *(N_("ID of the site"), N_("Standard"), N_("Date of the inspection"), N_("Inspectors"), N_("On-site item")),
)
"""What a form that comes back is known by, and what has to be filled in."""
FORM_VERSION = 1
"""The version of the file that the page for phones saves."""


class FormItem(NamedTuple):
    """An item to be looked at."""

    rule: str
    area: str
    title: str
    points: int
    method: str
    look_for: str
    levels: tuple[str, ...]
    seen: Seen | None
    """The result that still counts."""

    @property
    def hints(self) -> str:
        """What to look for, and the previous result; the inspector decides independently."""
        if self.seen is None:
            return self.look_for
        last = _("last: {result}, {day}").format(
            result=result_text(self.seen.result), day=labels.long_date(self.seen.on)
        )
        return _("{text} ({note})").format(text=self.look_for, note=_("; ").join(filter(None, (last, self.seen.note))))


class FormSite(NamedTuple):
    """A site to be visited."""

    site: Assessment
    items: tuple[FormItem, ...]

    @property
    def problems(self) -> list[Finding]:
        """What the site file tells already, to be looked at as well."""
        return [finding for finding in self.site.about_work if not finding.waived and not finding.file]

    def facts(self) -> Iterator[tuple[str, str]]:
        """Yield what is known of the site, with its labels."""
        site = self.site
        place = _(", ").join(filter(None, (site.city, site.district)))
        for label, text in (
            (_("Pilot site"), labels.site_name(site)),
            (_("Kind"), labels.kind_label(site.kind)),
            (_("City and district"), place),
            (_("“Two-new” organization"), site.organization),
            (_("Party branch"), site.branch),
        ):
            if text:
                yield label, text


class InspectionForm(NamedTuple):
    """A form for some sites."""

    standard: Standard
    day: date
    by: str
    sites: Sequence[FormSite]


def form_site(site: Assessment, standard: Standard, rules: Sequence[str], seen: dict[str, Seen]) -> FormSite:
    """Collect what a form asks of a site: the items that apply to it, in the order of the five."""
    by_id = {rule.info.id: rule for rule in standard.rules}
    items = [
        FormItem(
            rule=id,
            area=labels.pillar_of_rule_label(by_id[id].info),
            title=str(by_id[id].info.title),
            points=by_id[id].points,
            method=standard.on_site[id].method.label,
            look_for=str(standard.on_site[id].look_for),
            levels=standard.on_site[id].levels,
            seen=seen.get(id),
        )
        for group in standard.groups
        for id in rules
        if by_id[id] in group.rules
    ]
    return FormSite(site, tuple(items))
