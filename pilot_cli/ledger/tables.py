"""The tables of the ledger, and what the database itself sees to.

An audit has an outcome for each site that it judged, which points to a result. Where nothing changed, the outcomes of
several audits point to the same result, so that an audit takes a few bytes for such a site. A result knows the problems
that it found; what became of them is told by their events, which are never changed.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from pilot_cli.ledger.states import EventKind, Method, State
from pilot_cli.site.rule_info import Severity

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _one_of(column: str, words: type[State] | type[EventKind] | type[Method] | type[Severity]) -> CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


standards = Table(
    "standards",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
)
"""The standards that audits were made by, each as it was then."""

rules = Table(
    "rules",
    metadata,
    Column("standard_id", ForeignKey("standards.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("severity", Text, nullable=False),
    Column("pillar", Text),
    Column("is_watched", Boolean, nullable=False),
    *(
        Column(f"{what}_{language}", Text, nullable=False)
        for what in ("title", "problem", "basis", "advice")
        for language in ("zh", "en")
    ),
    _one_of("severity", Severity),
)
"""The rules about the work of sites; those over periods are watched."""

audits = Table(
    "audits",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, unique=True),
    Column("as_of", Date, nullable=False),
    Column("standard_id", ForeignKey("standards.id"), nullable=False),
    Column("recorded_at", DateTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("note", Text),
    Column("paths", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("unreadable", Integer, nullable=False),
    Column("without_id", Integer, nullable=False),
)
"""One recorded run each, numbered from 1; ``key`` is the same in every copy of the ledger."""

sites = Table(
    "sites",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("code", Text, nullable=False, unique=True),
    *(
        Column(name, Text)
        for name in ("name", "kind", "city", "district", "organization", "branch", "path", "superior")
    ),
)
"""The sites by the id that their files give (``code``), as the last audit saw them."""

results = Table(
    "results",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("site_id", ForeignKey("sites.id"), nullable=False),
    Column("fingerprint", LargeBinary(16), nullable=False),
    Column("score", Float),
    Column("grade", Text),
    Column("statuses", Text, nullable=False),
    Column("unjudged", Text, nullable=False),
    Index(None, "site_id"),
)
"""What audits said of a site: a new row only where the file or the result changed.

``statuses`` has a letter for each of the five ones, ``unjudged`` the ids of rules on which nothing can be said.
"""

outcomes = Table(
    "outcomes",
    metadata,
    Column("audit_id", ForeignKey("audits.id"), primary_key=True),
    Column("site_id", ForeignKey("sites.id"), primary_key=True),
    Column("result_id", ForeignKey("results.id"), nullable=False),
    sqlite_with_rowid=False,
)

problems = Table(
    "problems",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("site_id", ForeignKey("sites.id"), nullable=False),
    Column("standard_id", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("is_watched", Boolean, nullable=False),
    Column("first_audit_id", ForeignKey("audits.id"), nullable=False),
    Column("rebound_of", ForeignKey("problems.id")),
    Column("state", Text, nullable=False),
    Column("moved_on", Date, nullable=False),
    Column("version", Integer, nullable=False),
    *(Column(name, Text) for name in ("found_zh", "found_en", "owner", "unit", "leader")),
    Column("due", Date),
    Column("done_on", Date),
    Column("closed_on", Date),
    *(Column(name, Text) for name in ("progress", "evidence", "method", "verified_by", "opinion", "note")),
    ForeignKeyConstraint(["standard_id", "rule"], ["rules.standard_id", "rules.id"]),
    UniqueConstraint("year", "number"),
    _one_of("state", State),
    _one_of("method", Method),
    CheckConstraint("number > 0", name="number"),
    CheckConstraint("state <> 'in_progress' OR owner IS NOT NULL", name="owner"),
    CheckConstraint(
        "state <> 'closed' OR (closed_on IS NOT NULL AND verified_by IS NOT NULL AND opinion IS NOT NULL)",
        name="verified",
    ),
    Index(
        "uq_problems_open",
        *("site_id", "rule", "subject"),
        unique=True,
        sqlite_where=text("state <> 'closed'"),
        postgresql_where=text("state <> 'closed'"),
    ),
    Index(None, "state", "due"),
)
"""What is followed from audit to audit; ``standard_id`` and the texts are those of when it was last found."""

found = Table(
    "found",
    metadata,
    Column("result_id", ForeignKey("results.id"), primary_key=True),
    Column("problem_id", ForeignKey("problems.id"), primary_key=True),
    sqlite_with_rowid=False,
)
"""Which problems a result has."""

measures = Table(
    "measures",
    metadata,
    Column("problem_id", ForeignKey("problems.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("text", Text, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("problem_id", ForeignKey("problems.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("recorded_at", DateTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("due", Date),
    Column("changes", JSON),
    Column("note", Text),
    Column("audit_id", ForeignKey("audits.id")),
    _one_of("kind", EventKind),
    _one_of("state", State),
    sqlite_with_rowid=False,
)
"""What happened to problems: ``state`` and ``due`` are those after it, ``changes`` old and new value by column."""
