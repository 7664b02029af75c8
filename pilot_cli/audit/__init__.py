"""Holding sites against a standard: findings, assessments, many sites, their summary."""
