"""repetition: a repetition has one effect and one answer."""

from __future__ import annotations

from collections.abc import Iterator

from ..exchange import Exchange
from ..rule import Bench, ProviderRule, provider_rule


@provider_rule
class Repetition(ProviderRule):
    """The same request with the same Idempotency-Key is answered as the first time, with Idempotent-Replayed, and has
    no second effect.

    Because an answer that is lost on its way makes every caller ask again, and a second effect is a second order, pick
    or invoice.
    """

    id = "repetition"
    title = "A repetition with the same key has one effect and one answer"
    clause = "draft-ietf-httpapi-idempotency-key-header-07, 2.6"
    example = "The same POST with the same Idempotency-Key makes a second order."
    repeats = True

    def concerns(self, exchange: Exchange) -> bool:
        keyed = exchange.operation.idempotency != "none" and "idempotency-key" in exchange.sent.headers
        return exchange.done and keyed and not exchange.repeated

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        first = exchange.reply
        again = bench.send(exchange.sent)
        if again.status != first.status:
            yield f"the first answer is {first.told()}, that to the repetition {again.told()}"
        elif again.body != first.body and again.json != first.json:
            yield "the repetition is answered with another body, so it had an effect of its own"
        elif again.headers.get("location") != first.headers.get("location"):
            yield "the repetition is answered with another Location"
        elif again.headers.get("idempotent-replayed") != "true":
            yield "the repetition is not marked by Idempotent-Replayed: true"
