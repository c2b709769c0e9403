"""The events of the parties."""

import re
from pathlib import Path
from typing import Any

import pytest

from crossdock.contracts.asyncapi import event_types, read
from crossdock.contracts.document_check import problems
from crossdock.contracts.documents import DocumentError
from crossdock.contracts.openapi import api
from crossdock.contracts.operation_reader import METHODS

EVENTS = event_types()
NAMING = re.compile(r"crossdock\.[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*\.v1")


def test_the_document_is_asyncapi_3_and_its_references_lead_somewhere() -> None:
    assert problems("events/v1/asyncapi.yaml") == []


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_type_names_an_object_and_what_happened_to_it(name: str) -> None:
    assert NAMING.fullmatch(name)
    assert EVENTS[name].type == name
    assert EVENTS[name].title
    assert EVENTS[name].description
    assert EVENTS[name].sources <= {"crm", "erp", "warehouse"}


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_has_examples_and_they_are_valid(name: str) -> None:
    contract = EVENTS[name]
    assert contract.examples
    for example in contract.examples:
        assert contract.event.errors(example) == []
        assert contract.data.errors(example["data"]) == []


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_of_another_type_or_with_other_data_is_refused(name: str) -> None:
    contract = EVENTS[name]
    example = contract.examples[0]
    assert not contract.event.is_valid({**example, "type": "crossdock.other.thing.v1"})
    assert not contract.event.is_valid({**example, "data": {}})
    assert not contract.event.is_valid({**example, "surprise": 1})


def test_the_flow_has_its_events() -> None:
    story = {
        "crossdock.order.submitted.v1": {"crm"},
        "crossdock.order.cancel-requested.v1": {"crm"},
        "crossdock.return.requested.v1": {"crm"},
        "crossdock.fulfilment.released.v1": {"erp"},
        "crossdock.fulfilment.cancel-requested.v1": {"erp"},
        "crossdock.return.authorized.v1": {"erp"},
        "crossdock.fulfilment.accepted.v1": {"warehouse"},
        "crossdock.fulfilment.picking.v1": {"warehouse"},
        "crossdock.fulfilment.packed.v1": {"warehouse"},
        "crossdock.shipment.shipped.v1": {"warehouse"},
        "crossdock.tracking.milestone.v1": {"warehouse"},
        "crossdock.return.received.v1": {"warehouse"},
    }
    assert {name: EVENTS[name].sources for name in story} == story


@pytest.mark.parametrize("kind", ["crm", "erp", "warehouse"])
def test_an_operation_causes_only_events_of_its_own_party(kind: str) -> None:
    for item in api(kind).document["paths"].values():
        for method in METHODS:
            for caused in item.get(method, {}).get("x-causes", ()):
                assert caused in EVENTS, f"{item[method]['operationId']} causes {caused}, which is no event"
                assert kind in EVENTS[caused].sources


def document(payload: str, *, name: str = "a.b.v1", tags: str = "tags: [{name: crm}]") -> str:
    return f"""
asyncapi: 3.0.0
info: {{title: T, version: '1'}}
channels:
  it:
    address: a.b.v1
    messages:
      it: {{name: {name}, payload: {payload}}}
operations:
  send: {{action: send, channel: {{$ref: '#/channels/it'}}, {tags}}}
"""


GOOD = "{type: object, properties: {data: {type: string}}}"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (document("{type: object}"), "must say what `data` is"),
        (document(GOOD, name="c.d.v1"), "must be the channel's address"),
        (document(GOOD, tags="tags: []"), "who sends"),
        ("openapi: 3.1.0", "expected an AsyncAPI document"),
    ],
)
def test_a_document_that_leaves_something_out_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "asyncapi.yaml"
    path.write_text(text)
    with pytest.raises(DocumentError, match=problem):
        read(str(path))


def test_a_document_of_a_user_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "asyncapi.yaml"
    path.write_text(document(GOOD))
    found: Any = read(str(path))
    assert found["a.b.v1"].sources == {"crm"}
    assert found["a.b.v1"].data.is_valid("x")
