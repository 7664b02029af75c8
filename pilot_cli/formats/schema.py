"""The site format, as JSON Schema for editors and validators, and as a page for people.

The schema says what the model says. Tables stand where they belong and nothing is referred to by ``$ref``, so that the
same schema serves the drafts 2020-12 and 7, and editors show the title of each key.
"""

from typing import Any, NamedTuple, TextIO

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from pilot_cli.formats.json import dump
from pilot_cli.formats.labels import severity_label
from pilot_cli.formats.markdown import escaped, row
from pilot_cli.formats.registry import View
from pilot_cli.locale import Language, current_language
from pilot_cli.locale import gettext as _
from pilot_cli.site.field import Field, find_field, known_keys
from pilot_cli.site.file_rules import FILE_RULES
from pilot_cli.site.guidance import GUIDANCE
from pilot_cli.site.model import FORMAT_VERSION, MAX_INTEGER, REQUIRED, Site

_REQUIRED = {(): ["site"], ("site",): list(REQUIRED)}


class About(NamedTuple):
    """What is said to people of a field."""

    description: str
    values: str
    """What values it takes, in short."""
    example: str


class Limits(NamedTuple):
    """What numbers a field takes."""

    least: int | None
    most: int | None
    above: float | None
    """The largest number that is too small."""


class _Generator(GenerateJsonSchema):
    """pydantic's own, but for the null that TOML does not have."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def write_json(dialect: str, out: TextIO, _view: View) -> None:
    """Write the schema, with titles and descriptions in the current language."""
    about = {
        "$schema": dialect,
        "title": _("Site file of a pilot of “two-new” Party building"),
        # To Tombi a format means a TOML date unless it is told that a quoted one is meant as well.
        "x-tombi-string-formats": ["date"],
    }
    out.write(dump(about | _table(Site, ()), indent=2) + "\n")


def write_markdown(_dialect: str, out: TextIO, _view: View) -> None:
    """Write a section for each table of the format, with a row for each key, and one on what can be wrong."""
    title = _("Site format {version}").format(version=FORMAT_VERSION)
    about = _(
        "A site file is TOML, saved as UTF-8. Only the keys marked as required have to be there; whether others should "
        "be is a matter for the rules. Dates are written as 2020-11-23, with or without quotes."
    )
    out.write(f"# {title}\n\n{escaped(about)}\n")
    _write_section(_table(Site, ()), (), out)
    _write_problems(out)


def _write_section(table: dict[str, Any], path: tuple[str, ...], out: TextIO) -> None:
    keys = {key: value for key, value in table["properties"].items() if _rows_of(value) is None}
    if keys:
        headers = (_("Key"), _("Label"), _("What it holds"), _("Value"), _("Example"))
        out.write("\n" + row(headers) + row("---" for _header in headers))
    for key, value in keys.items():
        is_required = key in table.get("required", ())
        name = _("{name} (required)").format(name=value["title"]) if is_required else value["title"]
        texts = (name, value["description"], _values(value), _example(value))
        out.write(row((f"`{key}`", *map(escaped, texts))))
    for key, value in table["properties"].items():
        rows = _rows_of(value)
        if rows is not None:
            name = ".".join((*path, key))
            header = f"[[{name}]]" if "items" in value else f"[{name}]"
            out.write(f"\n## `{header}` {value['title']}\n\n{escaped(value['description'])}\n")
            _write_section(rows, (*path, key), out)


def _write_problems(out: TextIO) -> None:
    title = _("When a file is wrong")
    headers = (_("ID"), _("Severity"), _("What it asks"), _("Advice"))
    out.write(f"\n## {title}\n\n" + row(headers) + row("---" for _header in headers))
    for rule in FILE_RULES.values():
        texts = (severity_label(rule.severity), str(rule.title), str(rule.advice))
        out.write(row((rule.id, *map(escaped, texts))))


def about(field: Field, path: str) -> About:
    """Say what a field holds; ``path`` is its dotted path from the top of the format."""
    value = _property(field, tuple(path.split(".")))
    return About(value["description"], _values(value), _example(value))


def limits(field: Field) -> Limits:
    """Tell the limits of a field that holds a number."""
    value = _type(field, ())
    return Limits(value.get("minimum"), value.get("maximum"), value.get("exclusiveMinimum"))


def _rows_of(value: dict[str, Any]) -> dict[str, Any] | None:
    """The table that a key holds, or each table of its list."""
    table: dict[str, Any] = value.get("items", value)
    return table if "properties" in table else None


def _values(value: dict[str, Any]) -> str:
    match value:
        case {"items": entry}:
            return _("list: {values}").format(values=_values(entry))
        case {"enum": words}:
            return " · ".join(words)
        case {"format": "date"}:
            return _("date")
        case {"type": "integer", "minimum": least, "maximum": most} if most < MAX_INTEGER:
            return _("whole number, {least} to {most}").format(least=least, most=most)
        case {"type": "integer", "minimum": least}:
            return _("whole number, {least} or more").format(least=least)
        case {"exclusiveMinimum": limit}:
            return _("number above {limit}").format(limit=limit)
        case _:
            return _("text")


def _example(value: dict[str, Any]) -> str:
    example = value.get("examples", [""])[0]
    return _(", ").join(example) if isinstance(example, list) else str(example)


def _table(model: type, path: tuple[str, ...]) -> dict[str, Any]:
    required = _REQUIRED.get(path)
    return {
        "type": "object",
        "properties": {key: _property(find_field(key, model), (*path, key)) for key in known_keys(path)},
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def _property(field: Field, path: tuple[str, ...]) -> dict[str, Any]:
    guidance = GUIDANCE[".".join(path)]
    about = {"title": field.label, "description": guidance.description + _meanings(field)}
    value = _type(field, path)
    if "items" in value:
        # In a list, editors show what is said of its entries.
        value["items"] = about | value["items"]
    return {
        **about,
        **value,
        **({"default": field.default} if isinstance(field.default, str | int) else {}),
        **({"examples": [guidance.example]} if guidance.example is not None else {}),
    }


def _type(field: Field, path: tuple[str, ...]) -> dict[str, Any]:
    if field.table:
        value = _table(field.table, path)
    elif field.words:
        value = {"type": "string", "enum": list(field.words)}
    else:
        return TypeAdapter(field.annotation).json_schema(schema_generator=_Generator)
    return {"type": "array", "items": value} if field.is_list else value


def _meanings(field: Field) -> str:
    """What the words of a closed list mean, for those who do not read Chinese."""
    if not field.words or current_language() is Language.CHINESE:
        return ""
    return " " + "; ".join(f"{word}: {word.label}" for word in field.words) + "."
