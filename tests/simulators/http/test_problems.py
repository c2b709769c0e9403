"""Bad input: a problem document (RFC 9457) that points at what is wrong; nothing changed; all of it in the journal."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pytest

from crossdock.tests.simulators.http.site import CASE, Site

JSON = {"Content-Type": "application/json"}
ADDRESS = {
    "name": "Ada Byrne",
    "line1": "12 Canal Street",
    "city": "Albany",
    "region": "NY",
    "postalCode": "12207",
    "country": "US",
}
ACCOUNT = {
    "customerNumber": "CUST-1",
    "name": "Byrne Tools",
    "currency": "USD",
    "billTo": ADDRESS,
    "shipTos": [ADDRESS],
}


@dataclass
class Bad:
    """A bad request, and what it must be answered with."""

    status: int
    code: str
    pointers: tuple[str, ...] = ()
    method: str = "POST"
    path: str = "/v1/cases"
    body: Any = None
    data: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    operation: str = "createCase"


BAD = {
    "no JSON": Bad(400, "malformed-body", data=b"{category: ", headers=JSON),
    "JSON cut off": Bad(400, "malformed-body", data=b'{"category":"integ', headers=JSON),
    "two JSON values": Bad(400, "malformed-body", data=b"{} {}", headers=JSON),
    "not UTF-8": Bad(400, "malformed-body", data=b'{"subject":"\xff"}', headers=JSON),
    "half a surrogate": Bad(400, "malformed-body", data=b'{"subject":"\\ud83d"}', headers=JSON),
    "a control character": Bad(400, "malformed-body", data=b'{"subject":"a\nb"}', headers=JSON),
    "nested too deep": Bad(400, "malformed-body", data=b"[" * 50_000 + b"]" * 50_000, headers=JSON),
    "a number past counting": Bad(400, "malformed-body", data=b'{"subject":' + b"9" * 5000 + b"}", headers=JSON),
    "not a number": Bad(400, "malformed-body", data=b'{"subject":NaN}', headers=JSON),
    "no body": Bad(400, "malformed-body", headers=JSON),
    "an array": Bad(422, "invalid-request", ("",), body=[CASE]),
    "null": Bad(422, "invalid-request", ("",), data=b"null", headers=JSON),
    "wrong type": Bad(422, "invalid-request", ("/subject",), body={**CASE, "subject": 7}),
    "empty text": Bad(422, "invalid-request", ("/subject",), body={**CASE, "subject": ""}),
    "unknown word": Bad(422, "invalid-request", ("/category",), body={**CASE, "category": "Other", "orderId": "O-1"}),
    "missing field": Bad(422, "invalid-request", ("/subject",), body={"category": "integrationError"}),
    "conditionally missing": Bad(422, "invalid-request", ("/orderId",), body={**CASE, "category": "shortShip"}),
    "unknown field": Bad(422, "invalid-request", ("/colour",), body={**CASE, "colour": "red"}),
    "a field that needs escapes": Bad(422, "invalid-request", ("/a~1b~0c",), body={**CASE, "a/b~c": 1}),
    "several at once": Bad(
        422,
        "invalid-request",
        ("/colour", "/reference", "/subject"),
        body={"category": "integrationError", "reference": 1, "colour": 1},
    ),
    "deep inside": Bad(
        422,
        "invalid-request",
        ("/shipTos/1/country", "/shipTos/1/name"),
        path="/v1/accounts",
        body={**ACCOUNT, "shipTos": [ADDRESS, {**ADDRESS, "country": "USA", "name": None}]},
        operation="createAccount",
    ),
    "beyond the schema": Bad(
        422,
        "invalid-request",
        ("/currency",),
        path="/v1/accounts",
        body={**ACCOUNT, "currency": "QQQ"},
        operation="createAccount",
    ),
    "unknown reference": Bad(
        422, "unknown-order", ("/orderId",), body={**CASE, "category": "shortShip", "orderId": "ORD-9"}
    ),
    "endless field name": Bad(422, "invalid-request", ("",), body={**CASE, "x" * 5000: 1}),
    "text": Bad(415, "unsupported-media-type", data=b"{}", headers={"Content-Type": "text/plain"}),
    "gzip": Bad(415, "unsupported-media-type", data=b"\x1f\x8b", headers={**JSON, "Content-Encoding": "gzip"}),
    "a form": Bad(415, "unsupported-media-type", data={"a": "b"}),
    "too large": Bad(413, "payload-too-large", data=BytesIO(b'"' + b"x" * 1_048_576 + b'"'), headers=JSON),
    "limit too low": Bad(400, "invalid-parameter", ("limit",), "GET", "/v1/cases?limit=0", operation="listCases"),
    "limit too high": Bad(400, "invalid-parameter", ("limit",), "GET", "/v1/cases?limit=201", operation="listCases"),
    "limit no number": Bad(400, "invalid-parameter", ("limit",), "GET", "/v1/cases?limit=ten", operation="listCases"),
    "limit empty": Bad(400, "invalid-parameter", ("limit",), "GET", "/v1/cases?limit=", operation="listCases"),
    "limit twice": Bad(400, "invalid-parameter", ("limit",), "GET", "/v1/cases?limit=1&limit=2", operation="listCases"),
    "unknown parameter": Bad(
        400, "invalid-parameter", ("colour",), "GET", "/v1/cases?colour=red", operation="listCases"
    ),
    "a parameter without a name": Bad(
        400, "invalid-parameter", ("(no name)",), "GET", "/v1/cases?=red", operation="listCases"
    ),
    "several parameters": Bad(
        400,
        "invalid-parameter",
        ("colour", "limit", "status"),
        "GET",
        "/v1/cases?limit=0&status=odd&colour=red",
        operation="listCases",
    ),
    "no such day": Bad(
        400,
        "invalid-parameter",
        ("updatedSince",),
        "GET",
        "/v1/cases?updatedSince=2026-02-30T00:00:00Z",
        operation="listCases",
    ),
    "a parameter of a creation": Bad(
        400, "invalid-parameter", ("limit",), path="/v1/cases?limit=1", body=CASE, operation="createCase"
    ),
    "a bad header": Bad(
        400, "invalid-parameter", ("X-Correlation-Id",), body=CASE, headers={"X-Correlation-Id": "two words"}
    ),
    "a header too long": Bad(
        400, "invalid-parameter", ("Idempotency-Key",), body=CASE, headers={"Idempotency-Key": "k" * 201}
    ),
    "a cursor of our own making": Bad(
        400, "invalid-cursor", ("cursor",), "GET", "/v1/cases?cursor=nonsense", operation="listCases"
    ),
    "unknown object": Bad(404, "not-found", (), "GET", "/v1/cases/CASE-9", operation="getCase"),
    "an id that none can be": Bad(404, "not-found", ("caseId",), "GET", "/v1/cases/a%20b", operation="getCase"),
    "an id with an escaped slash": Bad(404, "not-found", ("caseId",), "GET", "/v1/cases/a%2Fb", operation="getCase"),
    "unknown path": Bad(404, "not-found", (), "GET", "/v1/nowhere", operation="unknown"),
    "no version": Bad(404, "not-found", (), "GET", "/cases", operation="unknown"),
    "the root": Bad(404, "not-found", (), "GET", "/", operation="unknown"),
    "a slash too many": Bad(404, "not-found", (), "GET", "/v1/cases/", operation="unknown"),
    "an empty segment": Bad(404, "not-found", (), "GET", "/v1//cases", operation="unknown"),
    "wrong method": Bad(405, "method-not-allowed", (), "DELETE", "/v1/cases", operation="unknown"),
    "a method of one's own": Bad(405, "method-not-allowed", (), "PURGE", "/v1/cases/CASE-1", operation="unknown"),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
async def test_bad_input_is_named_changes_nothing_and_is_journaled(site: Site, bad: Bad) -> None:
    await site.token()  # so that what follows is alone in the journal
    site.tokens["crm"] = await site.token()
    site.entries.clear()

    reply = await site.ask(bad.method, bad.path, bad.body, data=bad.data, headers=bad.headers)

    assert (reply.status, reply.code) == (bad.status, bad.code), reply.json
    assert tuple(reply.pointers() if "errors" in reply.json else ()) == bad.pointers, reply.json
    assert set(site.state()) <= {"Workload"}, "nothing may have changed"
    invoke, fail = site.entries
    assert (invoke.kind, fail.kind, fail.exchange) == ("invoke", "fail", invoke.seq)
    assert (invoke.name, invoke.detail["method"]) == (bad.operation, bad.method)
    assert fail.detail["status"] == bad.status
    assert reply.json["instance"] == f"/exchanges/{invoke.seq}"


@pytest.mark.parametrize(
    ("path", "allow"),
    [
        ("/v1/cases", "GET, HEAD, POST"),
        ("/v1/cases/CASE-1", "GET, HEAD, PATCH"),
        ("/v1/oauth/token", "POST"),
        ("/v1/webhook-subscriptions/WS-1", "DELETE, GET, HEAD"),
    ],
)
@pytest.mark.parametrize("method", ["PUT", "OPTIONS", "TRACE"])
async def test_a_wrong_method_is_told_the_right_ones(site: Site, method: str, path: str, allow: str) -> None:
    reply = await site.ask(method, path, authorized=False)

    assert (reply.status, reply.headers["allow"]) == (405, allow)


async def test_every_field_is_told_with_what_it_is_and_should_be(site: Site) -> None:
    reply = await site.ask("POST", "/v1/cases", {**CASE, "category": "shortshiip", "orderId": "ORD-1", "subject": 7})

    errors = {error["pointer"]: error["detail"] for error in reply.json["errors"]}
    assert errors["/subject"] == "is 7, but must be text"
    assert "shortShip" in errors["/category"]
    assert "/category" in reply.json["detail"]
    assert "(and 1 more)" in reply.json["detail"]


async def test_more_errors_than_the_contract_has_room_for_are_cut(site: Site) -> None:
    many = {f"field{number}": 1 for number in range(500)}

    reply = await site.ask("POST", "/v1/cases", {**CASE, **many})

    assert len(reply.json["errors"]) == 200
    assert "(and 499 more)" in reply.json["detail"]


async def test_a_bad_body_is_kept_as_text_and_a_good_one_as_json(site: Site) -> None:
    await site.ask("POST", "/v1/cases", {**CASE, "colour": "red"})
    await site.open_case()

    bad, good = site.journal("createCase", "invoke")
    assert bad.detail["text"].startswith('{"category": "integrationError", "subject"')
    assert bad.detail["text"].endswith(', "colour": "red"}')
    assert bytes(good.detail["body"]).startswith(b'{"category"')


async def test_the_same_path_written_otherwise_is_the_same(site: Site) -> None:
    case = (await site.open_case()).json["caseId"]

    assert (await site.ask("GET", f"/v1/cases/{case.replace('-', '%2D')}")).status == 200


async def test_whole_numbers_may_be_written_with_a_point(site: Site) -> None:
    body = {
        "fulfilmentId": "FF-1",
        "revision": 1.0,
        "warehouseId": "east",
        "orderId": "ORD-1",
        "salesOrderId": "SO-1",
        "shipTo": ADDRESS,
        "serviceLevel": "standard",
        "lines": [{"lineId": "1", "sku": "SKU-1", "quantity": {"value": "6", "uom": "EA"}}],
    }

    reply = await site.ask("POST", "/v1/fulfilment-requests", body, party="east", headers={"Idempotency-Key": "k1"})

    assert (reply.status, reply.code) == (422, "item-not-stocked"), "1.0 is a whole number in JSON Schema"


async def test_a_body_where_none_is_wanted_is_passed_over(site: Site) -> None:
    reply = await site.ask("GET", "/v1/cases", {"limit": 0})
    assert reply.status == 200

    reply = await site.ask("POST", "/v1/quotes/QUO-9/present", {"anything": "goes"})
    assert (reply.status, reply.code) == (404, "not-found")


async def test_a_charset_beside_the_media_type_is_no_other_media_type(site: Site) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}

    reply = await site.ask("POST", "/v1/cases", data=b'{"category":"integrationError","subject":"x"}', headers=headers)

    assert reply.status == 201
