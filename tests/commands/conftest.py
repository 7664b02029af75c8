"""A ledger that several tests read and none changes."""

import pytest

from tests.commands.ledger.rectified import Rectified, rectify


@pytest.fixture(scope="session")
def rectified(tmp_path_factory: pytest.TempPathFactory) -> Rectified:
    """The example sites in a ledger after two audits."""
    return rectify(tmp_path_factory.mktemp("rectified"))
