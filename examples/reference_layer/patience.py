"""How long the layer bears with a party: which failures are tried again, when, and when it stops asking for a while."""

from __future__ import annotations

BROKEN = (500, 502, 503, 504)
RETRIED = (0, 429, *BROKEN)
BACKOFF_S, BACKOFF_AT_MOST_S = 0.2, 5.0
RETRY_AFTER_AT_MOST_S = 30.0
OPENS_AFTER, PROBE_S, PROBE_AT_MOST_S = 5, 0.5, 4.0


class RetryPolicy:
    """Which failures are worth another try, and when."""

    def again(self, status: int, code: str) -> bool:
        """`status` is 0 when there was no whole answer; `code` is that of a problem document, or ""."""
        return status in RETRIED or code == "idempotency-key-in-flight"

    def wait_s(self, tries: int, retry_after_s: float, chance: float) -> float:
        """Exponential with full jitter, and no sooner than the party asked for."""
        backoff: float = min(BACKOFF_AT_MOST_S, BACKOFF_S * 2 ** (tries - 1)) * chance
        return min(retry_after_s, RETRY_AFTER_AT_MOST_S) + backoff


class Breaker:
    """Opens after some failures in a row; then one probe at a time, at growing distances, until one succeeds."""

    def __init__(self) -> None:
        self._failures = 0
        self._opened_at: float | None = None
        self._probe_at = 0.0
        self._probe_s = PROBE_S
        self._probing = False

    def wait_s(self, now: float) -> float:
        """0 when a call may go out now; while open that makes it the probe. Else look again after so many seconds."""
        if self._opened_at is None:
            return 0.0
        if now < self._probe_at or self._probing:
            return max(self._probe_at - now, PROBE_S / 2)
        self._probing = True
        return 0.0

    def open_for_s(self, now: float) -> float:
        return 0.0 if self._opened_at is None else now - self._opened_at

    def succeeded(self) -> None:
        self.__init__()  # type: ignore[misc]

    def failed(self, now: float) -> None:
        self._failures += 1
        if self._opened_at is None and self._failures >= OPENS_AFTER:
            self._opened_at = now
        elif self._opened_at is None or now < self._probe_at:
            return  # still closed, or an answer to what was sent before it opened
        else:
            self._probe_s = min(PROBE_AT_MOST_S, 2 * self._probe_s)
        self._probing = False
        self._probe_at = now + self._probe_s
