"""Access tokens: the client credentials grant (RFC 6749, 4.4). Its errors are the JSON of section 5.2, and not problem
documents.
"""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import parse_qsl, unquote

import msgspec

from ....contracts.documents import load
from ....contracts.openapi import api
from ...access import Token
from ...party import Party
from ...refusal import Refusal
from ...rules import Call
from ...world import World
from .exchange import FORM, Answer, Request

_encode = msgspec.json.Encoder().encode


def issue_token(world: World, party: Party, request: Request, call: Call[Any]) -> Answer:
    """Raises: Refusal `unsupported-media-type`; whatever else is wrong is in the answer."""
    if request.media_type != FORM:
        raise Refusal("unsupported-media-type", f"send {FORM} (RFC 6749, 4.4.2)")
    now = world.clock.wire()
    try:
        form = _form(party, request)
        client_id, secret = _credentials(request, form)
        request.credentials_of = party.access.owner_elsewhere(secret)
        token = party.access.issue(client_id, secret, frozenset(form.get("scope", "").split()), now)
    except Refusal as refusal:
        return _error(refusal)
    request.client = token.client
    return Answer(200, _encode(_granted(token, now)), ((b"cache-control", b"no-store"),))


def _form(party: Party, request: Request) -> dict[str, str]:
    if request.query:
        raise Refusal("invalid-token-request", "send the fields in the body: a query ends up in logs")
    fields = parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True)
    form = dict(fields)
    if len(form) < len(fields):
        raise Refusal("invalid-token-request", "a field is given twice")
    if form.get("grant_type", "client_credentials") != "client_credentials":
        raise Refusal("unsupported-grant-type", "only grant_type=client_credentials is served here")
    schema = api(party.kind).operations["issueToken"].body
    if schema is not None and not schema.is_valid(form):
        problems = (f"{error.pointer.removeprefix('/')} {error.message}" for error in schema.errors(form))
        raise Refusal("invalid-token-request", "; ".join(problems))
    return form


def _credentials(request: Request, form: dict[str, str]) -> tuple[str, str]:
    scheme, _, value = (request.header("authorization") or "").partition(" ")
    named = "client_id" in form or "client_secret" in form
    if scheme.lower() == "basic":
        if named:
            raise Refusal("invalid-token-request", "the client names itself in HTTP Basic or in the form, not in both")
        return _basic(value)
    if "client_id" not in form or "client_secret" not in form:
        raise Refusal("invalid-client", "send client_id and client_secret, in the form or as HTTP Basic")
    return form["client_id"], form["client_secret"]


def _basic(value: str) -> tuple[str, str]:
    """Id and secret out of HTTP Basic, each of them percent-encoded (RFC 6749, 2.3.1)."""
    try:
        client_id, colon, secret = base64.b64decode(value.strip(), validate=True).decode().partition(":")
    except ValueError:
        client_id = secret = colon = ""
    if not colon:
        raise Refusal("invalid-client", "the Basic credentials can't be read: base64 of id:secret (RFC 7617)")
    return unquote(client_id), unquote(secret)


def _granted(token: Token, now: float) -> dict[str, Any]:
    return {
        "access_token": token.value,
        "token_type": "Bearer",
        "expires_in": int(token.expires - now),
        "scope": " ".join(sorted(token.scopes)),
    }


def _error(refusal: Refusal) -> Answer:
    """The answer as the `oauth` column of contracts/http/v1/problems.yaml has it."""
    row = load("http/v1/problems.yaml")["problems"][refusal.code]
    headers = ((b"www-authenticate", b'Basic realm="crossdock", charset="UTF-8"'),) if row["status"] == 401 else ()
    body = {"error": row["oauth"], "error_description": refusal.detail}
    return Answer(row["status"], _encode(body), headers)
