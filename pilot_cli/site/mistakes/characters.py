"""Names characters that people cannot see, or cannot tell from others."""

from unicodedata import category

from pilot_cli.locale.message import Message, message
from pilot_cli.site.texts import is_invisible, nfkc

FULL_WIDTH_SPACE = "\u3000"
NO_BREAK_SPACES = "\u00a0\u202f\u2007"


def is_odd_space(character: str) -> bool:
    """Whether a character is a space, but not the one of the keyboard."""
    return character != " " and category(character) == "Zs"


def without_invisible(text: str) -> str:
    """Leave out what cannot be seen, and make spaces those of the keyboard."""
    return "".join(" " if is_odd_space(character) else character for character in text if not is_invisible(character))


def codepoint(character: str) -> str:
    """Write the number of a character as tables of characters have it."""
    return f"U+{ord(character):04X}"


def describe_space(character: str) -> Message:
    """Say which space stands where only that of the keyboard may stand."""
    if character == FULL_WIDTH_SPACE:
        return message("A full-width space stands outside of a text")
    if character in NO_BREAK_SPACES:
        return message("A no-break space stands outside of a text")
    return message("A special space ({code}) stands outside of a text", code=codepoint(character))


def look_alike(text: str) -> tuple[str, str] | None:
    """Find the first character of a text that only looks like an ordinary one, and return both."""
    for character in text:
        plain = nfkc(character)
        if plain != character and len(plain) == 1 and category(character)[0] in "LS" and plain.isalpha():
            return character, plain
    return None
