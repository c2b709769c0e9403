"""What depends on how a loop treats its sockets is tried on both that the simulators run on.

A conftest.py has it for its folder: `from crossdock.tests.simulators.both_loops import pytest_asyncio_loop_factories`.
"""

import asyncio
from collections.abc import Callable, Mapping

import pytest


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Without uvloop, which not every system has, on asyncio's own alone."""
    try:
        import uvloop
    except ImportError:
        return {"asyncio": asyncio.new_event_loop}
    return {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}
