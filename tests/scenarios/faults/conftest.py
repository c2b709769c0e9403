"""What the unit tests of faults on the wire share."""

import pytest

from crossdock.tests.scenarios.faults.between import Struck


@pytest.fixture
def struck() -> Struck:
    """A world with something in front of every party."""
    return Struck()
