"""entity-tag: the same version has the same ETag."""

from __future__ import annotations

from collections.abc import Iterator

from ..exchange import Exchange
from ..rule import Bench, ProviderRule, provider_rule


@provider_rule
class EntityTag(ProviderRule):
    """An object that nobody changed has the same ETag whenever it is read, and the ETag is of its version.

    Because a tag that changes by itself makes every conditional change fail, and one that never does lets each
    overwrite the other.
    """

    id = "entity-tag"
    title = "The same version has the same ETag"
    clause = "RFC 9110, 8.8.3"
    example = 'Two readings of an order that nobody changed have `ETag: "17"` and `ETag: "18"`.'
    repeats = True

    def concerns(self, exchange: Exchange) -> bool:
        return exchange.done and exchange.operation.method == "GET" and "etag" in exchange.reply.headers

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        first, again = exchange.reply, bench.send(exchange.sent)
        if again.body == first.body and again.headers.get("etag") != first.headers["etag"]:
            yield f"the ETag went from {first.headers['etag']} to {again.headers.get('etag')}, the body is the same"
        if again.body != first.body and again.headers.get("etag") == first.headers["etag"]:
            yield f"the ETag is {first.headers['etag']} as before, the body is another"
        document = first.json
        version = document.get("version") if isinstance(document, dict) else None
        if version is not None and first.headers["etag"].strip('"') != str(version):
            yield f"the ETag is {first.headers['etag']}, the version in the body {version}"
