"""The spans of what the layer asks of others, exported as OTLP/JSON (https://opentelemetry.io/docs/specs/otlp/)."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

import msgspec

from .ports import Http, TimedOut, Timing, Unreachable
from .settings import Settings

EVERY_S = 0.25
AT_ONCE, AT_MOST = 512, 4096
CLIENT, ERROR = 3, 2


class Spans:
    """Keeps those that have ended until they are exported. Whoever takes them may be away: then the oldest are lost,
    and nothing else.
    """

    def __init__(self, settings: Settings, http: Http, timing: Timing) -> None:
        self._url, self._http, self._timing = settings.traces_url, http, timing
        self._ended: deque[dict[str, Any]] = deque(maxlen=AT_MOST)

    def ended(
        self, method: str, url: str, traced: Mapping[str, str], began: float, status: int = 0, error: str = ""
    ) -> None:
        """A try of a request is over: with a status, or without a whole answer because of an error. `traced` are the
        headers that tie it to what began it all; without them, or unsampled, it has no span.
        """
        parent = traced.get("traceparent", "")
        if not self._url or parent.count("-") != 3 or not int(parent[-2:], 16) & 1:
            return
        _, trace_id, span_id, _ = parent.split("-")
        self._ended.append(
            {
                "traceId": trace_id,
                "spanId": span_id,
                "name": method,
                "kind": CLIENT,
                "startTimeUnixNano": str(int(began * 1e9)),
                "endTimeUnixNano": str(int(self._timing.unix() * 1e9)),
                "attributes": [_attribute(*each) for each in self.attributes(method, url, status, error).items()],
                "status": {"code": ERROR} if error or status >= 400 else {},
            }
        )

    def attributes(self, method: str, url: str, status: int, error: str) -> dict[str, str | int]:
        """By the semantic conventions of HTTP clients."""
        told: dict[str, str | int] = {"http.request.method": method, "url.full": url}
        if status:
            told["http.response.status_code"] = status
        if error or status >= 400:
            told["error.type"] = error or str(status)
        return told

    async def keep(self) -> None:
        """Runs until it is cancelled."""
        while self._url:
            await self._timing.sleep(EVERY_S)
            await self.flush()

    async def flush(self) -> None:
        """Export what there is, if somebody takes it."""
        headers = {"content-type": "application/json"}
        resource = {"attributes": [_attribute("service.name", "reference-layer")]}
        while self._url and self._ended:
            some = [self._ended.popleft() for _ in range(min(AT_ONCE, len(self._ended)))]
            scope = {"scope": {"name": "reference_layer"}, "spans": some}
            body = msgspec.json.encode({"resourceSpans": [{"resource": resource, "scopeSpans": [scope]}]})
            try:
                await self._http.request("POST", self._url, headers, body)
            except (Unreachable, TimedOut):
                self._ended.extendleft(reversed(some))
                return


def _attribute(key: str, value: str | int) -> dict[str, Any]:
    return {"key": key, "value": {"intValue": value} if isinstance(value, int) else {"stringValue": value}}
