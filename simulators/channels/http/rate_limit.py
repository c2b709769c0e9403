"""Quotas: a token bucket per client, announced as the RateLimit header fields draft says.

draft-ietf-httpapi-ratelimit-headers-10. A caller over its quota gets 429 with Retry-After in whole seconds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from .exchange import Headers
from .problem import HttpRefusal


@dataclass(frozen=True, slots=True)
class Quota:
    """`per_second` requests in the long run, `burst` at once."""

    per_second: float
    burst: int


class RateLimiter:
    """What each client of one party has left."""

    def __init__(self, quota: Quota) -> None:
        self.quota = quota
        self._left: dict[str, tuple[float, float]] = {}
        window = math.ceil(quota.burst / quota.per_second)
        self._policy = (b"ratelimit-policy", f'"default";q={quota.burst};w={window}'.encode())

    def take(self, client: str, now: float) -> Headers:
        """Use up one request and return the RateLimit headers; `now` is on the wire clock.

        Raises: HttpRefusal `too-many-requests` with the seconds to wait, and the same headers.
        """
        quota = self.quota
        left, since = self._left.get(client, (float(quota.burst), now))
        left = min(quota.burst, left + (now - since) * quota.per_second)
        if left < 1:
            self._left[client] = (left, now)
            wait = math.ceil((1 - left) / quota.per_second)
            detail = f"more than {quota.per_second:g} requests a second (burst {quota.burst}): wait {wait} s"
            raise HttpRefusal("too-many-requests", detail, self._headers(0, left), retry_after_s=wait)
        self._left[client] = (left - 1, now)
        return self._headers(int(left - 1), left - 1)

    def _headers(self, remaining: int, left: float) -> Headers:
        until_full = math.ceil((self.quota.burst - left) / self.quota.per_second)
        return (self._policy, (b"ratelimit", f'"default";r={remaining};t={until_full}'.encode()))
