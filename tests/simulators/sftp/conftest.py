"""Providers of files for the tests: on disk and in memory, which must not differ."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crossdock.simulators.channels.sftp.disk_storage import DiskStorage
from crossdock.simulators.channels.sftp.memory_storage import MemoryStorage
from crossdock.simulators.channels.sftp.storage import Storage
from crossdock.tests.simulators.sftp.place import Place


@pytest.fixture(params=["memory", "disk"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    return MemoryStorage() if request.param == "memory" else DiskStorage(tmp_path / "mailbox")


@pytest.fixture
def open_place(storage: Storage) -> Iterator[Callable[..., Place]]:
    """Make a provider; when the test is over, nothing may have gone wrong in it."""
    places: list[Place] = []

    def make(**given: object) -> Place:
        place = Place(storage=storage, **given)  # type: ignore[arg-type]  # of various types, as Place has them
        places.append(place)
        return place

    yield make
    for place in places:
        place.depot.close()
        assert place.world.errors == [], "the simulator made mistakes"


@pytest.fixture
def place(open_place: Callable[..., Place]) -> Place:
    return open_place()
