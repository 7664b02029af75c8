"""Says which word of a closed list somebody meant, and what keeps a text from being that word."""

from collections.abc import Sequence
from difflib import get_close_matches

from pilot_cli.locale.message import Message, message
from pilot_cli.site.mistakes.characters import codepoint, look_alike
from pilot_cli.site.texts import is_invisible, plain
from pilot_cli.site.words import Word

MAX_WORD_LENGTH = 40
"""The length of the longest text that is compared with words."""
NEGATIONS = "未不无非没"


def explain_word(text: str, words: Sequence[Word]) -> tuple[Message | None, Message] | None:
    """Say what is wrong with a text where a word is expected, if more can be said than that, and what to do."""
    if len(text) > MAX_WORD_LENGTH:
        return None
    bare = plain(text)
    listed = {word.value for word in words}
    if bare in listed:
        return _odd_character(text), message("Delete it and type it again: {word}", word=bare)
    named = next((word.value for word in words if word.name.replace("_", " ") == bare.replace("_", " ").upper()), None)
    near = named or _near(bare, listed)
    return (None, message("Did you mean “{word}”?", word=near)) if near else None


def _odd_character(text: str) -> Message:
    """Name what a text has that the word has not."""
    for character in text:
        if is_invisible(character):
            return message("holds an invisible character ({code})", code=codepoint(character))
    pair = look_alike(text)
    if pair:
        return message("holds “{wrong}”, which only looks like “{right}”", wrong=pair[0], right=pair[1])
    return message("holds blanks")


def _near(text: str, words: set[str]) -> str | None:
    """Find the one word that a text holds, is a part of, or resembles."""
    inside = sorted((word for word in words if word in text), key=len)
    if inside:
        longest = [word for word in inside if all(word == other or word not in other for other in inside)]
        return longest[0] if len(longest) == 1 else None
    around = [word for word in words if len(text) > 1 and text in word]
    if around:
        return around[0] if len(around) == 1 else None
    matches = get_close_matches(text, sorted(words), n=2)
    matches = [word for word in matches if (word[0] in NEGATIONS) == (text[0] in NEGATIONS)]
    return matches[0] if len(matches) == 1 else None
