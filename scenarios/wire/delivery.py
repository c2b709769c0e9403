"""A delivery of an event that meets its fate on the way to the layer: it goes through a relay of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from urllib.parse import urlsplit, urlunsplit

from ...simulators.interference import Post
from .relay import HOST, Relay
from .rule import Aim, Rule, Way


class StruckPost:
    """Hands deliveries over through a relay that a rule is laid on, the first `attempts` times; later ones go as usual.
    `left` is how many of them are still to come. `struck` is called each time that the rule did something.
    """

    def __init__(
        self, usual: Post, rule: Rule, way: Way, attempts: int, struck: Callable[[], None], chance: Random
    ) -> None:
        self.rule = rule
        self.way = way
        self.left = attempts
        self.struck = struck
        self._usual = usual
        self._chance = chance

    async def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, float | None]:
        """Raises: NotDelivered."""
        if self.left <= 0:
            return await self._usual(url, headers, body)
        self.left -= 1
        address = urlsplit(url)
        relay = Relay(address.hostname or HOST, address.port or 80, self._chance)
        await relay.open()
        relay.arm(Aim(self.rule, self.way), lambda _line: self.struck())
        try:
            through = urlunsplit(address._replace(netloc=f"{HOST}:{relay.port}"))
            return await self._usual(through, {**headers, "host": address.netloc}, body)
        finally:
            relay.close()
