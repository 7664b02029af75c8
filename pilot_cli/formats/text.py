"""Text that comes from strangers, made safe to show."""

VISIBLE_SPACES = "\u3000\u00a0"
"""Spaces that count as not printable and yet only look like spaces."""


def printable(text: str) -> str:
    """Write control characters, line breaks and invisible or direction-changing marks as escapes.

    What is left can neither colour, hide nor forge a line of output.
    """
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable() or character in VISIBLE_SPACES
        else character.encode("unicode_escape").decode()
        for character in text
    )
