"""A span as a layer exports it, as far as it can be held against anything."""

from __future__ import annotations

from typing import TypeAlias
from urllib.parse import urlsplit

import msgspec

CLIENT = 3  # of SpanKind
OK, ERROR = 1, 2  # of StatusCode; 0 says nothing

Scalar: TypeAlias = str | bool | int | float
# By the semantic conventions of HTTP, and by those before 1.21.
STATUS = ("http.response.status_code", "http.status_code")
METHOD = ("http.request.method", "http.method")
URL = ("url.full", "http.url")
HOST = ("server.address", "net.peer.name")
PORT = ("server.port", "net.peer.port")
PATH = ("url.path", "http.target")
LOOPBACK = "127.0.0.1"
LOCAL = frozenset({"localhost", "::1"})


class Span(msgspec.Struct, frozen=True, gc=False):
    """`trace_id`, `span_id` and `parent_id` are hexadecimal, in lower case; times in nanoseconds of unix time. `status`
    is the code of its status. Of the attributes those are kept that are single values.
    """

    trace_id: str
    span_id: str
    parent_id: str = ""
    name: str = ""
    kind: int = 0
    start_ns: int = 0
    end_ns: int = 0
    status: int = 0
    attributes: dict[str, Scalar] = {}

    @property
    def http_status(self) -> int:
        """The status that it says it was answered with; 0 where it doesn't say."""
        said = self._first(STATUS)
        return int(said) if str(said).isdecimal() else 0

    @property
    def method(self) -> str:
        return str(self._first(METHOD)).upper()

    @property
    def place(self) -> tuple[str, str]:
        """Where the call went: `host:port`, and the path; "" for what it doesn't say."""
        try:
            url = urlsplit(str(self._first(URL)))
            host, port = url.hostname or "", str(url.port or "")
        except ValueError:  # what no URL can be
            return "", ""
        host, port = host or str(self._first(HOST)), port or str(self._first(PORT))
        address = f"{LOOPBACK if host in LOCAL else host}:{port}" if host and port else ""
        return address, url.path or str(self._first(PATH)).partition("?")[0]

    def _first(self, names: tuple[str, ...]) -> Scalar:
        return next((self.attributes[name] for name in names if name in self.attributes), "")
