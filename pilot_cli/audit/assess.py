"""Judges sites by a standard."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

from pilot_cli.audit.assessment import (
    Assessment,
    Completion,
    Finding,
    More,
    OverdueItem,
    Status,
    WaiverInForce,
    findings_of,
)
from pilot_cli.audit.judgement import Judgement, LeftOut, judge, rounded
from pilot_cli.site.file_rules import FILE_RULES
from pilot_cli.site.folder import Folder
from pilot_cli.site.model import DONE, Profile, Site
from pilot_cli.site.problem import Place, Problem, list_first
from pilot_cli.site.reader import STANDARD_INPUT, Reading, load_site, required_key
from pilot_cli.standard.check import Context, shorten
from pilot_cli.standard.standard import Grade, Standard

if TYPE_CHECKING:
    from pilot_cli.site.inspections import SeenOnSite

MAX_TEXT_LENGTH = 500
"""The most characters of a name, or of the terms of a waiver, that are shown."""


def assess(reading: Reading, standard: Standard, as_of: date, *, locate: bool = True) -> Assessment:
    """Judge a site as of a day.

    With ``locate`` each finding gets its line and column, for which the text of the file is searched again.
    """
    (assessment,) = assess_all([reading], standard, as_of)
    return locate_in(reading, assessment) if locate else assessment


def assess_all(readings: Sequence[Reading], standard: Standard, as_of: date) -> list[Assessment]:
    """Judge several sites, which is quicker than one at a time; their findings have no lines and columns yet."""
    judgements = [_begin(reading, reading.site, standard, as_of) if reading.site else None for reading in readings]
    judge([judgement for judgement in judgements if judgement], standard.groups)
    return [
        _assessment(reading, judgement, standard)
        if judgement
        else Assessment(reading.path, tuple(findings_of(reading.problems)))
        for reading, judgement in zip(readings, judgements, strict=True)
    ]


def _begin(reading: Reading, site: Site, standard: Standard, as_of: date) -> Judgement:
    """Find out what is asked of a site, and what is wrong with its file."""
    # Standard input does not say which folder the file came from.
    folder = None if reading.path == STANDARD_INPUT else Folder(reading.folder)
    seen: SeenOnSite | None = None
    of_inspections: list[Finding] = []
    unlisted = Counter(reading.unlisted)
    if folder and standard.on_site:
        from pilot_cli.audit.inspection import read_inspections

        seen, of_inspections = read_inspections(reading, standard, folder, unlisted)
    context = Context(as_of, folder, standard.known_rules, standard.placeholders, reading.source_path, seen)
    problems = [problem for problem in _problems(reading, site.site, context) if problem.rule in standard.file_rules]
    return Judgement(
        site,
        context,
        standard.conditions.asked(site, context),
        _waivers_in_force(site, context),
        LeftOut(reading.left_out) if reading.left_out else None,
        list(list_first([*findings_of(problems), *of_inspections], unlisted)),
        [More(rule, number) for rule, number in unlisted.items() if rule in standard.file_rules],
    )


def _assessment(reading: Reading, judgement: Judgement, standard: Standard) -> Assessment:
    context, profile, branch = judgement.context, judgement.site.site, judgement.site.branch
    completions, score, grade = _completions(judgement, standard)
    return Assessment(
        path=reading.path,
        findings=tuple(judgement.findings),
        id=context.text(profile.id),
        name=_text(profile.name, context),
        kind=profile.kind,
        city=_text(profile.city, context),
        district=_text(profile.district, context),
        organization=_text(profile.organization, context),
        form=branch.form,
        branch=_text(branch.name, context),
        superior=_text(branch.superior, context),
        approval_no=context.text(branch.approval_no),
        score=score,
        grade=grade,
        pillars=completions,
        overdue=_overdue(judgement.site, context),
        waivers=tuple(judgement.waivers.values()),
        left_out=tuple(judgement.left_out),
        untold=tuple(judgement.untold),
        to_inspect=tuple(judgement.unseen),
        is_standard=reading.is_standard,
        more=tuple(judgement.more),
    )


def _completions(judgement: Judgement, standard: Standard) -> tuple[tuple[Completion, ...], float | None, Grade | None]:
    """Return how far the site has come with each pillar and, by a whole standard, its score and grade."""
    completions = judgement.completions
    if standard.is_selection:
        return tuple([completion.without_score() for completion in completions]), None, None
    score = rounded(judgement.total)
    complete = [completion.status for completion in completions].count(Status.COMPLETE)
    return tuple(completions), score, standard.grade(score, complete)


def _problems(reading: Reading, profile: Profile, context: Context) -> tuple[Problem, ...]:
    """Return what is wrong with the file; an id or a name that says nothing counts as missing."""
    problems = reading.problems
    for key, text in (("id", profile.id), ("name", profile.name)):
        if text is not None and not context.is_given(text):
            problems = (*problems, required_key(key, is_blank=True))
    return problems


def add_duplicates(assessment: Assessment, duplicates: Iterable[Problem], *, locate: bool = True) -> Assessment:
    """Add to an assessment the duplicates that its file has; ``locate`` tells whether its findings have places."""
    of_the_file = [finding for finding in assessment.findings if finding.rule.id in FILE_RULES]
    of_rules = assessment.findings[len(of_the_file) :]
    longer = assessment._replace(findings=(*of_the_file, *findings_of(duplicates), *of_rules))
    return locate_findings(longer) if locate else longer


def locate_findings(assessment: Assessment) -> Assessment:
    """Give the findings of an assessment their places; this reads the file again."""
    return locate_in(load_site(assessment.path), assessment)


def locate_in(reading: Reading, assessment: Assessment) -> Assessment:
    """Give the findings of an assessment their places in the file as it was read."""
    if not assessment.findings:
        return assessment
    return assessment._replace(findings=_located(assessment.findings, reading))


def _text(text: str | None, context: Context) -> str | None:
    """Return a text if it says anything, cut to a readable length: many findings may repeat it."""
    return shorten(text, MAX_TEXT_LENGTH) if text is not None and context.is_given(text) else None


def _overdue(site: Site, context: Context) -> tuple[OverdueItem, ...]:
    as_of = context.as_of
    return tuple(
        [
            OverdueItem(context.text(item.title), context.text(item.owner), item.due, (as_of - item.due).days)
            for item in site.responsibility_list.items
            if item.due is not None and item.due < as_of and item.status_on(as_of) is not DONE
        ]
    )


def _waivers_in_force(site: Site, context: Context) -> dict[str, WaiverInForce]:
    """Return the waivers that are complete and not over; of several of a rule, the one that ends last."""
    if not site.waivers:
        return {}
    in_force = [
        WaiverInForce(
            waiver.rule,
            shorten(waiver.reason, MAX_TEXT_LENGTH),
            shorten(waiver.approved_by, MAX_TEXT_LENGTH),
            waiver.until,
        )
        for waiver in site.waivers
        if waiver.rule is not None
        and waiver.reason is not None
        and waiver.approved_by is not None
        and waiver.until is not None
        and waiver.until >= context.as_of
        and context.is_given(waiver.reason)
        and context.is_given(waiver.approved_by)
    ]
    return {waiver.rule: waiver for waiver in sorted(in_force, key=attrgetter("until"))}


def _located(findings: Iterable[Finding], reading: Reading) -> tuple[Finding, ...]:
    """Give each finding its line and column, and those about the file itself an excerpt of the line."""
    from pilot_cli.site.place import Places

    places_in = {"": Places(reading.source)}
    located = []
    for finding in findings:
        if finding.file not in places_in:
            from pilot_cli.audit.inspection import source_of_inspections

            places_in[finding.file] = Places(source_of_inspections(reading))
        places = places_in[finding.file]
        place = Place(finding.line, finding.column) if finding.line else places.find(finding.path)
        excerpt = places.excerpt(place) if finding.rule.id in FILE_RULES and places.has_text else None
        located.append(finding._replace(line=place.line, column=place.column, excerpt=excerpt))
    return tuple(located)
