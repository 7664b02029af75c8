"""The commands of ``pilot ledger``."""
