"""created-is-there: what was created can be read by its id."""

from __future__ import annotations

from collections.abc import Iterator

from ..exchange import Exchange, Sent
from ..rule import Bench, NotExercised, ProviderRule, provider_rule


@provider_rule
class CreatedIsThere(ProviderRule):
    """What was created can be read by those links of its answer that lead to it, at once.

    Because the next thing that a program does is to look it up by the id that it was given.
    """

    id = "created-is-there"
    title = "What was created can be read"
    clause = "RFC 9110, 15.3.2; OpenAPI 3.1.1, 4.8.20"
    example = "POST /cases answers 201 with caseId CASE-7, and GET /cases/CASE-7 answers 404."
    repeats = True

    def concerns(self, exchange: Exchange) -> bool:
        return exchange.reply.status == 201 and exchange.operation.method == "POST" and not exchange.repeated

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        under = f"{exchange.operation.path}/"
        paths = [path for path in bench.readable(exchange) if path.startswith(under)]
        if not paths:
            raise NotExercised("the contract has no link from what was created to where it can be read")
        read = exchange.sent.without("idempotency-key", "if-match", "content-type", "content-length")
        for path in paths:
            found = bench.send(Sent("GET", bench.url(path), read.headers))
            if found.status != 200:
                yield f"GET {path} is answered {found.told()} right after the creation, expected 200"
