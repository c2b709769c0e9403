"""What the tests of the simulators start from, and what all of them are held to."""

from collections.abc import Iterator

import pytest

from crossdock.tests.simulators.notebook import Notebook
from crossdock.tests.simulators.transitions import watched


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture(autouse=True)
def steps() -> Iterator[list[str]]:
    """Nothing that a test has the simulators do is a step that contracts/states does not have."""
    with watched() as wrong:
        yield wrong
    assert wrong == []
