"""Any API over HTTP, from its document: the mock that `crossdock simulate --from-contract` serves.

route → credentials → parameters and body → what the caller prefers → the item or list that is meant → an answer made
up.
"""

from __future__ import annotations

from collections.abc import Callable

from ..channels.http.exchange import Answer, Request
from .answering import Answering
from .api import GenericApi, Operation
from .asked import Asked, understood
from .crud import Crud
from .paths import Found, Paths
from .refusals import MockRefusal
from .sampling import Sampler
from .wishes import wishes

USUAL_ITEMS = 3
_ANY_ORIGIN = (b"access-control-allow-origin", b"*")
# What every answer has from its request (exchange.octets), where the request has it.
_OF_THE_REQUEST = frozenset({b"x-correlation-id", b"traceparent"})


class GenericApp:
    """Implements `exchange.App`. `items` is how many things a collection begins with where the document has no
    examples; `report` hears of mistakes of our own.
    """

    def __init__(self, api: GenericApi, seed: int, report: Callable[[str], None], items: int = USUAL_ITEMS) -> None:
        self.api = api
        self.paths = Paths(api.operations, api.bases)
        sampler = Sampler(api.schemas, seed)
        self._answering = Answering(api.schemas, sampler)
        self.crud = Crud(self.paths, api.schemas, sampler, self._answering, items)
        self._report = report

    def respond(self, request: Request) -> Answer | None:
        if request.left:
            return None
        try:
            answer = self._served(request)
        except MockRefusal as refusal:
            answer = refusal.answer()
        except Exception as error:  # a bug of ours, which must not look like the document's doing
            self._report(f"{request.method} {request.path}: {type(error).__name__}: {error}")
            answer = MockRefusal(500, f"a fault of the mock: {type(error).__name__}: {error}").answer()
        if request.correlation or request.trace:
            answer = _of_this_trace(answer)
        return _for_any_origin(answer) if b"origin" in request.headers else answer

    def not_http(self, client: str) -> bytes:
        return MockRefusal(400, "this is no HTTP request (RFC 9112), or one with a head without end").answer().body

    def begin(self) -> None:
        """Nobody waits for a mock to be done."""

    def end(self) -> None:
        """Likewise."""

    def _served(self, request: Request) -> Answer:
        """Raises: MockRefusal."""
        found = self.paths.find(request.path)
        if found is None:
            begin = f"; paths begin with {' or '.join(self.paths.bases)}" if any(self.paths.bases) else ""
            raise MockRefusal(404, f"the document has no path {request.path}{begin}")
        operation = self._operation(request, found)
        if operation is None:
            return _preflight(found)
        asked = understood(request, operation, found.values, self.api.schemas)
        return self._answered(request, found, operation, asked)

    def _operation(self, request: Request, found: Found) -> Operation | None:
        """None for a browser's question whether it may ask. Raises: MockRefusal 405."""
        operations = found.route.operations
        operation = operations.get(request.method)
        if operation is None and request.method == "HEAD":
            operation = operations.get("GET")
        if operation is None and not (request.method == "OPTIONS" and b"origin" in request.headers):
            allow = ", ".join(sorted(operations))
            detail = f"{found.route.template} has {allow}, not {request.method}"
            raise MockRefusal(405, detail, (), ((b"allow", allow.encode()),))
        return operation

    def _answered(self, request: Request, found: Found, operation: Operation, asked: Asked) -> Answer:
        accept, wanted = request.header("accept"), wishes(request.header("prefer"))
        if not wanted and (answer := self.crud.answer(request, found, operation, asked)) is not None:
            return answer
        return self._answering.wished(operation, wanted, accept)


def _preflight(found: Found) -> Answer:
    allow = ", ".join(sorted(found.route.operations)).encode()
    return Answer(204, b"", ((b"access-control-allow-methods", allow), (b"access-control-allow-headers", b"*")))


def _of_this_trace(answer: Answer) -> Answer:
    """Without the ids that the document has as an example, if the caller came with ids."""
    headers = tuple(pair for pair in answer.headers if pair[0] not in _OF_THE_REQUEST)
    return Answer(answer.status, answer.body, headers, answer.media_type)


def _for_any_origin(answer: Answer) -> Answer:
    return Answer(answer.status, answer.body, (*answer.headers, _ANY_ORIGIN), answer.media_type)
