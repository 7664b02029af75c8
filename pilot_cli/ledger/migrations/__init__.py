"""How ledgers of earlier versions become those of this one; Alembic runs what is in here."""
