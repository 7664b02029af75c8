"""Compares the inspection results of a site with the on-site items of the standard."""

from collections import Counter
from collections.abc import Iterable, Iterator

from pilot_cli.audit.assessment import Finding, findings_of
from pilot_cli.locale.message import NameList, message
from pilot_cli.site.file_rules import KNOWN_RESULT, PHOTO_IN_FOLDER
from pilot_cli.site.folder import Folder
from pilot_cli.site.inspections import Seen, SeenOnSite
from pilot_cli.site.inspections_reader import load_inspections
from pilot_cli.site.problem import Problem, list_first
from pilot_cli.site.reader import Reading
from pilot_cli.site.rule_info import RuleInfo
from pilot_cli.site.texts import plain
from pilot_cli.standard.check import shorten
from pilot_cli.standard.checks.inspected import Inspected
from pilot_cli.standard.standard import Standard


def read_inspections(
    reading: Reading, standard: Standard, folder: Folder, unlisted: Counter[RuleInfo]
) -> tuple[SeenOnSite, list[Finding]]:
    """Read what was seen on a site, and tell what is wrong with the file and with the photos in the folder.

    What is not listed is counted in ``unlisted``.
    """
    found = load_inspections(reading.path, reading.base)
    seen = found.seen()
    unlisted.update(found.unlisted)
    problems = [problem for problem in found.problems if problem.rule in standard.file_rules]
    if KNOWN_RESULT in standard.file_rules:
        problems += list_first(_unknown(seen, standard), unlisted)
    if PHOTO_IN_FOLDER in standard.file_rules:
        problems += list_first(_missing_photos(seen, standard, folder), unlisted)
    return seen, findings_of(problems, found.path)


def source_of_inspections(reading: Reading) -> str:
    """Read the text of the inspections of a site once more, to find places in it."""
    return load_inspections(reading.path, reading.base).source


def _unknown(seen: SeenOnSite, standard: Standard) -> Iterator[Problem]:
    """Report the results that the standard does not know; what it has disabled is left alone."""
    checks = {rule.info.id: rule.check for rule in standard.whole}
    on_site = {id: check for id, check in checks.items() if isinstance(check, Inspected)}
    for one in seen.all:
        if one.rule in on_site:
            levels = on_site[one.rule].levels
            if one.result not in levels:
                yield _unknown_result(one, levels)
        elif one.rule in checks or one.rule not in standard.known_rules:
            yield _unknown_rule(one, on_site, is_known=one.rule in checks)


def _missing_photos(seen: SeenOnSite, standard: Standard, folder: Folder) -> Iterator[Problem]:
    """Report photos that are not there, as is done for documents; what lies outside the folder is not looked for."""
    for one in seen.all:
        for photo in one.photos:
            fault = folder.document_problem(photo.name) if photo.name not in standard.placeholders else None
            if fault:
                text = message("Photo “{name}”: {fault}", name=shorten(photo.name), fault=fault)
                yield Problem(PHOTO_IN_FOLDER, text, PHOTO_IN_FOLDER.advice, photo.path)


def _unknown_rule(one: Seen, on_site: Iterable[str], *, is_known: bool) -> Problem:
    written, meant = shorten(one.rule), plain(one.rule).upper()
    if is_known:
        text = message("The rule {rule} is judged by the site file, not on site", rule=written)
    else:
        text = message("The standard has no rule {rule}", rule=written)
    advice = message("On-site items of the standard: {rules}.", rules=NameList(tuple(on_site)))
    if meant in on_site:
        advice = message("Write: {line}", line=f'rule = "{meant}"')
    return Problem(KNOWN_RESULT, text, advice, (*one.path, "rule"))


def _unknown_result(one: Seen, levels: tuple[str, ...]) -> Problem:
    text = message("“{result}” is no result of {rule}", result=shorten(one.result), rule=one.rule)
    meant = plain(one.result)
    advice = message("Choose one of: {results}.", results=NameList(levels))
    if meant in levels:
        advice = message("Write: {line}", line=f'result = "{meant}"')
    return Problem(KNOWN_RESULT, text, advice, (*one.path, "result"))
