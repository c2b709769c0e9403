"""credentials: nobody comes in without a valid token."""

from __future__ import annotations

from collections.abc import Iterator

from ..exchange import Exchange, Sent
from ..rule import Bench, ProviderRule, provider_rule

UNKNOWN = "Bearer 0123456789abcdef-unknown-to-everybody"


@provider_rule
class Credentials(ProviderRule):
    """Without a token, with one that nobody issued, and with one whose time is over, the answer is 401, and says by
    WWW-Authenticate how to come in.

    Because an operation that forgot to ask serves whoever finds it. An expired token has to be given (--expired-token).
    """

    id = "credentials"
    title = "Nobody comes in without a valid token"
    clause = "RFC 6750, 3; RFC 9110, 15.5.2"
    example = "GET /capacity without Authorization answers 200."
    repeats = True

    def concerns(self, exchange: Exchange) -> bool:
        return exchange.done and exchange.operation.scopes is not None

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        sent = exchange.sent
        bare = sent.without("authorization")
        tries: list[tuple[str, Sent]] = [
            ("without a token", bare),
            ("with an unknown token", bare.having(authorization=UNKNOWN)),
            ("with a token by another scheme", bare.having(authorization=_basic(sent))),
        ]
        if bench.expired_token:
            tries.append(("with an expired token", bare.having(authorization=f"Bearer {bench.expired_token}")))
        for how, request in tries:
            reply = bench.send(request)
            if reply.status != 401:
                yield f"{how} the answer is {reply.told()}, expected 401"
            elif "www-authenticate" not in reply.headers:
                yield f"{how} the answer is 401 without WWW-Authenticate"


def _basic(sent: Sent) -> str:
    return sent.headers.get("authorization", "").replace("Bearer", "Digest")
