"""Makes ids for sites that a ledger knows by their names alone.

An id is the district and the initials of the name, as pinyin: haizhu-pzhzgd. Where several sites would have the same,
all of them get a few digits of a hash of their city, district and name; so it makes no difference which came first.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import NamedTuple

from pilot_cli.exchange.layout import EXAMPLE_PREFIX
from pilot_cli.site.texts import nfkc, plain
from pilot_cli.site.value_types import is_reserved_name

MAX_DISTRICT = 20
MAX_INITIALS = 24
HASH_DIGITS = range(4, 33, 4)
"""So many digits of the hash are tried, one number after the other."""
_DISTRICT_SUFFIX = re.compile(r"(?:新区|自治县|经济技术开发区|开发区|区|县|市|镇)$")
_OTHERS = re.compile(r"[^a-z0-9]+")


class SiteName(NamedTuple):
    """What a site without an id is known by."""

    name: str
    district: str = ""
    city: str = ""

    @property
    def key(self) -> "SiteName":
        """The same for what differs in blanks and widths alone."""
        return SiteName(*map(plain, self))


def make_ids(names: Iterable[SiteName], taken: Collection[str]) -> dict[SiteName, str]:
    """Return an id for each of some different names, none of which is taken."""
    stems = {name: _stem(name) for name in dict.fromkeys(names)}
    counts = Counter(stems.values())
    made: dict[SiteName, str] = {}
    used = {*taken}
    for name, stem in sorted(stems.items()):
        is_free = counts[stem] == 1 and stem not in used and len(stem) > 1 and not is_reserved_name(stem)
        id = stem if is_free else _with_hash(name, stem, used)
        used.add(id)
        made[name] = id
    return made


def _with_hash(name: SiteName, stem: str, used: Collection[str]) -> str:
    digest = sha256("\n".join(name.key).encode()).hexdigest()
    return next(id for digits in HASH_DIGITS if (id := f"{stem}-{digest[:digits]}") not in used)


def _stem(name: SiteName) -> str:
    from pypinyin import lazy_pinyin

    district = _DISTRICT_SUFFIX.sub("", name.district) if len(name.district) > 2 else name.district
    where = _OTHERS.sub("", "".join(lazy_pinyin(_plain(district))).lower())[:MAX_DISTRICT]
    # What is no Chinese stays as it is: A1地块 is a1dk.
    syllables = lazy_pinyin(_plain(name.name), errors=lambda other: f" {other}")
    initials = "".join(part if part.startswith(" ") else part[:1] for part in syllables)
    what = _OTHERS.sub("", initials.lower())[:MAX_INITIALS]
    stem = "-".join(filter(None, (where, what))) or "site"
    return f"site-{stem}" if f"{stem}-".startswith(EXAMPLE_PREFIX) else stem


def _plain(text: str) -> str:
    return nfkc(plain(text))
