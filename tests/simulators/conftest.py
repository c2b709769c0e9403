"""What the tests of the simulators start from."""

import pytest

from crossdock.tests.simulators.notebook import Notebook


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()
