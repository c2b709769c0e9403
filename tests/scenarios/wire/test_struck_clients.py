"""Each fault on the wire as three clients meet it that we did not write: curl, aiohttp and Node's fetch.

What the caller sees, what the party has done, and what the journal tells of it.
"""

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from crossdock.scenarios.faults.dns_failure import NOWHERE
from crossdock.tests.scenarios.wire.clients import (
    CLIENTS,
    CLOSED,
    EXPIRED,
    PARTIAL,
    REFUSED,
    RESET,
    TIMEOUT,
    UNKNOWN_CA,
    UNREADABLE,
    UNRESOLVED,
    WRONG_HOST,
    Client,
    demand_programs,
)
from crossdock.tests.scenarios.wire.struck_site import BEGINS, StruckSite, struck_site


@pytest.fixture(autouse=True)
def programs() -> None:
    demand_programs()


@dataclass(frozen=True)
class Meeting:
    """A fault, and what each client may see of it (clients put the same thing into different words). `done`: the party
    has carried the request out, so often; `place` who struck.
    """

    fault: str
    seen: tuple[str, ...]
    place: str
    done: int = 1
    parameters: tuple[tuple[str, Any], ...] = ()


def meeting(fault: str, *seen: str, place: str = "relay", done: int = 1, **parameters: Any) -> Meeting:
    return Meeting(fault, seen, place, done, tuple(parameters.items()))


ANSWERS = [
    meeting("connection-reset", RESET),
    meeting("connection-reset", RESET, CLOSED, after_octets=40),
    meeting("connection-reset", RESET, done=0, place="simulator", before_commit=True),
    meeting("cut-response", CLOSED, after_octets=0),
    meeting("cut-response", PARTIAL, after_octets=250),
    meeting("half-open", TIMEOUT, after_octets=250),
    meeting("slow-body", TIMEOUT, free_octets=300, piece_octets=1, every_s=0.5),
    meeting("slow-body", "201", free_octets=300, piece_octets=100, every_s=0.01),
    meeting("sliced-response", "201"),
    meeting("kill-before-commit", CLOSED, place="proxy", done=0),
    meeting("kill-after-commit", CLOSED, place="proxy"),
    meeting("slow-first-byte", "201", place="proxy", by_s=0.2),
    meeting("slow-first-byte", TIMEOUT, place="proxy", by_s=30.0),
    meeting("stalled-body", TIMEOUT, place="proxy"),
    meeting("truncated-body", PARTIAL, place="proxy"),
    meeting("wrong-length", UNREADABLE, place="proxy"),
    meeting("corrupted-response", UNREADABLE, place="proxy", by="html"),
    meeting("corrupted-response", UNREADABLE, place="proxy", by="empty"),
    meeting("corrupted-response", UNREADABLE, place="proxy", by="garbled"),
    meeting("doubled-request", "201", place="proxy", done=2),
]


async def next_is_well(struck: StruckSite, client: Client) -> None:
    """The request that follows is not struck: whatever the fault did, it is over."""
    assert await client(struck.request()) == "201"


@pytest.mark.parametrize("met", ANSWERS, ids=str)
async def test_a_client_meets_the_fault_as_it_would_on_a_real_line(tmp_path: Path, met: Meeting) -> None:
    parameters = {"operation": "createCase", "times": len(CLIENTS), **dict(met.parameters)}
    async with struck_site(tmp_path, met.fault, **parameters) as struck:
        for number, (name, client) in enumerate(CLIENTS.items(), 1):
            seen = await client(struck.request())

            assert seen in met.seen, f"{name} saw {seen!r}"
            await struck.counted(cases=number * met.done, strikes=number)
        await next_is_well(struck, client)

        assert struck.armed.fired == len(CLIENTS)
        for strike in struck.strikes():
            assert strike.detail.get("place", "simulator") == met.place
            assert bool(strike.exchange) == (met.done > 0 or met.place == "simulator"), (
                "it names the exchange it struck"
            )
        told = {
            entry.kind for entry in struck.site.journal("createCase", "ok", "info", "fail") if "fault" in entry.detail
        }
        if met.done == 1:
            assert told == {"info"}, "whether the caller has the answer can't be known"


async def test_an_answer_that_is_shorter_than_the_fault_allows_is_not_struck(tmp_path: Path) -> None:
    async with struck_site(tmp_path, "half-open", operation="createCase", after_octets=5000) as struck:
        for client in CLIENTS.values():
            await next_is_well(struck, client)
        assert struck.armed.fired == 0


async def test_a_client_can_not_find_a_host_whose_name_does_not_resolve(tmp_path: Path) -> None:
    async with struck_site(tmp_path, "connection-reset", operation="createCase", nth=9) as struck:
        request = replace(struck.request(), url=NOWHERE.format(party="crm"))
        for name, client in CLIENTS.items():
            assert await client(request) == UNRESOLVED, name


CERTIFICATES = [
    meeting("tls-expired", EXPIRED),
    meeting("tls-wrong-host", WRONG_HOST),
    meeting("tls-unknown-ca", UNKNOWN_CA),
]


@pytest.mark.parametrize("met", CERTIFICATES, ids=str)
async def test_a_client_refuses_the_certificate_and_goes_on_when_there_is_a_good_one(
    tmp_path: Path, met: Meeting
) -> None:
    async with struck_site(tmp_path, met.fault, begins_with=BEGINS, for_s=5.0) as struck:
        assert struck.request().url.startswith("https://")
        for client in CLIENTS.values():
            assert await client(struck.request()) == "201"
        before = struck.cases

        await struck.begin()
        for name, client in CLIENTS.items():
            assert await client(struck.request()) in met.seen, name
        await struck.site.until(lambda: struck.armed.fired >= len(CLIENTS), "each refusal is told")
        assert struck.cases == before, "nothing was said over such a connection"

        await struck.site.advance(6)
        await struck.wire.calm()
        for client in CLIENTS.values():
            await next_is_well(struck, client)


@pytest.mark.parametrize("met", CERTIFICATES, ids=str)
async def test_a_client_that_takes_any_certificate_is_told_of_with_what_it_sent(tmp_path: Path, met: Meeting) -> None:
    async with struck_site(tmp_path, met.fault, begins_with=BEGINS, for_s=5.0) as struck:
        await struck.begin()
        request = struck.request()
        headers = {"Authorization": f"Bearer {request.token}", "Content-Type": "application/json"}
        async with aiohttp.ClientSession() as session:
            for _ in range(2):
                async with session.post(request.url, data=request.body, headers=headers, ssl=False) as response:
                    assert response.status == 201
                    await response.read()  # else the connection is not used again

        await struck.site.until(lambda: struck.armed.fired > 0, "it is told")
        assert [strike.detail["used"] for strike in struck.strikes() if "used" in strike.detail] == ["POST /v1/cases"]


LINES = [
    meeting("connect-timeout", TIMEOUT, done=0),
    meeting("flapping", REFUSED, done=0, every_s=100.0),
    meeting("one-way-partition", TIMEOUT, lost="answers"),
    meeting("one-way-partition", TIMEOUT, done=0, lost="requests"),
    meeting("latency", "201", by_s=0.05, jitter_s=0.02),
    meeting("latency", TIMEOUT, done=0, by_s=30.0),
    meeting("bandwidth", "201", octets_per_s=20_000),
    meeting("bandwidth", TIMEOUT, done=0, octets_per_s=50),
]


@pytest.mark.parametrize("met", LINES, ids=str)
async def test_a_client_meets_a_bad_line_and_a_good_one_afterwards(tmp_path: Path, met: Meeting) -> None:
    async with struck_site(tmp_path, met.fault, begins_with=BEGINS, for_s=5.0, **dict(met.parameters)) as struck:
        await next_is_well(struck, CLIENTS["aiohttp"])

        await struck.begin()
        seen = await asyncio.gather(*(client(struck.request()) for client in CLIENTS.values()))
        assert set(seen) <= set(met.seen), seen
        done = 1 + met.done * len(CLIENTS)
        assert struck.cases == done
        assert struck.armed.fired

        struck.faults.heal("some-scenario")
        for client in CLIENTS.values():
            await next_is_well(struck, client)
