"""Draws the pictures of real output that the README shows: `.venv/bin/python docs/pictures.py`.

pilot runs in a pseudo-terminal, as for a user; Chromium draws what it wrote in fonts whose Chinese characters are
exactly twice as wide as the others. On Debian: apt-get install chromium fonts-dejavu-core fonts-noto-cjk.
"""

import io
import os
import pty
import struct
import subprocess
import sys
import tempfile
import termios
from fcntl import ioctl
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

DOCS = Path(__file__).parent
ONE_SITE = "checklists/construction/zhuhai-hengqin-tower/site.toml"
PICTURES = {
    "check-one.zh.png": (100, ["check", ONE_SITE]),
    "check-one.en.png": (100, ["--lang", "en", "check", ONE_SITE]),
    "check-many.zh.png": (128, ["check", "checklists", "--no-findings"]),
}

CELL_WIDTH, LINE_HEIGHT = 8, 21
HALF_WIDTH = "U+0-2FF, U+2000-206F, U+2500-257F"
"""What a terminal draws one cell wide: Latin letters, quotes, the lines of tables."""
PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 16px; color: {foreground}; background: {background}; }}
@font-face {{ font-family: half; src: local("DejaVu Sans Mono"); size-adjust: 83.05%; unicode-range: {half}; }}
@font-face {{ font-family: half; font-weight: bold; src: local("DejaVu Sans Mono Bold"); size-adjust: 83.05%;
  unicode-range: {half}; }}
pre {{ margin: 0; text-spacing-trim: space-all; font: 16px/21px half, "Noto Sans Mono CJK SC"; }}
{stylesheet}</style><pre>{code}</pre>"""


def output_of(arguments: list[str], width: int) -> str:
    """Run pilot in a terminal of some width and return what it wrote, colours and all."""
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 200, width, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    process = subprocess.Popen(
        [sys.executable, "-m", "pilot_cli", *arguments], stdout=theirs, cwd=DOCS.parent, env=environment
    )
    os.close(theirs)
    written = b""
    try:
        while chunk := os.read(ours, 65536):
            written += chunk
    except OSError:
        pass  # Linux reports the end of a pseudo-terminal as an error.
    process.wait()
    return written.decode().replace("\r\n", "\n").rstrip()


def draw(output: str, width: int, picture: Path) -> None:
    """Let Chromium draw a terminal with this output."""
    console = Console(record=True, width=width, file=io.StringIO())
    console.print(Text.from_ansi(output))
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(
            console.export_html(theme=MONOKAI, code_format=PAGE.replace("{half}", HALF_WIDTH)), encoding="utf-8"
        )
        size = f"{width * CELL_WIDTH + 40},{(output.count(chr(10)) + 1) * LINE_HEIGHT + 36}"
        browser = "chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1.5"
        command = [*browser.split(), f"--user-data-dir={folder}", f"--window-size={size}", f"--screenshot={picture}"]
        subprocess.run([*command, page.as_uri()], check=True, stderr=subprocess.DEVNULL)


def main() -> None:
    """Draw every picture."""
    for name, (width, arguments) in PICTURES.items():
        draw(output_of([*arguments, "--as-of", "2020-11-23"], width), width, DOCS / name)


if __name__ == "__main__":
    main()
