"""The settings file ``pilot.toml``: where it is looked for, what it may say, and what it yields to."""
