"""Builds the bundle for Windows: a folder to unpack, with CPython, pilot and all that it needs.

    python packaging/build.py [--output dist] [--runtime python-3.13.2-embed-amd64.zip]

The same inputs give the same bytes. What cannot be verified is refused; nothing is written then.
"""

import argparse
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from time import gmtime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from guide import write_guide
from packages import ROOT, VERSION, install_packages
from parts import copy_licenses, list_parts
from runtime import PINS, RuntimeRefusedError, unpack_runtime
from signatures import SignatureError

BUNDLE = Path(__file__).with_name("bundle")
GUIDE = ("windows", "format", "excel", "documents", "inspect", "ledger", "settings", "fix")
"""The pages of the documentation that are the chapters of the guide."""
DROPPED = Path(__file__).with_name("dropped.py")


def main() -> int:
    """Build it; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--output", type=Path, default=ROOT / "dist")
    parser.add_argument("--runtime", type=Path, help="the official archive of the embeddable CPython")
    arguments = parser.parse_args()
    with TemporaryDirectory() as scratch:
        bundle = Path(scratch) / f"pilot-{VERSION}-windows-x64"
        bundle.mkdir()
        try:
            unpack_runtime(bundle / "python", Path(scratch), arguments.runtime)
        except (RuntimeRefusedError, SignatureError, OSError) as error:
            print(f"CPython is refused: {error}", file=sys.stderr)
            return 1
        install_packages(bundle / "app", Path(scratch))
        copy_licenses(bundle)
        parts = list_parts(bundle, VERSION, PINS["version"])
        (bundle / "parts.cdx.json").write_text(parts, encoding="utf-8")
        copytree(ROOT / "checklists", bundle / "示例")
        write_guide([ROOT / "docs" / "zh" / f"{page}.md" for page in GUIDE], bundle / "使用说明.html")
        (bundle / "app" / DROPPED.name).write_bytes(DROPPED.read_bytes())
        for file in BUNDLE.iterdir():
            lines = file.read_text(encoding="utf-8").splitlines()
            (bundle / file.name).write_bytes("".join(f"{line}\r\n" for line in lines).encode())
        arguments.output.mkdir(parents=True, exist_ok=True)
        path = arguments.output / f"{bundle.name}.zip"
        _pack(bundle, path)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    return 0


def _pack(folder: Path, path: Path) -> None:
    """Write a zip file that depends on what it holds alone: in a fixed order, with the time of the last commit."""
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    moment = gmtime(int(subprocess.run(command, capture_output=True, check=True).stdout))[:6]
    draft = path.with_suffix(".part")
    with ZipFile(draft, "w", ZIP_DEFLATED, compresslevel=9) as bundle:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                item = ZipInfo(file.relative_to(folder.parent).as_posix(), moment)
                item.compress_type = ZIP_DEFLATED
                item.external_attr = 0o644 << 16
                bundle.writestr(item, file.read_bytes())
    draft.replace(path)


if __name__ == "__main__":
    sys.exit(main())
