"""Packs the wheels of pilot and all that it needs for machines that have Python and no internet.

    python packaging/wheelhouse.py [--output dist]

For Windows, Linux and macOS, and each Python that pilot runs on; install.cmd and install.sh install them.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_STORED, ZipFile

from packages import LOCK, ROOT, VERSION, build_wheel, for_platform, pip

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = (
    ("win_amd64",),
    ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    ("macosx_11_0_arm64",),
    ("macosx_11_0_x86_64",),
)
INSTALL_CMD = '@echo off\r\npython -m pip install --no-index --find-links "%~dp0wheels" pilot-cli\r\npause\r\n'
INSTALL_SH = """#!/bin/sh
exec python3 -m pip install --no-index --find-links "$(dirname "$0")/wheels" pilot-cli
"""


def main() -> int:
    """Pack them; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--output", type=Path, default=ROOT / "dist")
    output: Path = parser.parse_args().output
    name = f"pilot-{VERSION}-wheelhouse"
    with TemporaryDirectory() as scratch:
        build_wheel(Path(scratch))
        for platforms in PLATFORMS:
            for python in PYTHONS:
                target = for_platform(*platforms, python=python)
                pip("download", *target, "--no-deps", "--require-hashes", "--requirement", LOCK, "--dest", scratch)
        output.mkdir(parents=True, exist_ok=True)
        path = output / f"{name}.zip"
        with ZipFile(path, "w", ZIP_STORED) as pack:
            pack.writestr(f"{name}/install.cmd", INSTALL_CMD)
            pack.writestr(f"{name}/install.sh", INSTALL_SH)
            for wheel in sorted(Path(scratch).glob("*.whl")):
                pack.write(wheel, f"{name}/wheels/{wheel.name}")
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
