"""File servers on real sockets, on both loops, and OpenSSH's programs: `./crossdock test` installs them if it may."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from crossdock.tests.simulators.both_loops import pytest_asyncio_loop_factories
from crossdock.tests.simulators.sftp.sockets.server_site import ServerSite, open_site

__all__ = ["pytest_asyncio_loop_factories"]


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[ServerSite]:
    async with open_site(tmp_path) as site:
        yield site


@pytest.fixture(scope="session")
def openssh() -> None:
    """For tests that run `sftp` or `scp`."""
    if shutil.which("sftp") is None or shutil.which("scp") is None:
        reason = "no sftp and scp here: apt-get install openssh-client"
        if os.environ.get("CI"):
            pytest.fail(f"{reason} (a missing program fails where CI is set)", pytrace=False)
        pytest.skip(reason)
