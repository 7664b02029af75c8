"""Corrects a site file: from bytes to bytes, with a list of the corrections."""

from collections.abc import Iterable
from typing import NamedTuple

import rtoml

from pilot_cli.site.fixes.decoding import BYTE_ORDER_MARK, decode
from pilot_cli.site.fixes.statements import mend_statements
from pilot_cli.site.fixes.values import mend_values
from pilot_cli.site.mistakes.told import MendKind
from pilot_cli.site.reader import MAX_FILE_BYTES, looks_like_standard

MAX_PASSES = 5
"""What was mended may show what else is to be mended; hardly ever more than once."""


class Mended(NamedTuple):
    """A site file before and after."""

    before: str
    """The text as it was, with its mark at the beginning if it had one."""
    after: str
    kinds: tuple[MendKind, ...] = ()
    """What was mended, once for each time; nothing was where this is empty."""

    @property
    def counts(self) -> dict[MendKind, int]:
        """How many times each kind of mistake was mended, in the order of the kinds."""
        return {kind: self.kinds.count(kind) for kind in MendKind if kind in self.kinds}


def mend(raw: bytes) -> Mended | None:
    """Mend what is certain in the bytes of a site file; None where these are not certainly a text."""
    decoded = decode(raw)
    if decoded is None:
        return None
    mark = BYTE_ORDER_MARK if MendKind.BYTE_ORDER_MARK in decoded.kinds else ""
    text, kinds = decoded.text, decoded.kinds
    for _pass in range(MAX_PASSES):
        mended, more = _mend_once(text)
        if not more or mended == text:
            break
        text, kinds = mended, kinds + more
    if len(text.encode()) > MAX_FILE_BYTES:
        return Mended(mark + decoded.text, mark + decoded.text)
    return Mended(mark + decoded.text, text, kinds)


def _mend_once(text: str) -> tuple[str, tuple[MendKind, ...]]:
    written = text.split("\n")
    ends = ["\r" if line.endswith("\r") else "" for line in written]
    mended = mend_statements([line.removesuffix("\r") for line in written])
    lines, kinds = mended.lines, mended.kinds
    if mended.readable is not None:
        readable = "\n".join(mended.readable)
        if not looks_like_standard(rtoml.loads(readable)):
            values = mend_values(readable)
            lines = _merged(lines, mended.readable, values.text.split("\n"))
            kinds += values.kinds
    return "\n".join(map(str.__add__, lines, ends)), kinds


def _merged(lines: Iterable[str], before: Iterable[str], after: Iterable[str]) -> list[str]:
    """Take over what was changed, without what was left out of the text before."""
    return [line if old == new else new for line, old, new in zip(lines, before, after, strict=True)]
