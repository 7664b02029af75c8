"""One file a format: each takes assessments and writes text."""
