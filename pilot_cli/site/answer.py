"""Understands what people type for a field of the site format."""

from collections.abc import Callable
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pilot_cli.locale import gettext as _
from pilot_cli.site.dates import parse_date
from pilot_cli.site.field import Field, FieldKind
from pilot_cli.site.mistakes.near_word import meant_word
from pilot_cli.site.mistakes.validation_messages import describe_value, expected
from pilot_cli.site.texts import is_utf8, plain
from pilot_cli.site.words import Word

FieldValue = str | int | float | date


class AnswerError(Exception):
    """The field cannot hold an answer; the text says what it should have been."""


def parse_answer(text: str, field: Field) -> FieldValue:
    """Turn what was typed into a value of the field.

    Dates are understood in the usual spellings, and words of closed lists also by their English names and numbers.

    Raises:
        AnswerError: the format does not allow it.
    """
    if not is_utf8(text):
        raise AnswerError(_("It holds bytes that are no text"))
    read = _read_word(field.words) if field.words else _READERS.get(field.kind, str)
    try:
        value: FieldValue = TypeAdapter(field.annotation).validate_python(read(text))
    except ValidationError as error:
        details = error.errors(include_url=False)[0]
        message = _("It has to be {expected}, not {given}").format(
            expected=expected(details, field.words), given=describe_value(text)
        )
        near = meant_word(text, list(field.words or ()))
        if near:
            message = _("{problem}; is it “{word}”?").format(problem=message, word=near.word)
        raise AnswerError(message) from None
    return value


def parse_number(text: str) -> float | str:
    """Return the number that a text means, or else the text; 1_000 is a number only to Python."""
    if "_" in text:
        return text
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def _read_word(words: type[Word]) -> Callable[[str], str]:
    """Return a function that finds a word of a list by itself, its English name or number; else the text stays."""
    names = {name: word for word in words for name in (word.value, word.name.lower().replace("_", "-"))}
    numbers = {str(number): word for number, word in enumerate(words, 1)}
    return lambda text: {**names, **numbers}.get(plain(text).lower(), text)


_READERS: dict[FieldKind, Callable[[str], Any]] = {FieldKind.DATE: parse_date, FieldKind.NUMBER: parse_number}
