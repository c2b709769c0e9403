"""A warehouse and its partner, in each format in which files are exchanged."""

from collections.abc import Iterator

import pytest

from crossdock.simulators.channels.files.partner import formats
from crossdock.tests.simulators.files.correspondent import Correspondent


@pytest.fixture(params=list(formats))
def by_mail(request: pytest.FixtureRequest) -> Iterator[Correspondent]:
    yield from _made(request.param)


@pytest.fixture
def by_x12() -> Iterator[Correspondent]:
    yield from _made("x12")


@pytest.fixture
def by_csv() -> Iterator[Correspondent]:
    yield from _made("csv")


def _made(channel: str) -> Iterator[Correspondent]:
    made = Correspondent(channel)
    yield made
    assert made.world.errors == [], "the simulator made mistakes"
