"""Which warehouse plays which: scenarios name three, and a target has those that it has."""

import itertools

import pytest

from crossdock.scenarios.casting import cast
from crossdock.scenarios.layer import Offer
from crossdock.scenarios.needs import unmet
from crossdock.scenarios.scenario import library

EVERYTHING: frozenset[Offer] = frozenset({"process", "dead-letters", "replay", "drain", "erps"})
USUAL = {"east": "rest", "west": "x12", "regional": "csv"}
ONE_BY_CSV = {"east": "rest", "west": "csv"}
# One to three warehouses under any names, in any mixture of two ways to speak, and single ones in each way.
TARGETS = [
    *({name: channel} for name in USUAL for channel in ("rest", "x12", "csv")),
    *(
        {one: first, other: second}
        for one, other in itertools.combinations(USUAL, 2)
        for first in ("rest", "csv")
        for second in ("x12", "csv")
    ),
    dict.fromkeys(USUAL, "rest"),
]


def test_what_fits_is_played_as_it_is_written() -> None:
    written = library()["ship-notice-lost"]
    assert cast(written, USUAL) is written


def test_a_layer_with_one_csv_warehouse_meets_what_the_story_does_to_one() -> None:
    played = cast(library()["ship-notice-lost"], ONE_BY_CSV)

    assert list(played.orders) == ["B"]
    assert played.orders["B"].region == "west"
    assert played.channels == {"west": "csv"}
    (fault,) = played.faults
    assert (fault["party"], fault["document"], fault["order"]) == ("west", "ship_confirm", "B")


def test_what_is_otherwise_than_it_is_written_is_told() -> None:
    told = cast(library()["ship-notice-lost"], ONE_BY_CSV).story
    assert told.endswith("Here west plays regional, without order A, whose warehouse the target does not have.")


def test_who_steps_in_does_so_in_faults_actions_and_handling() -> None:
    played = cast(library()["rerouted-while-down"], {"east": "rest", "regional": "csv"})

    assert [action["to"] for action in played.actions] == ["regional"]
    assert list(played.warehouse["A"].at) == ["regional"]
    assert [fault["party"] for fault in played.faults] == ["east"]


def test_customers_may_live_near_any_warehouse_that_there_is() -> None:
    played = cast(library()["happy-path"], {"regional": "x12"})
    assert {order.region for order in played.orders.values()} == {"central"}


def test_two_warehouses_of_a_story_are_never_played_by_one() -> None:
    (fault,) = cast(library()["flapping-warehouse"], {"west": "rest"}).faults
    assert fault["party"] == "west"


def test_twins_of_which_one_lives_elsewhere_stay_together() -> None:
    for name in ("twins-out-of-order", "twins-shipped-short"):
        played = cast(library()[name], {"west": "rest"})
        assert set(played.twins) <= played.orders.keys(), name


def test_what_changes_a_party_for_good_is_done_to_nobody_else() -> None:
    written = library()["version-ends-unannounced"]
    assert cast(written, {"east": "rest", "west": "x12"}) is written


def test_a_warehouse_that_is_told_of_no_items_does_not_stand_in_where_one_must_be() -> None:
    for name in ("new-item", "case-holds-less"):
        written = library()[name]
        assert cast(written, {"west": "x12"}) is written
        assert unmet(cast(written, {"west": "csv"}), {"west": "csv"}, EVERYTHING) == []


@pytest.mark.parametrize("warehouses", TARGETS, ids=str)
def test_what_is_played_otherwise_than_it_is_written_can_be_played(warehouses: dict[str, str]) -> None:
    for written in library().values():
        played = cast(written, warehouses)
        if played is not written:
            assert unmet(played, warehouses, EVERYTHING) == [] or "routing" in written.requires, written.scenario
            assert cast(played, warehouses) is played, written.scenario
        elif not unmet(written, warehouses, EVERYTHING):
            assert played is written, written.scenario


@pytest.mark.parametrize("warehouses", [{"east": "rest"}, {"regional": "csv"}, ONE_BY_CSV], ids=str)
def test_whatever_needs_no_other_way_to_speak_can_be_played_with_few_warehouses(warehouses: dict[str, str]) -> None:
    speaks = set(warehouses.values())
    about_all = {"version-ends-unannounced", "new-item"}
    for name, written in library().items():
        if set(written.channels.values()) & speaks and name not in about_all:
            assert unmet(cast(written, warehouses), warehouses, EVERYTHING) == [], name
