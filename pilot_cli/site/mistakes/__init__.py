"""Explains to people what is wrong with a site file: with its text (F003), its keys (F004), its values (F005)."""
