"""What happened stays: the database refuses to change or delete an event."""

from alembic import op

revision = "0002"
down_revision = "0001"

SQLITE = """
CREATE TRIGGER events_{what} BEFORE {what} ON events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END
"""
POSTGRESQL = """
CREATE FUNCTION refuse_changed_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'events are never changed'; END $$;
CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE ON events
FOR EACH ROW EXECUTE FUNCTION refuse_changed_events();
CREATE TRIGGER events_all_stay BEFORE TRUNCATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION refuse_changed_events();
"""


def upgrade() -> None:
    """Add triggers."""
    if op.get_context().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(SQLITE.format(what=what))
    else:
        op.execute(POSTGRESQL)
