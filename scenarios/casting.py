"""Who plays which warehouse: a scenario names east, west and regional, and a target has the warehouses that it has.

A scenario that fits the target's warehouses is played as it is written. Otherwise others of them step in, as long as
they speak as the scenario wants it; and what nobody can play is left out where the rest still makes sense by itself, so
that a layer with one CSV warehouse meets a lost ship notice in spite of an X12 warehouse in the same story.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import msgspec

from ..simulators.world import PARTIES, WAREHOUSE
from .file_fault import FileFault
from .needs import NEAR
from .scenario import HandlingWish, OrderWish, Scenario, fault_of

# Members of faults and actions that name a warehouse.
NAMING = ("party", "warehouse", "to")
OF_ITEMS = ("create-item", "change-item")
TOLD_OF_ITEMS = frozenset({"rest", "csv", "queue"})  # where X12 is spoken people enter items by hand
REGION = {warehouse: region for region, warehouse in NEAR.items()}


def cast(scenario: Scenario, warehouses: Mapping[str, str]) -> Scenario:
    """The scenario as a world with these warehouses (name → channel) can play it; as it is written where it fits, and
    where it can't be played in any way. Which warehouse steps in for which is the same each time. What leaves the world
    another one for good is played by nobody else: another scenario may have done it to that one.
    """
    if scenario.for_good:
        return scenario
    wanted = _wanted(scenario)
    near = dict.fromkeys(NEAR[order.region] for order in scenario.orders.values())
    if all(_fits(role, wanted.get(role), warehouses) for role in (*wanted, *near)):
        return scenario
    players = _players(wanted, warehouses)
    for role in near:
        if role not in wanted and warehouses:  # customers only live near it: that may be any
            players[role] = role if role in warehouses else _spare(players.values(), warehouses)
    rest = _without({*wanted, *near} - set(players), scenario)
    if not rest.orders or bool(scenario.faults) > bool(rest.faults) or bool(scenario.actions) > bool(rest.actions):
        return scenario
    recast = _recast(rest, players)
    return msgspec.structs.replace(recast, story=f"{scenario.story.rstrip()} {_told(scenario, rest, players)}")


def _wanted(scenario: Scenario) -> dict[str, frozenset[str]]:
    """The warehouses that it names, with the channels that will do; none: any."""
    wanted: dict[str, frozenset[str]] = {name: frozenset({channel}) for name, channel in scenario.channels.items()}
    for handling in scenario.warehouse.values():
        for name in handling.at:
            wanted.setdefault(name, frozenset())
    for document in (*scenario.faults, *scenario.actions):
        for name in _named(document):
            wanted.setdefault(name, frozenset())
    if any(document["do"] in OF_ITEMS for document in scenario.actions):
        for name in wanted:
            wanted[name] = wanted[name] or TOLD_OF_ITEMS
    for document in scenario.faults:
        fault = fault_of(document)
        party = document.get("party", "")
        spoken = fault.spoken() if isinstance(fault, FileFault) else fault.channels
        if spoken and party in wanted:
            wanted[party] = wanted[party] & spoken if wanted[party] else spoken
    return wanted


def _named(document: Mapping[str, Any]) -> list[str]:
    return [document[key] for key in NAMING if PARTIES.get(document.get(key, "")) == WAREHOUSE]


def _fits(role: str, channels: Collection[str] | None, warehouses: Mapping[str, str]) -> bool:
    return role in warehouses and (not channels or warehouses[role] in channels)


def _players(wanted: Mapping[str, frozenset[str]], warehouses: Mapping[str, str]) -> dict[str, str]:
    """Role → warehouse, no warehouse in two roles: whoever can plays itself, then the pickiest chooses."""
    players = {role: role for role, channels in wanted.items() if _fits(role, channels, warehouses)}
    for role in sorted(wanted.keys() - players, key=lambda role: (not wanted[role], role)):
        free = (name for name in warehouses if name not in players.values() and _fits(name, wanted[role], warehouses))
        if (player := next(free, None)) is not None:
            players[role] = player
    return players


def _spare(taken: Iterable[str], warehouses: Mapping[str, str]) -> str:
    """One that plays nothing yet, if there is any."""
    return min(warehouses, key=lambda name: name in set(taken))


def _without(roles: AbstractSet[str], scenario: Scenario) -> Scenario:
    """The scenario without the orders of customers near these warehouses, and without all that is about either."""
    left = {name: wish for name, wish in scenario.orders.items() if NEAR[wish.region] not in roles}
    gone = scenario.orders.keys() - left
    if gone & set(scenario.twins):
        return msgspec.structs.replace(scenario, orders={})

    def kept(document: Mapping[str, Any]) -> bool:
        return document.get("order", "") not in gone and roles.isdisjoint(_named(document))

    return msgspec.structs.replace(
        scenario,
        orders=left,
        channels={name: channel for name, channel in scenario.channels.items() if name not in roles},
        warehouse={name: wish for name, wish in scenario.warehouse.items() if name not in gone},
        faults=tuple(document for document in scenario.faults if kept(document)),
        actions=tuple(document for document in scenario.actions if kept(document)),
        then=msgspec.structs.replace(
            scenario.then, expect=tuple(document for document in scenario.then.expect if kept(document))
        ),
    )


def _recast(scenario: Scenario, players: Mapping[str, str]) -> Scenario:
    def order(wish: OrderWish) -> OrderWish:
        return msgspec.structs.replace(wish, region=REGION[players[NEAR[wish.region]]])

    def handling(wish: HandlingWish) -> HandlingWish:
        return msgspec.structs.replace(wish, at={players.get(name, name): each for name, each in wish.at.items()})

    def document(each: dict[str, Any]) -> dict[str, Any]:
        return {
            key: players.get(value, value) if key in NAMING and isinstance(value, str) else value
            for key, value in each.items()
        }

    return msgspec.structs.replace(
        scenario,
        orders={name: order(wish) for name, wish in scenario.orders.items()},
        channels={players[name]: channel for name, channel in scenario.channels.items()},
        warehouse={name: handling(wish) for name, wish in scenario.warehouse.items()},
        faults=tuple(map(document, scenario.faults)),
        actions=tuple(map(document, scenario.actions)),
    )


def _told(scenario: Scenario, rest: Scenario, players: Mapping[str, str]) -> str:
    """What is otherwise than it is written, in words."""
    parts = [f"{player} plays {role}" for role, player in players.items() if player != role]
    if gone := scenario.orders.keys() - rest.orders:
        parts.append(f"without order {' and '.join(sorted(gone))}, whose warehouse the target does not have")
    return f"Here {', '.join(parts)}." if parts else ""
