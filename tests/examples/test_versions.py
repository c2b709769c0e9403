"""Which version of a party's API the layer speaks, and how it goes over to the next."""

import msgspec

from crossdock.contracts.openapi import api
from crossdock.examples.reference_layer.calls import Call
from crossdock.examples.reference_layer.versions import Versions
from crossdock.tests.examples.conftest import MakeCalls
from crossdock.tests.examples.virtual import Scripted, answer, refusal

LINK = '</v2>; rel="successor-version"'
ASK = Call("east", "POST", "/v1/fulfilment-requests", key="fulfilment:FF-1:r1:east")
BODY = {
    "fulfilmentId": "FF-1",
    "revision": 1,
    "warehouseId": "east",
    "orderId": "CO-1",
    "salesOrderId": "SO-1",
    "shipTo": {"name": "Ada Byrne", "line1": "12 Canal Street", "city": "Albany", "country": "US", "phone": "+1 518 1"},
    "serviceLevel": "standard",
    "requestedShipDate": "2026-03-03",
    "lines": [{"lineId": "1", "sku": "SKU-1", "quantity": {"value": "6", "uom": "EA"}}],
}


async def test_a_deprecated_answer_is_taken_and_the_next_call_goes_to_the_successor(make_calls: MakeCalls) -> None:
    http = Scripted(answer(200, {}, deprecation="@1772438400", link=LINK), answer(200, {}))
    calls = make_calls(http)

    await calls.send(Call("east", "GET", "/v1/capacity"))
    await calls.send(Call("east", "GET", "/v1/capacity"))
    await calls.send(Call("west", "GET", "/v1/capacity"))

    assert [sent.url for sent in http.sent] == [
        "http://east.test/v1/capacity",
        "http://east.test/v2/capacity",
        "http://west.test/v1/capacity",
    ]


async def test_what_meets_a_version_that_is_gone_is_said_again_in_the_words_of_the_next(make_calls: MakeCalls) -> None:
    http = Scripted(answer(410, {"code": "version-gone"}, link=LINK), answer(201, {}))

    await make_calls(http).effect(ASK, BODY)

    first, second = http.sent
    assert (first.url, second.url) == (f"http://east.test{ASK.path}", "http://east.test/v2/fulfilment-requests")
    assert msgspec.json.decode(first.body) == BODY
    contract = api("warehouse", "v2").operations["createFulfilmentRequest"].body
    assert contract is not None
    assert contract.errors(msgspec.json.decode(second.body)) == []
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]


async def test_a_version_that_is_gone_without_a_successor_that_we_speak_is_a_refusal(make_calls: MakeCalls) -> None:
    http = Scripted(refusal(410, "version-gone"))
    assert (await make_calls(http).send(ASK)).status == 410
    assert len(http.sent) == 1

    versions = Versions({})
    versions.heard("east", {"link": '</v9>; rel="successor-version"'})
    assert versions.of("east") == "v1"
