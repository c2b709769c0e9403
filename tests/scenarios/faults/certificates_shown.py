"""A proxy that only keeps which certificates it was to show."""

from typing import TypeAlias, cast

import pytest

from crossdock.scenarios.wire.proxy import Proxy
from crossdock.tests.scenarios.faults.between import Struck

Shown: TypeAlias = list[tuple[str, str]]


@pytest.fixture
def shown(struck: Struck) -> Shown:
    """(party, certificate) in order."""
    told: Shown = []

    class Idle:
        callers: dict[int, int] = {}  # noqa: RUF012  # nobody writes to it

        async def present(self, party: str, certificate: str) -> None:
            told.append((party, certificate))

    struck.between.proxy = cast("Proxy", Idle())
    return told
