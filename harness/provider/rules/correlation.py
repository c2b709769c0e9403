"""correlation: the correlation id and the trace are kept."""

from __future__ import annotations

from collections.abc import Iterator

from ..exchange import Exchange
from ..rule import Bench, ProviderRule, provider_rule

ASKED = {
    "x-correlation-id": "CO-TEST-000001",
    "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
}


@provider_rule
class Correlation(ProviderRule):
    """The X-Correlation-Id and the trace of a request come back in its answer, where the operation takes them.

    Because the one thread that leads through five systems is cut by the first that drops it.
    """

    id = "correlation"
    title = "The correlation id and the trace are kept"
    clause = "W3C Trace Context, 3.2; contracts/http/v1/components.yaml#/parameters/correlationId"
    example = "A request with `X-Correlation-Id: CORR-1` is answered with an id that the provider made up."
    repeats = True

    def concerns(self, exchange: Exchange) -> bool:
        taken = {parameter.name.lower() for parameter in exchange.operation.parameters}
        return exchange.done and exchange.operation.method == "GET" and taken >= ASKED.keys()

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        reply = bench.send(exchange.sent.having(**ASKED))
        for name, value in ASKED.items():
            got = reply.headers.get(name, "")
            kept = got == value if name != "traceparent" else got[:36] == value[:36]
            if not kept:
                yield f"{name} was {value!r} in the request and is {got!r} in the answer"
