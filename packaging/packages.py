"""The packages that the bundle carries: pilot's own wheel, and those for Windows that the lock file names."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
VERSION = (ROOT / "pilot_cli" / "version.py").read_text(encoding="utf-8").split('"')[-2]
LOCK = Path(__file__).with_name("requirements.txt")
PYTHON = "3.13"


def install_packages(folder: Path, scratch: Path) -> None:
    """Install pilot and all that it needs into a new folder, each package checked by its hash."""
    target = for_platform("win_amd64", python=PYTHON)
    into = ["--no-deps", "--no-compile", "--target", folder]
    wheels = scratch / "wheels"
    build_wheel(wheels)
    pip("install", *target, *into, "--require-hashes", "--requirement", LOCK)
    # Programs of the packages, which start as on the machine that this runs on.
    shutil.rmtree(folder / "bin")
    # Found by its name: a package that is given by its path is installed with that path written into it.
    pip("install", *target, *into, "--no-index", "--find-links", wheels, "pilot-cli")
    shutil.rmtree(folder / "bin")


def build_wheel(folder: Path) -> None:
    """Write pilot's own wheel into a folder."""
    pip("wheel", "--no-deps", "--wheel-dir", folder, ROOT)


def for_platform(*tags: str, python: str) -> list[str]:
    """Return the options of pip that ask for wheels for another machine, by what platforms and which Python it has."""
    platforms = [part for tag in tags for part in ("--platform", tag)]
    return [*platforms, "--python-version", python, "--only-binary", ":all:"]


def pip(*arguments: object) -> None:
    """Run pip."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, arguments)]
    subprocess.run(command, check=True)
