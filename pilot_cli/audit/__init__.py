"""Judges sites by a standard: findings, assessments, many sites, and their summary."""
