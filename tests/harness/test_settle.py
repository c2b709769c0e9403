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
        ledgers = SimpleNamespace(changed=set())
        self.settling = Settling(
            cast("Any", self),
            cast("Any", SimpleNamespace(changed=set(), ledgers=ledgers, last_wire_s=-9.0)),
            cast("Any", None),
            cast("Any", self),
            Deadlines(settle_within_s=PROMISED_S, quiet_for_s=0.3),
            lambda: True,
        )
        self.clock = self
        self.outbox = SimpleNamespace(paused=False)
        self.faults = SimpleNamespace(lasting=False)
        self.parties: dict[str, Any] = {}

    def wire(self) -> float:
        self._now_s += 1.0
        return self._now_s

    def busy(self) -> None:
        return None

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


async def test_catching_up_has_an_end() -> None:
    scene = Scene(lambda now: 1000 - int(now // 10))
    assert not await scene.settling.settle([])
    assert PATIENCE * PROMISED_S < scene.settling.idle_s < PATIENCE * PROMISED_S + 3


async def test_going_back_and_forth_is_no_progress() -> None:
    scene = Scene(lambda now: 3 + int(now) % 2)
    assert not await scene.settling.settle([])
    assert scene.settling.idle_s < PROMISED_S + 5
