"""What a scenario needs of the world: warehouses that are there, the way in which they speak with the layer, and what
has to stand in between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ..simulators.world import PARTIES, WAREHOUSE
from .scenario import Scenario, action_of, fault_of
from .wire.place import PROXIED, Place
from .wire.proxy import is_installed
from .wire_fault import WireFault

# Where customers live → the warehouse that is near.
NEAR = {"east": "east", "west": "west", "central": "regional"}


def unmet(scenario: Scenario, warehouses: Mapping[str, str]) -> list[str]:
    """Why a world with these warehouses (name → channel) can't play it, in words; empty when it can."""
    return list(dict.fromkeys(_unmet(scenario, warehouses)))


def between(scenarios: Iterable[Scenario]) -> dict[str, set[Place]]:
    """Party → where the faults of these scenarios on the way to it and from it are made. Empty when there are none."""
    places: defaultdict[str, set[Place]] = defaultdict(set)
    for scenario in scenarios:
        for document in scenario.faults:
            fault = fault_of(document)
            if isinstance(fault, WireFault):
                places[getattr(fault, "party", "")].add(fault.place)
    return dict(places)


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
    if any(places & PROXIED for places in between([scenario]).values()) and not is_installed():
        yield "it takes mitmproxy, which is not installed: install crossdock with its extra `proxy`"


def _missing(name: str, warehouses: Mapping[str, str]) -> Iterator[str]:
    if PARTIES.get(name) == WAREHOUSE and name not in warehouses:
        yield f"the target has no warehouse {name}"
