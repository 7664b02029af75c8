"""Installs pilot without internet access, from the wheels beside this file into a folder of its own.

The Python of most systems lets nothing be installed into itself (PEP 668), and some come without pip: a virtual
environment works everywhere, filled by the pip among the wheels.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

WHEELS = Path(__file__).resolve().parent / "wheels"
FOLDER = Path.home() / "pilot-program"
OLDEST, NEWEST = (3, 11), (3, 14)
IS_WINDOWS = os.name == "nt"


def main() -> int:
    """Install it, and say how it is started; return the exit status."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        print("需要 Python 3.11 至 3.14。 / pilot needs Python 3.11 to 3.14.")
        return 1
    pip_wheel = next(WHEELS.glob("pip-*.whl"), None)
    if pip_wheel is None:
        print("安装包不完整，请先把压缩包全部解压。 / Parts are missing here; unpack the whole archive first.")
        return 1
    try:
        # Nothing is deleted that somebody may have put there.
        venv.create(FOLDER, symlinks=not IS_WINDOWS)
    except (OSError, ValueError) as error:
        print(f"无法写入，请先退出 pilot 再试。 / Cannot be written; quit pilot, and try again. ({error})")
        return 1
    programs = FOLDER / ("Scripts" if IS_WINDOWS else "bin")
    pip = [programs / "python", "-m", "pip", "--isolated", "--disable-pip-version-check", "--quiet"]
    packages = ["--force-reinstall", "--no-index", "--find-links", WHEELS, "pip", "pilot-cli"]
    environment = {**os.environ, "PYTHONPATH": str(pip_wheel)}
    if subprocess.run([*map(str, pip), "install", *map(str, packages)], env=environment).returncode:
        print("没有安装成功，原因见上。 / pilot is not installed; the reason is above.")
        return 1
    # The folder with Python itself is not for the search path: its Python would be taken for that of the system.
    if IS_WINDOWS:
        program = FOLDER / "pilot.cmd"
        program.write_text('@"%~dp0Scripts\\pilot.exe" %*\n', encoding="ascii")
        where, line = "“编辑帐户的环境变量”的 Path / Path in “Edit environment variables for your account”", str(FOLDER)
    else:
        program = FOLDER / "pilot"
        program.unlink(missing_ok=True)
        program.symlink_to(programs / "pilot")
        where, line = "~/.profile", f'export PATH="$PATH:{FOLDER}"'
    print(f"已安装，启动 pilot 须输入 / Installed. Start pilot with:\n  {program}")
    print(f"只想输入 pilot 的，把下面一行加入 / To type just pilot, add this line to {where}：\n  {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
