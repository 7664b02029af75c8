"""The site format, as JSON Schema for editors and validators, and as a page for people.

The schema is made from the model. Tables are written out where they belong, without ``$ref``, so that the same schema
serves the drafts 2020-12 and 7, and editors show the title of each key.
"""

from typing import Any, NamedTuple, TextIO

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from pilot_cli.formats.json import dump
from pilot_cli.formats.markdown import escaped, row
from pilot_cli.formats.registry import View
from pilot_cli.locale import Language, current_language
from pilot_cli.locale import gettext as _
from pilot_cli.site.field import Field, FieldKind, find_field, known_keys
from pilot_cli.site.file_rules import FILE_RULES
from pilot_cli.site.guidance import guidance_for
from pilot_cli.site.inspections import REQUIRED as REQUIRED_OF_INSPECTIONS
from pilot_cli.site.inspections import Inspections
from pilot_cli.site.model import FORMAT_VERSION, REQUIRED, Profile, Site
from pilot_cli.site.value_types import MAX_INTEGER, NumbersAbove, WholeNumbers

_REQUIRED: dict[type, tuple[str, ...]] = {Site: ("site",), Profile: REQUIRED, **REQUIRED_OF_INSPECTIONS}


class FieldHelp(NamedTuple):
    """The help on a field, for people."""

    description: str
    values: str
    example: str


class _Generator(GenerateJsonSchema):
    """Makes the schema as pydantic does, but without null, which TOML does not have."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def write_json(dialect: str, out: TextIO, _view: View) -> None:
    """Write the schema, with titles and descriptions in the current language."""
    _write_schema(dialect, _("Site file of a pilot of “two-new” Party building"), Site, out)


def write_inspections_json(dialect: str, out: TextIO) -> None:
    """Write the schema of the file that says what was seen on site."""
    _write_schema(dialect, _("Inspections of a pilot of “two-new” Party building"), Inspections, out)


def _write_schema(dialect: str, title: str, model: type, out: TextIO) -> None:
    about = {
        "$schema": dialect,
        "title": title,
        # Otherwise Tombi takes a format for that of a TOML date, and refuses a quoted one.
        "x-tombi-string-formats": ["date"],
    }
    out.write(dump(about | _table(model, ()), indent=2) + "\n")


def write_markdown(_dialect: str, out: TextIO, _view: View) -> None:
    """Write a section for each table of the format, with a row for each key, and one on what can be wrong."""
    title = _("Site format {version}").format(version=FORMAT_VERSION)
    about = _(
        "A site file is TOML, saved as UTF-8. Only the keys marked as required have to be there; whether others should "
        "be is a matter for the rules. Dates are written as 2020-11-23, with or without quotes."
    )
    limits = _(
        "A file may be up to 1 MiB and hold up to 120,000 entries, counting tables, lists and everything in them."
    )
    out.write(f"# {title}\n\n{escaped(about)}\n\n{escaped(limits)}\n")
    _write_section(Site, (), out)
    _write_problems(out)


def _write_section(model: type, path: tuple[str, ...], out: TextIO) -> None:
    """Write the keys of the table at a path, and then a section for each table in it."""
    fields = [find_field(key, model) for key in known_keys((), model)]
    keys = [field for field in fields if not field.table]
    if keys:
        headers = (_("Key"), _("Label"), _("What it holds"), _("Value"), _("Example"))
        out.write("\n" + row(headers) + row("---" for _header in headers))
    for field in keys:
        is_required = field.path in _REQUIRED.get(model, ())
        label = _("{name} (required)").format(name=field.label) if is_required else field.label
        texts = (label, *field_help(field, ".".join((*path, field.path))))
        out.write(row((f"`{field.path}`", *map(escaped, texts))))
    for field in fields:
        if field.table:
            name = ".".join((*path, field.path))
            header = f"[[{name}]]" if field.is_list else f"[{name}]"
            out.write(f"\n## `{header}` {field.label}\n\n{escaped(guidance_for(name).description)}\n")
            _write_section(field.table, (*path, field.path), out)


def _write_problems(out: TextIO) -> None:
    title = _("When a file is wrong")
    headers = (_("ID"), _("Severity"), _("What it asks"), _("Advice"))
    out.write(f"\n## {title}\n\n" + row(headers) + row("---" for _header in headers))
    for rule in FILE_RULES.values():
        texts = (rule.level, str(rule.title), str(rule.advice))
        out.write(row((rule.id, *map(escaped, texts))))


def field_help(field: Field, path: str) -> FieldHelp:
    """Return the help on a field; ``path`` is its dotted path from the top of the format."""
    example = guidance_for(path).example
    text = _(", ").join(example) if isinstance(example, list) else str("" if example is None else example)
    return FieldHelp(_description(field, path), _values(field), text)


def _description(field: Field, path: str) -> str:
    """What a field is for and, for those who do not read Chinese, what the words of its closed list mean."""
    texts = [guidance_for(path).description]
    if field.words and current_language() is not Language.CHINESE:
        texts.append("; ".join(f"{word}: {word.label}" for word in field.words) + ".")
    return " ".join(filter(None, texts))


def _values(field: Field) -> str:
    if field.words:
        values = " · ".join(field.words)
    elif field.kind is FieldKind.DATE:
        values = _("date")
    else:
        match field.limits:
            case WholeNumbers(least, most) if most < MAX_INTEGER:
                values = _("whole number, {least} to {most}").format(least=least, most=most)
            case WholeNumbers(least):
                values = _("whole number, {least} or more").format(least=least)
            case NumbersAbove(limit):
                values = _("number above {limit}").format(limit=limit)
            case None:
                values = _("text")
    return _("list: {values}").format(values=values) if field.is_list else values


def _table(model: type, path: tuple[str, ...]) -> dict[str, Any]:
    required = list(_REQUIRED.get(model, ()))
    return {
        "type": "object",
        "properties": {key: _property(find_field(key, model), (*path, key)) for key in known_keys((), model)},
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def _property(field: Field, path: tuple[str, ...]) -> dict[str, Any]:
    name = ".".join(path)
    description, example = _description(field, name), guidance_for(name).example
    about = {"title": field.label, **({"description": description} if description else {})}
    value = _type(field, path)
    if "items" in value:
        # In a list, editors show the title and description of its entries.
        value["items"] = about | value["items"]
    return {
        **about,
        **value,
        **({"default": field.default} if isinstance(field.default, str | int) else {}),
        **({"examples": [example]} if example is not None else {}),
    }


def _type(field: Field, path: tuple[str, ...]) -> dict[str, Any]:
    if field.table:
        value = _table(field.table, path)
    elif field.words:
        value = {"type": "string", "enum": list(field.words)}
    else:
        return TypeAdapter(field.annotation).json_schema(schema_generator=_Generator)
    return {"type": "array", "items": value} if field.is_list else value
