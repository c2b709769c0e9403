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
(COMMANDS,) = commands("warehouse", "T1", "east")
MESSAGES = CONTENT["components"]["messages"]
OF_COMMANDS = sorted(
    name for name, said in MESSAGES.items() if said["name"] not in event_types() and "examples" in said
)


def of_the_run(mark: str, *parties: str) -> list[Queue]:
    found = [queue(name, mark, party) for party in parties for name in ON_A_BROKER if name != DEAD_LETTERS]
    return found + [each.dead_letters for each in found if each.dead_letters is not None]


def test_events_of_a_party_are_published_under_their_type_below_the_name_of_its_queue() -> None:
    events = queue(EVENTS, "T1", "crm")

    assert events.name == "crossdock.T1.crm.events"
    assert events.below
    address = events.address_of(eventType="crossdock.order.submitted.v1")
    assert address == "crossdock.T1.crm.events.crossdock.order.submitted.v1"


def test_a_warehouse_takes_every_kind_of_request_from_one_queue_under_its_own_name() -> None:
    assert set(COMMANDS.operations) == {
        "createFulfilmentRequest",
        "cancelFulfilmentRequest",
        "createReturn",
        "putWarehouseItem",
    }
    assert set(COMMANDS.operations) <= set(api("warehouse").operations)
    assert not COMMANDS.requests.below
    assert not COMMANDS.replies.below


@pytest.mark.parametrize("name", COMMANDS.operations)
def test_the_message_of_an_operation_is_its_body_and_the_parameters_of_its_path(name: str) -> None:
    operation = api("warehouse").operations[name]
    (message,) = CONTENT["operations"][name]["messages"]
    said = MESSAGES[message["$ref"].rpartition("/")[2]]
    (example,) = said["examples"]

    assert operation.body is not None
    assert operation.body.errors(example["payload"]) == []
    in_path = {parameter.name for parameter in operation.parameters if parameter.where == "path"}
    assert in_path <= set(example["headers"])
    assert example["headers"]["operation"] == name


@pytest.mark.parametrize("name", COMMANDS.operations)
def test_the_reply_to_an_operation_is_what_http_answers(name: str) -> None:
    operation = api("warehouse").operations[name]
    messages = CONTENT["operations"][name]["reply"]["messages"]
    examples = [MESSAGES[each["$ref"].rpartition("/")[2]]["examples"][0] for each in messages]

    for example in examples:
        status = int(example["headers"]["status"])
        response = operation.response(status if example["headers"]["operation"] == name else operation.success)
        assert response is not None
        assert response.errors(example["payload"]) == [] or "code" in example["payload"]


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
        message for message, said in MESSAGES.items() if said["name"] in event_types()
    )


@pytest.mark.parametrize("name", OF_COMMANDS)
def test_a_message_of_a_command_has_an_example_that_is_valid_with_its_headers(name: str) -> None:
    said: dict[str, Any] = MESSAGES[name]
    bundle = Bundle(DOCUMENT)
    payload = Validator(lambda: bundle.self_contained(said["payload"], DOCUMENT))
    headers = Validator(lambda: bundle.self_contained(said["headers"], DOCUMENT))

    (example,) = said["examples"]
    assert payload.errors(example["payload"]) == []
    assert headers.errors(example["headers"]) == []
