"""demanded-header: who leaves a required header field out is refused."""

from __future__ import annotations

from collections.abc import Iterator

from ..exchange import Exchange
from ..rule import Bench, ProviderRule, provider_rule


@provider_rule
class DemandedHeader(ProviderRule):
    """The same request without a header field that the contract demands is refused.

    Because a provider that does without it also does without what it is for: a creation without Idempotency-Key is
    made twice when its answer is lost, a change without If-Match undoes somebody else's.
    """

    id = "demanded-header"
    title = "Who leaves a required header field out is refused"
    clause = "OpenAPI 3.1.1, 4.8.12 (required); RFC 6585, 3"
    example = "POST /orders without Idempotency-Key answers 201."
    repeats = True

    def concerns(self, exchange: Exchange) -> bool:
        return exchange.done and any(name in exchange.sent.headers for name in demanded(exchange))

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        for name in demanded(exchange):
            less = exchange.sent
            if exchange.operation.idempotency != "none":
                less = less.having(idempotency_key=bench.fresh_key())
            reply = bench.send(less.without(name))
            if reply.status < 400:
                yield f"without {name} the answer is {reply.told()}, expected a refusal"


def demanded(exchange: Exchange) -> list[str]:
    """The header fields that its operation demands, in lower case."""
    return [each.name.lower() for each in exchange.operation.parameters if each.where == "header" and each.required]
