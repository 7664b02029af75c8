"""A second opinion: what the rulebook says of a site, worked out again in the plainest possible way.

Written from the prose of the rulebook and of the site format alone. It shares no code and no shape with the
program, so that a mistake in the one is unlikely to be found in the other. It takes a site as tomllib reads it,
and knows the built-in standards only. Findings of format (F) and across files (X) are none of its business, but
values of the wrong type are: they are left out before anything is judged.

- `usable` says what of a file can be used, and what was left out of it
- `texts` and `dates` say when a text is given, and which days count
- `branch`, `papers` and `meetings` judge the rules, `on_site` what inspectors saw
- `score` adds up
"""

from tests.oracle.score import Expected, ExpectedOne, recompute

__all__ = ["Expected", "ExpectedOne", "recompute"]
