"""The bundle: what is in it, that it can be built again, and that what cannot be verified is refused."""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.commands.running import ROOT
from tests.windows.conftest import build

MAX_BYTES = 40_000_000


def test_it_is_small_enough_to_hand_on_and_the_same_when_built_again(archive: Path, tmp_path: Path) -> None:
    assert archive.stat().st_size < MAX_BYTES
    assert build(tmp_path).returncode == 0
    assert (tmp_path / archive.name).read_bytes() == archive.read_bytes()


def test_every_part_is_listed_with_its_hash_and_comes_with_its_licence(archive: Path) -> None:
    with ZipFile(archive) as bundle:
        files = {name.partition("/")[2]: name for name in bundle.namelist()}
        parts = json.loads(bundle.read(files["parts.cdx.json"]))
        listed = {
            part["name"]: part["hashes"][0]["content"] for group in parts["components"] for part in group["components"]
        }
        for path, name in files.items():
            if path.startswith(("app/", "python/")) and path != "app/dropped.py":
                assert listed[path] == hashlib.sha256(bundle.read(name)).hexdigest(), path
    names = {part["name"] for part in parts["components"]}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {requirement.partition(">")[0] for requirement in project["dependencies"]}
    assert wanted <= {name.lower().replace("_", "-") for name in names}
    licences = [path for path in files if path.startswith("licences/")]
    assert {name for name in names if not any(path.startswith(f"licences/{name}") for path in licences)} == set()


def test_the_guide_needs_nothing_else(archive: Path) -> None:
    with ZipFile(archive) as bundle:
        guide = next(name for name in bundle.namelist() if name.endswith("/使用说明.html"))
        page = bundle.read(guide).decode()
    assert "检查.cmd" in page
    assert "English" not in page
    assert not any(word in page for word in ("<script", "src=", "url("))
    links, anchors = ({*re.findall(f' {key}="([^"]+)"', page)} for key in ("href", "id"))
    assert {"#excel", "#ledger", "#inspect"} <= links
    assert links <= {f"#{anchor}" for anchor in anchors}


@pytest.fixture(scope="module")
def runtime(archive: Path) -> dict[str, bytes]:
    """The files of the verified CPython."""
    with ZipFile(archive) as bundle:
        return {
            name.rpartition("/")[2]: bundle.read(name) for name in bundle.namelist() if name.split("/")[1] == "python"
        }


def _changed(runtime: dict[str, bytes]) -> Iterator[tuple[str, dict[str, bytes]]]:
    library = runtime["python313.dll"]
    yield "python313.dll", {"python313.dll": library[:9000] + bytes([library[9000] ^ 1]) + library[9001:]}
    yield "python313.zip", {"python313.zip": runtime["python313.zip"] + b"\0"}
    yield "select.pyd", {"select.pyd": b"MZ"}
    yield "extra.dll", {"extra.dll": b"MZ" + bytes(200)}
    yield "sitecustomize.py", {"sitecustomize.py": b"print(1)"}


def test_a_runtime_that_was_tampered_with_is_refused(runtime: dict[str, bytes], tmp_path: Path) -> None:
    for name, change in _changed(runtime):
        given = tmp_path / "given.zip"
        with ZipFile(given, "w") as files:
            for path, content in {**runtime, **change}.items():
                files.writestr(path, content)
        result = build(tmp_path / "dist", "--runtime", given)
        assert result.returncode == 1, name
        assert result.stderr.startswith(f"CPython is refused: {name}"), result.stderr
        assert not (tmp_path / "dist").exists()
