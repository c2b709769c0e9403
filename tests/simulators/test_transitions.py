"""The simulators keep to the state machines of contracts/states."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest

from crossdock.contracts.objects import Case
from crossdock.contracts.state_machine import state_machine
from crossdock.scenarios.plan import JOURNEYS
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.warehouse.settings import JOURNEY
from crossdock.simulators.world import World

WAYS = {
    "usual": [str(step.code) for step in JOURNEY],
    **{name: [code for code, _ in journey] for name, journey in JOURNEYS.items() if journey is not None},
}


def a_case(status: str) -> Case:
    return msgspec.convert(
        {
            "caseId": "CASE-1",
            "category": "shortShip",
            "status": status,
            "priority": "normal",
            "subject": "?",
            "version": 1,
            "createdAt": "2026-03-02T08:00:00Z",
            "updatedAt": "2026-03-02T08:00:00Z",
        },
        Case,
    )


@pytest.mark.parametrize("way", WAYS)
def test_every_parcel_goes_a_way_that_the_shipment_machine_has(way: str) -> None:
    machine, codes = state_machine("shipment"), WAYS[way]

    assert codes[0] in machine.begins
    wrong = [f"{one} to {other}" for one, other in pairwise(codes) if other not in machine.steps[one]]
    assert wrong == []


def test_a_step_that_the_machine_does_not_have_is_seen(steps: list[str]) -> None:
    state = World("test", ManualClock(), Ids("T1", 1), cast={"crm": "crm"}).parties["crm"].state
    state.put("CASE-1", a_case("new"))
    state.put("CASE-1", a_case("closed"))
    state.put("CASE-2", a_case("resolved"))
    seen, steps[:] = list(steps), []

    assert [problem.partition(";")[0] for problem in seen] == [
        "a case went from new to closed",
        "a case began as resolved",
    ]
