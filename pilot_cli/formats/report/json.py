"""``--format json``: for other programs; ``docs/report-json.md`` documents it."""

from functools import partial
from typing import Any, TextIO

import pilot_cli
from pilot_cli.audit.assessment import Assessment, Status
from pilot_cli.audit.overview import GroupKey, Overview
from pilot_cli.audit.summary import RuleCount
from pilot_cli.audit.tally import Share, Tally
from pilot_cli.formats.json import filters_told, findings_counted, rules_counted, waiver_terms, write_document
from pilot_cli.formats.labels import unreadable_reason
from pilot_cli.formats.registry import View
from pilot_cli.formats.report.content import Report
from pilot_cli.formats.report.groups import ordered_groups
from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import Severity
from pilot_cli.standard.standard import Grade

REPORT_FORMAT = 2
"""The version of the document: larger when a key goes or changes its meaning."""


def write_json(report: Report, out: TextIO, _view: View) -> None:
    """Write one JSON document, first a site at a time and then the figures of all of them."""
    header = {
        "pilot": pilot_cli.__version__,
        "report": REPORT_FORMAT,
        "title": report.title,
        "filters": filters_told(report.summary.filter),
        "standard": report.standard.name,
        "as_of": report.as_of.isoformat(),
    }
    write_document(header, map(_site, report.assessments), partial(_totals, report), out)


def _site(site: Assessment) -> dict[str, Any]:
    return {
        "path": site.path,
        "id": site.id,
        "name": site.name,
        "kind": site.kind,
        "city": site.city,
        "district": site.district,
        "organization": site.organization,
        "form": site.form,
        "score": site.score,
        "grade": site.grade.name.zh if site.grade else None,
        "complete": site.complete if site.is_readable else None,
        "ones": {pillar.pillar: {"status": pillar.status, "score": pillar.score} for pillar in site.pillars},
        "findings": _findings(site),
        "overdue": [
            {"title": item.title, "owner": item.owner, "due": item.due.isoformat(), "days": item.days}
            for item in site.overdue
        ],
        "waivers": [{"rule": waiver.rule, **waiver_terms(waiver)} for waiver in site.waivers],
        "to_inspect": list(site.to_inspect),
        "unreadable": unreadable_reason(site) or None,
    }


def _findings(site: Assessment) -> dict[str, int]:
    counts = {severity.value: site.by_severity[severity] for severity in Severity}
    return {**counts, "filing": site.filing, "waived": site.waived}


def _totals(report: Report) -> dict[str, Any]:
    overview = report.summary
    readable = overview.readable
    return {
        "summary": {"rules": rules_counted(report.standard), **_summary(overview)},
        "grades": {
            grade.name.zh: None if report.standard.is_selection else _share(readable.share_of(readable.grades[grade]))
            for grade in report.standard.grades
        },
        "ones": {pillar: {status: _share(readable.share(pillar, status)) for status in Status} for pillar in Pillar},
        "by": [grouping.value for grouping in overview.by],
        "groups": [_group(key, overview.groups[key]) for key in ordered_groups(report)],
        "rules": [_rule(failed) for failed in overview.rules_failed],
        "top": overview.top,
        "best": [_ranked(site) for site in overview.best],
        "weakest": [_ranked(site) for site in overview.weakest],
        **({"since": report.changes.as_document()} if report.changes else {}),
    }


def _summary(overview: Overview) -> dict[str, Any]:
    return {
        "sites": overview.sites,
        "left_out": overview.left_out,
        "unreadable": overview.unreadable,
        "complete": overview.complete,
        "mean_score": overview.mean_score,
        "findings": findings_counted(overview),
        "overdue_items": overview.overdue.seen,
        "sites_overdue": overview.sites_overdue,
        "waivers": overview.waivers.seen,
        "waivers_ending_soon": overview.ending_soon,
        "items_to_inspect": overview.to_inspect,
        "sites_to_inspect": overview.to_visit,
    }


def _group(key: GroupKey, tally: Tally) -> dict[str, Any]:
    return {
        "group": [group.name.zh if isinstance(group, Grade) else group for group in key],
        "sites": tally.sites,
        "complete": _share(tally.share_complete),
        "mean_score": tally.mean_score,
        "ones": {pillar: _share(tally.share(pillar, Status.COMPLETE)) for pillar in Pillar},
    }


def _rule(failed: RuleCount) -> dict[str, Any]:
    return {
        "rule": failed.rule.id,
        "severity": failed.rule.severity,
        "problem": str(failed.rule.problem),
        "sites": failed.sites,
        "findings": failed.findings,
        "advice": str(failed.rule.advice),
    }


def _share(share: Share) -> dict[str, Any]:
    return {"sites": share.part, "percent": share.percent}


def _ranked(site: Assessment) -> dict[str, Any]:
    return {"path": site.path, "id": site.id, "name": site.name, "score": site.score}
