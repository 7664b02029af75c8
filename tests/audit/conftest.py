from pathlib import Path

import pytest

from tests.generated import make_folder


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with all the documents that generated sites name."""
    folder = tmp_path_factory.mktemp("generated")
    make_folder(folder)
    return folder
