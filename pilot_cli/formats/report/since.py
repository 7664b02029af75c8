"""What changed since an audit: as tables, and as the sentences of an official report."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pilot_cli.formats.labels import long_date
from pilot_cli.formats.report.content import Column, Row, Section, left_out
from pilot_cli.formats.report.word.wording import full_stop, listed, official
from pilot_cli.formats.scores import rounded
from pilot_cli.ledger.audits import Change
from pilot_cli.ledger.since import ChangesSince, SinceAudit
from pilot_cli.locale import gettext as _


class ShownChanges:
    """Shows what changed, after the last assessment; see ``Changes``."""

    def __init__(self, since: SinceAudit) -> None:
        self._since = since

    def sections(self, limit: int | None = None) -> list[Section]:
        """The figures, the sites that changed and the problems by kind."""
        changes = self._since.changes()
        return [_figures(changes), _sites(changes, limit), _problems(changes, limit)]

    def sentences(self) -> Iterator[str]:
        """The figures in sentences."""
        return _sentences(self._since.changes())

    def as_document(self) -> dict[str, Any]:
        """All of it for a program."""
        return _as_document(self._since.changes())


def _labels() -> dict[Change, str]:
    return {
        Change.BETTER: _("Sites with a higher score"),
        Change.WORSE: _("Sites with a lower score"),
        Change.SAME: _("Sites with the same score"),
        Change.NEW: _("Sites that were not inspected then"),
        Change.GONE: _("Sites that were inspected then, and not now"),
    }


def _counts(changes: ChangesSince) -> list[tuple[str, int]]:
    counts = Counter(site.change for site in changes.sites)
    return [(label, counts[change]) for change, label in _labels().items() if counts[change]]


def _problem_counts(changes: ChangesSince) -> list[tuple[str, int]]:
    labels = {"new": _("Problems found newly"), "still": _("Problems still found"), "gone": _("Problems found no more")}
    return [(label, number) for what, label in labels.items() if (number := changes.count(what))]


def _figures(changes: ChangesSince) -> Section:
    audit = changes.audit
    title = _("Changes since the inspection as of {day}").format(day=long_date(audit.as_of))
    scores = _("{before} → {after}").format(before=_score(changes.before), after=_score(changes.after))
    rows: list[Row] = [(_("Mean score"), scores), *_counts(changes), *_problem_counts(changes)]
    columns = (Column(_("Item")), Column(_("Number"), is_number=True))
    return Section(title, columns, rows, _how_counted(), is_narrow=True)


def _how_counted() -> str:
    return _("Each period that was missed counts as a problem here.")


def _score(score: float | None) -> str:
    return "–" if score is None else f"{rounded(score):.1f}"


def _sites(changes: ChangesSince, limit: int | None) -> Section:
    columns = (
        *(Column(_("Pilot site"), is_long=True), Column(_("City")), Column(_("Score then"), is_number=True)),
        *(Column(_("Score now"), is_number=True), Column(_("Change"))),
    )
    changed = [site for site in changes.sites if site.change is not Change.SAME]
    order = (Change.WORSE, Change.BETTER, Change.NEW, Change.GONE)
    changed.sort(key=lambda site: (order.index(site.change), (site.after or 0) - (site.before or 0)))
    rows: list[Row] = [
        (site.name or site.site, site.city, rounded(site.before), rounded(site.after), site.change.label)
        for site in changed[:limit]
    ]
    return Section(_("Sites that changed"), columns, rows, left_out(len(changed) - len(rows)))


def _problems(changes: ChangesSince, limit: int | None) -> Section:
    columns = (
        *(Column(_("Problem"), is_long=True), Column(_("Severity")), Column(_("Found newly"), is_number=True)),
        *(Column(_("Still found"), is_number=True), Column(_("Found no more"), is_number=True)),
    )
    changed = [rule for rule in changes.rules if rule.new or rule.gone]
    rows: list[Row] = [
        (official(rule.problem), rule.severity, rule.new or None, rule.still or None, rule.gone or None)
        for rule in changed[:limit]
    ]
    return Section(_("Problems that changed"), columns, rows, left_out(len(changed) - len(rows)))


def _sentences(changes: ChangesSince) -> Iterator[str]:
    """Tell the same in sentences."""
    audit = changes.audit
    counts = listed(_("{name}: {number} sites").format(name=name, number=number) for name, number in _counts(changes))
    text = _("Compared with the inspection as of {day}, {counts}.")
    yield text.format(day=long_date(audit.as_of), counts=counts)
    if changes.before is not None and changes.after is not None:
        text = _("The mean score went from {before} to {after}.")
        if rounded(changes.before) == rounded(changes.after):
            text = _("The mean score is {after}, as it was.")
        yield text.format(before=_score(changes.before), after=_score(changes.after))
    problems = [_("{name}: {number}").format(name=name, number=number) for name, number in _problem_counts(changes)]
    if problems:
        yield full_stop(listed(problems))
        yield _how_counted()


def _as_document(changes: ChangesSince) -> dict[str, Any]:
    return {
        "audit": changes.audit.number,
        "as_of": changes.audit.as_of.isoformat(),
        "mean_score": rounded(changes.before),
        "sites": [
            {"id": site.site, "name": site.name, "before": site.before, "after": site.after, "change": site.change}
            for site in changes.sites
        ],
        "problems": [
            {
                "problem": str(rule.problem),
                "severity": rule.severity,
                "new": rule.new,
                "still": rule.still,
                "gone": rule.gone,
            }
            for rule in changes.rules
        ],
    }
