"""The ledger of rectification as a workbook: written for those who fill it in, and taken in again."""
