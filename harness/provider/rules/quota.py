"""quota: a quota is announced and can be kept to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..exchange import PROBLEM, Exchange
from ..rule import Bench, NotExercised, ProviderRule, provider_rule
from .retry_after import RetryAfter

MOST_CALLS = 120
LONGEST_PAUSE_S = 5.0


@provider_rule
class Quota(ProviderRule):
    """Who calls faster than the quota allows gets 429 with Retry-After and a problem document, and is served again once
    that time has passed.

    Because a quota that cannot be kept to is an outage. Tried with a hundred or so equal reads; a provider whose quota
    is above that is not put to the test.
    """

    id = "quota"
    title = "A quota is announced and can be kept to"
    clause = "RFC 6585, 4"
    example = "`RateLimit: r=10` stands there, and the next call is answered 429."
    repeats = True
    once = True

    def concerns(self, exchange: Exchange) -> bool:
        operation = exchange.operation
        return exchange.done and operation.method == "GET" and operation.scopes is not None

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        for _ in range(MOST_CALLS):
            reply = bench.send(exchange.sent, patient=False)
            if reply.status == 429:
                break
        else:
            raise NotExercised(f"{MOST_CALLS} calls in a row stay within the quota")
        if reply.media_type != PROBLEM:
            yield f"the media type of the 429 is {reply.media_type or 'missing'}, expected {PROBLEM}"
        if told := list(RetryAfter().broken(replace(exchange, reply=reply), bench)):
            yield from told
            return
        seconds = float(reply.headers["retry-after"])
        if seconds > LONGEST_PAUSE_S:
            return
        bench.pause(seconds)
        if (later := bench.send(exchange.sent, patient=False)).status == 429:
            yield f"after the {seconds:g} s of Retry-After the answer is still {later.told()}"
