"""Explains to people why a value does not fit the site format (F004, F005)."""

from typing import Any

from pydantic_core import ErrorDetails

from pilot_cli.locale.message import Message, NameList, message
from pilot_cli.site import value_types
from pilot_cli.site.field import find_field, known_keys
from pilot_cli.site.file_rules import KNOWN_KEY, VALID_VALUE
from pilot_cli.site.mistakes.path_name import PathName, name_of
from pilot_cli.site.model import Site
from pilot_cli.site.problem import KeyPath, Problem, dotted, format_path
from pilot_cli.site.rule_info import RuleInfo
from pilot_cli.site.words import Word

UNKNOWN_KEY = "unexpected_keyword_argument"
"""What pydantic calls a key that the format does not know."""


def rule_of(error: ErrorDetails) -> RuleInfo:
    """Return the rule that one of pydantic's errors breaks."""
    return KNOWN_KEY if error["type"] == UNKNOWN_KEY else VALID_VALUE


def describe(error: ErrorDetails, within: type = Site) -> Problem:
    """Turn one of pydantic's errors on a file into a problem; ``within`` is the model of the file."""
    path: KeyPath = error["loc"]
    if error["type"] == UNKNOWN_KEY:
        return _unknown_key(path, within)
    if error["type"] == "enum" and isinstance(error["input"], str):
        from pilot_cli.site.mistakes.near_word import explain_word

        explained = explain_word(error["input"], list(_words_at(path, within)))
        if explained:
            what, advice = explained
            field = PathName(path, within)
            text = message("{field} {what}", field=field, what=what) if what else _is_not(error, within)
            return Problem(VALID_VALUE, text, advice, path)
    return Problem(VALID_VALUE, _is_not(error, within), _advice(error, within), path)


def _is_not(error: ErrorDetails, within: type) -> Message:
    return message(
        "{key} is not {expected}, but {given}",
        key=PathName(error["loc"], within),
        expected=expected(error, within=within),
        given=describe_value(error["input"]),
    )


def _unknown_key(path: KeyPath, within: type) -> Problem:
    key, holder = str(path[-1]), path[:-1]
    text = message("The site format does not know the key {key}", key=dotted(path))
    if any(isinstance(step, int) for step in path) and (row := name_of(holder, within)):
        text = message(
            "{row}: the site format does not know the key {key} ({path})", row=row, key=key, path=dotted(path)
        )
    return Problem(KNOWN_KEY, text, _advice_on_key(key, holder, within), path)


def _advice_on_key(key: str, holder: KeyPath, within: type) -> Message:
    """Say which key was meant, or where it belongs."""
    from pilot_cli.site.mistakes import key_names

    known = known_keys(holder, within)
    meant = key_names.meant_key(key, holder, within)
    if meant and meant.is_label:
        return message("Write {key} instead.", key=meant.key)
    if meant and meant.is_certain:
        return message("Did you mean {key}?", key=meant.key)
    field = key_names.find_named(key, format_path(holder), within)
    if field and field.table:
        return message("Write its header as {header}.", header=key_names.header(field))
    fields = [field] if field else key_names.fields_called(key, within)
    if 1 <= len(fields) <= 3:
        headers = NameList(tuple(key_names.header_of(other) or "format" for other in fields), " or ")
        return message("Write {key} below {header}.", key=field.keys[-1] if field else key, header=headers)
    if meant:
        return message("Did you mean {key}?", key=meant.key)
    return message("Keys known here: {keys}.", keys=", ".join(known))


def expected(error: ErrorDetails, words: type[Word] | None = None, within: type = Site) -> Message | str:
    """Say what a value should have been; ``words`` are those to choose from, if the error has no path that tells."""
    context = error.get("ctx", {})
    match error["type"]:
        case "enum":
            known = NameList(tuple(word.value for word in words or _words_at(error["loc"], within)))
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
        case value_types.RESERVED_NAME:
            return message("an ID that a folder on Windows can have (con, nul, com1 and the like cannot)")
        case "string_too_short":
            return message("a text with something in it")
        case "tuple_type":
            return message("a list")
        case "dataclass_type":
            return message("a table")
        case _:
            return message("a text")


def _words_at(path: KeyPath, within: type) -> type[Word]:
    words = find_field(format_path(path), within).words
    assert words
    return words


def _advice(error: ErrorDetails, within: type) -> Message:
    from pilot_cli.site.mistakes.right_values import right_value
    from pilot_cli.site.mistakes.toml_messages import QUOTES_ADVICE, with_example_names

    key, right = error["loc"][-1], right_value(error, within)
    line = f"{key} = {right.toml}" if right and isinstance(key, str) else right.toml if right else ""
    match error["type"]:
        case "enum":
            return message("Choose a word of the list.")
        case "date":
            return message("Write dates as 2020-11-23.")
        case value_types.RESERVED_NAME:
            return message("Choose another ID, e.g. {example}.", example=f"{error['input']}-01")
        case "integer" | "float_type" if right:
            return message("Write numbers without quotes and without a unit: {line}", line=line)
        case _ if right:
            return message("Write: {line}", line=line)
        case "tuple_type":
            return message("Write lists in square brackets, or as [[…]] tables.")
        case "string_type":
            return with_example_names(QUOTES_ADVICE, within)
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
