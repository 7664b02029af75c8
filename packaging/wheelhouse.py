"""Packs the wheels of pilot and all that it needs for machines that have Python and no internet.

    python packaging/wheelhouse.py [--output dist]

For Windows, Linux and macOS, and each Python that pilot runs on; install.cmd and install.sh start what installs them.
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
INSTALLER = Path(__file__).with_name("offline")
"""What installs them, and the pip that it takes."""


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
        pip("download", "--no-deps", "--require-hashes", "--requirement", INSTALLER / LOCK.name, "--dest", scratch)
        output.mkdir(parents=True, exist_ok=True)
        path = output / f"{name}.zip"
        with ZipFile(path, "w", ZIP_STORED) as pack:
            for file in sorted(INSTALLER.glob("install.*")):
                text = file.read_text(encoding="utf-8")
                line_end = "\r\n" if file.suffix == ".cmd" else "\n"
                pack.writestr(f"{name}/{file.name}", text.replace("\n", line_end))
            for wheel in sorted(Path(scratch).glob("*.whl")):
                pack.write(wheel, f"{name}/wheels/{wheel.name}")
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
