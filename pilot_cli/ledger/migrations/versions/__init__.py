"""The migrations, one a version, the oldest first."""
