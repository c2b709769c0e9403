"""Access tokens: OAuth 2 client credentials, and what a request without a good one is answered."""

import asyncio
import base64
import subprocess
from typing import Any

import pytest

from crossdock.simulators.access import TOKEN_LIFETIME_S
from crossdock.tests.simulators.http.site import CASE, CLIENT, SECRET, Reply, Site

GRANT = {"grant_type": "client_credentials"}
FORM = {**GRANT, "client_id": CLIENT, "client_secret": SECRET}


def basic(client: str, secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{client}:{secret}".encode()).decode()}


async def ask_token(site: Site, form: Any, headers: dict[str, str] | None = None) -> Reply:
    return await site.ask("POST", "/v1/oauth/token", data=form, headers=headers, authorized=False)


async def test_a_token_is_had_with_the_form_and_opens_the_door(site: Site) -> None:
    reply = await ask_token(site, FORM)

    assert reply.json["token_type"] == "Bearer"
    assert reply.json["expires_in"] == TOKEN_LIFETIME_S
    assert reply.headers["cache-control"] == "no-store"
    answer = await site.ask("GET", "/v1/cases", headers={"Authorization": f"Bearer {reply.json['access_token']}"})
    assert answer.status == 200


async def test_a_token_is_had_with_http_basic(site: Site) -> None:
    reply = await ask_token(site, GRANT, basic(CLIENT, SECRET))

    assert reply.status == 200


async def test_basic_credentials_may_be_percent_encoded(site: Site) -> None:
    site.world.register_client("crm", "a:b", "p%ss", {"crm.read"})

    assert (await ask_token(site, GRANT, basic("a%3Ab", "p%25ss"))).status == 200


async def test_curl_gets_a_token_and_uses_it(site: Site) -> None:
    async def curl(*arguments: str) -> str:
        process = await asyncio.create_subprocess_exec(
            "curl", "-sS", "--max-time", "5", *arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        output, _ = await process.communicate()
        return output.decode()

    token = await curl(
        "-u", f"{CLIENT}:{SECRET}", "-d", "grant_type=client_credentials", f"{site.url()}/v1/oauth/token"
    )
    value = token.partition('"access_token":"')[2].partition('"')[0]
    answer = await curl("-i", "--oauth2-bearer", value, f"{site.url()}/v1/cases?limit=1")

    assert answer.startswith("HTTP/1.1 200 OK\r\n")
    assert answer.endswith('{"items":[],"nextCursor":null}')


async def test_only_the_scopes_that_were_asked_for_are_granted(site: Site) -> None:
    reply = await ask_token(site, {**FORM, "scope": "crm.write crm.read"})

    assert reply.json["scope"] == "crm.read crm.write"


@pytest.mark.parametrize(
    ("form", "headers", "status", "error"),
    [
        pytest.param({**FORM, "client_secret": "wrong"}, {}, 401, "invalid_client", id="wrong secret"),
        pytest.param({**FORM, "client_id": "nobody"}, {}, 401, "invalid_client", id="unknown client"),
        pytest.param(GRANT, basic(CLIENT, "wrong"), 401, "invalid_client", id="wrong secret in Basic"),
        pytest.param(GRANT, {"Authorization": "Basic !!!"}, 401, "invalid_client", id="Basic that is no base64"),
        pytest.param(GRANT, {"Authorization": "Basic bGF5ZXI="}, 401, "invalid_client", id="Basic without a colon"),
        pytest.param(GRANT, {"Authorization": "Basic Ümlaut"}, 401, "invalid_client", id="Basic that is no ASCII"),
        pytest.param(GRANT, {}, 401, "invalid_client", id="no credentials"),
        pytest.param({**FORM, "client_secret": ""}, {}, 400, "invalid_request", id="empty secret"),
        pytest.param({"client_id": CLIENT, "client_secret": SECRET}, {}, 400, "invalid_request", id="no grant type"),
        pytest.param({**FORM, "grant_type": "password"}, {}, 400, "unsupported_grant_type", id="another grant"),
        pytest.param({**FORM, "scope": "erp.read"}, {}, 400, "invalid_scope", id="a scope that was never given"),
        pytest.param({**FORM, "audience": "crm"}, {}, 400, "invalid_request", id="unknown field"),
        pytest.param([*FORM.items(), ("scope", "a"), ("scope", "b")], {}, 400, "invalid_request", id="field twice"),
        pytest.param(FORM, basic(CLIENT, SECRET), 400, "invalid_request", id="both in Basic and in the form"),
        pytest.param(b"", {"Content-Type": "application/x-www-form-urlencoded"}, 400, "invalid_request", id="empty"),
    ],
)
async def test_a_token_request_that_is_wrong_is_answered_as_oauth_says(
    site: Site, form: Any, headers: dict[str, str], status: int, error: str
) -> None:
    reply = await ask_token(site, form, headers)

    assert (reply.status, reply.json["error"]) == (status, error)
    assert reply.json["error_description"]
    assert ("www-authenticate" in reply.headers) is (status == 401)
    assert [entry.kind for entry in site.journal("issueToken")] == ["invoke", "fail"]


@pytest.mark.parametrize("headers", [{"Content-Type": "application/json"}, {}], ids=["JSON", "octets"])
async def test_a_token_request_in_another_form_is_a_problem_document(site: Site, headers: dict[str, str]) -> None:
    reply = await ask_token(site, b'{"grant_type":"client_credentials"}', headers)

    assert (reply.status, reply.code) == (415, "unsupported-media-type")


async def test_credentials_in_the_query_are_refused_and_not_kept(site: Site) -> None:
    query = "&".join(f"{name}={value}" for name, value in FORM.items())

    reply = await site.ask("POST", f"/v1/oauth/token?{query}", data=FORM, authorized=False)

    assert (reply.status, reply.json["error"]) == (400, "invalid_request")
    assert SECRET not in repr(site.entries)


async def test_no_secret_gets_into_the_journal(site: Site) -> None:
    await ask_token(site, FORM)
    await ask_token(site, {**FORM, "client_secret": "nearly-s3cret"})
    await site.ask("POST", "/v1/webhook-subscriptions", {"url": "http://127.0.0.1:9/"})
    reply = await site.ask("GET", "/v1/webhook-subscriptions")

    told = repr(site.entries)
    assert reply.json["items"]
    assert SECRET not in told
    assert "whsec_" not in told
    assert site.tokens["crm"] not in told


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer unknown"},
        {"Authorization": "Bearer Ünknown"},
        basic(CLIENT, SECRET),
    ],
    ids=lambda headers: headers["Authorization"],
)
async def test_a_request_without_a_good_token_is_challenged(site: Site, headers: dict[str, str]) -> None:
    reply = await site.ask("POST", "/v1/cases", CASE, headers=headers)

    assert (reply.status, reply.code) == (401, "unauthenticated")
    assert reply.headers["www-authenticate"].startswith("Bearer ")
    assert ("invalid_token" in reply.headers["www-authenticate"]) is ("nknown" in headers["Authorization"])
    assert "Case" not in site.state()


async def test_a_token_expires(site: Site) -> None:
    assert (await site.ask("GET", "/v1/cases")).status == 200

    site.clock._elapsed += TOKEN_LIFETIME_S
    reply = await site.ask("GET", "/v1/cases")

    assert (reply.status, reply.code) == (401, "unauthenticated")
    assert "has expired" in reply.json["detail"]
    assert 'error="invalid_token"' in reply.headers["www-authenticate"]


async def test_a_token_of_one_party_is_none_at_another(site: Site) -> None:
    token = await site.token("crm")

    reply = await site.ask("GET", "/v1/capacity", party="east", headers={"Authorization": f"Bearer {token}"})

    assert reply.status == 401


async def test_a_token_without_the_scope_is_forbidden_and_told_which_it_lacks(site: Site) -> None:
    token = await site.token("crm", "crm.read")

    reply = await site.ask("POST", "/v1/cases", CASE, headers={"Authorization": f"Bearer {token}"})

    assert (reply.status, reply.code) == (403, "insufficient-scope")
    assert "crm.write" in reply.json["detail"]
    assert 'error="insufficient_scope"' in reply.headers["www-authenticate"]
    assert "Case" not in site.state()
    assert [entry.kind for entry in site.journal("createCase")] == ["invoke", "fail"]


async def test_the_scheme_is_read_whatever_its_case(site: Site) -> None:
    token = await site.token()

    assert (await site.ask("GET", "/v1/cases", headers={"Authorization": f"bEARER  {token}"})).status == 200


async def test_credentials_of_another_party_are_refused_and_told_apart_in_the_journal(site: Site) -> None:
    site.world.register_client("east", "layer-east", "the secret in the east", {"warehouse.read"})
    foreign = await site.token("east")

    assert (await ask_token(site, {**FORM, "client_secret": "the secret in the east"})).status == 401
    assert (await site.ask("GET", "/v1/cases", headers={"Authorization": f"Bearer {foreign}"})).status == 401
    assert (await site.ask("GET", "/v1/cases", headers={"Authorization": "Bearer nobodys"})).status == 401

    shown = [entry.detail.get("credentialsOf") for entry in site.journal("", "fail") if entry.party == "crm"]
    assert shown == ["east", "east", None]


async def test_a_webhook_secret_of_another_party_is_told_in_the_journal(site: Site) -> None:
    secret = site.world.subscribe("east", "http://127.0.0.1:9/", client=CLIENT).secret

    created = await site.ask("POST", "/v1/webhook-subscriptions", {"url": "http://127.0.0.1:9/", "secret": secret})

    assert created.status == 201
    assert site.journal("createWebhookSubscription", "ok")[-1].detail["credentialsOf"] == "east"
