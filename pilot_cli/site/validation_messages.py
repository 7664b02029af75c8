"""Says in words for people why a value does not fit the site format (F004, F005)."""

from typing import Any

from pydantic_core import ErrorDetails

from pilot_cli.locale.message import Message, NameList, message
from pilot_cli.site.field import find_field, known_keys
from pilot_cli.site.file_rules import KNOWN_KEY, VALID_VALUE
from pilot_cli.site.problem import KeyPath, Problem, dotted
from pilot_cli.site.words import Word

MAX_KEY_LENGTH = 64
"""The length of the longest key that is compared with the known ones: no typing error makes a longer one."""


def describe(error: ErrorDetails) -> Problem:
    """Turn one of pydantic's errors on a site file into a problem."""
    path: KeyPath = error["loc"]
    if error["type"] == "unexpected_keyword_argument":
        return _unknown_key(path)
    text = message(
        "{key} is not {expected}, but {given}",
        key=dotted(path),
        expected=expected(error),
        given=describe_value(error["input"]),
    )
    return Problem(VALID_VALUE, text, _advice(error), path)


def _unknown_key(path: KeyPath) -> Problem:
    from difflib import get_close_matches

    key = str(path[-1])
    known = known_keys(path[:-1])
    near = get_close_matches(key, known, n=1) if len(key) <= MAX_KEY_LENGTH else []
    if near:
        advice = message("Did you mean {key}?", key=near[0])
    else:
        advice = message("Keys known here: {keys}.", keys=", ".join(known))
    return Problem(KNOWN_KEY, message("The site format does not know the key {key}", key=dotted(path)), advice, path)


def expected(error: ErrorDetails, words: type[Word] | None = None) -> Message | str:
    """Say what a value should have been; ``words`` are those to choose from, if the error has no path that tells."""
    context = error.get("ctx", {})
    match error["type"]:
        case "enum":
            known = NameList(tuple(word.value for word in words or _words_at(error["loc"])))
            return message("one of the words of the list: {words}", words=known)
        case "literal_error":
            return str(context["expected"])
        case "date":
            return message("a date")
        case "integer":
            return message("a whole number")
        case "float_type" | "finite_number":
            return message("a number")
        case "greater_than":
            return message("a number above {limit:.10g}", limit=context["gt"])
        case "greater_than_equal":
            return message("a number of at least {limit}", limit=context["ge"])
        case "less_than_equal":
            return message("a number of at most {limit}", limit=context["le"])
        case "string_pattern_mismatch":
            return message("an ID of 2 to 64 lower-case letters, digits and hyphens")
        case "string_too_short":
            return message("a text with something in it")
        case "tuple_type":
            return message("a list")
        case "dataclass_type":
            return message("a table")
        case _:
            return message("a text")


def _words_at(path: KeyPath) -> type[Word]:
    words = find_field(".".join(step for step in path if isinstance(step, str))).words
    assert words
    return words


def _advice(error: ErrorDetails) -> Message:
    match error["type"]:
        case "enum":
            return message("Choose a word of the list.")
        case "date":
            return message("Write dates as 2020-11-23.")
        case "tuple_type":
            return message("Write lists in square brackets, or as [[…]] tables.")
        case "string_type":
            return message('Put text between straight double quotes, e.g. name = "…".')
        case _:
            return message("Correct the value.")


def describe_value(value: Any) -> Message | str:
    """Say what a value is, shortened."""
    if isinstance(value, dict):
        return message("a table") if value else message("an empty table")
    if isinstance(value, list):
        return message("a list") if value else message("an empty list")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"“{value[:40]}…”" if len(value) > 40 else f"“{value}”"
    return str(value)
