"""Says in words for people why a value does not fit the site format (F004, F005)."""

import re
from typing import Any

from pydantic_core import ErrorDetails

from pilot_cli.locale import gettext as _
from pilot_cli.site.field import known_keys
from pilot_cli.site.problem import KeyPath, Problem, dotted

MAX_KEY_LENGTH = 64
"""A key longer than this is not compared with the known ones: no typing error makes one so long."""


def describe(error: ErrorDetails) -> Problem:
    """Turn one of pydantic's errors on a site file into a problem."""
    path: KeyPath = error["loc"]
    if error["type"] == "unexpected_keyword_argument":
        return _unknown_key(path)
    name = dotted(path)
    message = _("{key} is not {expected}, but {given}").format(
        key=name, expected=expected(error), given=describe_value(error["input"])
    )
    return Problem("F005", message, _advice(error), path)


def _unknown_key(path: KeyPath) -> Problem:
    from difflib import get_close_matches

    key = str(path[-1])
    known = known_keys(path[:-1])
    near = get_close_matches(key, known, n=1) if len(key) <= MAX_KEY_LENGTH else []
    message = _("The site format does not know the key {key}").format(key=dotted(path))
    if near:
        advice = _("Did you mean {key}?").format(key=near[0])
    else:
        advice = _("Keys known here: {keys}.").format(keys=", ".join(known))
    return Problem("F004", message, advice, path)


def expected(error: ErrorDetails) -> str:
    """Say what a value should have been."""
    context = error.get("ctx", {})
    match error["type"]:
        case "enum":
            return _("one of the words of the list: {words}").format(words=_words(context))
        case "literal_error":
            return str(context["expected"])
        case "date":
            return _("a date")
        case "integer":
            return _("a whole number")
        case "float_type" | "finite_number":
            return _("a number")
        case "greater_than":
            return _("a number above {limit:.10g}").format(limit=context["gt"])
        case "greater_than_equal":
            return _("a number of at least {limit}").format(limit=context["ge"])
        case "less_than_equal":
            return _("a number of at most {limit}").format(limit=context["le"])
        case "string_pattern_mismatch":
            return _("an ID of 2 to 64 lower-case letters, digits and hyphens")
        case "string_too_short":
            return _("a text with something in it")
        case "tuple_type":
            return _("a list")
        case "dataclass_type":
            return _("a table")
        case _:
            return _("a text")


def _advice(error: ErrorDetails) -> str:
    match error["type"]:
        case "enum":
            return _("Choose a word of the list.")
        case "date":
            return _("Write dates as 2020-11-23.")
        case "tuple_type":
            return _("Write lists in square brackets, or as [[…]] tables.")
        case "string_type":
            return _('Put text between straight double quotes, e.g. name = "…".')
        case _:
            return _("Correct the value.")


def describe_value(value: Any) -> str:
    """Say what a value is, shortened."""
    if isinstance(value, dict):
        return _("a table") if value else _("an empty table")
    if isinstance(value, list):
        return _("a list") if value else _("an empty list")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"“{value[:40]}…”" if len(value) > 40 else f"“{value}”"
    return str(value)


def _words(context: dict[str, Any]) -> str:
    """Take the words of a closed list out of pydantic's enumeration of them."""
    return _(", ").join(re.findall("'([^']*)'", context["expected"]))
