"""What a scenario needs of the world: warehouses that are there, and the way in which they speak with the layer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..simulators.world import PARTIES, WAREHOUSE
from .scenario import Scenario, action_of, fault_of

# Where customers live → the warehouse that is near.
NEAR = {"east": "east", "west": "west", "central": "regional"}


def unmet(scenario: Scenario, warehouses: Mapping[str, str]) -> list[str]:
    """Why a world with these warehouses (name → channel) can't play it, in words; empty when it can."""
    return list(dict.fromkeys(_unmet(scenario, warehouses)))


def _unmet(scenario: Scenario, warehouses: Mapping[str, str]) -> Iterator[str]:
    for name, channel in scenario.channels.items():
        yield from _missing(name, warehouses)
        if warehouses.get(name, channel) != channel:
            yield f"the scenario is about {name} speaking {channel}, and the target's speaks {warehouses[name]}"
    for order in scenario.orders.values():
        yield from _missing(NEAR[order.region], warehouses)
    for document in scenario.actions:
        yield from _missing(getattr(action_of(document), "warehouse", ""), warehouses)
    for document in scenario.faults:
        fault = fault_of(document)
        party: str = getattr(fault, "party", "")
        yield from _missing(party, warehouses)
        if fault.channels and party in warehouses and warehouses[party] not in fault.channels:
            told = " or ".join(sorted(fault.channels))
            yield f"{document['fault']} strikes {told}, and the target's {party} speaks {warehouses[party]}"


def _missing(name: str, warehouses: Mapping[str, str]) -> Iterator[str]:
    if PARTIES.get(name) == WAREHOUSE and name not in warehouses:
        yield f"the target has no warehouse {name}"
