"""Excel in and out: sites to a ledger (台账), a workbook that offices fill in, and ledgers to site files."""
