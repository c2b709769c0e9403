"""The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header), over the wire."""

import asyncio
from typing import Any

import pytest

from crossdock.simulators.idempotency import KEPT_S
from crossdock.simulators.interference import Delay, Message, NoInterference, RequestEffect
from crossdock.tests.simulators.http.site import CASE, Reply, Site

REQUIRED = ("/v1/fulfilment-requests", {"fulfilmentId": "FF-1"}, "east")


class DelayFirst(NoInterference):
    """Holds the first creation up before anything is done."""

    def __init__(self, seconds: float = 5.0) -> None:
        self.left = 1
        self.seconds = seconds

    def before(self, message: Message) -> RequestEffect | None:
        if message.name != "createCase" or not self.left:
            return None
        self.left -= 1
        return Delay(self.seconds, "slow")


async def post(site: Site, key: str, subject: str = "a message cannot be processed", **headers: str) -> Reply:
    sent = {"Idempotency-Key": key, **headers}
    return await site.ask("POST", "/v1/cases", {**CASE, "subject": subject}, headers=sent)


async def test_the_same_request_twice_has_one_effect_and_one_answer(site: Site) -> None:
    first = await post(site, "k1")
    again = await post(site, "k1")

    assert (first.status, again.status) == (201, 201)
    assert again.body == first.body
    assert [again.headers[name] for name in ("etag", "location", "content-type")] == [
        first.headers[name] for name in ("etag", "location", "content-type")
    ]
    assert ("idempotent-replayed" in first.headers, again.headers["idempotent-replayed"]) == (False, "true")
    assert site.state()["Case"] == 1
    assert len(site.journal("createCase", "commit")) == 1


async def test_both_exchanges_stand_in_the_journal_with_the_key(site: Site) -> None:
    await post(site, "k1")
    await post(site, "k1")

    assert [entry.detail["idempotencyKey"] for entry in site.journal("createCase", "invoke")] == ["k1", "k1"]
    assert [entry.kind for entry in site.journal("createCase")] == ["invoke", "commit", "ok", "invoke", "ok"]


async def test_a_quoted_key_and_a_bare_one_are_the_same(site: Site) -> None:
    quoted = await post(site, '"k1"')
    bare = await post(site, "k1")

    assert bare.body == quoted.body
    assert site.state()["Case"] == 1


async def test_another_key_is_another_request(site: Site) -> None:
    first, second = await post(site, "k1"), await post(site, "k2")

    assert first.json["caseId"] != second.json["caseId"]


async def test_no_key_is_another_request_each_time(site: Site) -> None:
    await site.open_case()
    await site.open_case()

    assert site.state()["Case"] == 2


async def test_the_same_key_with_another_body_is_refused_and_changes_nothing(site: Site) -> None:
    await post(site, "k1")

    reply = await post(site, "k1", "something else")

    assert (reply.status, reply.code, reply.pointers()) == (422, "idempotency-key-reused", ["Idempotency-Key"])
    assert site.state()["Case"] == 1


async def test_an_error_of_the_rule_is_given_again(site: Site) -> None:
    body = {**CASE, "category": "shortShip", "orderId": "ORD-9"}
    headers = {"Idempotency-Key": "k1"}

    first = await site.ask("POST", "/v1/cases", body, headers=headers)
    again = await site.ask("POST", "/v1/cases", body, headers=headers)

    assert (first.status, again.status) == (422, 422)
    assert again.body == first.body
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["content-type"] == "application/problem+json"


async def test_a_request_that_was_not_understood_does_not_use_up_its_key(site: Site) -> None:
    assert (await post(site, "k1", "")).status == 422

    assert (await post(site, "k1")).status == 201


async def test_a_request_without_a_good_token_does_not_use_up_its_key(site: Site) -> None:
    assert (await post(site, "k1", Authorization="Bearer wrong")).status == 401

    assert (await post(site, "k1")).status == 201


async def test_a_repetition_while_the_first_is_in_flight_is_told_to_wait(site: Site) -> None:
    await site.token()
    site.interfere(DelayFirst(5.0))
    first = asyncio.create_task(post(site, "k1"))
    await site.until(lambda: site.journal("slow", "fault"), "the first request is held up")

    early = await post(site, "k1")
    await site.advance(5.0)
    late = await post(site, "k1")

    assert (early.status, early.code, early.pointers()) == (409, "idempotency-key-in-flight", ["Idempotency-Key"])
    assert (await first).status == 201
    assert late.body == (await first).body
    assert site.state()["Case"] == 1


async def test_many_at_once_with_one_key_have_one_effect(site: Site) -> None:
    await site.token()

    replies = await asyncio.gather(*(post(site, "k1") for _ in range(20)))

    assert {reply.status for reply in replies} <= {201, 409}
    assert len({reply.body for reply in replies if reply.status == 201}) == 1
    assert site.state()["Case"] == 1


async def test_the_answer_is_kept_for_a_repetition_after_the_caller_gave_up(site: Site) -> None:
    await site.token()
    site.interfere(DelayFirst(5.0))
    impatient = asyncio.create_task(post(site, "k1"))
    await site.until(lambda: site.journal("slow", "fault"), "the request is held up")
    impatient.cancel()
    await site.advance(5.0)
    await site.until(lambda: site.journal("createCase", "info"), "it is carried out all the same")

    reply = await post(site, "k1")

    assert (reply.status, reply.headers["idempotent-replayed"]) == (201, "true")
    assert site.state()["Case"] == 1


async def test_a_reset_while_a_request_is_in_flight_forgets_its_key(site: Site) -> None:
    await site.token()
    site.interfere(DelayFirst(5.0))
    first = asyncio.create_task(post(site, "k1"))
    await site.until(lambda: site.journal("slow", "fault"), "the request is held up")

    site.world.reset()
    await site.advance(5.0)

    assert (await first).status == 201
    site.tokens.clear()
    assert (await post(site, "k1", "something else")).status == 201


async def test_a_key_is_forgotten_after_a_day(site: Site) -> None:
    await post(site, "k1")

    site.clock._elapsed += KEPT_S
    site.tokens.clear()
    reply = await post(site, "k1", "something else")

    assert reply.status == 201
    assert site.state()["Case"] == 2


async def test_a_key_belongs_to_its_client(site: Site) -> None:
    await post(site, "k1")
    form = {"grant_type": "client_credentials", "client_id": "other", "client_secret": "s3cret"}
    other = (await site.ask("POST", "/v1/oauth/token", data=form, authorized=False)).json["access_token"]

    reply = await post(site, "k1", "something else", Authorization=f"Bearer {other}")

    assert reply.status == 201


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": '""'}], ids=["missing", "empty"])
async def test_where_a_key_is_required_a_request_without_one_is_refused(site: Site, headers: dict[str, Any]) -> None:
    body = {"sku": "SKU-1", "part": "available", "quantity": {"value": "1", "uom": "EA"}, "reason": "found"}

    reply = await site.ask("POST", "/v1/inventory-adjustments", body, party="east", headers=headers)

    assert (reply.status, reply.code, reply.pointers()) == (400, "idempotency-key-missing", ["Idempotency-Key"])


async def test_a_missing_key_is_told_before_a_version_that_nobody_has(site: Site) -> None:
    """What the contract demands comes first: 412 would say that the request could be made as it is, later."""
    good = {"lineId": "1", "sku": "SKU-1", "quantity": {"value": "1", "uom": "EA"}}
    body = {"lines": [{**good, "condition": "good", "disposition": "restock"}]}

    reply = await site.ask("POST", "/v1/returns/RMA-1/receipts", body, party="east", headers={"If-Match": "zS"})

    assert (reply.status, reply.code) == (400, "idempotency-key-missing")
