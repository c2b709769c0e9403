"""The tests in this folder run in virtual time."""

import asyncio
from collections.abc import Callable, Mapping

import pytest

from crossdock.simulators.virtual.loop import VirtualLoop


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    return {"virtual": VirtualLoop}
