"""What the tests of the examples share."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crossdock.examples.reference_layer.calls import Calls
from crossdock.examples.reference_layer.layer import Parts
from crossdock.examples.reference_layer.log import Log
from crossdock.examples.reference_layer.store import Store
from crossdock.tests.examples.virtual import Scripted, VirtualTiming, settings

MakeCalls = Callable[[Scripted], Calls]


@pytest.fixture
def timing() -> VirtualTiming:
    return VirtualTiming()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(str(tmp_path / "layer.sqlite"))
    yield opened
    opened.close()


@pytest.fixture
def make_calls(timing: VirtualTiming, store: Store) -> MakeCalls:
    """Calls over a script, all with the same store and clock, as after a restart."""
    log = Log(timing, io.StringIO())
    return lambda http: Calls(settings(), http, timing, store, log, Parts())
