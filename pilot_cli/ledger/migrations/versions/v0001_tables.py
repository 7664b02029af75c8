"""The tables of the first version."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "sites",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("organization", sa.Text(), nullable=True),
        sa.Column("branch", sa.Text(), nullable=True),
        sa.Column("path", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
        sa.UniqueConstraint("code", name=op.f("uq_sites_code")),
    )
    op.create_table(
        "standards",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standards")),
        sa.UniqueConstraint("digest", name=op.f("uq_standards_digest")),
    )
    op.create_table(
        "audits",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("paths", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("unreadable", sa.Integer(), nullable=False),
        sa.Column("without_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["standard_id"], ["standards.id"], name=op.f("fk_audits_standard_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audits")),
        sa.UniqueConstraint("key", name=op.f("uq_audits_key")),
    )
    op.create_table(
        "results",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=16), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("statuses", sa.Text(), nullable=False),
        sa.Column("unjudged", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_results_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_results")),
    )
    op.create_index(op.f("ix_results_site_id"), "results", ["site_id"], unique=False)
    op.create_table(
        "rules",
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("pillar", sa.Text(), nullable=True),
        sa.Column("is_watched", sa.Boolean(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("problem_zh", sa.Text(), nullable=False),
        sa.Column("problem_en", sa.Text(), nullable=False),
        sa.Column("basis_zh", sa.Text(), nullable=False),
        sa.Column("basis_en", sa.Text(), nullable=False),
        sa.Column("advice_zh", sa.Text(), nullable=False),
        sa.Column("advice_en", sa.Text(), nullable=False),
        sa.CheckConstraint("severity IN ('error', 'warning', 'info')", name=op.f("ck_rules_severity")),
        sa.ForeignKeyConstraint(["standard_id"], ["standards.id"], name=op.f("fk_rules_standard_id")),
        sa.PrimaryKeyConstraint("standard_id", "id", name=op.f("pk_rules")),
    )
    op.create_table(
        "outcomes",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_outcomes_audit_id")),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_outcomes_result_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_outcomes_site_id")),
        sa.PrimaryKeyConstraint("audit_id", "site_id", name=op.f("pk_outcomes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "problems",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("is_watched", sa.Boolean(), nullable=False),
        sa.Column("first_audit_id", sa.Integer(), nullable=False),
        sa.Column("rebound_of", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("found_zh", sa.Text(), nullable=True),
        sa.Column("found_en", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("leader", sa.Text(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("progress", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("method", sa.Text(), nullable=True),
        sa.Column("verified_by", sa.Text(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("method IN ('documents', 'on_site', 'interview')", name=op.f("ck_problems_method")),
        sa.CheckConstraint(
            "state <> 'closed' OR (closed_on IS NOT NULL AND verified_by IS NOT NULL AND opinion IS NOT NULL)",
            name=op.f("ck_problems_verified"),
        ),
        sa.CheckConstraint("state <> 'in_progress' OR owner IS NOT NULL", name=op.f("ck_problems_owner")),
        sa.CheckConstraint(
            "state IN ('pending', 'in_progress', 'to_verify', 'closed')", name=op.f("ck_problems_state")
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_problems_number")),
        sa.ForeignKeyConstraint(["first_audit_id"], ["audits.id"], name=op.f("fk_problems_first_audit_id")),
        sa.ForeignKeyConstraint(["rebound_of"], ["problems.id"], name=op.f("fk_problems_rebound_of")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_problems_site_id")),
        sa.ForeignKeyConstraint(
            ["standard_id", "rule"], ["rules.standard_id", "rules.id"], name=op.f("fk_problems_standard_id_rule")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problems")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_problems_year_number")),
    )
    op.create_index(op.f("ix_problems_state_problems_due"), "problems", ["state", "due"], unique=False)
    op.create_index(
        "uq_problems_open",
        "problems",
        ["site_id", "rule", "subject"],
        unique=True,
        sqlite_where=sa.text("state <> 'closed'"),
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_table(
        "events",
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("audit_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('found', 'rebounded', 'not_found', 'found_again', 'assigned', 'extended', 'updated', "
            "'submitted', 'returned', 'closed', 'reopened', 'renumbered')",
            name=op.f("ck_events_kind"),
        ),
        sa.CheckConstraint("state IN ('pending', 'in_progress', 'to_verify', 'closed')", name=op.f("ck_events_state")),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_events_audit_id")),
        sa.ForeignKeyConstraint(["problem_id"], ["problems.id"], name=op.f("fk_events_problem_id")),
        sa.PrimaryKeyConstraint("problem_id", "sequence", name=op.f("pk_events")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "found",
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["problem_id"], ["problems.id"], name=op.f("fk_found_problem_id")),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_found_result_id")),
        sa.PrimaryKeyConstraint("result_id", "problem_id", name=op.f("pk_found")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "measures",
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["problem_id"], ["problems.id"], name=op.f("fk_measures_problem_id")),
        sa.PrimaryKeyConstraint("problem_id", "position", name=op.f("pk_measures")),
    )
