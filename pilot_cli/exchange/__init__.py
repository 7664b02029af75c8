"""Excel in and out: sites as a ledger (台账), a workbook that offices fill in, and ledgers as site files."""
