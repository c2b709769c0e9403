"""location: what was created stands where Location says."""

from __future__ import annotations

from collections.abc import Iterator

from ..exchange import Exchange
from ..rule import Bench, ProviderRule, provider_rule


@provider_rule
class Location(ProviderRule):
    """What was created can be read at the Location that its answer names, at once, and is what the answer showed.

    Because the caller stores that address, and reads it when the answer is in doubt.
    """

    id = "location"
    title = "What was created stands where Location says"
    clause = "RFC 9110, 10.2.2 and 15.3.2"
    example = "201 comes with `Location: /orders/7`, and GET /orders/7 answers 404."
    repeats = True

    def concerns(self, exchange: Exchange) -> bool:
        return exchange.reply.status == 201 and "location" in exchange.reply.headers and not exchange.repeated

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        place = exchange.reply.headers["location"]
        read = exchange.sent.without("idempotency-key", "if-match", "content-type", "content-length")
        found = bench.send(type(read)("GET", bench.url(place), read.headers))
        if found.status != 200:
            yield f"GET {place} is answered {found.told()} right after the creation, expected 200"
            return
        created, stored = exchange.reply.json, found.json
        if not isinstance(created, dict) or not isinstance(stored, dict):
            return
        for name, value in created.items():
            if name.endswith("Id") and name in stored and stored[name] != value:
                yield f"{name} was {value!r} in the answer to the creation and is {stored[name]!r} at {place}"
