"""What a planted defect is: something between a simulator and its callers that breaks one rule, for a test to see that
the rule finds it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from crossdock.simulators.channels.http.exchange import JSON, Answer, App, Reply, Request
from crossdock.simulators.party import Party

Forward = Callable[[Request], Answer]
# What a defect remembers from call to call of one provider.
Memory = dict[Any, Any]
Break = Callable[[Request, Forward, Memory], Answer]


@dataclass(frozen=True)
class Planted:
    """A defect: what it does in a line, the rule that is meant to find it, and the operations that it takes."""

    id: str
    what: str
    rule: str
    kind: str
    operations: tuple[str, ...]
    break_: Break

    def wrap(self, app: App, party: Party) -> App:
        """The simulator with the defect. The good token of another party is among what it may need."""
        return _Broken(app, self.break_, {"party": party})


class _Broken:
    """exchange.App: another, with a defect in front of it."""

    def __init__(self, app: App, break_: Break, memory: Memory) -> None:
        self._app = app
        self._break = break_
        self._memory = memory

    def respond(self, request: Request) -> Reply:
        if request.path.endswith("/oauth/token"):  # or nobody would come as far as the defect
            return self._app.respond(request)
        return self._break(request, self._forward, self._memory)

    def not_http(self, client: str) -> bytes:
        return self._app.not_http(client)

    def begin(self) -> None:
        self._app.begin()

    def end(self) -> None:
        self._app.end()

    def _forward(self, request: Request) -> Answer:
        answer = self._app.respond(request)
        assert isinstance(answer, Answer)
        return answer


PLANTED: dict[str, Planted] = {}
FULFILMENTS = ("createFulfilmentRequest", "getFulfilmentRequest")


def planted(rule: str, *operations: str, kind: str = "warehouse") -> Callable[[Break], Break]:
    """Decorator: the function is a defect, named like it; its docstring says what it does."""

    def add(break_: Break) -> Break:
        name = break_.__name__.strip("_").replace("_", "-")
        assert name not in PLANTED, f"there is a planted defect {name} already"
        assert break_.__doc__, f"say in a line what {name} does"
        what = " ".join(break_.__doc__.split())
        PLANTED[name] = Planted(name, what, rule, kind, operations or FULFILMENTS, break_)
        return break_

    return add


def redone(request: Request, **changed: Any) -> Request:
    """The request as if it had come otherwise: another path, query, header fields or body."""
    told = {"query": request.query, "headers": request.headers, "body": request.body, "path": request.path} | changed
    return Request(request.method, told["path"], told["query"], told["headers"], told["body"])


def headed(request: Request, name: bytes, value: bytes | None) -> Request:
    """The request with this header field, or without it."""
    headers = {key: kept for key, kept in request.headers.items() if key != name}
    return redone(request, headers=headers if value is None else headers | {name: value})


def payload(answer: Answer) -> Any:
    """The JSON value of an answer's body."""
    return msgspec.json.decode(answer.body)


def saying(answer: Answer, value: Any, status: int = 0, media_type: bytes = b"") -> Answer:
    """The answer with this JSON value for its body."""
    body = msgspec.json.encode(value)
    return Answer(status or answer.status, body, answer.headers, media_type or answer.media_type)


def without(answer: Answer, name: bytes) -> Answer:
    """The answer less a header field."""
    kept = tuple(field for field in answer.headers if field[0] != name)
    return Answer(answer.status, answer.body, kept, answer.media_type)


def having(answer: Answer, name: bytes, value: bytes) -> Answer:
    """The answer with another value of a header field, when it has that field."""
    fields = tuple((key, value if key == name else kept) for key, kept in answer.headers)
    return Answer(answer.status, answer.body, fields, answer.media_type)


def plain(status: int, text: bytes, media_type: bytes = JSON) -> Answer:
    return Answer(status, text, (), media_type)


def is_read(request: Request, answer: Answer) -> bool:
    """Whether something was read."""
    return request.method == "GET" and answer.status == 200


def created(answer: Answer) -> bool:
    return answer.status == 201
