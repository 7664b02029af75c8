"""What rtoml reports of a text that is not TOML, and the words of people for it."""

from pilot_cli.locale import N_

TOML_MESSAGES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        (
            "string values must be quoted",
            "invalid boolean",
        ),
        N_("There is no value that TOML understands here"),
        N_('Put text between straight double quotes, e.g. name = "…"; write numbers and dates without quotes.'),
    ),
    (
        ("missing opening quote",),
        N_("The opening quote is missing"),
        N_('Put text between straight double quotes, e.g. name = "…".'),
    ),
    (
        ("invalid basic string",),
        N_("The text is not closed: its ending quote is missing"),
        N_('Add a straight double quote (") where the text ends.'),
    ),
    (
        ("invalid literal string",),
        N_("The text is not closed: its ending quote is missing"),
        N_("Add a straight single quote (') where the text ends."),
    ),
    (
        ("invalid multi-line basic string",),
        N_("The text of several lines is not closed"),
        N_('Add three straight double quotes (""") where the text ends.'),
    ),
    (
        ("invalid multi-line literal string",),
        N_("The text of several lines is not closed"),
        N_("Add three straight single quotes (''') where the text ends."),
    ),
    (
        (
            "missing escaped value",
            "too few unicode",
            "invalid value",
        ),
        N_("A backslash in the text is not followed by a character that it can escape"),
        N_("In paths write / instead of \\, or put the text between single quotes."),
    ),
    (
        ("key with no value",),
        N_("After the key there is no equals sign with a value"),
        N_('Write a line as key = value, e.g. city = "…"; begin a remark with #.'),
    ),
    (
        (
            "invalid unquoted key",
            "keys cannot be",
        ),
        N_("The key holds a character that keys cannot have"),
        N_("Keys are the English names of the site format, e.g. approved_by; see the list of keys."),
    ),
    (("unquoted keys cannot be empty",), N_("The key is missing"), N_('Write a line as key = value, e.g. city = "…".')),
    (
        ("duplicate key",),
        N_("The same key or table is given a second time"),
        N_("Keep one of them; give the entries of a list as [[…]] tables."),
    ),
    (
        ("cannot extend value",),
        N_("A key is given below something that already has a value"),
        N_("Rename or remove one of the two keys."),
    ),
    (
        (
            "unclosed table",
            "missing table open",
        ),
        N_("The table header is not closed"),
        N_("End the header with ], e.g. [branch]."),
    ),
    (
        ("unclosed array table",),
        N_("The table header is not closed"),
        N_("End the header with ]], e.g. [[branch.officers]]."),
    ),
    (("unclosed array",), N_("The list is not closed"), N_("Add ] where the list ends.")),
    (("unclosed inline table",), N_("The braces are not closed"), N_("Add } where the table ends.")),
    (
        ("missing comma between array elements",),
        N_("A comma is missing between two entries of the list, or the list is not closed"),
        N_("Put a comma between the entries, and ] where the list ends."),
    ),
    (
        ("unexpected key or value",),
        N_("There is something more after the end of the value"),
        N_("Begin a new line for the next key, and a remark with #."),
    ),
    (
        ("unexpected leading zero",),
        N_("The number begins with a zero"),
        N_("Write numbers without leading zeros; put numbers of documents between quotes."),
    ),
    (
        (
            "invalid datetime",
            "invalid offset",
        ),
        N_("There is no value that TOML understands here"),
        N_('Put text and times between quotes, e.g. "09:00-18:00"; write dates as 2020-11-23.'),
    ),
    (
        (
            "invalid date",
            "ValueError: year",
            "ValueError: day",
            "ValueError: month",
        ),
        N_("There is no such date"),
        N_("Write dates as 2020-11-23."),
    ),
    (
        (
            "invalid time",
            "ValueError",
        ),
        N_("There is no such time"),
        N_('Put times between quotes, e.g. "09:00-18:00".'),
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
        N_("The number is not written as a number"),
        N_("Write numbers as 12 or 12.5."),
    ),
    (
        (
            "integer number overflowed",
            "floating-point number overflowed",
        ),
        N_("The number is too large"),
        N_("Correct the number."),
    ),
    (
        (
            "invalid comment character",
            "carriage return",
        ),
        N_("The file holds an invisible control character"),
        N_("Delete the character, or type the line again."),
    ),
    (("cannot recurse further",), N_("The brackets are nested too deeply"), N_("Remove the superfluous brackets.")),
    (("recursion limit",), N_("The keys are nested too deeply"), N_("Remove the superfluous parts of the key.")),
    (("extra `=`",), N_("There is one equals sign too many"), N_("Leave one of them out.")),
    (("extra comma",), N_("There is one comma too many"), N_("Leave one of them out.")),
    (
        (
            "extra assignment",
            "missing comma between key",
            "invalid inline table",
            "missing key for inline",
        ),
        N_("A comma is missing between two keys"),
        N_("Put a comma between the keys in braces."),
    ),
)
"""What rtoml reports, by its beginning; what to say of it, and what to do about it."""
