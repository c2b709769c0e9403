"""A warehouse brings out the next version of its API in a scenario."""

from crossdock.scenarios.action import actions
from crossdock.scenarios.actions.upgrade_version import UpgradeVersion
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.world import World


async def test_the_warehouse_serves_both_until_the_notice_is_over() -> None:
    world = World("test", ManualClock(), Ids("T", 1))
    action = UpgradeVersion(after_h=0, order="A", warehouse="east", notice_h=24)

    action.perform(world, {}, {})

    east, west = world.parties["east"].versions, world.parties["west"].versions
    assert (east.served, east.newest, west.served) == (("v1", "v2"), "v2", ("v1",))
    assert east.gone("v1", world.clock.now()) is None
    assert world.to_come == 1, "the world is not quiet before the old version has ended"
    assert actions["upgrade-version"].exclusive
    assert actions["upgrade-version"].for_good


async def test_a_world_can_begin_with_a_later_version() -> None:
    world = World("test", ManualClock(), Ids("T", 1), versions={"east": "v2"})
    assert world.parties["east"].versions.served == ("v2",)
