"""Bearer tokens on requests, and the challenge in the answer when they don't do (RFC 6750, sections 2.1 and 3)."""

from __future__ import annotations

from ...access import Access
from ...refusal import Refusal
from .exchange import Request
from .problem import HttpRefusal

_ERRORS = {"unauthenticated": "invalid_token", "insufficient-scope": "insufficient_scope"}


def authenticate(access: Access, request: Request, needed: frozenset[str], now: float) -> str:
    """The client behind a request; `now` is on the wire clock.

    Raises: HttpRefusal `unauthenticated`, `insufficient-scope`, with WWW-Authenticate.
    """
    scheme, _, value = (request.header("authorization") or "").partition(" ")
    if scheme.lower() != "bearer" or not value.strip():
        detail = "send `Authorization: Bearer <access token>`; tokens come from POST /v1/oauth/token"
        raise HttpRefusal("unauthenticated", detail, ((b"www-authenticate", b'Bearer realm="crossdock"'),))
    try:
        return access.check(value.strip(), needed, now).client
    except Refusal as refusal:
        request.credentials_of = access.owner_elsewhere(value.strip())
        scope = f', scope="{" ".join(sorted(needed))}"' if refusal.code == "insufficient-scope" else ""
        challenge = f'Bearer realm="crossdock", error="{_ERRORS[refusal.code]}"{scope}'
        raise HttpRefusal(refusal.code, refusal.detail, ((b"www-authenticate", challenge.encode()),)) from None
