"""``--format junit``: one suite per site and one case per rule, for programs that show the results of tests.

What does not make the check fail is no failure here either: it is told as the output of a case that passed.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple, TextIO
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pilot_cli.audit.assessment import Assessment, Finding
from pilot_cli.audit.results import Results
from pilot_cli.audit.summary import Summary
from pilot_cli.formats.check.location import portable_path
from pilot_cli.formats.labels import basis_and_advice, site_label, waiver_label
from pilot_cli.formats.registry import View
from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _
from pilot_cli.site.rule_info import Severity

_TAGS = {"tests": "testcase", "failures": "testcase/failure", "errors": "testcase/error", "skipped": "testcase/skipped"}
"""The elements that each number of a suite counts."""


PASSED = "system-out"
"""The element that tells of findings which are no failure."""


class _Outcome(NamedTuple):
    """The result of a rule for a site; a rule that is kept has none."""

    tag: str
    message: str
    type: str | None = None


def write_junit(results: Results[Summary], out: TextIO, view: View) -> None:
    """Write a suite for each site, one after the other."""
    names = {id: f"{id} {printable(str(rule.title))}" for id, rule in results.standard.catalogue.items()}
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="pilot">\n')
    for site in results.assessments:
        suite = _suite(site, results, names, view.fail_on)
        indent(suite)
        out.write(tostring(suite, encoding="unicode") + "\n")
    out.write("</testsuites>\n")


def _suite(site: Assessment, results: Results[Summary], names: dict[str, str], fail_on: Severity | None) -> Element:
    path = printable(portable_path(site.path))
    suite = Element("testsuite", name=printable(site_label(site)), file=path)
    about = {"standard": results.standard.name, "as_of": results.as_of.isoformat()}
    if site.score is not None:
        about |= {"score": str(site.score), "grade": str(site.grade)}
    properties = SubElement(suite, "properties")
    for name, value in about.items():
        SubElement(properties, "property", name=name, value=printable(value))
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in site.told:
        findings[finding.rule.id].append(finding)
    shows = results.summary.filter.shows
    asked = [rule.info.id for rule in results.standard.rules if shows(rule.info)] if site.is_readable else []
    of_the_file = [rule for rule in findings if rule not in asked]
    outcomes = dict(_outcomes(site, findings, fail_on))
    classname = printable(site.id) if site.id else path
    for rule in of_the_file + asked:
        case = SubElement(suite, "testcase", name=names[rule], classname=classname)
        if rule in outcomes:
            _add_outcome(case, outcomes[rule], findings.get(rule, []), site)
    for number, tag in _TAGS.items():
        suite.set(number, str(len(suite.findall(tag))))
    return suite


def _outcomes(
    site: Assessment, findings: dict[str, list[Finding]], fail_on: Severity | None
) -> Iterator[tuple[str, _Outcome]]:
    """Yield the outcomes of the rules; if one has several, the last counts."""
    for rule in site.left_out:
        yield rule, _Outcome("skipped", _("not applicable"))
    for rule in site.to_inspect:
        yield rule, _Outcome("skipped", _("to be seen on site"))
    for waiver in site.waivers:
        yield waiver.rule, _Outcome("skipped", waiver_label(waiver))
    for rule, (first, *_others) in findings.items():
        severity = first.rule.severity
        if first.waived:
            continue
        if fail_on is None or severity.rank > fail_on.rank:
            yield rule, _Outcome(PASSED, "")
        else:
            yield rule, _Outcome("failure" if site.is_readable else "error", str(first.message), severity)


def _add_outcome(case: Element, outcome: _Outcome, findings: list[Finding], site: Assessment) -> None:
    """Add the outcome of a rule: the places of its findings, their basis, and what to do."""
    element = SubElement(case, outcome.tag)
    if outcome.tag != PASSED:
        element.set("message", printable(outcome.message))
    if outcome.type:
        element.set("type", outcome.type)
    places = [f"{_place(site, finding)}: {printable(str(finding.message))}" for finding in findings]
    lines = [printable(line) for finding in findings for line in basis_and_advice(finding.rule.basis, finding.advice)]
    element.text = "\n".join(places + list(dict.fromkeys(lines))) or None


def _place(site: Assessment, finding: Finding) -> str:
    return f"{printable(portable_path(site.path_of(finding)))}:{finding.line}:{finding.column}"
