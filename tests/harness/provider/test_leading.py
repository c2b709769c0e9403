"""Where an answer leads: its links, and where it says that it stands."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from crossdock.contracts.openapi import api
from crossdock.harness.provider.exchange import Exchange, Reply, Sent
from crossdock.harness.provider.leading import steps_after, value_of

WAREHOUSE = api("warehouse")


def answered(operation: str, status: int, body: Any, **headers: str) -> Exchange:
    asked = Sent("POST", "http://there/v1", {"x-caller": "us"}, b'{"for":"them"}')
    return Exchange(WAREHOUSE.operations[operation], asked, Reply(status, headers, msgspec.json.encode(body)))


def names(exchange: Exchange) -> list[str]:
    return [step.operation.id for step in steps_after(exchange, WAREHOUSE, WAREHOUSE.document)]


def test_a_creation_leads_by_location_to_what_can_be_done_there_and_deletes_last() -> None:
    exchange = answered("createWebhookSubscription", 201, {}, location="/v1/webhook-subscriptions/WS-1")

    steps = steps_after(exchange, WAREHOUSE, WAREHOUSE.document)

    assert [step.operation.id for step in steps] == ["getWebhookSubscription", "deleteWebhookSubscription"]
    assert {step.path for step in steps} == {"/v1/webhook-subscriptions/WS-1"}


def test_a_link_leads_on_with_values_of_the_answer() -> None:
    exchange = answered("createFulfilmentRequest", 201, {"fulfilmentId": "FF-1"})

    assert names(exchange) == ["getFulfilmentRequest", "listShipments", "cancelFulfilmentRequest"]


def test_a_link_leads_nowhere_when_the_answer_lacks_its_value() -> None:
    assert names(answered("createFulfilmentRequest", 201, {})) == ["listShipments"]


def test_a_refusal_leads_nowhere() -> None:
    assert names(answered("createFulfilmentRequest", 409, {"fulfilmentId": "FF-1"})) == []


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("$response.body#/lines/1/sku", "B"),
        ("$response.body#/lines/2/sku", None),
        ("$response.header.ETag", '"3"'),
        ("$request.body#/for", "them"),
        ("$request.header.X-Caller", "us"),
        ("$url", None),
        ("fixed", "fixed"),
    ],
)
def test_a_runtime_expression_is_read(expression: str, value: str | None) -> None:
    exchange = answered("createReturn", 200, {"lines": [{"sku": "A"}, {"sku": "B"}]}, etag='"3"')

    assert value_of(expression, exchange) == value
