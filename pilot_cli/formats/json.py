"""How pilot writes JSON."""

import json
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TextIO

from pilot_cli.site.rule_info import Severity

if TYPE_CHECKING:
    from pilot_cli.audit.assessment import WaiverInForce
    from pilot_cli.audit.filter import Filter
    from pilot_cli.audit.summary import Summary
    from pilot_cli.standard.standard import Standard

_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Control characters, line separators and direction marks; JSON itself escapes those below the space."""

_encode = json.JSONEncoder(ensure_ascii=False).encode


def dump(value: Any, indent: int | None = None) -> str:
    """Write a value as JSON, with escapes for what a terminal or a reader of lines would obey."""
    text = _encode(value) if indent is None else json.dumps(value, ensure_ascii=False, indent=indent)
    # Nothing of that is printable.
    return text if text.isprintable() else _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def write_document(
    header: dict[str, Any], items: Iterable[Any], tail: Callable[[], dict[str, Any]], out: TextIO, name: str = "sites"
) -> None:
    """Write an object with a list, one item at a time: the header, the list, and what is known after the last item."""
    out.write(f"{dump(header)[:-1]}, {dump(name)}: [")
    separator = "\n"
    for item in items:
        out.write(separator + dump(item))
        separator = ",\n"
    out.write(f"\n], {dump(tail())[1:]}\n")


def waiver_terms(waiver: "WaiverInForce") -> dict[str, Any]:
    """Say why a waiver is in force, on whose word, and until when."""
    return {"reason": waiver.reason, "approved_by": waiver.approved_by, "until": waiver.until.isoformat()}


def filters_told(filter: "Filter") -> dict[str, Any]:
    """Say what sites and findings have to fit to be shown, by the options that ask for it; of the others nothing."""
    told = {
        "severity": list(filter.levels),
        "kind": list(filter.kinds),
        "city": list(filter.cities),
        "district": list(filter.districts),
        "grade": [grade.name.zh for grade in filter.grades],
        "site": list(filter.ids),
    }
    return {option: values for option, values in told.items() if values}


def findings_counted(summary: "Summary") -> dict[str, int]:
    """Say how many findings about the work there are of each severity, how many about filing, and how many waived."""
    about_work = {severity.value: summary.findings[severity] for severity in Severity}
    return {**about_work, "filing": summary.filing, "waived": summary.waived}


def rules_counted(standard: "Standard") -> dict[str, int]:
    """Say how many rules of the standard were judged, and how many it has."""
    return {"judged": len(standard.rules), "of": len(standard.whole)}
