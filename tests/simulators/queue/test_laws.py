"""Every broker keeps every law, with a real server."""

import pytest

from crossdock.tests.simulators.queue.bench import Bench
from crossdock.tests.simulators.queue.laws import LAWS, Law


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
async def test_a_broker_keeps_the_law_that(law: Law, bench: Bench) -> None:
    await law(bench)
