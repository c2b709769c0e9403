"""Defects in what a provider takes."""

import msgspec

from crossdock.contracts.openapi import api
from crossdock.simulators.channels.http.exchange import Answer, Request

from .plant import Forward, Memory, headed, payload, plain, planted, redone, saying


@planted("unknown-field")
def unknown_fields_dropped(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Fields that the contract does not have are dropped silently."""
    body = api("warehouse").operations["createFulfilmentRequest"].body
    assert body is not None
    known = body.schema["components"]["schemas"]["FulfilmentRequest"]["properties"]
    if not isinstance(request.payload, dict):
        return forward(request)
    kept = {name: value for name, value in request.payload.items() if name in known}
    return forward(redone(request, body=msgspec.json.encode(kept)))


@planted("unknown-field")
def unknown_field_unnamed(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """The refusal of an unknown field does not name it."""
    answer = forward(request)
    if answer.status != 422:
        return answer
    return saying(answer, {**payload(answer), "detail": "wrong", "errors": [{"pointer": "", "detail": "wrong"}]})


@planted("wrong-data-refused", "createWebhookSubscription")
def wrong_data_taken(request: Request, forward: Forward, memory: Memory) -> Answer:
    """A body that breaks the schema is taken as if it were right."""
    answer = forward(request)
    if answer.status == 201:
        memory["good"] = answer
    return memory["good"] if answer.status == 422 and "good" in memory else answer


@planted("wrong-data-refused", "listFulfilmentRequests")
def limit_clamped(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A limit out of its range is taken as the nearest that is in it."""
    answer = forward(request)
    if answer.status == 400 and b"limit" in answer.body:
        return forward(redone(request, query=b"limit=200"))
    return answer


@planted("wrong-data-refused", "listFulfilmentRequests")
def filter_ignored(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A filter with a value that there is not is ignored."""
    answer = forward(request)
    return forward(redone(request, query=b"")) if answer.status == 400 else answer


@planted("right-data-understood", "listFulfilmentRequests")
def limit_refused(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """The longest page that the contract allows is refused."""
    return forward(redone(request, query=b"limit=0")) if b"limit=200" in request.query else forward(request)


@planted("right-data-understood")
def utf8_refused(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A body without a charset in its Content-Type is refused."""
    if request.method == "POST" and b"charset" not in request.headers.get(b"content-type", b""):
        return forward(headed(request, b"content-type", b"text/json"))
    return forward(request)


@planted("broken-body")
def cut_body_taken(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A body that is cut off is mended and taken."""
    if request.malformed:
        return forward(redone(request, body=request.body + b"}"))
    return forward(request)


@planted("broken-body")
def cut_body_as_wrong_field(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A body that is cut off is refused as if a field were wrong."""
    answer = forward(request)
    return saying(answer, {**payload(answer), "status": 422}, 422) if request.malformed else answer


@planted("broken-body")
def any_media_type(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Any media type is read as JSON."""
    if b"content-type" in request.headers:
        return forward(headed(request, b"content-type", b"application/json"))
    return forward(request)


@planted("demanded-header")
def key_not_demanded(request: Request, forward: Forward, memory: Memory) -> Answer:
    """A creation without Idempotency-Key is carried out."""
    if request.method == "POST" and b"idempotency-key" not in request.headers:
        memory["keys"] = memory.get("keys", 0) + 1
        return forward(headed(request, b"idempotency-key", b"made-up-%d" % memory["keys"]))
    return forward(request)


@planted("demanded-header", "createCase", "updateCase", kind="crm")
def version_not_demanded(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A change without If-Match is carried out."""
    if request.method == "PATCH" and b"if-match" not in request.headers:
        return forward(headed(request, b"if-match", b"*"))
    return forward(request)


@planted("answer-schema")
def nothing_said(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A creation is answered with an empty object."""
    answer = forward(request)
    return Answer(201, b"{}", answer.headers) if answer.status == 201 else answer


@planted("credentials", "getCapacity")
def fails_without_token(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A request without a token ends in a server error."""
    answer = forward(request)
    return plain(500, b"{}") if answer.status == 401 else answer
