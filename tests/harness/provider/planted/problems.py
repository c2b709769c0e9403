"""Defects of refusals."""

from crossdock.simulators.channels.http.exchange import JSON, Answer, Request

from .plant import Forward, Memory, payload, planted, saying


@planted("problem-document")
def problem_without_code(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Refusals have no code."""
    answer = forward(request)
    if answer.status < 400:
        return answer
    return saying(answer, {name: value for name, value in payload(answer).items() if name != "code"})


@planted("problem-document", "getFulfilmentRequest")
def problem_of_another_status(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """The document says 400, whatever the status of the answer is."""
    answer = forward(request)
    return saying(answer, {**payload(answer), "status": 400}) if answer.status == 404 else answer


@planted("problem-document", "getFulfilmentRequest")
def unknown_code(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """The code of a refusal is none of the contract's."""
    answer = forward(request)
    if answer.status != 404:
        return answer
    base = "https://contracts.crossdock.example/problems/"
    return saying(answer, {**payload(answer), "code": "no-luck", "type": f"{base}no-luck"})


@planted("problem-document")
def type_of_another_code(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """The type of a refusal does not end in its code."""
    answer = forward(request)
    base = "https://contracts.crossdock.example/problems/"
    return saying(answer, {**payload(answer), "type": f"{base}error"}) if answer.status >= 400 else answer


@planted("problem-document")
def problem_as_json(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Refusals have the media type application/json."""
    answer = forward(request)
    return saying(answer, payload(answer), media_type=JSON) if answer.status >= 400 else answer


@planted("problem-document")
def refused_with_400(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A body that breaks the schema is refused with 400, though its code comes with 422."""
    answer = forward(request)
    return saying(answer, {**payload(answer), "status": 400}, 400) if answer.status == 422 else answer


@planted("problem-document")
def error_in_a_word(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Refusals are {"error": …}."""
    answer = forward(request)
    return saying(answer, {"error": payload(answer)["detail"]}) if answer.status >= 400 else answer


@planted("problem-place", "createWebhookSubscription")
def no_errors(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A refusal does not say which field is wrong."""
    answer = forward(request)
    if answer.status != 422:
        return answer
    return saying(answer, {name: value for name, value in payload(answer).items() if name != "errors"})


@planted("problem-place", "createWebhookSubscription")
def pointer_by_dots(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Fields are named lines.0.sku, which is no JSON Pointer."""
    answer = forward(request)
    if answer.status != 422:
        return answer
    body = payload(answer)
    for error in body.get("errors", ()):
        error["pointer"] = error.get("pointer", "").lstrip("/").replace("/", ".") or "body"
    return saying(answer, body)


@planted("problem-place", "createWebhookSubscription")
def pointer_to_nowhere(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Pointers begin one level too high."""
    answer = forward(request)
    if answer.status != 422:
        return answer
    body = payload(answer)
    for error in body.get("errors", ()):
        error["pointer"] = "/request" + error.get("pointer", "")
    return saying(answer, body)


@planted("problem-place", "listFulfilmentRequests")
def parameter_by_another_name(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Parameters are named as they are called inside."""
    answer = forward(request)
    if answer.status != 400:
        return answer
    body = payload(answer)
    for error in body.get("errors", ()):
        error["parameter"] = "page_size"
    return saying(answer, body)
