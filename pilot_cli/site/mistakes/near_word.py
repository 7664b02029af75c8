"""Says which word of a closed list somebody meant, and what keeps a text from being that word."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import NamedTuple

from pilot_cli.locale.message import Message, message
from pilot_cli.site.mistakes.characters import codepoint, look_alike
from pilot_cli.site.mistakes.told import MendKind
from pilot_cli.site.texts import is_invisible, plain
from pilot_cli.site.words import Word

MAX_WORD_LENGTH = 40
"""The length of the longest text that is compared with words."""
NEGATIONS = "未不无非没"

_ADDS_NOTHING = re.compile(
    r"(?:党支部|支部|党组织|党员|类型|项目|制度|活动|会议|组建|召开|一次|1次|一|[类型式性会议的：:（）()、。.,，])*+"
)
"""What may stand around a word without changing what it means: 临时党支部, 每月一次."""


class MeantWord(NamedTuple):
    """The word that a text means."""

    word: str
    kind: MendKind | None
    """What is put right where the word is put in place of the text; None where it is not certain enough for that."""


def meant_word(text: str, words: Sequence[Word]) -> MeantWord | None:
    """Find the one word that a text means, if there is one."""
    if len(text) > MAX_WORD_LENGTH:
        return None
    bare = plain(text)
    listed = {word.value for word in words}
    if bare in listed:
        return MeantWord(bare, MendKind.CHARACTER)
    named = next((word.value for word in words if word.name.replace("_", " ") == bare.replace("_", " ").upper()), None)
    if named:
        return MeantWord(named, MendKind.WORD)
    near = _near(bare, listed)
    return MeantWord(near, MendKind.WORD if _says_the_same(bare, near) else None) if near else None


def explain_word(text: str, words: Sequence[Word]) -> tuple[Message | None, Message] | None:
    """Say what is wrong with a text where a word is expected, if more can be said than that, and what to do."""
    meant = meant_word(text, words)
    if meant is None:
        return None
    if meant.kind is MendKind.CHARACTER:
        return _odd_character(text), message("Delete it and type it again: {word}", word=meant.word)
    return None, message("Did you mean “{word}”?", word=meant.word)


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
    matches = around or get_close_matches(text, sorted(words), n=2)
    matches = [word for word in matches if (word[0] in NEGATIONS) == (text[0] in NEGATIONS)]
    return matches[0] if len(matches) == 1 else None


def _says_the_same(text: str, word: str) -> bool:
    """Whether a text says no less and no more than a word near it.

    One that only resembles the word does not: 每两月 is not 每月, and 党支部书记助理 holds 书记, but is none.
    """
    if text in word:
        return True
    before, found, after = text.partition(word)
    return bool(found) and all(map(_ADDS_NOTHING.fullmatch, (before, after)))
