"""What the ledger of rectification is asked for, in every format: for reading, for programs, for Excel."""
