"""Takes in the spans that a layer exports (OTLP over HTTP), and writes those of its calls into the journal."""

from __future__ import annotations

from collections.abc import Mapping

from ...scenarios.layer import PARTY
from ...simulators.channels.http.exchange import MAX_BODY, Answer, Request
from ...simulators.world import World
from .otlp import JSON, PROTOBUF, WrongExport, exported, problem, spans, unpacked
from .span import CLIENT, Span

PATH = "/v1/traces"
ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
SPANS, NOT_TAKEN = "spans", "export-not-taken"


class Collector:
    """An `App` at one address. `parties` says who is at which `host:port`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.parties: Mapping[str, str] = {}

    def respond(self, request: Request) -> Answer:
        as_json = request.media_type == JSON
        media_type = JSON if as_json else PROTOBUF
        try:
            status, headers = self._taken(request)
            body = exported(media_type)
        except _Refused as refused:
            status, headers, body = refused.status, refused.headers, problem(str(refused), media_type)
            detail = {"status": status, "problem": str(refused)}
            self._world.journal.append("note", PARTY, "otlp", NOT_TAKEN, detail=detail)
        return Answer(status, body, headers, media_type.encode())

    def not_http(self, client: str) -> bytes:
        return problem("this is no HTTP request (RFC 9112)", JSON)

    def begin(self) -> None:
        """Exports are no traffic: nobody waits for their end."""

    def end(self) -> None:
        """As `begin`."""

    def _taken(self, request: Request) -> tuple[int, tuple[tuple[bytes, bytes], ...]]:
        """Raises: _Refused."""
        if request.path.rstrip("/") != PATH:
            raise _Refused(404, f"there is no {request.path}: spans are taken at {PATH}, and nothing else is")
        if request.method != "POST":
            raise _Refused(405, f"{PATH} takes POST", ((b"allow", b"POST"),))
        if request.too_large:
            raise _Refused(413, f"a body has at most {MAX_BODY} octets: export fewer spans at a time, or with gzip")
        if request.media_type not in (JSON, PROTOBUF):
            given = request.media_type or "not there"
            raise _Refused(415, f"Content-Type is {given}: it must be {PROTOBUF} or {JSON}")
        try:
            plain = unpacked(request.body, (request.header("content-encoding") or "").lower())
            self._keep(spans(plain, request.media_type))
        except WrongExport as error:
            raise _Refused(400, str(error)) from error
        return 200, ()

    def _keep(self, told: list[Span]) -> None:
        rows = []
        for span in told:
            address, path = span.place
            party = self.parties.get(address, "")
            if span.kind == CLIENT and (party or span.http_status):
                rows.append((span.trace_id, span.span_id, party, span.http_status, span.status, span.method, path))
        detail = {"spans": rows, "others": len(told) - len(rows)}
        self._world.journal.append("note", PARTY, "otlp", SPANS, detail=detail)


class _Refused(Exception):
    def __init__(self, status: int, text: str, headers: tuple[tuple[bytes, bytes], ...] = ()) -> None:
        super().__init__(text)
        self.status, self.headers = status, headers
