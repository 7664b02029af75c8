"""Forms for inspectors: to print and fill in by hand, or to fill in and import."""
