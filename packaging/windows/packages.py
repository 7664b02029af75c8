"""The packages that the bundle carries: pilot's own wheel, and those for Windows that the lock file names."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = Path(__file__).with_name("requirements.txt")
PYTHON = "3.13"


def install_packages(folder: Path, scratch: Path) -> None:
    """Install pilot and all that it needs into a new folder, each package checked by its hash."""
    target = ["--platform", "win_amd64", "--python-version", PYTHON, "--only-binary", ":all:"]
    into = ["--no-deps", "--no-compile", "--target", folder]
    wheels = scratch / "wheels"
    _pip("wheel", "--no-deps", "--wheel-dir", wheels, ROOT)
    _pip("install", *target, *into, "--require-hashes", "--requirement", LOCK)
    # Programs of the packages, which start as on the machine that this runs on.
    shutil.rmtree(folder / "bin")
    # Found by its name: a package that is given by its path is installed with that path written into it.
    _pip("install", *target, *into, "--no-index", "--find-links", wheels, "pilot-cli")
    shutil.rmtree(folder / "bin")


def _pip(*arguments: object) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, arguments)]
    subprocess.run(command, check=True)
