"""The settings file ``pilot.toml``: where it is searched for, what it may contain, and its precedence."""
