"""The groups of a report: their order and their names."""

from collections.abc import Sequence
from functools import partial

from pilot_cli.audit.grouping import Grouping
from pilot_cli.audit.order import CITIES
from pilot_cli.audit.overview import Group, GroupKey, Overview
from pilot_cli.audit.results import Results
from pilot_cli.formats.labels import form_label, kind_label
from pilot_cli.locale import gettext as _
from pilot_cli.site.words import BranchForm, SiteKind


def ordered_groups(report: Results[Overview]) -> list[GroupKey]:
    """The groups as they are to be read, each followed by the groups within it."""
    in_order: dict[Grouping, Sequence[Group]] = {
        Grouping.KIND: [kind.value for kind in SiteKind],
        Grouping.CITY: CITIES,
        Grouping.FORM: [form.value for form in BranchForm],
        Grouping.GRADE: report.standard.grades,
    }
    words = [in_order.get(grouping, []) for grouping in report.summary.by]
    return sorted(report.summary.groups, key=partial(_rank, report.summary, words))


def _rank(overview: Overview, words: Sequence[Sequence[Group]], key: GroupKey) -> list[tuple[bool, bool, int, str]]:
    """Order what has an order as it stands, all else by the number of sites; what is not given comes last."""
    ranks = []
    for depth, (known, group) in enumerate(zip(words, key, strict=False), 1):
        is_known = group in known
        order = known.index(group) if is_known else -overview.groups[key[:depth]].sites
        ranks.append((group is None, not is_known, order, str(group or "")))
    return ranks


def group_names(report: Results[Overview], key: GroupKey) -> list[str]:
    """What a group is called, from the outermost grouping inwards."""
    return [_group_name(*pair) for pair in zip(report.summary.by, key, strict=False)]


def _group_name(grouping: Grouping, group: Group | None) -> str:
    if group is None:
        return _("(not given)")
    label = {Grouping.KIND: kind_label, Grouping.FORM: form_label}.get(grouping, str)
    return label(str(group))
