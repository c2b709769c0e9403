"""What depends on how a loop treats its sockets is tried on both that a relay runs on."""

from crossdock.tests.simulators.http.sockets.conftest import pytest_asyncio_loop_factories

__all__ = ["pytest_asyncio_loop_factories"]
