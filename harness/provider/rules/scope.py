"""scope: a token opens only what its scope says."""

from __future__ import annotations

from collections.abc import Iterator

from ..exchange import Exchange
from ..rule import Bench, NotExercised, ProviderRule, provider_rule


@provider_rule
class Scope(ProviderRule):
    """A token that lacks the scope of an operation is answered 403, and WWW-Authenticate names the scope.

    Because scopes that nobody looks at give every partner everything.
    """

    id = "scope"
    title = "A token opens only what its scope says"
    clause = "RFC 6750, 3.1 (insufficient_scope)"
    example = "A token with scope orders.read creates an order."
    repeats = True

    def concerns(self, exchange: Exchange) -> bool:
        return exchange.done and bool(exchange.operation.scopes)

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        token = bench.lesser_token(exchange.operation)
        if not token:
            raise NotExercised("the client can get no token with less than this scope")
        reply = bench.send(exchange.sent.having(authorization=f"Bearer {token}"))
        if reply.status != 403:
            yield f"without the scope the answer is {reply.told()}, expected 403"
