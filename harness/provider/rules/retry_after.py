"""retry-after: who is turned away for now is told for how long."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..exchange import Exchange
from ..rule import Bench, ProviderRule, provider_rule


@provider_rule
class RetryAfter(ProviderRule):
    """Who is turned away for now (429, 503) is told for how many seconds.

    Because callers that have to guess come back all at once, or never.
    """

    id = "retry-after"
    title = "Who is turned away for now is told for how long"
    clause = "RFC 6585, 4; RFC 9110, 10.2.3"
    example = "503 comes without Retry-After."

    def concerns(self, exchange: Exchange) -> bool:
        return exchange.reply.status in (429, 503)

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        told = exchange.reply.headers.get("retry-after")
        if told is None:
            yield f"a {exchange.reply.status} comes without Retry-After"
        elif not re.fullmatch("[0-9]{1,6}", told):
            yield f"Retry-After is {told!r}, expected whole seconds"
