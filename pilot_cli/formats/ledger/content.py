"""What the documents on rectification have in common: their tables, and the sentences on what problems come to."""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import NamedTuple

from pilot_cli.audit.tally import Share
from pilot_cli.formats.labels import long_date
from pilot_cli.formats.report.documents import DocumentSettings
from pilot_cli.formats.report.word.wording import full_stop, listed, official
from pilot_cli.formats.scores import rounded
from pilot_cli.ledger.lights import Thresholds
from pilot_cli.ledger.problems import Problem
from pilot_cli.ledger.rectification import LedgerSite, Rectification, all_complete, mean_score
from pilot_cli.ledger.standing import ProblemTally, Standing
from pilot_cli.locale import gettext as _
from pilot_cli.site.rule_info import Severity

MAX_SITES_NAMED = 10
"""The most sites that a sentence names."""


class LedgerDocument(NamedTuple):
    """What is to be written, and what the settings say of it."""

    rectification: Rectification
    settings: DocumentSettings
    thresholds: Thresholds = Thresholds()


class Concern(NamedTuple):
    """One thing that is wrong, at one site or at several."""

    title: str
    severity: Severity
    problems: list[Problem]

    @property
    def sites(self) -> list[str]:
        """What the sites are called, each once."""
        return list({problem.site: site_of(problem) for problem in self.problems}.values())


def concerns(problems: Iterable[Problem]) -> list[Concern]:
    """Group problems of one kind, the most serious first, and among those the most frequent."""
    found: dict[str, Concern] = {}
    for problem in problems:
        title = official(problem.problem)
        found.setdefault(problem.rule, Concern(title, problem.severity, [])).problems.append(problem)
    return sorted(found.values(), key=lambda one: (one.severity.rank, -len(one.sites), -len(one.problems)))


def site_of(problem: Problem) -> str:
    """What to call the site of a problem."""
    return problem.site_name or problem.site


def name_of(site: LedgerSite) -> str:
    """What to call a site."""
    return site.name or site.id


def found_text(problem: Problem) -> str:
    """What is wrong, as it was last found."""
    return official(problem.found)


def rate(share: Share) -> str:
    """Write a share of problems; a round one without decimals."""
    return "" if share.percent is None else f"{share.percent:g}%"


def counted(pairs: Iterable[tuple[str, int]]) -> list[str]:
    """Tell what there is any of, with numbers."""
    return [_("{name}: {number}").format(name=name, number=number) for name, number in pairs if number]


def _joined(first: str, second: str) -> str:
    return _("{first}, {second}").format(first=first, second=second)


def standing_sentences(tally: ProblemTally) -> Iterator[str]:
    """Say how many problems there are, and how far they have been put right."""
    if not tally.found:
        yield _("No problems were found.")
        return
    told = [_("Problems found in all: {number}").format(number=tally.found)]
    told += counted((standing.label, tally.by_standing[standing]) for standing in Standing)
    if tally.done.part:
        told.append(_("share put right: {rate}").format(rate=rate(tally.done)))
    yield full_stop(reduce(_joined, told))
    levels = counted((severity.label, tally.by_severity[severity]) for severity in (Severity.ERROR, Severity.WARNING))
    yield _("Of these, {levels}.").format(levels=listed(levels))


def overdue_sentence(rectification: Rectification) -> str:
    """Say how many problems are overdue, and at how many sites; nothing where none is."""
    late = [problem for problem in rectification.problems if problem.days_overdue]
    if not late:
        return ""
    text = _("Problems overdue: {number}; pilot sites concerned: {sites}.")
    return text.format(number=len(late), sites=len({problem.site for problem in late}))


def advice_sentence(tally: ProblemTally) -> str:
    """Say how many pieces of advice there are, which are no problems; nothing where there is none."""
    if not tally.advice:
        return ""
    text = _("Pieces of advice given: {number}.")
    if tally.advice_taken:
        text = _("Pieces of advice given: {number}; taken: {taken}.")
    return text.format(number=tally.advice, taken=tally.advice_taken)


def at_sites(names: Sequence[str]) -> str:
    """Name sites; of many the first."""
    if len(names) <= MAX_SITES_NAMED:
        return listed(names)
    return _("{names} and others").format(names=listed(names[:MAX_SITES_NAMED]))


def inspected_sentences(rectification: Rectification) -> Iterator[str]:
    """Say what the last audit came to."""
    sites, audit = rectification.sites, rectification.audit
    judged = sum(site.outcome is not None for site in sites)
    if not judged:
        return
    complete, mean = all_complete(sites), mean_score(sites)
    text = _("The last inspection, as of {day}, was by “{standard}”; pilot sites inspected: {number}.")
    yield text.format(day=long_date(audit.as_of), standard=audit.standard, number=judged)
    if complete:
        text = _("All five ones are complete at {number} ({share}).")
        yield text.format(number=complete, share=rate(Share(complete, judged)))
    if mean is not None:
        yield _("The mean score is {score:.1f}.").format(score=rounded(mean))
    new = [problem for problem in rectification.problems if problem.audit == audit.number]
    rebounded = sum(problem.rebound_of is not None for problem in new)
    if new and len(new) < len(rectification.problems):
        text = _("New problems found: {number}.")
        if rebounded:
            text = _("New problems found: {number}, of which {rebounded} had been put right before and came back.")
        yield text.format(number=len(new), rebounded=rebounded)


def progress_title() -> str:
    """What the report on rectification is called."""
    return _("Report on rectification")


def progress_sentences(rectification: Rectification) -> Iterator[str]:
    """Say how many problems there are, how far they have been put right, and what is overdue."""
    yield from standing_sentences(rectification.tally)
    yield from filter(None, (overdue_sentence(rectification), advice_sentence(rectification.tally)))


def as_of_line(rectification: Rectification) -> str:
    """As of which day it is, and of how many sites."""
    text = _("As of {day}; pilot sites: {number}")
    return text.format(day=long_date(rectification.as_of), number=len(rectification.sites))
