"""Writes a first site file: what is known, and every other key of the format as a comment to be filled in."""

from collections.abc import Iterator, Mapping
from datetime import date

import tomli_w

from pilot_cli.locale import gettext as _
from pilot_cli.site.answer import FieldValue
from pilot_cli.site.field import Field, FieldKind, find_field, known_keys
from pilot_cli.site.guidance import guidance_for
from pilot_cli.site.model import FORMAT_VERSION

EXPLANATION = "## "
"""How lines begin that stay comments, even where an editor takes one # away from every line."""
TO_FILL_IN = "# "
"""How lines begin that are site file without it."""

_Value = FieldValue | list[str]


def write_skeleton(values: Mapping[str, FieldValue], schema: str) -> str:
    """Return the text of a site file with values by their dotted paths; each of the five ones has its table.

    ``schema`` is the address of the JSON Schema, for editors.
    """
    fields = [find_field(key) for key in known_keys(())]
    lines = [f"#:schema {schema}", "", *_head(), ""]
    known = {"format": FORMAT_VERSION, **values}
    lines += [_key_line(field, field.path, known) for field in fields if not field.table]
    for field in fields:
        if field.table:
            lines += _section(field, known)
    return "\n".join(lines) + "\n"


def _head() -> Iterator[str]:
    texts = (
        _("How to go on:"),
        _(
            "1. What stands behind a # is not read. To fill in a line, take the # at its beginning away, and put what "
            "is true in place of the example; keep the quotes."
        ),
        _("2. For a line below a name in brackets, such as [[branch.officers]], take the # before that name away too."),
        _("3. For one more officer, item or record, repeat the name in brackets and the lines below it."),
        _("4. Dates are written as 2020-11-23. Lines that begin with ## are explanations, and stay."),
        _("5. Save the file as UTF-8, and run pilot check: it says what is still to be done."),
    )
    return (EXPLANATION + text for text in texts)


def _section(table: Field, values: Mapping[str, FieldValue]) -> Iterator[str]:
    """Write a table, or a row of a list of tables, with its keys, and then the lists of tables in it."""
    yield ""
    yield f"{EXPLANATION}{_meaning(table, table.path)}"
    yield f"{TO_FILL_IN}[[{table.path}]]" if table.is_list else f"[{table.path}]"
    fields = {f"{table.path}.{key}": find_field(key, table.table or object) for key in known_keys(table.keys)}
    for path, field in fields.items():
        if not field.table:
            yield _key_line(field, path, values)
    for path, field in fields.items():
        if field.table:
            yield from _section(find_field(path), values)


def _key_line(field: Field, path: str, values: Mapping[str, FieldValue]) -> str:
    """Write a key with its value, or as a comment with an example, and what it means."""
    begin, value = ("", values[path]) if path in values else (TO_FILL_IN, _example(field, path))
    return f"{begin}{field.keys[-1]} = {_toml(value)}   # {_meaning(field, path)}"


def _example(field: Field, path: str) -> _Value:
    example = guidance_for(path).example
    if field.words:
        first = next(iter(field.words)).value
        return [first] if field.is_list else first
    if field.kind is FieldKind.DATE:
        return date.fromisoformat(str(example))
    return "" if example is None else example


def _toml(value: _Value) -> str:
    """Write a value on one line."""
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return tomli_w.dumps({"_": value}).removeprefix("_ = ").rstrip("\n")


def _meaning(field: Field, path: str) -> str:
    """Say what a key is called, what it is for, and which words can be chosen."""
    meaning = guidance_for(path).description
    if not meaning.startswith(field.label):
        meaning = _("{label}: {description}").format(label=field.label, description=meaning)
    if not field.words:
        return meaning
    words = (word.value if word.label == word.value else f"{word.value} ({word.label})" for word in field.words)
    return _("{meaning} Words: {words}").format(meaning=meaning, words=_(", ").join(words))
