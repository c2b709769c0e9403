"""reused-key: a key that comes again with another body is refused."""

from __future__ import annotations

from collections.abc import Iterator

from ..exchange import Exchange
from ..other_body import other_body
from ..rule import Bench, NotExercised, ProviderRule, provider_rule


@provider_rule
class ReusedKey(ProviderRule):
    """An Idempotency-Key that comes again with another body is refused with 422.

    Because the caller made a mistake, and to give it the answer of the other request would let it believe that this one
    was carried out.
    """

    id = "reused-key"
    title = "A key that comes again with another body is refused"
    clause = "draft-ietf-httpapi-idempotency-key-header-07, 2.7"
    example = "The key of an order of 5 comes again with an order of 6 and gets the answer to the 5."
    repeats = True

    def concerns(self, exchange: Exchange) -> bool:
        keyed = exchange.operation.idempotency != "none" and "idempotency-key" in exchange.sent.headers
        return exchange.done and not exchange.repeated and keyed and exchange.operation.body is not None

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        assert exchange.operation.body is not None
        other = other_body(exchange.operation.body, exchange.sent.payload)
        if other is None:
            raise NotExercised("no other body was found that keeps the schema")
        reply = bench.send(exchange.sent.carrying(other))
        if reply.status != 422:
            yield f"the same key with another body is answered {reply.told()}, expected 422 idempotency-key-reused"
