"""Quotas: 429 with Retry-After, and what is left of them in every answer (RateLimit header fields draft)."""

import re
from collections.abc import AsyncIterator

import pytest

from crossdock.simulators.channels.http.rate_limit import Quota
from crossdock.tests.simulators.http.site import Site, open_site


@pytest.fixture
async def limited() -> AsyncIterator[Site]:
    """A CRM that takes two requests a second, four at once."""
    async with open_site({"crm": "crm"}, quota=Quota(2.0, 4)) as site:
        yield site


def left(headers: dict[str, str]) -> tuple[int, int]:
    """What is left, and the seconds until the quota is full again."""
    found = re.fullmatch(r'"default";r=(\d+);t=(\d+)', headers["ratelimit"])
    assert found is not None
    return int(found[1]), int(found[2])


async def test_each_answer_tells_the_quota_and_what_is_left_of_it(limited: Site) -> None:
    replies = [await limited.ask("GET", "/v1/cases") for _ in range(3)]

    assert [left(dict(reply.headers)) for reply in replies] == [(3, 1), (2, 1), (1, 2)]
    assert {reply.headers["ratelimit-policy"] for reply in replies} == {'"default";q=4;w=2'}


async def test_past_the_quota_a_request_is_refused_with_the_seconds_to_wait(limited: Site) -> None:
    for _ in range(4):
        assert (await limited.open_case()).status == 201

    reply = await limited.open_case()

    assert (reply.status, reply.code, reply.headers["retry-after"]) == (429, "too-many-requests", "1")
    assert left(dict(reply.headers)) == (0, 2)
    assert reply.headers["ratelimit-policy"] == '"default";q=4;w=2'
    assert limited.state()["Case"] == 4
    assert limited.journal("createCase")[-1].kind == "fail"


async def test_whoever_waits_as_long_as_told_is_served_again(limited: Site) -> None:
    for _ in range(5):
        reply = await limited.open_case()

    await limited.advance(float(reply.headers["retry-after"]))

    assert (await limited.open_case()).status == 201


async def test_a_refused_request_does_not_use_up_its_idempotency_key(limited: Site) -> None:
    for _ in range(4):
        await limited.open_case()
    assert (await limited.open_case(Idempotency_Key="k1")).status == 429

    await limited.advance(1)
    reply = await limited.open_case(Idempotency_Key="k1")

    assert (reply.status, "idempotent-replayed" in reply.headers) == (201, False)


async def test_a_bad_request_counts_and_is_told_what_is_left_too(limited: Site) -> None:
    reply = await limited.ask("GET", "/v1/cases?limit=0")

    assert reply.status == 400
    assert left(dict(reply.headers))[0] == 3


async def test_each_client_has_a_quota_of_its_own(limited: Site) -> None:
    form = {"grant_type": "client_credentials", "client_id": "other", "client_secret": "s3cret"}
    other = (await limited.ask("POST", "/v1/oauth/token", data=form, authorized=False)).json["access_token"]
    for _ in range(5):
        await limited.open_case()

    assert (await limited.open_case(Authorization=f"Bearer {other}")).status == 201


async def test_tokens_are_had_without_a_quota(limited: Site) -> None:
    for _ in range(10):
        await limited.token()


async def test_without_a_quota_no_answer_speaks_of_one(site: Site) -> None:
    reply = await site.ask("GET", "/v1/cases")

    assert [name for name in reply.headers if "ratelimit" in name] == []
