"""broken-body: a body that cannot be read is refused as such."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..exchange import Exchange
from ..rule import Bench, ProviderRule, provider_rule


@provider_rule
class BrokenBody(ProviderRule):
    """A body that is cut off is refused with 400, one of another media type with 415
    (400, where the contract has no 415).

    Because both come of a network or a setting that is wrong; what is read as something else, or as a server error, is
    looked for in the wrong place.
    """

    id = "broken-body"
    title = "A body that cannot be read is refused as such"
    clause = "RFC 9110, 15.5.1 and 15.5.16"
    example = '`{"sku": "SKU-1` is answered 422 "sku is missing", or 201.'
    repeats = True

    def concerns(self, exchange: Exchange) -> bool:
        takes_json = "application/json" in exchange.operation.media_types
        return exchange.done and takes_json and isinstance(exchange.sent.payload, dict)

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        sent = exchange.sent
        if exchange.operation.idempotency != "none":
            sent = sent.having(idempotency_key=bench.fresh_key())
        if (cut := bench.send(replace(sent, body=sent.body.rstrip()[:-1]))).status != 400:
            yield f"a body that is cut off is answered {cut.told()}, expected 400"
        wanted = 415 if exchange.operation.documents(415) else 400
        if (text := bench.send(sent.having(content_type="text/plain"))).status != wanted:
            yield f"a body of media type text/plain is answered {text.told()}, expected {wanted}"
