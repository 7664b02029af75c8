"""Has LibreOffice open what pilot wrote, and reads what it prints."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest


def printed(file: Path, folder: Path) -> Path:
    """Have LibreOffice make a PDF of an office file."""
    (pdf,) = all_printed([file], folder)
    return pdf


def all_printed(files: Sequence[Path], folder: Path) -> list[Path]:
    """Have LibreOffice make a PDF of each of several office files."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    pdfs = [folder / f"{file.stem}.pdf" for file in files]
    assert all(pdf.read_bytes().startswith(b"%PDF") for pdf in pdfs)
    return pdfs


def text_of(pdf: Path) -> str:
    """Take the text of a PDF, without any space."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    out = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True, encoding="utf-8", timeout=60)
    return "".join(out.stdout.split())
