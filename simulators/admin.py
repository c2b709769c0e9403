"""The admin API of a world: what a tester may do that no partner could. Loopback only, with a token of its own.

GET    /parties                     names and kinds; addresses are the host's business
POST   /parties/{party}/perform/{operation}   {"body": …, "params": {…}}: act as the party's own people
GET    /parties/{party}/state       every record by type and key
GET    /clock                       business time, wire seconds, what is still going on
GET    /journal?after=N&limit=M     entries of the run, oldest first (only what this process still holds)
GET    /faults, POST /faults, DELETE /faults
PUT    /parties/{party}/reachable   true|false: an outage
POST   /reset                       an empty world; the journal goes on
POST   /seed                        {"customers": 10, "items": 20, "orders": 5, …}: more of what a world begins with
GET    /parties/{party}/files       what lies in the mailbox of a party that speaks in files
GET    /parties/{party}/files/…     one of them, octet by octet
"""

from __future__ import annotations

import hmac
from collections import deque
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import parse_qs

import msgspec

from ..contracts.openapi import Operation, api
from .admin_files import OCTETS, FileDesk
from .channels.http.body import check_payload, typed
from .channels.http.exchange import FORM, Answer, Request
from .channels.http.parameters import decoded
from .channels.http.problem import MEDIA_TYPE, problem
from .journal import Entry
from .party import Cause, Party
from .refusal import Refusal
from .rules import Call
from .transaction import Page
from .world import World

KEPT_ENTRIES = 10_000
MOST_ENTRIES = 1000
_encode = msgspec.json.Encoder().encode


class FaultBook(Protocol):
    """Where faults are ordered; the scenario engine has one, a bare simulator may have none."""

    def order(self, document: Any) -> Mapping[str, Any]:
        """Take up a fault as a scenario would write it. Raises: Refusal `invalid-request`."""

    def listed(self) -> list[Mapping[str, Any]]:
        """The faults in force, each with how often it struck."""

    def clear(self) -> None:
        """End them all."""


class Filler(Protocol):
    """Who draws customers, items and orders for a world."""

    def fill(self, document: Any) -> Mapping[str, Any]:
        """Enter what is wished for; says what that was. Raises: Refusal."""


class AdminApp:
    """The admin API over HTTP (exchange.App)."""

    def __init__(
        self,
        world: World,
        token: str,
        faults: FaultBook | None = None,
        filler: Filler | None = None,
        files: FileDesk | None = None,
    ) -> None:
        self.world = world
        self._token = token.encode()
        self._faults = faults
        self._filler = filler
        self._files = files or FileDesk({})
        self._entries: deque[Entry] = deque(maxlen=KEPT_ENTRIES)
        world.journal.subscribe(self._entries.append)

    def respond(self, request: Request) -> Answer | None:
        if request.left:
            return None
        try:
            answer = self._answer(request)
            return answer if isinstance(answer, Answer) else Answer(200, _encode(answer))
        except Refusal as refusal:
            return _refused(refusal)
        except Exception as error:
            self.world.errors.append(f"admin {request.method} {request.path}: {type(error).__name__}: {error}")
            return _refused(Refusal("internal-error", f"{type(error).__name__}: {error}"))

    def not_http(self, client: str) -> bytes:
        return _refused(
            Refusal("malformed-body", "this is no HTTP request (RFC 9112), or one with a head without end")
        ).body

    def begin(self) -> None:
        """What testers ask is nothing that the world does."""

    def end(self) -> None:
        """Likewise."""

    def _answer(self, request: Request) -> Any:
        scheme, _, token = (request.header("authorization") or "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(token.encode(), self._token):
            raise Refusal(
                "unauthenticated", "send `Authorization: Bearer <admin token>`; `crossdock simulate` prints it"
            )
        match (request.method, *request.path.strip("/").split("/")):
            case ("GET", "parties"):
                return {"items": [{"name": name, "kind": party.kind} for name, party in self.world.parties.items()]}
            case ("POST", "parties", party, "perform", operation):
                return self._perform(self._party(party), operation, _payload(request))
            case ("GET", "parties", party, "state"):
                return {kind.__name__: table for kind, table in self._party(party).state.tables().items()}
            case ("GET", "parties", party, "files"):
                return {"items": self._files.listed(self._party(party).name)}
            case ("GET", "parties", party, "files", *path):
                return Answer(200, self._files.content(self._party(party).name, path), (), OCTETS)
            case ("PUT", "parties", party, "reachable"):
                return self._reachable(self._party(party), _payload(request))
            case ("GET", "clock"):
                clock = self.world.clock
                return {"now": clock.now(), "wireS": clock.wire(), "busy": self.world.busy()}
            case ("GET", "journal"):
                return self._journal(request)
            case ("GET", "faults"):
                return {"items": self._fault_book().listed()}
            case ("POST", "faults"):
                return self._fault_book().order(_payload(request))
            case ("DELETE", "faults"):
                self._fault_book().clear()
                return {"items": []}
            case ("POST", "reset"):
                self.world.reset()
                return {"reset": True}
            case ("POST", "seed"):
                return self._seed(_payload(request))
        raise Refusal("not-found", f"the admin API has no {request.method} {request.path}")

    def _perform(self, party: Party, name: str, document: Any) -> Any:
        if name not in party.rules.operations:
            known = ", ".join(sorted(party.rules.operations))
            raise Refusal("not-found", f"{party.name} has no operation {name!r}; it has {known}")
        if not isinstance(document, dict) or document.keys() - {"body", "params"}:
            raise Refusal.at(
                "invalid-request", "", 'send {"body": …, "params": {…}}, either of them where it is needed'
            )
        operation = api(party.kind).operations.get(name)
        body_type = party.rules.operations[name][1]
        if operation is None:  # the party's own people do more than its contract offers to partners
            body, params = _converted(document.get("body"), body_type), _mapping(document.get("params", {}))
        else:
            body = _body(operation, document, body_type)
            params = _params(operation, _mapping(document.get("params", {})))
        result = party.perform(name, Call(body, params, "admin"), Cause("admin", client="admin"))
        return {"items": result.items, "nextCursor": result.next_cursor} if isinstance(result, Page) else result

    def _reachable(self, party: Party, wanted: Any) -> Any:
        if not isinstance(wanted, bool):
            raise Refusal.at("invalid-request", "", "send true or false")
        change = self.world.bring_up if wanted else self.world.take_down
        change(party.name, "admin")
        return {"party": party.name, "reachable": wanted}

    def _seed(self, wish: Any) -> Any:
        if self._filler is None:
            raise Refusal("not-found", "this world has nobody to fill it: start it with `crossdock simulate`")
        return self._filler.fill(wish)

    def _journal(self, request: Request) -> Any:
        query = parse_qs(request.query.decode("latin-1"))
        try:
            after, limit = int(query.get("after", ["0"])[0]), int(query.get("limit", ["100"])[0])
        except ValueError:
            raise Refusal("invalid-parameter", "after and limit are whole numbers") from None
        items = [entry for entry in self._entries if entry.seq > after][: max(1, min(limit, MOST_ENTRIES))]
        return {"items": items, "next": items[-1].seq if items else after}

    def _party(self, name: str) -> Party:
        if name not in self.world.parties:
            raise Refusal(
                "not-found", f"there is no party {name!r} in this world; there are {', '.join(self.world.parties)}"
            )
        return self.world.parties[name]

    def _fault_book(self) -> FaultBook:
        if self._faults is None:
            raise Refusal("not-found", "this world has no fault book: start it with `crossdock simulate`")
        return self._faults


def _payload(request: Request) -> Any:
    if request.too_large:
        raise Refusal("payload-too-large", "the body is too large")
    if request.media_type == FORM:
        raise Refusal("malformed-body", "the body is a form: send JSON, with `Content-Type: application/json`")
    if request.payload is msgspec.UNSET:
        raise Refusal("malformed-body", f"the body is not JSON: {request.malformed or 'it is empty'}")
    return request.payload


def _body(operation: Operation, document: dict[str, Any], body_type: type[Any]) -> Any:
    if "body" not in document:
        if operation.body is not None and operation.body_required:
            raise Refusal.at("invalid-request", "/body", f"{operation.id} needs a body")
        return None
    if operation.body is None:
        raise Refusal.at("invalid-request", "/body", f"{operation.id} takes no body")
    check_payload(operation, document["body"], "/body")
    return typed(document["body"], body_type)


def _converted(body: Any, body_type: type[Any]) -> Any:
    try:
        return msgspec.convert(body, body_type)
    except msgspec.ValidationError as error:
        raise Refusal.at("invalid-request", "/body", str(error)) from None


def _mapping(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise Refusal.at("invalid-request", "/params", "params is an object of parameter names and values")
    return given


def _params(operation: Operation, given: dict[str, Any]) -> dict[str, Any]:
    """The parameters of an operation, given by name, as the values they stand for."""
    texts = {name: [_text(each) for each in _listed(value)] for name, value in given.items()}
    names = {parameter.name for parameter in operation.parameters if parameter.where == "path"}
    path = {name: found[0] for name in names & texts.keys() if (found := texts.pop(name))}
    return decoded(operation, path, texts, lambda _header: None)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else _encode(value).decode()


def _refused(refusal: Refusal) -> Answer:
    document = problem(refusal, 0)
    challenge = ((b"www-authenticate", b'Bearer realm="crossdock admin"'),) if document.status == 401 else ()
    return Answer(document.status, _encode(document), challenge, MEDIA_TYPE)
