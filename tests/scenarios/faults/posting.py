"""A way to hand over deliveries that takes everything."""

from collections.abc import Mapping

from crossdock.simulators.interference import Post
from crossdock.simulators.webhook import Webhooks
from crossdock.tests.scenarios.faults.between import Struck


async def usual(url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, float | None]:
    return 204, None


def deliver_by(struck: Struck, post: Post) -> None:
    """Have the webhooks of the world handed over so."""
    webhooks = Webhooks(struck.clock, post)
    struck.world.outbox.transports[webhooks.channel] = webhooks
