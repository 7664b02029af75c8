"""What sites are judged by: rules, the checks that decide them, loading and overriding."""
