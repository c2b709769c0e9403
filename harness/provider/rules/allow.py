"""allow: Allow names exactly the methods that a path has."""

from __future__ import annotations

from collections.abc import Iterator

from ..exchange import Exchange
from ..rule import Bench, ProviderRule, provider_rule

# Every server may have these besides (RFC 9110, 9.3.2 and 9.3.7).
BESIDES = frozenset({"HEAD", "OPTIONS"})


@provider_rule
class Allow(ProviderRule):
    """405 comes with Allow, and Allow names the methods that the contract has at this path, and no others.

    Because it is how a caller finds out what it may do, and an operation that the contract does not have is one that
    nobody tests and everybody finds.
    """

    id = "allow"
    title = "Allow names exactly the methods that a path has"
    clause = "RFC 9110, 10.2.1 and 15.5.6"
    example = "GET, POST and DELETE stand at /items, and 405 says `Allow: GET`."
    any_method = True

    def concerns(self, exchange: Exchange) -> bool:
        return exchange.reply.status == 405 or "allow" in exchange.reply.headers

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        told = exchange.reply.headers.get("allow")
        if told is None:
            yield "405 comes without Allow"
            return
        named = {method.strip().upper() for method in told.split(",") if method.strip()}
        there = bench.methods(exchange.operation)
        if missing := there - named:
            yield f"Allow is {told!r}: {', '.join(sorted(missing))} is missing"
        if more := named - there - BESIDES:
            yield f"Allow is {told!r}: the contract has no {', '.join(sorted(more))} here"
