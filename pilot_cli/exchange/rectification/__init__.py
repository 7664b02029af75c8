"""The rectification ledger as a workbook: exported to be filled in, and imported again."""
