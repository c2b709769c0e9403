"""What the API documents say about each other: problems, events, links, examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from crossdock.contracts.asyncapi import event_types
from crossdock.contracts.bundling import bundle
from crossdock.contracts.documents import load
from crossdock.contracts.openapi import api

PARTIES = ("crm", "erp", "warehouse")
KINDS = (*PARTIES, "layer")
PROBLEMS: dict[str, dict[str, Any]] = load("http/v1/problems.yaml")["problems"]


def operations(kind: str) -> Iterator[dict[str, Any]]:
    for item in bundle(f"{kind}/v1/openapi.yaml")["paths"].values():
        yield from item.values()


@pytest.mark.parametrize("kind", PARTIES)
def test_an_operation_names_the_same_problems_in_words_and_in_data(kind: str) -> None:
    for operation in operations(kind):
        codes = set(operation.get("x-problems", ()))
        words = operation["description"].partition("\nProblems: ")[2]
        assert set(re.findall(r"`([a-z-]+)`", words)) == codes, operation["operationId"]
        missing = {code for code in codes if str(PROBLEMS[code]["status"]) not in operation["responses"]}
        assert not missing, f"{operation['operationId']} does not document the status of {missing}"


@pytest.mark.parametrize("kind", PARTIES)
def test_a_party_sends_exactly_the_events_that_its_operations_cause(kind: str) -> None:
    caused = {event for operation in operations(kind) for event in operation.get("x-causes", ())}
    assert caused == {event.type for event in event_types().values() if kind in event.sources}


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_fills_every_path_parameter_of_the_operation_that_it_leads_to(kind: str) -> None:
    known = {operation["operationId"]: operation for operation in operations(kind)}
    for operation in known.values():
        for response in operation["responses"].values():
            for link in response.get("links", {}).values():
                parameters = known[link["operationId"]]["parameters"]
                filled = set(link["parameters"])
                assert filled <= {each["name"] for each in parameters}, (operation["operationId"], link)
                assert filled >= {each["name"] for each in parameters if each["in"] == "path"}, link


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_of_a_body_is_what_its_schema_says(kind: str) -> None:
    validators = api(kind).operations
    for operation in operations(kind):
        contract = validators[operation["operationId"]]
        bodies = {"request": (contract.body, operation.get("requestBody", {}))}
        bodies |= {s: (contract.responses[s], response) for s, response in operation["responses"].items()}
        for place, (validator, described) in bodies.items():
            for media in described.get("content", {}).values():
                values = [each["value"] for each in media.get("examples", {}).values()]
                values += [media["example"]] if "example" in media else []
                assert values, f"{contract.id}, {place}: no example"
                assert validator is not None
                for value in values:
                    assert not list(validator.errors(value)), f"{contract.id}, {place}"


def test_every_event_example_is_what_its_type_says_and_no_other_type() -> None:
    for event in event_types().values():
        assert event.examples, event.type
        for example in event.examples:
            assert not list(event.event.errors(example)), event.type
            assert not event.event.is_valid(example | {"type": "crossdock.something.else.v1"}), event.type
