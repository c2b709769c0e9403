"""Whether a layer hears of what happens, before an order is placed."""

import asyncio
from datetime import datetime
from pathlib import Path

import pytest

from crossdock.harness.hearing import heard
from crossdock.harness.layer_process import TargetUnreachable
from crossdock.harness.running_layer import RunningLayer
from crossdock.harness.target import Events, Ready, Start, Target
from crossdock.simulators.clock import START, CompressedClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.world import World


class Beginning:
    """A world to whose CRM nobody listens yet, and a layer that runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        clock = CompressedClock(asyncio.get_running_loop(), datetime.fromisoformat(START), 1.0)
        self.world = World("test", clock, Ids("T", 1))

    def read_feed(self) -> None:
        self.world.parties["crm"].feed.hand_out(None, 100, self.world.clock.wire())

    def register(self, party: str) -> None:
        self.world.subscribe(party, "http://127.0.0.1:9/webhooks", client="layer")

    async def hear(self, subscribe: str) -> None:
        """Raises: TargetUnreachable when the layer does not hear of anything."""
        events, file = Events(subscribe=subscribe), str(self.folder / "target.yaml")
        layer = await RunningLayer.start(
            self.world, Target(crossdock=1, name="t", events=events, file=file), self.folder, {}, {}
        )
        impatient = Start(command=("layer",), ready=Ready(url="http://127.0.0.1:9/health", within_s=0.05))
        await heard(self.world, Target(crossdock=1, name="t", events=events, start=impatient, file=file), layer)


async def test_a_layer_may_poll_the_crm_and_have_the_events_of_others_pushed(tmp_path: Path) -> None:
    beginning = Beginning(tmp_path)
    beginning.register("erp")
    beginning.read_feed()

    await beginning.hear("layer")

    assert beginning.world.parties["crm"].is_polled
    assert not beginning.world.parties["erp"].is_polled


async def test_a_layer_that_registered_its_webhooks_hears(tmp_path: Path) -> None:
    beginning = Beginning(tmp_path)
    beginning.register("crm")

    await beginning.hear("layer")

    assert not beginning.world.parties["crm"].is_polled


@pytest.mark.parametrize(
    ("subscribe", "lacks"),
    [("layer", "neither registered a webhook with the CRM"), ("poll", "has not read the CRM's feed")],
)
async def test_a_layer_that_does_neither_is_told_what_it_lacks(tmp_path: Path, subscribe: str, lacks: str) -> None:
    with pytest.raises(TargetUnreachable, match=lacks):
        await Beginning(tmp_path).hear(subscribe)
