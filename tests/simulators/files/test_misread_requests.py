"""A fault keeps a good request from being carried out: what the partner hears then, in each format."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from crossdock.simulators.channels.files.interference import (
    NoMailInterference,
    NotRead,
    ReadingEffect,
    RefusedAfterwards,
)
from crossdock.simulators.interference import Message, NoInterference
from crossdock.tests.simulators.files.correspondent import REQUEST, Correspondent


@dataclass
class Once(NoMailInterference):
    """Strikes the first request that comes."""

    effects: list[ReadingEffect] = field(default_factory=list)

    def reading(self, message: Message) -> ReadingEffect | None:
        return self.effects.pop() if self.effects else None


def strike(by_mail: Correspondent, effect: ReadingEffect) -> None:
    by_mail.world.set_interference(NoInterference(), Once([effect]))


@pytest.mark.parametrize("channel", ["x12", "csv"])
async def test_what_could_not_be_read_is_answered_so_and_taken_when_it_comes_again(channel: str) -> None:
    by_mail = Correspondent(channel)
    strike(by_mail, NotRead("request-unread"))
    await by_mail.request()
    (verdict,) = await by_mail.verdicts()
    assert (verdict.number, verdict.accepted) == (1, False)
    assert by_mail.kept() == []

    await by_mail.request()
    assert [(each.number, each.accepted) for each in await by_mail.verdicts()][-1] == (2, True)
    assert len(by_mail.kept()) == 1
    assert by_mail.operations() == [("fail", "createFulfilmentRequest"), ("ok", "createFulfilmentRequest")]
    assert by_mail.world.errors == []


async def test_an_interchange_that_is_refused_whole_is_answered_by_a_ta1_and_no_997() -> None:
    by_mail = Correspondent("x12")
    strike(by_mail, NotRead("interchange-refused", whole=True))
    await by_mail.request()
    (verdict,) = await by_mail.verdicts()
    assert (verdict.number, verdict.accepted, verdict.code) == (1, False, "TA1-rejected")
    assert by_mail.kept() == []


async def test_what_stands_beside_it_in_a_refused_interchange_is_not_carried_out_either() -> None:
    by_mail = Correspondent("x12")
    name, one = by_mail.paper.request(REQUEST, "N").write(1, datetime(2026, 3, 2, 9, tzinfo=UTC))
    order = one[one.index(b"ST*940") : one.index(b"GE*")]
    other = order.replace(b"*0001", b"*0002").replace(b"FF-T1-000001", b"FF-T1-000002")
    both = one.replace(order, order + other).replace(b"GE*1*", b"GE*2*")
    strike(by_mail, NotRead("interchange-refused", whole=True))
    await by_mail.put(name, both)

    (verdict,) = await by_mail.verdicts()
    assert (verdict.number, verdict.accepted, verdict.code) == (1, False, "TA1-rejected")
    assert by_mail.kept() == []
    assert [entry.name for entry in by_mail.entries if entry.kind == "fault"] == ["interchange-refused"] * 2


@pytest.mark.parametrize("channel", ["x12", "csv"])
async def test_what_is_refused_afterwards_is_first_acknowledged(channel: str) -> None:
    by_mail = Correspondent(channel)
    strike(by_mail, RefusedAfterwards("refused-afterwards", "capacity-exceeded", "no room", 4.0))
    await by_mail.request()
    assert [verdict.accepted for verdict in await by_mail.verdicts()] == [True]
    assert by_mail.world.busy() is not None, "the refusal is still to come"

    await by_mail.pass_hours(4)
    (refusal,) = [verdict for verdict in await by_mail.verdicts() if not verdict.accepted]
    assert (refusal.number, refusal.code) == (1, "capacity-exceeded")
    assert by_mail.kept() == []
    assert by_mail.world.busy() is None
