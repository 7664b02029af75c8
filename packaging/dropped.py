"""What becomes of files and folders that are dropped on 检查.cmd and 汇总.cmd: told in the window, written beside them.

Batch files leave other letters than ASCII to the code page of the computer, so that the Chinese is here.
"""

import os
import subprocess
import sys
from collections.abc import Iterator

NOTHING_DROPPED = {
    "check": "请把站点文件，或者存放站点文件的文件夹，拖到“检查.cmd”图标上。",
    "report": "请把存放站点文件的文件夹拖到“汇总.cmd”图标上。",
}
FAILED = 2
"""From this exit status of pilot on nothing was done; 0 and 1 say whether there are problems."""


def main() -> int:
    """Do what a file stands for with each path; return the exit status of what went worst."""
    # A console that has no such character shows its escape.
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    command, *paths = sys.argv[1:]
    if not paths:
        print(NOTHING_DROPPED[command])
        return FAILED
    return max(_serve(command, os.path.abspath(path)) for path in paths)


def _serve(command: str, path: str) -> int:
    status = _pilot(command, path)
    if status >= FAILED:
        return status
    print()
    return max(status, _pilot("report", path, *_outputs(command, path)))


def _outputs(command: str, path: str) -> Iterator[str]:
    """Name the files to write: for one site the notice, for a folder the summary."""
    is_folder = os.path.isdir(path)
    stem = path if is_folder else os.path.splitext(path)[0]
    names = ["-汇总.docx" if is_folder else "-整改通知书.docx", "-汇总.xlsx"]
    for name in [*names, "-汇总.html"] if command == "report" else names:
        yield from ("--output", stem + name)


def _pilot(*arguments: str) -> int:
    sys.stdout.flush()
    return subprocess.run([sys.executable, "-m", "pilot_cli", *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
