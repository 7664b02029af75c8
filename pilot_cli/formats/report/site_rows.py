"""A site as a row of a table, with everything that a report says about it."""

from pilot_cli.audit.assessment import Assessment
from pilot_cli.formats.labels import (
    findings_labels,
    form_label,
    kind_label,
    pillar_label,
    short_pillar_label,
    site_name,
    unreadable_reason,
)
from pilot_cli.formats.report.content import Row, Value
from pilot_cli.locale import gettext as _
from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import Severity

PRINTED = 16
"""So many of the first columns go on paper; the others are for those who look after the files."""


def site_columns() -> tuple[str, ...]:
    """The headers of the columns of ``site_row``."""
    points = _("{one}: score")
    *levels, entries = findings_labels()
    return (
        *(_("Name of the site"), _("Kind"), _("City"), _("District")),
        *map(pillar_label, Pillar),
        *(_("Score"), _("Grade"), _("Ones complete"), *levels, _("Items overdue")),
        *(_("“Two-new” organization"), _("Form of the branch"), _("ID of the site")),
        *(points.format(one=short_pillar_label(pillar)) for pillar in Pillar),
        *(entries, _("Findings waived"), _("Waivers in force"), _("To be seen on site")),
        *(_("Why it cannot be read"), _("File")),
    )


def site_row(site: Assessment) -> Row:
    """The values of a site; for one that cannot be read, most are empty and one says why."""
    statuses: list[Value] = [completion.status for completion in site.pillars]
    scores: list[Value] = [completion.score for completion in site.pillars]
    nothing = [None] * (len(Pillar) - len(site.pillars))
    counted = site.by_severity
    return (
        *(site_name(site), kind_label(site.kind), site.city, site.district, *statuses, *nothing, site.score),
        str(site.grade or "") if site.is_readable else _("unreadable"),
        site.complete if site.is_readable else None,
        *(*(counted[severity] for severity in Severity), len(site.overdue)),
        *(site.organization, form_label(site.form), site.id, *scores, *nothing),
        *(site.filing, site.waived, len(site.waivers), len(site.to_inspect), unreadable_reason(site), site.path),
    )
