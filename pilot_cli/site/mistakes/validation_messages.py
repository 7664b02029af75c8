"""Says in words for people why a value does not fit the site format (F004, F005)."""

import re
from datetime import date
from typing import Any
from unicodedata import normalize

from pydantic_core import ErrorDetails

from pilot_cli.locale.message import Message, NameList, message
from pilot_cli.site.field import find_field, known_keys
from pilot_cli.site.file_rules import KNOWN_KEY, VALID_VALUE
from pilot_cli.site.mistakes.path_name import PathName, name_of
from pilot_cli.site.problem import KeyPath, Problem, dotted
from pilot_cli.site.words import Word

UNKNOWN_KEY = "unexpected_keyword_argument"
"""What pydantic calls a key that the format does not know."""
MAX_TEXT_LENGTH = 64
"""The length of the longest key or value that is put right: no typing error makes a longer one."""

_NUMBER = re.compile(r"(?:约|近|共)?\s*([0-9]{1,12}(?:\.[0-9]{1,6})?)\s*(?:[^\W\da-zA-Z_]{1,6}|m2)?")
_SITE_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,63}")


def describe(error: ErrorDetails) -> Problem:
    """Turn one of pydantic's errors on a site file into a problem."""
    path: KeyPath = error["loc"]
    if error["type"] == UNKNOWN_KEY:
        return _unknown_key(path)
    if error["type"] == "enum" and isinstance(error["input"], str):
        from pilot_cli.site.mistakes.near_word import explain_word

        explained = explain_word(error["input"], list(_words_at(path)))
        if explained:
            what, advice = explained
            text = message("{field} {what}", field=PathName(path), what=what) if what else _is_not(error)
            return Problem(VALID_VALUE, text, advice, path)
    return Problem(VALID_VALUE, _is_not(error), _advice(error), path)


def _is_not(error: ErrorDetails) -> Message:
    return message(
        "{key} is not {expected}, but {given}",
        key=PathName(error["loc"]),
        expected=expected(error),
        given=describe_value(error["input"]),
    )


def _unknown_key(path: KeyPath) -> Problem:
    key, holder = str(path[-1]), path[:-1]
    text = message("The site format does not know the key {key}", key=dotted(path))
    if any(isinstance(step, int) for step in path) and (row := name_of(holder)):
        text = message(
            "{row}: the site format does not know the key {key} ({path})", row=row, key=key, path=dotted(path)
        )
    return Problem(KNOWN_KEY, text, _advice_on_key(key, holder), path)


def _advice_on_key(key: str, holder: KeyPath) -> Message:
    """Say which key was meant, or where it belongs."""
    from difflib import get_close_matches

    from pilot_cli.site.mistakes import key_names

    known = known_keys(holder)
    if len(key) <= MAX_TEXT_LENGTH:
        field = key_names.find_named(key, ".".join(step for step in holder if isinstance(step, str)))
        meant = str(field.keys[-1]) if field else ""
        if meant in known:
            return (
                message("Did you mean {key}?", key=meant)
                if key.isascii()
                else message("Write {key} instead.", key=meant)
            )
        if field and field.table:
            return message("Write its header as {header}.", header=key_names.header(field))
        fields = [field] if field else key_names.fields_called(key)
        if 1 <= len(fields) <= 3:
            headers = NameList(tuple(key_names.header_of(other) or "format" for other in fields), " or ")
            return message("Write {key} below {header}.", key=meant or key, header=headers)
        near = get_close_matches(key, known, n=1)
        if near:
            return message("Did you mean {key}?", key=near[0])
    return message("Keys known here: {keys}.", keys=", ".join(known))


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
    value, key = error["input"], error["loc"][-1]
    right = _right_value(error["type"], value)
    line = f"{key} = {right}" if isinstance(key, str) else right
    match error["type"]:
        case "enum":
            return message("Choose a word of the list.")
        case "date":
            return message("Write dates as 2020-11-23.")
        case "integer" | "float_type" if right:
            return message("Write numbers without quotes and without a unit: {line}", line=line)
        case _ if right:
            return message("Write: {line}", line=line)
        case "tuple_type":
            return message("Write lists in square brackets, or as [[…]] tables.")
        case "string_type":
            return message('Put text between straight double quotes, e.g. name = "…".')
        case _:
            return message("Correct the value.")


def _right_value(type: str, value: object) -> str | None:
    """Write a value as it should be, where that is certain."""
    if isinstance(value, str) and len(value) <= MAX_TEXT_LENGTH:
        plain = normalize("NFKC", value).strip()
        match type:
            case "integer" | "float_type":
                number = _NUMBER.fullmatch(plain)
                is_whole = number is not None and "." not in number[1]
                return number[1] if number and (is_whole or type == "float_type") else None
            case "string_pattern_mismatch":
                id = re.sub(r"[\s_.]+", "-", plain.lower())
                return f'"{id}"' if _SITE_ID.fullmatch(id) else None
            case "tuple_type" if plain and not re.search(r'[、,，;；"\\\s]', value):
                return f'["{value}"]'
    if type == "string_type" and isinstance(value, int | date) and not isinstance(value, bool):
        return f'"{value}"'
    return None


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
