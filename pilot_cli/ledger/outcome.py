"""What the ledger keeps of an assessment, made where the file was read: in the processes that share the work."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from pilot_cli.audit.assess import assess_all
from pilot_cli.audit.assessment import Assessment, Finding, Status
from pilot_cli.audit.plain_messages import plain_message
from pilot_cli.audit.work import read_batches
from pilot_cli.locale import Language, speaking
from pilot_cli.locale.message import Text, message
from pilot_cli.site.reader import Reading
from pilot_cli.site.rule_info import About
from pilot_cli.site.texts import plain
from pilot_cli.standard.checks.meetings import period_label
from pilot_cli.standard.periods import parse_period
from pilot_cli.standard.standard import Standard

FINGERPRINT_BYTES = 16
MAX_SUBJECT_LENGTH = 200
"""The longest subject, in characters, that is kept as it is."""
MAX_TEXT_LENGTH = 2000
CACHED_TEXTS = 8192
STATUS_LETTERS = {Status.COMPLETE: "c", Status.INCOMPLETE: "i", Status.MISSING: "m", None: "-"}
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Found(NamedTuple):
    """A problem as an audit found it: by rule and subject it is known again."""

    rule: str
    subject: str
    zh: str
    en: str
    """What is wrong, in each language."""

    @property
    def identity(self) -> tuple[str, str]:
        """What it is known by at its site."""
        return self.rule, self.subject


class SiteProfile(NamedTuple):
    """Which site it is."""

    code: str
    name: str | None
    kind: str | None
    city: str | None
    district: str | None
    organization: str | None
    branch: str | None
    superior: str | None
    """The Party organization above the branch."""
    path: str


class Outcome(NamedTuple):
    """What an audit says of a site file."""

    path: str
    profile: SiteProfile | None
    """None where the file cannot be read, or gives no id."""
    is_readable: bool
    is_standard: bool
    fingerprint: bytes
    """The same where file and result are the same."""
    score: float | None = None
    grade: str | None = None
    statuses: str = ""
    unjudged: tuple[str, ...] = ()
    """The ids of the rules that say nothing about the site: waived, not applicable, or without a usable value."""
    found: tuple[Found, ...] = ()


def outcomes_of_files(standard: Standard, as_of: date, paths: Iterable[str], base: str | None) -> Iterator[Outcome]:
    """Yield the outcome of each file; relative paths start from ``base``."""
    over_periods = frozenset([rule.info.id for rule in standard.rules if rule.check.over_periods])
    for readings in read_batches(paths, base):
        for reading, assessment in zip(readings, assess_all(readings, standard, as_of), strict=True):
            yield outcome_of(reading, assessment, over_periods)


def outcome_of(reading: Reading, assessment: Assessment, over_periods: frozenset[str]) -> Outcome:
    """Take from an assessment what the ledger keeps; of rules over periods, a problem for each that was missed."""
    site, path = reading.site, storable(assessment.path)
    if site is None or not assessment.id:
        digest = blake2b(reading.source.encode("utf-8", "replace"), digest_size=FINGERPRINT_BYTES).digest()
        return Outcome(path, None, site is not None, assessment.is_standard, digest)
    profile = SiteProfile(
        code=storable(assessment.id),
        name=_stored(assessment.name),
        kind=_stored(assessment.kind),
        city=_stored(assessment.city),
        district=_stored(assessment.district),
        organization=_stored(assessment.organization),
        branch=_stored(assessment.branch),
        superior=_stored(assessment.superior),
        path=path,
    )
    statuses = statuses_of(assessment)
    # Of what is not listed nobody can say what became of it.
    more = [more.rule.id for more in assessment.more]
    unjudged = tuple(sorted({*assessment.left_out, *assessment.untold, *more}))
    problems = tuple(_problems(assessment, over_periods))
    told = (assessment.score, statuses, unjudged, [one.identity for one in problems])
    hashed = blake2b(reading.source.encode("utf-8", "replace"), digest_size=FINGERPRINT_BYTES)
    hashed.update(repr(told).encode())
    return Outcome(
        path,
        profile,
        is_readable=True,
        is_standard=False,
        fingerprint=hashed.digest(),
        score=assessment.score,
        grade=assessment.grade.name.zh if assessment.grade else None,
        statuses=statuses,
        unjudged=unjudged,
        found=problems,
    )


def statuses_of(assessment: Assessment) -> str:
    """Return a letter for each of the five ones."""
    return "".join([STATUS_LETTERS[completion.status] for completion in assessment.pillars])


def _problems(assessment: Assessment, over_periods: frozenset[str]) -> list[Found]:
    """Make one problem of all findings with the same rule and subject."""
    texts: dict[tuple[str, str], list[Text]] = {}
    for finding in followed(assessment):
        for subject in finding.subjects or ("",):
            text = _missed(finding, subject) if finding.rule.id in over_periods else plain_message(finding)
            texts.setdefault((finding.rule.id, _subject_key(subject)), []).append(text)
    return [Found(*identity, *_joined(texts[identity])) for identity in sorted(texts)]


def followed(assessment: Assessment) -> Iterator[Finding]:
    """Yield the findings that make problems: those about the work of a site that are not waived."""
    return (finding for finding in assessment.findings if finding.rule.about is About.WORK and finding.waived is None)


def identities(finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield by what the problems are known that a finding makes: one for each thing that it is about."""
    return ((finding.rule.id, _subject_key(subject)) for subject in finding.subjects or ("",))


def _joined(texts: list[Text]) -> tuple[str, str]:
    """Put texts into words in each language, each once."""
    if len(texts) == 1:
        return _in_both(texts[0])
    zh, en = zip(*map(_in_both, texts), strict=True)
    return storable("；".join(dict.fromkeys(zh))), storable("; ".join(dict.fromkeys(en)))


def _missed(finding: Finding, subject: str) -> Text:
    """Say of one period alone that it was missed."""
    return message("{problem}: {period}", problem=finding.rule.problem, period=period_label(*parse_period(subject)))


@lru_cache(CACHED_TEXTS)
def _in_both(text: Text) -> tuple[str, str]:
    """Put a text into words in each language; most sites fail the same rules in the same words."""
    with speaking(Language.CHINESE):
        zh = storable(str(text))
    with speaking(Language.ENGLISH):
        return zh, storable(str(text))


def _subject_key(text: str) -> str:
    """Make subjects comparable, and not too long for an index."""
    key = storable(plain(text))
    if len(key) <= MAX_SUBJECT_LENGTH:
        return key
    return f"{key[:MAX_SUBJECT_LENGTH]}…{blake2b(key.encode(), digest_size=8).hexdigest()}"


def storable(text: str) -> str:
    """Leave out of a text what a database cannot hold, and cut it where nobody would read on."""
    if len(text) > MAX_TEXT_LENGTH:
        text = text[: MAX_TEXT_LENGTH - 1] + "…"
    # Most texts are printable, which is quicker to see.
    return text if text.isprintable() else _UNSTORABLE.sub("\ufffd", text)


def _stored(text: str | None) -> str | None:
    return None if text is None else storable(text)
