"""Provider states: how they are found by their words, and that each can be brought about."""

import pytest

from crossdock.harness.pacts.ground import ground
from crossdock.harness.pacts.pact_file import GivenState
from crossdock.harness.pacts.provider_state import StateProblem, find, provider_states

PARAMETERS = {
    "clientId": "shop",
    "clientSecret": "a secret",
    "operation": "listOrders",
    "warehouse": "west",
}


def test_a_parameter_comes_from_the_words_or_from_beside_them_the_words_first() -> None:
    state, wanted = find(GivenState("An order CO-1 exists", {"orderId": "CO-2", "lines": 3}))
    assert state is provider_states["order"]
    assert (wanted.text("orderId", ""), wanted.number("lines", 1)) == ("CO-1", 3)


@pytest.mark.parametrize("id", sorted(provider_states))
def test_each_state_has_words_and_can_be_brought_about(id: str) -> None:
    state = provider_states[id]
    assert state.because
    for phrase in state.phrases:
        spoken = phrase
        for name in ("orderId", "salesOrderId", "fulfilmentId", "shipmentId", "caseId", "accountId", "customerNumber"):
            spoken = spoken.replace("{" + name + "}", "ID-1")
        spoken = spoken.replace("{lines}", "2").replace("{hours}", "3").replace("{quantity}", "4")
        spoken = spoken.replace("{sku}", "SKU-1")
        for name, value in PARAMETERS.items():
            spoken = spoken.replace("{" + name + "}", value.replace(" ", "-"))
        found, wanted = find(GivenState(spoken, PARAMETERS))
        assert found is state
        world = ground("crm" if id == "operation" else "east", 1)
        found.bring_about(world, wanted)
        assert world.world.errors == []


def test_no_phrase_is_two_states() -> None:
    phrases = [phrase for _, state in provider_states.items() for phrase in state.phrases]
    assert len(phrases) == len(set(phrases))


def test_records_of_a_type_that_a_party_does_not_keep_are_refused() -> None:
    state, wanted = find(GivenState("the records exist", {"records": {"Unicorn": {}}}))
    with pytest.raises(StateProblem, match="crm keeps no Unicorn"):
        state.bring_about(ground("crm", 1), wanted)
