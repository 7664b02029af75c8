"""What a site is held against: rules, the checks that decide them, loading and overriding."""
