"""Defects of what stands in an answer."""

from crossdock.simulators.channels.http.exchange import Answer, Request

from .plant import Forward, Memory, created, is_read, payload, plain, planted, saying


@planted("answer-schema", "getCapacity")
def missing_field(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A field that is required is missing from the answer."""
    answer = forward(request)
    return saying(answer, dict(list(payload(answer).items())[1:])) if is_read(request, answer) else answer


@planted("answer-schema", "getCapacity")
def number_as_text(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Numbers are written as text."""
    answer = forward(request)
    if not is_read(request, answer):
        return answer
    return saying(answer, {name: str(value) for name, value in payload(answer).items()})


@planted("answer-schema", "getCapacity")
def null_for_a_value(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A value is null where the contract has a number."""
    answer = forward(request)
    return saying(answer, dict.fromkeys(payload(answer))) if is_read(request, answer) else answer


@planted("answer-schema", "getCapacity")
def extra_field(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """The answer has a field that the contract does not have."""
    answer = forward(request)
    return saying(answer, {**payload(answer), "debug": "x"}) if is_read(request, answer) else answer


@planted("answer-schema")
def unknown_status_word(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A status has a value that is not in the contract's list."""
    answer = forward(request)
    good = answer.status in (200, 201)
    return saying(answer, {**payload(answer), "status": "misplaced"}) if good else answer


@planted("answer-schema")
def local_time(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Times are written without their offset from UTC."""
    answer = forward(request)
    if answer.status not in (200, 201):
        return answer
    body = payload(answer)
    return saying(answer, {name: value[:-1] if name.endswith("At") else value for name, value in body.items()})


@planted("answer-schema")
def decimal_number(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A quantity is written as a number, which loses its digits on the way."""
    answer = forward(request)
    if answer.status not in (200, 201):
        return answer
    body = payload(answer)
    for line in body.get("lines", ()):
        line["quantity"]["value"] = float(line["quantity"]["value"])
    return saying(answer, body)


@planted("answer-schema", "listShipments")
def bare_list(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A list is answered as an array, without its page around it."""
    answer = forward(request)
    return saying(answer, payload(answer)["items"]) if is_read(request, answer) else answer


@planted("answer-schema", "getCapacity")
def cut_body(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """The answer ends in the middle of its JSON."""
    answer = forward(request)
    return plain(200, answer.body[:-5]) if is_read(request, answer) else answer


@planted("documented-media-type", "getCapacity")
def json_as_text(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """JSON is sent as text/plain."""
    answer = forward(request)
    return plain(200, answer.body, b"text/plain") if is_read(request, answer) else answer


@planted("documented-media-type", "getFulfilmentRequest")
def error_page(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """What is not found is answered with a page for people."""
    answer = forward(request)
    return plain(404, b"<h1>Not found</h1>", b"text/html") if answer.status == 404 else answer


@planted("documented-status")
def ok_for_created(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A creation is answered 200."""
    answer = forward(request)
    return saying(answer, payload(answer), 200) if created(answer) else answer


@planted("documented-status", "getFulfilmentRequest")
def teapot(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """What is not found is answered with a status that the contract does not name."""
    answer = forward(request)
    return saying(answer, {**payload(answer), "status": 418}, 418) if answer.status == 404 else answer


@planted("no-server-error")
def error_for_wrong_data(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A body that breaks the schema ends in a server error."""
    answer = forward(request)
    return saying(answer, {**payload(answer), "status": 500}, 500) if answer.status == 422 else answer
