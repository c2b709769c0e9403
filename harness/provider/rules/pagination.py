"""pagination: page by page, a list has every item once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec

from ..exchange import Exchange, Sent
from ..rule import Bench, NotExercised, ProviderRule, provider_rule

MOST_PAGES = 25
STEP = 2


@provider_rule
class Pagination(ProviderRule):
    """A list that is read page by page has every item of the list once, in the same order; no page is longer than its
    limit; the last one has no cursor (or, of a feed, no items); a cursor that nobody gave is refused with 400.

    Because who reads two thousand orders in forty pages finds out a month later that page twenty began one too far.
    """

    id = "pagination"
    title = "Page by page, a list has every item once"
    clause = "contracts/http/v1/components.yaml#/parameters/cursor"
    example = "The second page begins with the last item of the first, so an order is read twice."
    repeats = True

    def concerns(self, exchange: Exchange) -> bool:
        taken = {parameter.name for parameter in exchange.operation.parameters}
        first = "cursor=" not in exchange.sent.url
        return exchange.done and exchange.operation.method == "GET" and taken >= {"cursor", "limit"} and first

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        sent = unfiltered(exchange)
        whole = bench.send(asking(sent, limit="200"))
        wanted = _items(whole.json)
        if whole.status != 200 or wanted is None:
            yield f"limit=200 is answered {whole.told()}, expected a page with `items`"
            return
        if len(wanted) <= STEP:
            raise NotExercised("the list has no second page")
        yield from self._walked(sent, wanted[: STEP * MOST_PAGES], bench)
        yield from self._made_up(sent, bench)

    def _walked(self, sent: Sent, wanted: list[bytes], bench: Bench) -> Iterator[str]:
        found: list[bytes] = []
        asked = asking(sent, limit=str(STEP))
        for _ in range(MOST_PAGES):
            reply = bench.send(asked)
            items = _items(reply.json)
            if reply.status != 200 or items is None:
                yield f"a page is answered {reply.told()}, expected 200"
                return
            if len(items) > STEP:
                yield f"a page with limit={STEP} has {len(items)} items"
            found += items
            cursor = reply.json.get("nextCursor")
            if cursor is None or not items:
                break
            asked = asking(sent, limit=str(STEP), cursor=cursor)
        yield from _compared(found[: len(wanted)], wanted)

    def _made_up(self, sent: Sent, bench: Bench) -> Iterator[str]:
        reply = bench.send(asking(sent, cursor="bm90LW9uZS1vZi15b3Vycw"))
        if reply.status != 400:
            yield f"a cursor that was made up is answered {reply.told()}, expected 400 invalid-cursor"


def unfiltered(exchange: Exchange) -> Sent:
    """The request for the whole list: with those query parameters only that it cannot do without."""
    needed = {parameter.name for parameter in exchange.operation.parameters if parameter.required}
    split = urlsplit(exchange.sent.url)
    kept = [(name, value) for name, value in parse_qsl(split.query, keep_blank_values=True) if name in needed]
    url = urlunsplit(split._replace(query=urlencode(kept)))
    return Sent(exchange.sent.method, url, exchange.sent.headers)


def asking(sent: Sent, **query: str) -> Sent:
    """The same request with these query parameters."""
    split = urlsplit(sent.url)
    kept = [(name, value) for name, value in parse_qsl(split.query, keep_blank_values=True) if name not in query]
    return Sent(sent.method, urlunsplit(split._replace(query=urlencode([*kept, *query.items()]))), sent.headers)


def _items(page: Any) -> list[bytes] | None:
    """The items of a page, each as canonical JSON."""
    items = page.get("items") if isinstance(page, dict) else None
    return [msgspec.json.encode(item, order="sorted") for item in items] if isinstance(items, list) else None


def _compared(found: list[bytes], wanted: list[bytes]) -> Iterator[str]:
    if len(set(found)) < len(found):
        yield f"read by pages of {STEP}, {len(found) - len(set(found))} items come twice"
    if missing := set(wanted) - set(found):
        yield f"read by pages of {STEP}, {len(missing)} of {len(wanted)} items are missing"
    elif found != wanted and len(set(found)) == len(found):
        yield f"read by pages of {STEP}, the items come in another order"
