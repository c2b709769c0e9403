"""What a scenario needs of the world: warehouses that are there, the way in which they speak with the layer, what has
to stand in between, and operations of the layer itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ..simulators.world import PARTIES, WAREHOUSE
from .file_fault import FileFault
from .layer import Offer
from .scenario import Scenario, action_of, expectation_of, fault_of
from .wire.place import PROXIED, Place
from .wire.proxy import is_installed
from .wire_fault import WireFault

# Where customers live → the warehouse that is near.
NEAR = {"east": "east", "west": "west", "central": "regional"}
ROUTING = "routing"  # the capability
LACKS: dict[Offer, str] = {
    "process": "the target has no `start`, or does not claim restart, so that its process is not ours to end",
    "dead-letters": "the target names no list of dead letters (recovery.dead_letters)",
    "replay": "the target names no replay (recovery.replay)",
    "drain": "the target names no drain (recovery.drain)",
    "erps": "the target takes no table of ERPs (erps), so that it knows of one ERP only",
}


def unmet(scenario: Scenario, warehouses: Mapping[str, str], offers: frozenset[Offer] = frozenset()) -> list[str]:
    """Why a world with these warehouses (name → channel), and a layer that offers this, can't play it, in words; empty
    when it can.
    """
    lacking = (LACKS[offer] for offer in sorted(needed(scenario)) if offer not in offers)
    return list(dict.fromkeys([*_unmet(scenario, warehouses), *lacking]))


def needed(scenario: Scenario) -> frozenset[Offer]:
    """What the layer must offer for it."""
    faults = (fault_of(document).needs for document in scenario.faults)
    actions = (action_of(document).needs for document in scenario.actions)
    expected = (expectation_of(document).needs for document in scenario.then.expect)
    table = frozenset[Offer](("erps",) if scenario.cut_over else ())
    return table.union(*faults, *actions, *expected)


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
    if ROUTING in scenario.requires and len(warehouses) < 2:
        yield "it takes another warehouse that an order can go to, and the target has one"
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
        spoken = fault.spoken() if isinstance(fault, FileFault) else fault.channels
        if spoken and party in warehouses and warehouses[party] not in spoken:
            told = " or ".join(sorted(spoken))
            yield f"{document['fault']} strikes {told}, and the target's {party} speaks {warehouses[party]}"
    if any(places & PROXIED for places in between([scenario]).values()) and not is_installed():
        yield "it takes mitmproxy, which is not installed: install crossdock with its extra `proxy`"


def _missing(name: str, warehouses: Mapping[str, str]) -> Iterator[str]:
    if PARTIES.get(name) == WAREHOUSE and name not in warehouses:
        yield f"the target has no warehouse {name}"
