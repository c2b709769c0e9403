"""stale-version: a change of a version that is gone is refused."""

from __future__ import annotations

from collections.abc import Iterator

from ..exchange import Exchange
from ..rule import Bench, ProviderRule, provider_rule

NEVER = '"999999999"'


@provider_rule
class StaleVersion(ProviderRule):
    """A change that names another version in If-Match than the object has is refused with 412, and changes nothing.

    Because two people who read the same version would otherwise undo each other's change unseen.
    """

    id = "stale-version"
    title = "A change of a version that is gone is refused"
    clause = "RFC 9110, 13.1.1 and 15.5.13"
    example = 'A change with `If-Match: "3"` is carried out, though the object is at "4".'
    repeats = True

    def concerns(self, exchange: Exchange) -> bool:
        operation = exchange.operation
        return exchange.done and operation.if_match != "none" and operation.method != "DELETE"  # that one is gone

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        stale = exchange.sent.without("idempotency-key").having(if_match=NEVER)
        if exchange.operation.idempotency != "none":
            stale = stale.having(idempotency_key=bench.fresh_key())
        reply = bench.send(stale)
        if reply.status not in (409, 412):  # what cannot be done in any version may be said first (RFC 9110, 13.2.1)
            yield f"If-Match {NEVER} is answered {reply.told()}, expected 412"
