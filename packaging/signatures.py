"""Tells whether the binaries of CPython are those that the Python Software Foundation and Microsoft have signed."""

import re
import subprocess
from pathlib import Path

ROOTS = Path(__file__).with_name("roots.pem")
"""The certificates of Microsoft and DigiCert at which all chains end."""
SIGNERS = frozenset({"Python Software Foundation", "Microsoft Corporation"})
"""The organizations whose signature is taken."""
BINARIES = frozenset({".exe", ".dll", ".pyd"})
_SIGNER = re.compile(r"Signer's certificate:\s+-*\s*Signer #0:\s+Subject: .*?/O=([^/\n]+)")


class SignatureError(Exception):
    """A binary has no valid signature of those who may sign it."""


def check_signatures(folder: Path) -> None:
    """Check every binary in a folder.

    Raises:
        SignatureError: one is not signed, not by whom it should, or changed since.
    """
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in BINARIES:
            check_signature(path)


def check_signature(path: Path) -> None:
    """Check one binary.

    Raises:
        SignatureError: it is not signed, not by whom it should, or changed since.
    """
    command = ["osslsigncode", "verify", *_without_network(), "-CAfile", str(ROOTS)]
    command += ["-TSA-CAfile", str(ROOTS), "-in", str(path)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if result.returncode != 0:
        raise SignatureError(f"{path.name}: the signature is not valid")
    signers = set(_SIGNER.findall(result.stdout))
    if not signers or not signers <= SIGNERS:
        raise SignatureError(f"{path.name}: signed by {', '.join(sorted(signers)) or 'nobody'}")


def _without_network() -> list[str]:
    """Newer versions ask certificate authorities for revocations; a build takes nothing from the network."""
    told = subprocess.run(["osslsigncode", "verify", "--help"], capture_output=True, encoding="utf-8", check=False)
    return ["-ignore-crl"] if "-ignore-crl" in told.stdout + told.stderr else []
