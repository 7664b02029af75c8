"""The list of what the bundle consists of, in CycloneDX, and the licences of it all."""

import hashlib
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

LICENSE_NAMES = ("licen", "copying", "notice", "authors")


def list_parts(bundle: Path, version: str, python: str) -> str:
    """Return the list as JSON: CPython and each package, with the hash of each file of theirs."""
    bom = Bom(serial_number=uuid5(NAMESPACE_URL, f"pilot {version}"))
    # The moment of the build would make two builds of the same parts differ.
    bom.metadata.timestamp = None  # type: ignore[assignment]
    pilot = bom.metadata.component = Component(
        name="pilot", version=version, type=ComponentType.APPLICATION, bom_ref="pilot"
    )
    runtime = [_file(path, bundle) for path in _files(bundle / "python")]
    bom.components.add(
        Component(name="CPython", version=python, type=ComponentType.PLATFORM, bom_ref="CPython", components=runtime)
    )
    for package in _packages(bundle):
        bom.components.add(
            Component(
                name=package.name,
                version=package.version,
                purl=PackageURL("pypi", name=package.name.lower(), version=package.version),
                bom_ref=f"{package.name}=={package.version}",
                components=[_file(path, bundle) for path in _files_of(package)],
            )
        )
    bom.register_dependency(pilot, bom.components)
    return JsonV1Dot6(bom).output_as_string(indent=1)


def copy_licenses(bundle: Path) -> None:
    """Copy the licences of CPython and of each package into one folder."""
    folder = bundle / "licences"
    folder.mkdir()
    (folder / "CPython.txt").write_bytes((bundle / "python" / "LICENSE.txt").read_bytes())
    for package in _packages(bundle):
        for file in package.files or ():
            if file.name.lower().startswith(LICENSE_NAMES) and ".dist-info" in str(file):
                (folder / f"{package.name} {file.name}").write_bytes(Path(str(package.locate_file(file))).read_bytes())


def _packages(bundle: Path) -> list[Distribution]:
    return sorted(distributions(path=[str(bundle / "app")]), key=lambda package: package.name.lower())


def _files_of(package: Distribution) -> list[Path]:
    paths = [Path(str(package.locate_file(file))) for file in package.files or ()]
    return sorted(path for path in paths if path.is_file())


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _file(path: Path, bundle: Path) -> Component:
    name = path.relative_to(bundle).as_posix()
    content = HashType(alg=HashAlgorithm.SHA_256, content=hashlib.sha256(path.read_bytes()).hexdigest())
    return Component(name=name, type=ComponentType.FILE, bom_ref=name, hashes=[content])
