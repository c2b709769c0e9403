"""When a wave is over: how long a layer is waited for, and what for."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from crossdock.harness import settle
from crossdock.harness.settle import PATIENCE, Settling
from crossdock.harness.target import Deadlines

PROMISED_S = 20.0


class Scene:
    """A quiet world, a second further at each look, in which so many things are still missing at each second."""

    def __init__(self, missing: Callable[[float], int], works_until_s: float = 0.0) -> None:
        self._now_s, self._missing, self._works_until_s = 0.0, missing, works_until_s
        self.layer = SimpleNamespace(is_alive=True, is_away=False, is_gone=False)
        self.in_flight = 0
        self.deliveries = ""  # what the parties still try
        self.read_until_s = 0.0  # somebody polls, and was told something new each second until then
        ledgers = SimpleNamespace(changed=set())
        self.settling = Settling(
            cast("Any", self),
            cast("Any", SimpleNamespace(changed=set(), ledgers=ledgers, last_wire_s=-9.0)),
            cast("Any", None),
            cast("Any", self),
            Deadlines(settle_within_s=PROMISED_S, quiet_for_s=0.3),
            cast("Any", self.layer),
        )
        self.clock = self
        self.outbox = SimpleNamespace(paused=False)
        self.faults = SimpleNamespace(lasting=False)
        self.parties: dict[str, Any] = {}

    def wire(self) -> float:
        self._now_s += 1.0
        return self._now_s

    def busy(self) -> str | None:
        return self.deliveries or None

    def delivered(self, by_s: float) -> None:
        if self._now_s >= by_s:
            self.deliveries = ""

    def last_read_s(self) -> float:
        return min(self._now_s, self.read_until_s)

    @property
    def actions_left(self) -> bool:
        return self._now_s < self._works_until_s

    @property
    def hopes(self) -> list[str]:
        return [f"thing {number} is missing" for number in range(self._missing(self._now_s))]


@pytest.fixture(autouse=True)
def _no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle, "POLL_S", 0.0)


async def test_a_layer_that_gets_nowhere_has_the_time_it_promised() -> None:
    scene = Scene(lambda _now: 2)
    assert not await scene.settling.settle([])
    assert PROMISED_S < scene.settling.idle_s < PROMISED_S + 3
    assert scene.settling.tell(settled=False).endswith("waiting for: thing 0 is missing")


async def test_the_time_begins_when_the_parties_have_nothing_left_to_do() -> None:
    scene = Scene(lambda now: 1 if now < 110 else 0, works_until_s=100)
    assert await scene.settling.settle([])
    assert scene.settling.tell(settled=True) == ""


async def test_a_layer_that_is_still_catching_up_is_waited_for_and_the_run_says_so() -> None:
    scene = Scene(lambda now: max(0, 5 - int(now // 10)))
    assert await scene.settling.settle([])
    assert scene.settling.tell(settled=True) == "all was done only after 49 s; the target promises 20 s"


async def test_a_layer_that_is_gone_is_not_waited_for_though_the_parties_still_try_to_tell_it() -> None:
    scene = Scene(lambda _now: 2)
    scene.deliveries = "7 events are being delivered"
    scene.layer.is_alive, scene.layer.is_gone = False, True
    assert not await scene.settling.settle([])
    assert scene.settling.idle_s < PROMISED_S / 2
    told = scene.settling.tell(settled=False)
    assert told == "the layer is gone, and nothing more can come; missing: thing 0 is missing"


async def test_what_a_layer_that_is_gone_had_asked_before_is_answered_first() -> None:
    scene = Scene(lambda now: 2 if now < 5 else 1)
    scene.layer.is_alive, scene.layer.is_gone, scene.in_flight = False, True, 1
    waiting = scene.settling.settle([], lambda _done, _all: setattr(scene, "in_flight", int(scene.wire() < 10)))
    assert not await waiting
    assert scene.wire() > 10


async def test_a_command_that_ended_well_may_have_left_the_layer_in_the_background() -> None:
    scene = Scene(lambda now: 1 if now < 9 else 0)
    scene.layer.is_alive = False
    scene.deliveries = "7 events are being delivered"
    waiting = scene.settling.settle([], lambda _done, _all: scene.delivered(8))
    assert await waiting


async def test_catching_up_has_an_end() -> None:
    scene = Scene(lambda now: 1000 - int(now // 10))
    assert not await scene.settling.settle([])
    assert PATIENCE * PROMISED_S < scene.settling.idle_s < PATIENCE * PROMISED_S + 3


async def test_going_back_and_forth_is_no_progress() -> None:
    scene = Scene(lambda now: 3 + int(now) % 2)
    assert not await scene.settling.settle([])
    assert scene.settling.idle_s < PROMISED_S + 5


async def test_a_world_is_not_quiet_while_who_polls_has_just_been_told_something() -> None:
    scene = Scene(lambda _now: 0)
    scene.read_until_s = 5.0
    assert await scene.settling.settle([])
    assert scene.wire() == pytest.approx(7.0)
