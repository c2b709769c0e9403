"""The queues of the parties: named by the document, apart from each other, and with a place for dead letters."""

from typing import Any

import pytest

from crossdock.contracts.asyncapi import event_types
from crossdock.contracts.bundling import Bundle
from crossdock.contracts.documents import DocumentError, load
from crossdock.contracts.openapi import api
from crossdock.contracts.queues import DEAD_LETTERS, EVENTS, Queue, commands, queue
from crossdock.contracts.validation import Validator

DOCUMENT = "events/v1/asyncapi.yaml"
CONTENT = load(DOCUMENT)
ON_A_BROKER = sorted(name for name, channel in CONTENT["channels"].items() if channel.get("parameters"))
(COMMAND,) = commands("warehouse", "T1", "east")


def of_the_run(mark: str, *parties: str) -> list[Queue]:
    found = [queue(name, mark, party) for party in parties for name in ON_A_BROKER if name != DEAD_LETTERS]
    return found + [each.dead_letters for each in found if each.dead_letters is not None]


def test_events_of_a_party_are_published_under_their_type_below_the_name_of_its_queue() -> None:
    events = queue(EVENTS, "T1", "crm")

    assert events.name == "crossdock.T1.crm.events"
    assert events.below
    address = events.address_of(eventType="crossdock.order.submitted.v1")
    assert address == "crossdock.T1.crm.events.crossdock.order.submitted.v1"


def test_a_warehouse_takes_requests_under_the_name_of_the_queue_itself() -> None:
    assert COMMAND.operation == "createFulfilmentRequest"
    assert COMMAND.operation in api("warehouse").operations
    assert not COMMAND.requests.below
    assert not COMMAND.replies.below


@pytest.mark.parametrize("kind", ["crm", "erp"])
def test_others_take_no_requests_from_queues(kind: str) -> None:
    assert commands(kind, "T1", kind) == ()


def test_no_name_of_two_runs_or_two_parties_is_the_same() -> None:
    queues = [*of_the_run("T1", "east", "west"), *of_the_run("T2", "east", "west")]

    names = [each.name for each in queues]
    assert len(set(names)) == len(names)
    assert {each.exchange for each in queues} == {"crossdock.T1", "crossdock.T2"}


def test_no_address_of_a_queue_lies_below_another_queue() -> None:
    queues = of_the_run("T1", "east")

    for each in queues:
        others = [other.name for other in queues if other.name != each.name]
        assert not [name for name in others if f"{each.name}.".startswith(f"{name}.")]


def test_every_queue_has_a_place_for_dead_letters_but_those_of_dead_letters_themselves() -> None:
    for each in of_the_run("T1", "east"):
        assert (each.dead_letters is None) == (each.channel == DEAD_LETTERS)


def test_a_channel_that_the_document_does_not_have_is_refused() -> None:
    with pytest.raises(DocumentError, match="there is no channel 'returns'"):
        queue("returns", "T1", "east")


def test_every_type_of_event_can_go_over_a_broker() -> None:
    messages = CONTENT["channels"][EVENTS]["messages"].values()

    assert sorted(each["$ref"].rpartition("/")[2] for each in messages) == sorted(
        message for message, said in CONTENT["components"]["messages"].items() if said["name"] in event_types()
    )


@pytest.mark.parametrize("name", ["fulfilmentRequest", "fulfilmentTaken", "fulfilmentRefused"])
def test_a_message_of_a_command_has_an_example_that_is_valid_with_its_headers(name: str) -> None:
    said: dict[str, Any] = CONTENT["components"]["messages"][name]
    bundle = Bundle(DOCUMENT)
    payload = Validator(lambda: bundle.self_contained(said["payload"], DOCUMENT))
    headers = Validator(lambda: bundle.self_contained(said["headers"], DOCUMENT))

    (example,) = said["examples"]
    assert payload.errors(example["payload"]) == []
    assert headers.errors(example["headers"]) == []
