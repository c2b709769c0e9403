"""unknown-field: a field that the contract does not have is refused."""

from __future__ import annotations

from collections.abc import Iterator

from ..exchange import Exchange
from ..rule import Bench, ProviderRule, provider_rule

UNKNOWN = "noSuchFieldInTheContract"


@provider_rule
class UnknownField(ProviderRule):
    """A body with a field that the contract does not have is refused with 422 (400, where the contract has no 422), and
    the refusal names the field.

    Because an unknown field is nearly always a misspelt one, and who drops it silently ships on the wrong day
    (docs/decisions/0002-unknown-fields.md).
    """

    id = "unknown-field"
    title = "A field that the contract does not have is refused"
    clause = "JSON Schema 2020-12, additionalProperties: false"
    example = "`requestedDat` is dropped silently, and the order ships today."
    repeats = True

    def concerns(self, exchange: Exchange) -> bool:
        body = exchange.operation.body
        payload = exchange.sent.payload
        if not exchange.done or body is None or not isinstance(payload, dict):
            return False
        return body.is_valid(payload) and not body.is_valid({**payload, UNKNOWN: 1})

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        sent = exchange.sent.carrying({**exchange.sent.payload, UNKNOWN: 1})
        if exchange.operation.idempotency != "none":
            sent = sent.having(idempotency_key=bench.fresh_key())
        wanted = 422 if exchange.operation.documents(422) else 400
        reply = bench.send(sent)
        if reply.status != wanted:
            yield f"a body with the field {UNKNOWN} is answered {reply.told()}, expected {wanted}"
        elif UNKNOWN.encode() not in reply.body:
            yield f"the refusal does not name the field {UNKNOWN}"
