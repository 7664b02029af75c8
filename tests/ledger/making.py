"""Audits without files: what was found of sites, said in a few words."""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import blake2b

from pilot_cli import load_standard
from pilot_cli.ledger.collect import Collected
from pilot_cli.ledger.connection import Ledger
from pilot_cli.ledger.outcome import Found, Outcome, SiteProfile
from pilot_cli.ledger.record import AuditOrder, Recorded, record

STANDARD = load_standard()
FIRST_DAY = date(2020, 11, 23)


def outcome(
    code: str,
    found: Iterable[tuple[str, str]] = (),
    unjudged: Iterable[str] = (),
    *,
    city: str = "广州市",
    score: float = 90.0,
    statuses: str = "ccccc",
) -> Outcome:
    """What an audit says of a site: the rules and subjects that it found."""
    problems = tuple(
        Found(rule, subject, f"{rule} {subject} 有问题", f"{rule} {subject} is wrong")
        for rule, subject in sorted(found)
    )
    told = (problems, tuple(sorted(unjudged)), score, statuses)
    fingerprint = blake2b(repr((code, told)).encode(), digest_size=16).digest()
    profile = SiteProfile(
        code, f"示例·{code}", "建筑工地", city, None, None, "示例支部", "示例党委", f"{code}/site.toml"
    )
    return Outcome(
        f"{code}/site.toml",
        profile,
        True,
        False,
        fingerprint,
        score,
        "优秀",
        statuses,
        tuple(sorted(unjudged)),
        problems,
    )


def audit(ledger: Ledger, outcomes: Iterable[Outcome], as_of: date = FIRST_DAY) -> Recorded:
    """Record an audit."""
    collected = Collected()
    for one in outcomes:
        collected.add(one)
    with ledger.writing(creates=True) as connection:
        return record(connection, collected, AuditOrder(STANDARD, as_of, "检查员", None, "."))


def audit_of(ledger: Ledger, found: Mapping[str, Iterable[tuple[str, str]]], as_of: date = FIRST_DAY) -> Recorded:
    """Record an audit of sites, with what was found at each."""
    return audit(ledger, [outcome(code, problems) for code, problems in found.items()], as_of)
