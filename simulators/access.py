"""Who may call a party: OAuth 2 client credentials, tokens that expire, scopes (RFC 6749 section 4.4, RFC 6750)."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from .ids import Ids
from .refusal import Refusal

TOKEN_LIFETIME_S = 1800.0
# Stands in for the secret of a client that there is none of, so that the answer takes as long either way.
_NOBODY = "nobody's secret"
_NEW_TOKEN = "ask for a new one at POST /v1/oauth/token"


@dataclass(frozen=True, slots=True)
class Client:
    """A registered caller of one party and the scopes it may ask for."""

    id: str
    secret: str
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Token:
    """An issued access token; `expires` is on the wire clock."""

    value: str
    client: str
    scopes: frozenset[str]
    expires: float


class Access:
    """The clients and tokens of one party."""

    def __init__(self, ids: Ids, lifetime_s: float = TOKEN_LIFETIME_S) -> None:
        self._ids = ids
        self._clients: dict[str, Client] = {}
        self._tokens: dict[str, Token] = {}
        self.lifetime_s = lifetime_s

    def register(self, client: Client) -> None:
        self._clients[client.id] = client

    def issue(self, client_id: str, secret: str, asked: frozenset[str], now: float) -> Token:
        """A token for all asked scopes, or for all the client has when it asks for none.

        Raises: Refusal `invalid-client`, `invalid-scope`.
        """
        client = self._clients.get(client_id)
        if not same_secret(client.secret if client else _NOBODY, secret) or client is None:
            raise Refusal("invalid-client", "the client id or its secret is wrong")
        if beyond := sorted(asked - client.scopes):
            raise Refusal("invalid-scope", f"client {client_id!r} may not ask for {', '.join(beyond)}")
        self._tokens = {value: token for value, token in self._tokens.items() if token.expires > now}
        token = Token(self._ids.hex(20), client_id, asked or client.scopes, now + self.lifetime_s)
        self._tokens[token.value] = token
        return token

    def check(self, value: str, needed: frozenset[str], now: float) -> Token:
        """The token behind a bearer value.

        Raises: Refusal `unauthenticated` (unknown, revoked, expired), `insufficient-scope`.
        """
        token = self._tokens.get(value)
        if token is None:
            raise Refusal("unauthenticated", f"the access token is unknown or was revoked: {_NEW_TOKEN}")
        if token.expires <= now:
            raise Refusal("unauthenticated", f"the access token has expired: {_NEW_TOKEN}")
        if missing := needed - token.scopes:
            raise Refusal("insufficient-scope", f"this needs the scope {', '.join(sorted(missing))}")
        return token

    def revoke_all(self) -> int:
        """Forget every token, as a provider does that rotates its keys; returns how many there were."""
        count = len(self._tokens)
        self._tokens.clear()
        return count


def same_secret(expected: str, given: str) -> bool:
    """Compared as digests: how long it takes tells neither where they differ nor how long the right one is."""
    digests = (hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in (expected, given))
    return hmac.compare_digest(*digests)
