"""gone-is-gone: what was deleted is gone."""

from __future__ import annotations

from collections.abc import Iterator

from ..exchange import Exchange, Sent
from ..rule import Bench, NotExercised, ProviderRule, provider_rule


@provider_rule
class GoneIsGone(ProviderRule):
    """What was deleted is answered 404 or 410 when it is read.

    Because whoever deletes a subscription, or a reservation, relies on it.
    """

    id = "gone-is-gone"
    title = "What was deleted is gone"
    clause = "RFC 9110, 9.3.5"
    example = "DELETE /webhook-subscriptions/WS-1 answers 204, and GET still answers 200."
    repeats = True

    def concerns(self, exchange: Exchange) -> bool:
        return exchange.done and exchange.operation.method == "DELETE"

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        if "GET" not in bench.methods(exchange.operation):
            raise NotExercised("what was deleted cannot be read by its contract anyway")
        read = exchange.sent.without("idempotency-key", "if-match", "content-type", "content-length")
        found = bench.send(Sent("GET", read.url, read.headers))
        if found.status not in (404, 410):
            yield f"GET {read.url} is answered {found.told()} right after the deletion, expected 404 or 410"
