"""Subscriptions to webhooks: each client's own, and the secret told once."""

import base64
import re
from typing import Any

import pytest

from crossdock.tests.simulators.http.site import Reply, Site

URL = "http://127.0.0.1:9/events"
PATH = "/v1/webhook-subscriptions"


async def create(site: Site, **fields: Any) -> Reply:
    return await site.ask("POST", PATH, {"url": URL, **fields})


async def other_token(site: Site) -> dict[str, str]:
    form = {"grant_type": "client_credentials", "client_id": "other", "client_secret": "s3cret"}
    token = (await site.ask("POST", "/v1/oauth/token", data=form, authorized=False)).json["access_token"]
    return {"Authorization": f"Bearer {token}"}


async def test_a_subscription_is_created_and_read_again_without_its_secret(site: Site) -> None:
    created = await create(site, eventTypes=["crossdock.case.changed.v1"])
    shown = await site.ask("GET", created.headers["location"])

    assert created.status == 201
    assert created.headers["etag"] == shown.headers["etag"] == '"1"'
    assert created.json == {**shown.json, "secret": created.json["secret"]}
    assert (shown.json["url"], shown.json["eventTypes"]) == (URL, ["crossdock.case.changed.v1"])
    assert (shown.json["status"], shown.json["version"]) == ("active", 1)
    assert "secret" not in shown.json


async def test_a_secret_is_made_where_none_is_given(site: Site) -> None:
    first, second = (await create(site)).json["secret"], (await create(site)).json["secret"]

    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]+=*", first)
    assert 24 <= len(base64.b64decode(first.removeprefix("whsec_"))) <= 64
    assert first != second


@pytest.mark.parametrize("octets", [24, 25, 26, 64])
@pytest.mark.parametrize("padded", [True, False])
async def test_a_secret_that_is_given_is_kept(site: Site, octets: int, padded: bool) -> None:
    encoded = base64.b64encode(bytes(octets)).decode()
    secret = "whsec_" + (encoded if padded else encoded.rstrip("="))

    assert (await create(site, secret=secret)).json["secret"] == secret


@pytest.mark.parametrize("secret", ["s3cret", "whsec_", "whsec_AAAA", "whsec_" + "A" * 33, "whsec_" + "A" * 90])
async def test_a_secret_of_another_form_is_refused(site: Site, secret: str) -> None:
    reply = await create(site, secret=secret)

    assert (reply.status, reply.code, reply.pointers()) == (422, "invalid-request", ["/secret"])


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1/",
        "127.0.0.1:8080",
        "http://",
        "http:///events",
        "http://[::1",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:x/",
        "http://example.com/",
        "http://127.0.0.1.example.com/",
        "http://169.254.169.254/latest",
        "http://127.0.0.1/two words",
    ],
)
async def test_a_url_that_nothing_can_be_delivered_to_is_refused(site: Site, url: str) -> None:
    reply = await create(site, url=url)

    assert (reply.status, reply.code, reply.pointers()) == (422, "invalid-request", ["/url"])
    assert site.world.parties["crm"].subscriptions == {}


async def test_a_repetition_with_the_same_key_makes_no_second_one_and_tells_the_same_secret(site: Site) -> None:
    headers = {"Idempotency-Key": "k1"}
    first = await site.ask("POST", PATH, {"url": URL}, headers=headers)
    again = await site.ask("POST", PATH, {"url": URL}, headers=headers)

    assert again.body == first.body
    assert len((await site.ask("GET", PATH)).json["items"]) == 1


async def test_subscriptions_are_listed_page_by_page_even_while_some_are_deleted(site: Site) -> None:
    ids = [(await create(site)).json["subscriptionId"] for _ in range(5)]

    first = (await site.ask("GET", f"{PATH}?limit=2")).json
    await site.ask("DELETE", f"{PATH}/{ids[1]}")
    await site.ask("DELETE", f"{PATH}/{ids[2]}")
    second = (await site.ask("GET", f"{PATH}?limit=2&cursor={first['nextCursor']}")).json

    assert [item["subscriptionId"] for item in first["items"]] == ids[:2]
    assert [item["subscriptionId"] for item in second["items"]] == ids[3:]
    assert second["nextCursor"] is None
    assert not any("secret" in item for item in (*first["items"], *second["items"]))


async def test_a_cursor_that_is_none_is_refused(site: Site) -> None:
    assert (await site.ask("GET", f"{PATH}?cursor=nonsense")).code == "invalid-cursor"


async def test_what_another_client_has_is_not_there(site: Site) -> None:
    subscription = (await create(site)).json["subscriptionId"]
    other = await other_token(site)

    assert (await site.ask("GET", PATH, headers=other)).json["items"] == []
    for method in ("GET", "DELETE"):
        assert (await site.ask(method, f"{PATH}/{subscription}", headers=other)).status == 404
    assert subscription in site.world.parties["crm"].subscriptions


async def test_a_deleted_subscription_is_gone(site: Site) -> None:
    path = (await create(site)).headers["location"]

    assert (await site.ask("DELETE", path)).status == 204
    assert (await site.ask("GET", path)).status == 404
    assert (await site.ask("DELETE", path)).status == 404


async def test_a_subscription_is_deleted_only_in_the_version_that_was_seen(site: Site) -> None:
    path = (await create(site)).headers["location"]

    assert (await site.ask("DELETE", path, headers={"If-Match": '"2"'})).code == "precondition-failed"
    assert (await site.ask("DELETE", path, headers={"If-Match": '"1"'})).status == 204
