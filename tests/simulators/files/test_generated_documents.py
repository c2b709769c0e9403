"""Documents made up from the guides and layouts, right and wrong ones, put into a warehouse's mailbox: whatever comes,
the warehouse reacts so that its partner can see it. Nothing is dropped silently.
"""

import asyncio
import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crossdock.contracts.edi import Party, standard_guides, write
from crossdock.contracts.layouts import FileHeading, file_name, layout, to_octets
from crossdock.simulators.channels.sftp.direct_client import DirectClient
from crossdock.tests.contracts.edi.generated import interchange
from crossdock.tests.contracts.layouts.generated import Row, rows
from crossdock.tests.simulators.files.correspondent import PASSWORD, USER, Correspondent

REQUESTS = layout("pick_request")
HEADING = FileHeading(sender="CROSSDOCK", receiver="WEST", sequence=1, created=datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
SEEDS = range(60)
FEW = settings(
    max_examples=30,
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow],
)


def reactions(channel: str, name: str, content: bytes) -> list[str]:
    """What a partner can see after it put a document there: answers, and what was set aside, with the reason."""
    partner = Correspondent(channel)

    async def put() -> list[str]:
        await partner.put(name, content)
        async with await DirectClient.log_in(partner.depot, USER, PASSWORD) as client:
            aside = [path for path in await client.names("/error") if path.endswith(".reason.txt")]
            return [*await client.names("/outbound"), *aside]

    seen = asyncio.run(put())
    assert partner.world.errors == [], "the simulator made mistakes"
    return seen


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The document with an octet lost, changed or doubled, or without its end."""
    place = chance.randrange(len(content))
    there = content[place : place + 1]
    instead = chance.choice((b"", b"X", there * 2))
    return chance.choice((content[:place] + instead + content[place + 1 :], content[: place + 1]))


def orders(seed: int) -> bytes:
    """Valid 940s by the standard's guide, addressed as the partners agreed."""
    made = interchange(seed, sets=("940",))
    us, them = Party("ZZ", "CROSSDOCK"), Party("ZZ", "WEST")
    header = replace(made.header, sender=us, receiver=them, usage="P")
    groups = [replace(group, header=replace(group.header, sender=us.id, receiver=them.id)) for group in made.groups]
    return write(replace(made, header=header, groups=groups), standard_guides())


@FEW
@given(rows(REQUESTS).filter(bool))
def test_pick_requests_by_the_layout_are_answered(lines: list[Row]) -> None:
    seen = reactions("csv", file_name(REQUESTS, HEADING), to_octets(REQUESTS, HEADING, lines))
    assert any("pick_ack" in name for name in seen), seen


@FEW
@given(rows(REQUESTS).filter(bool), st.integers(0, 2**32))
def test_damaged_pick_requests_are_answered_or_set_aside_with_the_reason(lines: list[Row], seed: int) -> None:
    content = damaged(to_octets(REQUESTS, HEADING, lines), random.Random(seed))
    assert reactions("csv", file_name(REQUESTS, HEADING), content)


@pytest.mark.parametrize("seed", SEEDS)
def test_shipping_orders_by_the_guide_are_acknowledged(seed: int) -> None:
    seen = reactions("x12", "940_000000001.edi", orders(seed))
    assert any(name.startswith("997") for name in seen), seen


def test_a_revision_that_is_no_number_is_refused_by_an_824() -> None:
    seen = reactions("x12", "940_000000001.edi", orders(151))
    assert any(name.startswith("824") for name in seen), seen


def test_a_group_that_no_997_can_name_is_refused_by_a_ta1() -> None:
    content = orders(1)
    group = content.split(b"GS", 1)[1][:1]
    broken = content.replace(b"GS" + group + b"OW" + group, b"GS" + group + b"OOW" + group)
    seen = reactions("x12", "940_000000001.edi", broken)
    assert any(name.startswith("TA1") for name in seen), seen


@pytest.mark.parametrize("seed", SEEDS)
def test_damaged_shipping_orders_are_answered_or_set_aside_with_the_reason(seed: int) -> None:
    assert reactions("x12", "940_000000001.edi", damaged(orders(seed), random.Random(seed)))
