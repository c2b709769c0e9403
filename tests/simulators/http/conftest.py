"""Worlds for the tests over HTTP."""

from collections.abc import AsyncIterator

import pytest

from crossdock.tests.simulators.http.receiver import Receiver, receiving
from crossdock.tests.simulators.http.site import Site, open_site


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A CRM and a warehouse."""
    async with open_site({"crm": "crm", "east": "warehouse"}) as site:
        yield site


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver
