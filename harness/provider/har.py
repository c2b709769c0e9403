"""What was said over HTTP, as a HAR file: for browsers' tools, Charles, Postman and whoever else reads them.

Source: HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec

from ... import __version__
from ...scenarios.wire.har import without_secrets
from .exchange import Reply, Sent


class Har:
    """The calls of a run, in the order in which they are told. `now` is the machine's clock."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._entries: list[dict[str, Any]] = []

    def add(
        self, sent: Sent, reply: Reply | None, elapsed_s: float, ended: float | None = None, comment: str = ""
    ) -> None:
        """A call; `ended` is when it was over, in seconds since 1970 (None: just now); `reply` is None where no answer
        came.
        """
        over = self._now().timestamp() if ended is None else ended
        began = datetime.fromtimestamp(over - elapsed_s, UTC)
        milliseconds = round(elapsed_s * 1000, 3)
        self._entries.append(
            {
                "startedDateTime": began.isoformat(timespec="milliseconds"),
                "time": milliseconds,
                "request": _request(sent),
                "response": _response(reply),
                "cache": {},
                "timings": {"send": 0, "wait": milliseconds, "receive": 0},
                "comment": comment,
            }
        )

    def write(self, file: Path) -> None:
        """Raises: OSError when the file can't be written."""
        entries = sorted(self._entries, key=lambda entry: str(entry["startedDateTime"]))
        creator = {"name": "crossdock", "version": __version__}
        document = without_secrets({"log": {"version": "1.2", "creator": creator, "entries": entries}})
        file.write_bytes(msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n")


def _request(sent: Sent) -> dict[str, Any]:
    told: dict[str, Any] = {
        "method": sent.method,
        "url": sent.url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _fields(sent.headers),
        "queryString": [{"name": name, "value": value} for name, value in parse_qsl(urlsplit(sent.url).query)],
        "headersSize": -1,
        "bodySize": len(sent.body),
    }
    if sent.body:
        told["postData"] = {"mimeType": sent.headers.get("content-type", ""), "text": _text(sent.body)}
    return told


def _response(reply: Reply | None) -> dict[str, Any]:
    headers = reply.headers if reply else {}
    body = reply.body if reply else b""
    return {
        "status": reply.status if reply else 0,
        "statusText": "",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _fields(headers),
        "content": {"size": len(body), "mimeType": headers.get("content-type", ""), "text": _text(body)},
        "redirectURL": headers.get("location", ""),
        "headersSize": -1,
        "bodySize": len(body),
    }


def _fields(headers: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers.items()]


def _text(octets: bytes) -> str:
    return octets.decode("utf-8", "replace")
