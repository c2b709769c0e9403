"""A scenario that needs another world than the target's is told apart before it is played."""

from __future__ import annotations

from typing import Any

import pytest

from crossdock.scenarios.layer import Offer
from crossdock.scenarios.needs import between, unmet
from crossdock.scenarios.scenario import OrderWish, Scenario, Then, library
from crossdock.scenarios.wire.place import Place

USUAL = {"east": "rest", "west": "rest"}
EVERYTHING: frozenset[Offer] = frozenset({"process", "dead-letters", "replay", "drain", "erps"})
AT_ONCE = {"after_h": 1, "order": "A"}
CRASH = {"fault": "layer-crash", "party": "crm", "message": "crossdock.order.submitted.v1"}
AFTER_COMMIT = {"fault": "no-answer", "operation": "createFulfilmentRequest"}


def scenario(region: str = "east", **more: Any) -> Scenario:
    orders = {"A": OrderWish(lines=(), region=region)}
    return Scenario(scenario="s", title="t", story="u", orders=orders, then=Then(invariants=("E1",)), **more)


@pytest.mark.parametrize(
    ("given", "warehouses", "told"),
    [
        (scenario(), USUAL, []),
        (scenario("central"), USUAL, ["the target has no warehouse regional"]),
        (scenario("central"), {**USUAL, "regional": "csv"}, []),
        (scenario(channels={"west": "rest"}), USUAL, []),
        (
            scenario(channels={"west": "x12"}),
            USUAL,
            ["the scenario is about west speaking x12, and the target's speaks rest"],
        ),
        (scenario(channels={"regional": "csv"}), USUAL, ["the target has no warehouse regional"]),
        (scenario(requires=("routing",)), USUAL, []),
        (
            scenario(requires=("routing",)),
            {"east": "rest"},
            ["it takes another warehouse that an order can go to, and the target has one"],
        ),
        (scenario(faults=({**AFTER_COMMIT, "party": "west"},)), USUAL, []),
        (
            scenario(faults=({**AFTER_COMMIT, "party": "west"},)),
            {"east": "rest", "west": "x12"},
            ["no-answer strikes rest, and the target's west speaks x12"],
        ),
        (scenario(faults=({**AFTER_COMMIT, "party": "erp"},)), {"west": "x12", "east": "x12"}, []),
        (
            scenario(
                actions=({"do": "receive-stock", "after_h": 1, "order": "A", "warehouse": "west", "quantity": 1},)
            ),
            {"east": "rest"},
            ["the target has no warehouse west"],
        ),
    ],
)
def test_what_the_target_lacks_is_said_in_words(given: Scenario, warehouses: dict[str, str], told: list[str]) -> None:
    assert unmet(given, warehouses) == told


def test_the_whole_library_can_be_played_with_all_warehouses_over_rest() -> None:
    everything = {"east": "rest", "west": "rest", "regional": "rest"}
    about_others = {name for name, each in library().items() if set(each.channels.values()) - {"rest"}}

    assert {name for name, each in library().items() if unmet(each, everything, EVERYTHING)} == about_others


@pytest.mark.parametrize(
    ("given", "offer", "told"),
    [
        (scenario(faults=(CRASH,)), "process", "its process is not ours to end"),
        (scenario(actions=({"do": "restart-layer", **AT_ONCE},)), "process", "its process is not ours to end"),
        (
            scenario(actions=({"do": "replay-dead-letters", **AT_ONCE},)),
            "dead-letters",
            "names no list of dead letters",
        ),
        (scenario(actions=({"do": "replay-dead-letters", **AT_ONCE},)), "replay", "names no replay (recovery.replay)"),
        (scenario(actions=({"do": "drain", **AT_ONCE},)), "drain", "names no drain (recovery.drain)"),
        (scenario(cut_over={"FL": 30.0}), "erps", "takes no table of ERPs (erps), so that it knows of one ERP only"),
    ],
)
def test_what_the_layer_does_not_offer_is_said_in_words(given: Scenario, offer: Offer, told: str) -> None:
    assert unmet(given, USUAL, EVERYTHING) == []
    (lacking,) = unmet(given, USUAL, EVERYTHING - {offer})
    assert told in lacking


SUBMITTED = "crossdock.order.submitted.v1"
ON_THE_WIRE = {
    "connection-reset": ({"operation": "createInvoice"}, Place.RELAY),
    "flapping": ({"begins_with": SUBMITTED}, Place.RELAY),
    "kill-after-commit": ({"operation": "createInvoice"}, Place.PROXY),
    "tls-expired": ({"begins_with": SUBMITTED}, Place.TLS),
    "dns-failure": ({"begins_with": SUBMITTED}, Place.ADDRESS),
    "webhook-slow": ({"event_type": SUBMITTED}, Place.DELIVERY),
}


def struck(*faults: str, party: str = "erp") -> Scenario:
    return scenario(faults=tuple({"fault": fault, "party": party, **ON_THE_WIRE[fault][0]} for fault in faults))


@pytest.mark.parametrize("fault", ON_THE_WIRE)
def test_what_has_to_stand_in_between_is_known_beforehand(fault: str) -> None:
    assert between([struck(fault)]) == {"erp": {ON_THE_WIRE[fault][1]}}


def test_each_party_gets_what_all_scenarios_together_need() -> None:
    played = [
        struck("connection-reset", "tls-expired"),
        struck("flapping", party="east"),
        struck("webhook-slow"),
        scenario(),
    ]
    assert between(played) == {"erp": {Place.RELAY, Place.TLS, Place.DELIVERY}, "east": {Place.RELAY}}


def test_a_world_in_which_the_simulators_make_all_faults_has_nothing_in_between() -> None:
    assert between([scenario(), scenario(faults=({**AFTER_COMMIT, "party": "erp"},))]) == {}


def test_without_mitmproxy_only_what_takes_it_can_not_be_played(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crossdock.scenarios.needs.is_installed", lambda: False)
    lacking = ["it takes mitmproxy, which is not installed: install crossdock with its extra `proxy`"]
    for fault, (_, place) in ON_THE_WIRE.items():
        assert unmet(struck(fault), USUAL) == (lacking if place in (Place.PROXY, Place.TLS) else []), fault
