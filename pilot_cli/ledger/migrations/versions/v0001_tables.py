"""The tables of the first version, as they were then."""

import sqlalchemy as sa
from alembic import op

from pilot_cli.ledger.tables import metadata

revision = "0001"
down_revision = None

tables = sa.MetaData(naming_convention=metadata.naming_convention)

sa.Table(
    "sites",
    tables,
    sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text),
    sa.Column("kind", sa.Text),
    sa.Column("city", sa.Text),
    sa.Column("district", sa.Text),
    sa.Column("organization", sa.Text),
    sa.Column("branch", sa.Text),
    sa.Column("path", sa.Text),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("code"),
)
sa.Table(
    "standards",
    tables,
    sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("title_zh", sa.Text, nullable=False),
    sa.Column("title_en", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("digest"),
)
sa.Table(
    "audits",
    tables,
    sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("as_of", sa.Date, nullable=False),
    sa.Column("standard_id", sa.Integer, nullable=False),
    sa.Column("recorded_at", sa.DateTime, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("note", sa.Text),
    sa.Column("paths", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("unreadable", sa.Integer, nullable=False),
    sa.Column("without_id", sa.Integer, nullable=False),
    sa.ForeignKeyConstraint(["standard_id"], ["standards.id"]),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("key"),
)
sa.Table(
    "results",
    tables,
    sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
    sa.Column("site_id", sa.Integer, nullable=False),
    sa.Column("fingerprint", sa.LargeBinary(length=16), nullable=False),
    sa.Column("score", sa.Float),
    sa.Column("grade", sa.Text),
    sa.Column("statuses", sa.Text, nullable=False),
    sa.Column("unjudged", sa.Text, nullable=False),
    sa.ForeignKeyConstraint(["site_id"], ["sites.id"]),
    sa.PrimaryKeyConstraint("id"),
    sa.Index(None, "site_id"),
)
sa.Table(
    "rules",
    tables,
    sa.Column("standard_id", sa.Integer, nullable=False),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("severity", sa.Text, nullable=False),
    sa.Column("pillar", sa.Text),
    sa.Column("is_watched", sa.Boolean, nullable=False),
    sa.Column("title_zh", sa.Text, nullable=False),
    sa.Column("title_en", sa.Text, nullable=False),
    sa.Column("problem_zh", sa.Text, nullable=False),
    sa.Column("problem_en", sa.Text, nullable=False),
    sa.Column("basis_zh", sa.Text, nullable=False),
    sa.Column("basis_en", sa.Text, nullable=False),
    sa.Column("advice_zh", sa.Text, nullable=False),
    sa.Column("advice_en", sa.Text, nullable=False),
    sa.CheckConstraint("severity IN ('error', 'warning', 'info')", name="severity"),
    sa.ForeignKeyConstraint(["standard_id"], ["standards.id"]),
    sa.PrimaryKeyConstraint("standard_id", "id"),
)
sa.Table(
    "outcomes",
    tables,
    sa.Column("audit_id", sa.Integer, nullable=False),
    sa.Column("site_id", sa.Integer, nullable=False),
    sa.Column("result_id", sa.Integer, nullable=False),
    sa.ForeignKeyConstraint(["audit_id"], ["audits.id"]),
    sa.ForeignKeyConstraint(["result_id"], ["results.id"]),
    sa.ForeignKeyConstraint(["site_id"], ["sites.id"]),
    sa.PrimaryKeyConstraint("audit_id", "site_id"),
    sqlite_with_rowid=False,
)
sa.Table(
    "problems",
    tables,
    sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("site_id", sa.Integer, nullable=False),
    sa.Column("standard_id", sa.Integer, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("is_watched", sa.Boolean, nullable=False),
    sa.Column("first_audit_id", sa.Integer, nullable=False),
    sa.Column("rebound_of", sa.Integer),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("moved_on", sa.Date, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("found_zh", sa.Text),
    sa.Column("found_en", sa.Text),
    sa.Column("owner", sa.Text),
    sa.Column("unit", sa.Text),
    sa.Column("leader", sa.Text),
    sa.Column("due", sa.Date),
    sa.Column("done_on", sa.Date),
    sa.Column("closed_on", sa.Date),
    sa.Column("progress", sa.Text),
    sa.Column("evidence", sa.Text),
    sa.Column("method", sa.Text),
    sa.Column("verified_by", sa.Text),
    sa.Column("opinion", sa.Text),
    sa.Column("note", sa.Text),
    sa.CheckConstraint("method IN ('documents', 'on_site', 'interview')", name="method"),
    sa.CheckConstraint(
        "state <> 'closed' OR (closed_on IS NOT NULL AND verified_by IS NOT NULL AND opinion IS NOT NULL)",
        name="verified",
    ),
    sa.CheckConstraint("state <> 'in_progress' OR owner IS NOT NULL", name="owner"),
    sa.CheckConstraint("state IN ('pending', 'in_progress', 'to_verify', 'closed')", name="state"),
    sa.CheckConstraint("number > 0", name="number"),
    sa.ForeignKeyConstraint(["first_audit_id"], ["audits.id"]),
    sa.ForeignKeyConstraint(["rebound_of"], ["problems.id"]),
    sa.ForeignKeyConstraint(["site_id"], ["sites.id"]),
    sa.ForeignKeyConstraint(["standard_id", "rule"], ["rules.standard_id", "rules.id"]),
    sa.PrimaryKeyConstraint("id"),
    sa.UniqueConstraint("year", "number"),
    sa.Index(None, "state", "due"),
    sa.Index(
        "uq_problems_open",
        "site_id",
        "rule",
        "subject",
        unique=True,
        sqlite_where=sa.text("state <> 'closed'"),
        postgresql_where=sa.text("state <> 'closed'"),
    ),
)
sa.Table(
    "events",
    tables,
    sa.Column("problem_id", sa.Integer, nullable=False),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("recorded_at", sa.DateTime, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("due", sa.Date),
    sa.Column("changes", sa.JSON),
    sa.Column("note", sa.Text),
    sa.Column("audit_id", sa.Integer),
    sa.CheckConstraint(
        "kind IN ('found', 'rebounded', 'not_found', 'found_again', 'assigned', 'extended', 'updated', "
        "'submitted', 'returned', 'closed', 'reopened', 'renumbered')",
        name="kind",
    ),
    sa.CheckConstraint("state IN ('pending', 'in_progress', 'to_verify', 'closed')", name="state"),
    sa.ForeignKeyConstraint(["audit_id"], ["audits.id"]),
    sa.ForeignKeyConstraint(["problem_id"], ["problems.id"]),
    sa.PrimaryKeyConstraint("problem_id", "sequence"),
    sqlite_with_rowid=False,
)
sa.Table(
    "found",
    tables,
    sa.Column("result_id", sa.Integer, nullable=False),
    sa.Column("problem_id", sa.Integer, nullable=False),
    sa.ForeignKeyConstraint(["problem_id"], ["problems.id"]),
    sa.ForeignKeyConstraint(["result_id"], ["results.id"]),
    sa.PrimaryKeyConstraint("result_id", "problem_id"),
    sqlite_with_rowid=False,
)
sa.Table(
    "measures",
    tables,
    sa.Column("problem_id", sa.Integer, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.ForeignKeyConstraint(["problem_id"], ["problems.id"]),
    sa.PrimaryKeyConstraint("problem_id", "position"),
)


def upgrade() -> None:
    """Make all tables."""
    tables.create_all(op.get_bind(), checkfirst=False)
