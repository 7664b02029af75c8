"""Sites have the Party organization above their branch, to which letters are sent; the next audit tells it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column."""
    op.add_column("sites", sa.Column("superior", sa.Text))
