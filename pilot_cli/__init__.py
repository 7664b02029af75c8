"""pilot: audits pilot sites for Party-branch work against the "five ones".

What other Python programs may use stands in ``__all__``; it is imported when it is first used::

    from datetime import date
    from pilot_cli import assess, load_site, load_standard

    assessment = assess(load_site("site.toml"), load_standard(), date(2020, 11, 23))
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pilot_cli.version import __version__ as __version__

if TYPE_CHECKING:
    from pilot_cli.audit.assess import assess
    from pilot_cli.audit.assessment import Assessment, Finding
    from pilot_cli.audit.summary import Summary
    from pilot_cli.audit.survey import sum_up, survey
    from pilot_cli.locale import Language, use_language
    from pilot_cli.parallel.payload import WorkersError
    from pilot_cli.parallel.progress import Progress
    from pilot_cli.parallel.workers import Workers
    from pilot_cli.site.reader import Reading, load_site
    from pilot_cli.standard.load import StandardError, load_standard
    from pilot_cli.standard.standard import Standard

__all__ = [
    "Assessment",
    "Finding",
    "Language",
    "Progress",
    "Reading",
    "Standard",
    "StandardError",
    "Summary",
    "Workers",
    "WorkersError",
    "assess",
    "load_site",
    "load_standard",
    "sum_up",
    "survey",
    "use_language",
]

_HOMES = {
    "Assessment": "pilot_cli.audit.assessment",
    "Finding": "pilot_cli.audit.assessment",
    "Language": "pilot_cli.locale",
    "Progress": "pilot_cli.parallel.progress",
    "Reading": "pilot_cli.site.reader",
    "Standard": "pilot_cli.standard.standard",
    "StandardError": "pilot_cli.standard.load",
    "Summary": "pilot_cli.audit.summary",
    "Workers": "pilot_cli.parallel.workers",
    "WorkersError": "pilot_cli.parallel.payload",
    "assess": "pilot_cli.audit.assess",
    "load_site": "pilot_cli.site.reader",
    "load_standard": "pilot_cli.standard.load",
    "sum_up": "pilot_cli.audit.survey",
    "survey": "pilot_cli.audit.survey",
    "use_language": "pilot_cli.locale",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
