"""Detects how table lines can be drawn, unless an option says so."""

import sys
from collections.abc import Sequence

from pilot_cli.commands.choices import Borders

_READ_AND_WRITE, _SHARED, _TEXT_SCREEN = 0xC0000000, 3, 1
_CURSOR_COLUMN = 2
"""Where the column of the cursor stands among the eleven numbers that tell of a screen."""


def draws_ascii(borders: Borders | None, outputs: Sequence[str] | None = None) -> bool:
    """Tell whether lines are to be ASCII: as asked for, or because the console would draw others two cells wide."""
    if borders is None and not outputs:
        return sys.stdout.isatty() and cells_of_line() > 1
    return borders is Borders.ASCII


def cells_of_line() -> int:
    """Return how many cells the console takes for one character of a line: two in some fonts for Chinese.

    Only a console of Windows is asked, by drawing on a screen of it that is not shown. Elsewhere such terminals are of
    Chinese encodings, and Rich draws ASCII in any encoding but Unicode.
    """
    if sys.platform != "win32":
        return 1
    import ctypes
    from ctypes import wintypes

    kernel = ctypes.windll.kernel32
    kernel.CreateConsoleScreenBuffer.restype = wintypes.HANDLE
    handle = kernel.CreateConsoleScreenBuffer(_READ_AND_WRITE, _SHARED, None, _TEXT_SCREEN, None)
    screen = wintypes.HANDLE(handle)
    told = (ctypes.c_short * 11)()
    kernel.WriteConsoleW(screen, "─", 1, ctypes.byref(wintypes.DWORD()), None)
    kernel.GetConsoleScreenBufferInfo(screen, ctypes.byref(told))
    kernel.CloseHandle(screen)
    return told[_CURSOR_COLUMN]
