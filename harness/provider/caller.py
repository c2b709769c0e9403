"""Who calls the provider beside schemathesis: gets tokens, and sends what the rules want to try."""

from __future__ import annotations

import itertools
import threading
from urllib.parse import urlsplit, urlunsplit

import requests

from ...contracts.openapi import Api, Operation
from .exchange import Exchange, Reply, Sent
from .har import Har
from .leading import steps_after
from .provider import Provider
from .rule import NotExercised, Unreachable

TIMEOUT_S = 10.0
MOST_TRIES = 3
LONGEST_PAUSE_S = 5.0


class NoToken(Exception):
    """The provider gives no token to the client that we were told to be."""


class Caller:
    """rule.Bench: the calls of one run, all by one HTTP session. `run` is what its Idempotency-Keys begin with;
    `har` hears of every call.
    """

    def __init__(self, provider: Provider, api: Api, *, run: str, har: Har | None = None) -> None:
        self.provider = provider
        self.api = api
        self._session = requests.Session()
        self._session.trust_env = False  # the provider is meant, not what a proxy of this machine makes of it
        self._run = run
        self._har = har
        self._keys = itertools.count(1)
        self._closed = threading.Event()
        self._lesser: dict[frozenset[str], str] = {}
        self.token = ""
        self.calls = 0

    @property
    def expired_token(self) -> str:
        return self.provider.expired_token

    @property
    def foreign_token(self) -> str:
        return self.provider.foreign_token

    def come_in(self) -> None:
        """Get the token that all calls are made with.

        Raises: NoToken, Unreachable.
        """
        if self.provider.client is not None:
            self.token = self._token("")
        else:
            self.token = self.provider.token

    def lesser_token(self, operation: Operation) -> str:
        needed = operation.scopes or frozenset()
        if self.provider.client is None:
            return ""
        if needed not in self._lesser:
            self._lesser[needed] = self._any_token(sorted(self._scopes() - needed))
        return self._lesser[needed]

    def fresh_key(self) -> str:
        return f'"{self._run}-{next(self._keys)}"'

    def send(self, sent: Sent, *, patient: bool = True) -> Reply:
        for _ in range(MOST_TRIES):
            reply = self._sent(sent)
            if not patient or reply.status not in (429, 503):
                return reply
            told = reply.headers.get("retry-after", "")
            self.pause(min(float(told) if told.isdecimal() else 1.0, LONGEST_PAUSE_S))
        raise NotExercised(f"{sent.method} {sent.url} is turned away for now: {reply.told()}")

    def _sent(self, sent: Sent) -> Reply:
        self.calls += 1
        headers = {name: value for name, value in sent.headers.items() if name != "content-length"}
        try:
            answer = self._session.request(
                sent.method, sent.url, headers=headers, data=sent.body or None, timeout=TIMEOUT_S, allow_redirects=False
            )
        except requests.RequestException as error:
            raise Unreachable(f"{sent.method} {sent.url}: {type(error).__name__}: {error}") from error
        fields = {name.lower(): value for name, value in answer.headers.items()}
        reply = Reply(answer.status_code, fields, answer.content)
        if self._har is not None:
            self._har.add(sent, reply, answer.elapsed.total_seconds(), comment="a rule of Crossdock")
        return reply

    def methods(self, operation: Operation) -> frozenset[str]:
        return frozenset(each.method for each in self.api.operations.values() if each.path == operation.path)

    def url(self, path: str) -> str:
        base = urlsplit(self.provider.url)
        return path if "://" in path else urlunsplit((base.scheme, base.netloc, path, "", ""))

    def readable(self, exchange: Exchange) -> list[str]:
        steps = steps_after(exchange, self.api, self.api.document)
        return [step.path for step in steps if step.operation.method == "GET"]

    def pause(self, seconds: float) -> None:
        self._closed.wait(seconds)

    def close(self) -> None:
        self._closed.set()
        self._session.close()

    def _scopes(self) -> set[str]:
        """Every scope that an operation of the contract asks for."""
        return {scope for operation in self.api.operations.values() for scope in operation.scopes or ()}

    def _any_token(self, scopes: list[str]) -> str:
        for scope in scopes:
            try:
                return self._token(scope)
            except NoToken:
                continue
        return ""

    def _token(self, scope: str) -> str:
        assert self.provider.client is not None
        client, url = self.provider.client, f"{self.provider.url}/oauth/token"
        form = {"grant_type": "client_credentials", "client_id": client.id, "client_secret": client.secret}
        self.calls += 1
        try:
            answer = self._session.post(url, data=form | ({"scope": scope} if scope else {}), timeout=TIMEOUT_S)
            given = answer.json() if answer.status_code == 200 else {}
        except requests.RequestException as error:
            raise Unreachable(f"POST {url}: {type(error).__name__}: {error}") from error
        if not isinstance(given, dict) or not given.get("access_token"):
            raise NoToken(f"POST {url} answered {answer.status_code} to client {client.id!r}: {answer.text[:300]}")
        return str(given["access_token"])
