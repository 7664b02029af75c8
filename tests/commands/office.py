"""Has LibreOffice open what pilot wrote, and reads what it prints."""

import shutil
import subprocess
from pathlib import Path

import pytest


def printed(file: Path, folder: Path) -> Path:
    """Have LibreOffice make a PDF of an office file."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    pdf = folder / f"{file.stem}.pdf"
    assert pdf.read_bytes().startswith(b"%PDF")
    return pdf


def text_of(pdf: Path) -> str:
    """Take the text of a PDF, without any space."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    out = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True, encoding="utf-8", timeout=60)
    return "".join(out.stdout.split())
