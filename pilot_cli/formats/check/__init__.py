"""What ``pilot check`` found, one file a format: each takes an ``Audit`` and writes text."""
