"""The fonts that Word documents ask for, and those that this computer has."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from pilot_cli.locale import Language, current_language

if sys.platform == "win32":
    import winreg

MAX_SECONDS = 30
"""How long fontconfig may look; the first time it reads every font."""


class Font(NamedTuple):
    """A font of documents, by its names in Chinese and English, and those that stand in for it."""

    chinese: str
    english: str
    similar: tuple["Font", ...] = ()

    @property
    def name(self) -> str:
        """Its name in the language that is spoken."""
        return self.chinese if current_language() is Language.CHINESE else self.english

    def is_in(self, installed: frozenset[str]) -> bool:
        """Whether it is one of these, whose names are in small letters."""
        return not installed.isdisjoint((self.chinese.casefold(), self.english.casefold()))


_HEI = Font("黑体", "SimHei")
FONTS = (
    Font("方正小标宋简体", "FZXiaoBiaoSong-B05S", (Font("方正小标宋_GBK", "FZXiaoBiaoSong-B05"), _HEI)),
    Font("仿宋_GB2312", "FangSong_GB2312", (Font("仿宋", "FangSong"),)),
    Font("楷体_GB2312", "KaiTi_GB2312", (Font("楷体", "KaiTi"),)),
    _HEI,
    Font("宋体", "SimSun"),
    Font("Times New Roman", "Times New Roman"),
)
"""Those that ``fontTable.xml`` of the documents names; the similar ones in the order in which they are taken."""


def installed_fonts() -> frozenset[str] | None:
    """Return the names of the fonts of this computer in small letters; None where the system does not tell."""
    try:
        return frozenset(name.strip().casefold() for name in _names())
    except (OSError, subprocess.SubprocessError):
        return None


if sys.platform == "win32":
    _FONTS_KEY = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"

    def _names() -> Iterator[str]:
        """Yield what Windows has registered for everybody and for the user, such as ``SimSun & NSimSun (TrueType)``."""
        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            with suppress(FileNotFoundError), winreg.OpenKey(root, _FONTS_KEY) as key:
                for index in range(winreg.QueryInfoKey(key)[1]):
                    yield from winreg.EnumValue(key, index)[0].rpartition(" (")[0].split(" & ")

else:

    def _names() -> Iterator[str]:
        """Yield what fontconfig lists; a font that has names in several languages is a line with all of them."""
        program = ["fc-list", "--format", "%{family}\n"]
        listed = subprocess.run(program, capture_output=True, check=True, timeout=MAX_SECONDS)
        for line in listed.stdout.decode("utf-8", "replace").splitlines():
            yield from line.split(",")
