"""Runs migrations in the transaction of whoever asks for it; see ``pilot_cli.ledger.schema``."""

from alembic import context

from pilot_cli.ledger.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
