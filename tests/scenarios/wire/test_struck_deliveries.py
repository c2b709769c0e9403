"""Each fault on the way of an event, as a subscriber on a real socket meets it."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from random import Random

from crossdock.scenarios.interference import ArmedFault, Faults
from crossdock.scenarios.scenario import fault_of
from crossdock.scenarios.wire.wire import Wire
from crossdock.tests.simulators.http.receiver import Receiver, receiving
from crossdock.tests.simulators.http.site import Site, open_site

CHANGED = "crossdock.case.changed.v1"
SCENARIO = "some-scenario"


@asynccontextmanager
async def subscribed(
    folder: Path, fault: str, **parameters: object
) -> AsyncIterator[tuple[Site, Receiver, ArmedFault]]:
    """A CRM with a subscriber, and a fault aimed at the opening of a case."""
    async with open_site({"crm": "crm"}) as site, receiving() as receiver:
        wire = Wire(site.world, {"crm": site.url()}, folder, Random(1))
        await wire.open({})
        faults = Faults(site.world, lambda _order_id: (SCENARIO, "A"), wire=wire)
        document = {"fault": fault, "party": "crm", "event_type": CHANGED, **parameters}
        armed = ArmedFault(SCENARIO, fault, fault_of(document))
        faults.arm(armed)
        site.interfere(faults)
        await site.ask("POST", "/v1/webhook-subscriptions", {"url": receiver.url, "eventTypes": [CHANGED]})
        yield site, receiver, armed
        await wire.close()


async def delivered(site: Site) -> list[str]:
    """Open a case, let all attempts be made, and say what became of each."""
    await site.open_case()

    def ends() -> list[str]:
        return [entry.kind for entry in site.journal(CHANGED, "ok", "info", "fail")]

    def has(attempts: int) -> bool:
        return len(ends()) >= attempts

    for attempt in itertools.count(1):
        await site.until(partial(has, attempt), "the attempt is over")
        if ends()[-1] == "ok":
            break
        await site.advance(10)
    return ends()


async def test_an_event_whose_acknowledgement_is_lost_comes_again_under_the_same_id(tmp_path: Path) -> None:
    async with subscribed(tmp_path, "webhook-answer-lost", attempts=2) as (site, receiver, armed):
        assert await delivered(site) == ["info", "info", "ok"]

        assert len(receiver.deliveries) == 3, "the subscriber has had it each time"
        assert len({delivery.headers["webhook-id"] for delivery in receiver.deliveries}) == 1
        assert {delivery.headers["host"] for delivery in receiver.deliveries} == {receiver.url.split("/")[2]}
        assert armed.fired == 2
        (told,) = site.journal("webhook-answer-lost", "fault")
        assert told.detail["event"] == receiver.deliveries[0].event["id"]


async def test_an_event_that_breaks_off_comes_again_whole(tmp_path: Path) -> None:
    async with subscribed(tmp_path, "webhook-cut", after_octets=500) as (site, receiver, armed):
        assert await delivered(site) == ["info", "ok"]
        assert receiver.types() == [CHANGED], "half a delivery is none"
        assert armed.fired == 1


async def test_an_event_that_trickles_in_arrives_whole(tmp_path: Path) -> None:
    async with subscribed(tmp_path, "webhook-slow", piece_octets=200, every_s=0.01) as (site, receiver, armed):
        assert await delivered(site) == ["ok"]
        assert receiver.types() == [CHANGED]
        assert armed.fired == 1


async def test_the_next_event_about_the_same_case_goes_the_usual_way(tmp_path: Path) -> None:
    async with subscribed(tmp_path, "webhook-answer-lost") as (site, receiver, armed):
        await delivered(site)
        case = receiver.deliveries[0].event["data"]["caseId"]
        await site.ask("PATCH", f"/v1/cases/{case}", {"priority": "high"}, headers={"If-Match": "*"})
        await site.until(lambda: len(receiver.deliveries) == 3, "the second event is there")
        assert armed.fired == 1
