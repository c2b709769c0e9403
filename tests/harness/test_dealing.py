"""Which world plays what."""

from crossdock.harness.dealing import Hand, deal
from crossdock.scenarios.plan import PlannedScenario
from crossdock.scenarios.scenario import library

LIBRARY = {scenario.scenario: PlannedScenario(scenario=scenario, orders=()) for scenario in library().values()}
ALONE = [name for name, planned in LIBRARY.items() if planned.scenario.exclusive]


def dealt(worlds: int, *names: str) -> list[Hand]:
    return deal([LIBRARY[name] for name in names or LIBRARY], worlds)


def ids(planned: list[PlannedScenario]) -> list[str]:
    return [each.scenario.scenario for each in planned]


def test_one_world_plays_all_of_it_in_the_order_of_the_plan_and_what_changes_it_for_good_last() -> None:
    (hand,) = dealt(1)

    assert sorted(ids(hand.scenarios)) == sorted(LIBRARY)
    for_good = [planned.scenario.for_good for planned in hand.lonely]
    assert for_good == sorted(for_good)
    staying = [name for name in ALONE if not LIBRARY[name].scenario.for_good]
    assert ids(hand.lonely)[: len(staying)] == staying


def test_several_worlds_play_each_scenario_once_and_what_shares_a_world_in_the_first() -> None:
    first, *others = hands = dealt(4)

    assert sorted(name for hand in hands for name in ids(hand.scenarios)) == sorted(LIBRARY)
    assert len(others) == 3
    assert all(not hand.baseline and not hand.together for hand in others)
    assert first.baseline
    counts = [len(hand.lonely) for hand in hands]
    assert max(counts) - min(counts) <= 1, "the same work for all"
    for hand in hands:
        for_good = [planned.scenario.for_good for planned in hand.lonely]
        assert for_good == sorted(for_good)


def test_the_same_plan_is_dealt_in_the_same_way() -> None:
    assert dealt(3) == dealt(3)


def test_what_needs_the_proxy_is_played_where_there_is_one() -> None:
    first, *others = dealt(8)

    assert "bad-certificates" in ids(first.lonely)
    assert all("bad-certificates" not in ids(hand.lonely) for hand in others)


def test_no_world_is_opened_that_has_nothing_to_play() -> None:
    assert len(dealt(4, "erp-outage")) == 1
    assert len(dealt(4, "happy-path", "erp-outage")) == 1
    assert [ids(hand.scenarios) for hand in dealt(4, "erp-outage", "crm-outage")] == [["crm-outage"], ["erp-outage"]]
    assert [ids(hand.scenarios) for hand in dealt(4, "happy-path")] == [["happy-path"]]
    assert dealt(2, "bad-certificates", "happy-path")[1:] == []


def test_nothing_to_play_is_one_world() -> None:
    assert deal([], 4) == [Hand()]
