"""The ledger of rectification: audits over time, the problems that they found, and what became of each."""
