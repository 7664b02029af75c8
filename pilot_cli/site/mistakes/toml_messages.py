"""Translates the messages of rtoml for people."""

from pilot_cli.locale.message import PLACE, Message, message
from pilot_cli.site.model import ExampleNames, Site

QUOTES_ADVICE = message('Put text between straight double quotes, e.g. {key} = "…".')

TOML_MESSAGES: tuple[tuple[tuple[str, ...], Message, Message], ...] = (
    (
        (
            "string values must be quoted",
            "invalid boolean",
        ),
        message("There is no value that TOML understands here"),
        message('Put text between straight double quotes, e.g. {key} = "…"; write numbers and dates without quotes.'),
    ),
    (("missing opening quote",), message("The opening quote is missing"), QUOTES_ADVICE),
    (
        ("invalid basic string",),
        message("The text is not closed: its ending quote is missing"),
        message('Add a straight double quote (") where the text ends.'),
    ),
    (
        ("invalid literal string",),
        message("The text is not closed: its ending quote is missing"),
        message("Add a straight single quote (') where the text ends."),
    ),
    (
        ("invalid multi-line basic string",),
        message("The text of several lines is not closed"),
        message('Add three straight double quotes (""") where the text ends.'),
    ),
    (
        ("invalid multi-line literal string",),
        message("The text of several lines is not closed"),
        message("Add three straight single quotes (''') where the text ends."),
    ),
    (
        (
            "missing escaped value",
            "too few unicode",
            "invalid value",
        ),
        message("A backslash in the text is not followed by a character that it can escape"),
        message("In paths write / instead of \\, or put the text between single quotes."),
    ),
    (
        ("key with no value",),
        message("After the key there is no equals sign with a value"),
        message('Write a line as key = value, e.g. {key} = "…"; begin a remark with #.'),
    ),
    (
        (
            "invalid unquoted key",
            "keys cannot be",
        ),
        message("The key holds a character that keys cannot have"),
        message("Keys are the English names of the format, e.g. {key}; see the list of keys."),
    ),
    (
        ("unquoted keys cannot be empty",),
        message("The key is missing"),
        message('Write a line as key = value, e.g. {key} = "…".'),
    ),
    (
        ("duplicate key",),
        message("The same key or table is given a second time"),
        message("Keep one of them; give the entries of a list as [[…]] tables."),
    ),
    (
        ("cannot extend value",),
        message("A key is given below something that already has a value"),
        message("Rename or remove one of the two keys."),
    ),
    (
        (
            "unclosed table",
            "missing table open",
        ),
        message("The table header is not closed"),
        message("End the header with ], e.g. [{table}]."),
    ),
    (
        ("unclosed array table",),
        message("The table header is not closed"),
        message("End the header with ]], e.g. [[{rows}]]."),
    ),
    (("unclosed array",), message("The list is not closed"), message("Add ] where the list ends.")),
    (("unclosed inline table",), message("The braces are not closed"), message("Add } where the table ends.")),
    (
        ("missing comma between array elements",),
        message("A comma is missing between two entries of the list, or the list is not closed"),
        message("Put a comma between the entries, and ] where the list ends."),
    ),
    (
        ("unexpected key or value",),
        message("There is something more after the end of the value"),
        message("Begin a new line for the next key, and a remark with #."),
    ),
    (
        ("unexpected leading zero",),
        message("The number begins with a zero"),
        message("Write numbers without leading zeros; put numbers of documents between quotes."),
    ),
    (
        (
            "invalid datetime",
            "invalid offset",
        ),
        message("There is no value that TOML understands here"),
        message('Put text and times between quotes, e.g. "09:00-18:00"; write dates as 2020-11-23.'),
    ),
    (
        (
            "invalid date",
            "ValueError: year",
            "ValueError: day",
            "ValueError: month",
        ),
        message("There is no such date"),
        message("Write dates as 2020-11-23."),
    ),
    (
        (
            "invalid time",
            "ValueError",
        ),
        message("There is no such time"),
        message('Put times between quotes, e.g. "09:00-18:00".'),
    ),
    (
        (
            "invalid float",
            "invalid integer",
            "invalid fraction",
            "invalid mantissa",
            "invalid exponent",
            "`_` may only",
            "redundant numeric sign",
            "unexpected sign",
            "radix must",
            "integers with a radix",
            "invalid hexadecimal",
            "invalid octal",
            "invalid binary",
        ),
        message("The number is not written as a number"),
        message("Write numbers as 12 or 12.5."),
    ),
    (
        (
            "integer number overflowed",
            "floating-point number overflowed",
        ),
        message("The number is too large"),
        message("Correct the number."),
    ),
    (
        (
            "invalid comment character",
            "carriage return",
        ),
        message("The file holds an invisible control character"),
        message("Delete the character, or type the line again."),
    ),
    (
        ("cannot recurse further",),
        message("The brackets are nested too deeply"),
        message("Remove the superfluous brackets."),
    ),
    (
        ("recursion limit",),
        message("The keys are nested too deeply"),
        message("Remove the superfluous parts of the key."),
    ),
    (("extra `=`",), message("There is one equals sign too many"), message("Leave one of them out.")),
    (("extra comma",), message("There is one comma too many"), message("Leave one of them out.")),
    (
        (
            "extra assignment",
            "missing comma between key",
            "invalid inline table",
            "missing key for inline",
        ),
        message("A comma is missing between two keys"),
        message("Put a comma between the keys in braces."),
    ),
)
"""What rtoml reports, by its beginning; what to say of it, and what to do about it."""


def with_example_names(advice: Message, within: type) -> Message:
    """Say which names of the format of a file stand in an advice for examples; ``within`` is its model."""
    names: ExampleNames = getattr(within, "example_names", Site.example_names)
    return advice._replace(values=tuple((name, getattr(names, name)) for name in PLACE.findall(advice.template)))
