"""Text that comes from strangers, made safe to show."""

import re

VISIBLE_SPACES = "\u3000\u00a0"
"""Spaces that count as not printable and yet only look like spaces."""

_FILLERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Letters and marks, as Unicode has it, that nobody sees."""
_MARKS = (
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_PILES = re.compile(f"({_MARKS}{{8}}){_MARKS}+")
"""More marks on one letter than anybody writes, which would cover the lines around it."""
_COMMANDS = re.compile(r"::|##\[")
"""What begins a command to GitHub Actions and Azure Pipelines, wherever a line may be broken."""


def printable(text: str) -> str:
    """Write control characters, line breaks and invisible or direction-changing marks as escapes.

    What is left can neither colour, hide nor forge a line of output.
    """
    if text.isascii():
        shown = text
    else:
        shown = _FILLERS.sub(lambda found: _escape(found[0]), text)
        shown = _PILES.sub(lambda found: f"{found[1]}…", shown)
    if not shown.isprintable():
        shown = "".join(
            character if character.isprintable() or character in VISIBLE_SPACES else _escape(character)
            for character in shown
        )
    return shown


def printable_line(text: str) -> str:
    """Write a text for a line of standard output, which is no command to what runs pilot either."""
    shown = printable(text)
    return _COMMANDS.sub(lambda found: " ".join(found[0]), shown) if "::" in shown or "##[" in shown else shown


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode()
