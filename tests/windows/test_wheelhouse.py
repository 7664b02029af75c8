"""The wheels for machines that have Python and no internet."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from tests.commands.running import ROOT


def test_pilot_installs_from_it_alone(tmp_path: Path) -> None:
    packing = [sys.executable, str(ROOT / "packaging" / "wheelhouse.py"), "--output", str(tmp_path)]
    subprocess.run(packing, check=True, capture_output=True)
    with ZipFile(next(tmp_path.glob("*.zip"))) as pack:
        pack.extractall(tmp_path)
    folder = next(path for path in tmp_path.iterdir() if path.is_dir())
    wheels = {path.name for path in (folder / "wheels").iterdir()}
    for python in ("cp311", "cp312", "cp313", "cp314"):
        for platform in ("win_amd64", "manylinux", "macosx"):
            assert any(
                f"-{python}-" in name and platform in name for name in wheels if name.startswith("pydantic_core")
            )
    # As somebody who has the Python of the system, which may let nothing be installed into itself.
    home = tmp_path / "the home"
    home.mkdir()
    environment = {"PATH": f"/usr/bin:/bin:{sys.base_prefix}/bin", "HOME": str(home)}
    installing = subprocess.run(["sh", folder / "install.sh"], env=environment, capture_output=True, encoding="utf-8")
    assert (installing.returncode, installing.stderr) == (0, "")
    program = home / "pilot-program" / "pilot"
    assert str(program) in installing.stdout
    told = subprocess.run([program, "--version"], check=True, env=environment, capture_output=True, encoding="utf-8")
    assert told.stdout.startswith("pilot ")
