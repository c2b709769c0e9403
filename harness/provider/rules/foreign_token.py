"""foreign-token: a token of another tenant opens nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ..exchange import Exchange
from ..rule import Bench, NotExercised, ProviderRule, provider_rule


@provider_rule
class ForeignToken(ProviderRule):
    """A token that is good for another tenant opens nothing here: 401 or 403, or 404 as if there were no such object.

    Because a provider that only looks whether a token is valid shows each customer the orders of all others. The token
    has to be given (--foreign-token).
    """

    id = "foreign-token"
    title = "A token of another tenant opens nothing"
    clause = "OWASP API Security Top 10 2023, API1 and API5"
    example = "The token of another shop reads this shop's orders."
    repeats = True

    def concerns(self, exchange: Exchange) -> bool:
        return exchange.done and exchange.operation.scopes is not None

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        if not bench.foreign_token:
            raise NotExercised("no token of another tenant was given")
        reply = bench.send(exchange.sent.having(authorization=f"Bearer {bench.foreign_token}"))
        if reply.status not in (401, 403, 404):
            yield f"a token of another tenant is answered {reply.told()}, expected 401, 403 or 404"
