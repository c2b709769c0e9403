"""What whoever runs the layer does to it, and when it counts as done."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from crossdock.scenarios import plan
from crossdock.scenarios.engine import Engine
from crossdock.scenarios.layer import DeadLetter, Downtime
from crossdock.scenarios.plan import PlannedScenario
from crossdock.scenarios.scenario import LineWish, OrderWish, Scenario, Then
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.world import World
from crossdock.tests.scenarios.layer_taken import LayerTaken

START = "2026-03-02T08:00:00+00:00"


class Stage:
    """A world with order A of one scenario in it, and a layer."""

    def __init__(self, **action: Any) -> None:
        self.clock, self.layer = ManualClock(), LayerTaken()
        self.world = World("test", self.clock, Ids("T", 1))
        self.engine = Engine(self.world, layer=self.layer)
        scenario = Scenario(
            scenario="some-story",
            title="Some",
            story="It happens.",
            orders={"A": OrderWish(lines=(LineWish(quantity=4),))},
            actions=({"order": "A", "after_h": 1, **action},),
            then=Then(invariants=("E1",)),
        )
        self.planned: PlannedScenario = plan.draw([scenario], 1, "TEST", 1.0, START).scenarios[0]
        self.engine.prepare(self.planned)
        self.engine.strike(self.planned)

    async def pass_hours(self, hours: int) -> None:
        """One after the other, and after each the layer answers."""
        for _ in range(hours):
            self.clock.advance(timedelta(hours=1))
            for _ in range(5):
                await asyncio.sleep(0)
        assert self.world.errors == []

    def set_aside(self, letter_id: str, order_id: str = "", *, is_set_aside: bool = True) -> None:
        about = order_id or self.engine.placed(self.planned)["A"]
        self.layer.letters.append(DeadLetter(letter_id, about, "403", is_set_aside))

    @property
    def undone(self) -> list[str]:
        return self.engine.undone("some-story")


async def test_what_is_set_aside_of_the_order_is_replayed_and_nothing_else() -> None:
    stage = Stage(do="replay-dead-letters")
    stage.set_aside("DL-1")
    stage.set_aside("DL-2", "CO-OTHER")
    stage.set_aside("DL-3", is_set_aside=False)
    await stage.pass_hours(1)
    assert stage.layer.replayed == ["DL-1"]
    assert (stage.undone, stage.engine.actions_left) == ([], 0)


async def test_somebody_looks_again_until_there_is_something() -> None:
    stage = Stage(do="replay-dead-letters")
    await stage.pass_hours(3)
    (hope,) = stage.undone
    assert "is set aside" in hope
    assert stage.engine.hopes == [hope]
    assert stage.engine.actions_left == 0, "the deadline goes on while somebody only hopes"
    stage.set_aside("DL-1")
    await stage.pass_hours(1)
    assert stage.layer.replayed == ["DL-1"]
    assert stage.undone == []


@pytest.mark.parametrize(("away", "hopes"), [(True, 1), (False, 0)])
async def test_a_layer_that_is_away_is_asked_again_and_one_that_fails_is_not(away: bool, hopes: int) -> None:
    stage = Stage(do="replay-dead-letters")
    stage.layer.answers, stage.layer.is_away = False, away
    await stage.pass_hours(1)
    assert len(stage.engine.hopes) == hopes
    (told,) = stage.undone
    assert "it says 500" in told


async def test_what_waits_is_worked_off_within_the_time_that_is_given() -> None:
    stage = Stage(do="drain", within_s=2.5)
    await stage.pass_hours(1)
    assert stage.layer.drained == [2.5]


async def test_it_is_stopped_and_started_again() -> None:
    stage = Stage(do="restart-layer", down_s=0.7)
    await stage.pass_hours(1)
    assert stage.layer.down == [Downtime("restart-layer", 0.7, gently=True)]


async def test_a_key_that_a_party_has_forgotten_is_new_to_it() -> None:
    stage = Stage(do="expire-idempotency-keys", party="erp")
    keys = stage.world.parties["erp"].idempotency
    asked = ("layer", "createSalesOrder", "K-1")
    keys.begin(asked, b"{}", 0.0)
    await stage.pass_hours(1)
    assert keys.begin(asked, b"other", 0.0) is None


async def test_nobody_tries_again_once_the_scenario_is_over_and_it_is_told_as_undone() -> None:
    stage = Stage(do="replay-dead-letters")
    await stage.pass_hours(1)
    stage.engine.end("some-story")
    stage.set_aside("DL-1")
    await stage.pass_hours(5)
    assert stage.layer.replayed == []
    assert stage.engine.hopes == []
    assert len(stage.undone) == 1


async def test_what_is_under_way_is_ended_with_the_run() -> None:
    stage, never = Stage(do="drain"), asyncio.Event()
    stage.layer.waits = never
    await stage.pass_hours(1)
    assert stage.engine.actions_left == 1
    await stage.engine.close()
    assert stage.engine.actions_left == 0
    assert stage.layer.drained == []
