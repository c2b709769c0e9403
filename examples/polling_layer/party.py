"""Calls to one party: a token when there is none, one try, and what its outcome means."""

from __future__ import annotations

import base64
import http.client
import json
import ssl
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from .settings import Account

TOKEN_PATH = "/v1/oauth/token"
PASSING = (500, 502, 503, 504)  # says nothing about whether it happened
RETRY_AFTER_AT_MOST_S = 30.0
FORM = "application/x-www-form-urlencoded"


class TryLater(Exception):
    """Not now. `wait_s` is how long the party asked for."""

    def __init__(self, why: str, wait_s: float = 0.0) -> None:
        super().__init__(why)
        self.wait_s = wait_s


class Refused(Exception):
    """The party said no for good, and nothing was changed there."""

    def __init__(self, what: str, status: int, problem: Any) -> None:
        known = problem if isinstance(problem, dict) else {}
        self.status, self.code = status, str(known.get("code", ""))
        super().__init__(f"{what} was refused: {status} {self.code} {known.get('detail', '')}".rstrip())


@dataclass(frozen=True, slots=True)
class Trace:
    """What a call belongs to: the correlation id and the trace of the order's own story."""

    correlation: str = ""
    traceparent: str = ""

    def headers(self) -> dict[str, str]:
        named = {"X-Correlation-Id": self.correlation, "traceparent": self.traceparent}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked. `key` is the Idempotency-Key, "" for none."""

    method: str
    path: str
    trace: Trace = Trace()
    body: str = ""
    key: str = ""
    if_match: str = ""

    def headers(self, token: str) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {token}", **self.trace.headers()}
        if self.body:
            headers["Content-Type"] = "application/json"
        if self.key:
            headers["Idempotency-Key"] = f'"{self.key}"'
        if self.if_match:
            headers["If-Match"] = self.if_match
        return headers


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: bytes
    retry_after_s: float


@dataclass
class Party:
    """One connection for each thread, kept until something is wrong with it: then the next call has a new one."""

    account: Account
    timeout_s: float
    authority: str = ""
    _token: str = ""
    _quiet_until: float = 0.0
    _token_lock: threading.Lock = field(default_factory=threading.Lock)
    _own: threading.local = field(default_factory=threading.local)
    _tls: ssl.SSLContext = field(init=False)

    def __post_init__(self) -> None:
        self._tls = ssl.create_default_context(cafile=self.authority or None)

    def call(self, call: Call) -> tuple[int, Any]:
        """Status and content of an answer that is final. A void token is renewed once.

        Raises: TryLater when it is not known whether it happened, or it should be asked again; Refused.
        """
        quiet_s = self._quiet_until - time.monotonic()
        if quiet_s > 0:  # a quota is for all calls together
            raise TryLater(f"{self.account.name} asked for a pause", quiet_s)
        token = self._known_token()
        answer = self._send(call.method, call.path, call.headers(token), call.body.encode())
        if answer.status == 401:
            self._forget(token)
            answer = self._send(call.method, call.path, call.headers(self._known_token()), call.body.encode())
        return answer.status, self._final(f"{call.method} {self.account.name} {call.path}", answer)

    def _final(self, what: str, answer: _Answer) -> Any:
        if answer.status == 429:
            self._quiet_until = time.monotonic() + answer.retry_after_s
        if answer.status in (401, 429, *PASSING):
            raise TryLater(f"{what}: {answer.status}", answer.retry_after_s)
        try:
            content = None if answer.status == 204 else json.loads(answer.body)
        except ValueError as error:
            if answer.status < 400:
                raise TryLater(f"{what}: {answer.status} with a body that is no JSON: {error}") from error
            content = None
        if answer.status >= 400:
            refused = Refused(what, answer.status, content)
            if refused.code == "idempotency-key-in-flight":
                raise TryLater(str(refused), answer.retry_after_s)
            raise refused
        return content

    def _known_token(self) -> str:
        with self._token_lock:
            if not self._token:
                pair = f"{self.account.client_id}:{self.account.client_secret}".encode()
                headers = {"Authorization": f"Basic {base64.b64encode(pair).decode()}", "Content-Type": FORM}
                answer = self._send("POST", TOKEN_PATH, headers, b"grant_type=client_credentials")
                if answer.status != 200:
                    raise TryLater(f"no token from {self.account.name}: {answer.status}", answer.retry_after_s)
                self._token = self._final(f"the token of {self.account.name}", answer)["access_token"]
            return self._token

    def _forget(self, token: str) -> None:
        """Another thread may have a new one already."""
        with self._token_lock:
            if self._token == token:
                self._token = ""

    def _send(self, method: str, path: str, headers: dict[str, str], body: bytes) -> _Answer:
        """Raises: TryLater when there is no whole answer."""
        connection: http.client.HTTPConnection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = self._connection()
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            asked = response.headers.get("Retry-After", "")
            wait_s = min(float(asked), RETRY_AFTER_AT_MOST_S) if asked.isdigit() else 0.0
            return _Answer(response.status, response.read(), wait_s)
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            self._own.connection = None
            raise TryLater(f"{method} {self.account.name} {path}: {type(error).__name__} {error}") from error

    def _connection(self) -> http.client.HTTPConnection:
        address = urlsplit(self.account.url)
        host, port = str(address.hostname), address.port
        if address.scheme == "http":
            return http.client.HTTPConnection(host, port, timeout=self.timeout_s)
        return http.client.HTTPSConnection(host, port, timeout=self.timeout_s, context=self._tls)
