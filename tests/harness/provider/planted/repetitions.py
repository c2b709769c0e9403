"""Defects in what a repetition does."""

from crossdock.simulators.channels.http.exchange import Answer, Request

from .plant import Forward, Memory, created, headed, payload, planted, saying, without

KEY = b"idempotency-key"
REPLAYED = b"idempotent-replayed"


def is_repetition(answer: Answer) -> bool:
    return (REPLAYED, b"true") in answer.headers


def another_key(request: Request, memory: Memory) -> Request:
    memory["keys"] = memory.get("keys", 0) + 1
    return headed(request, KEY, b"another-%d" % memory["keys"])


def is_reuse(answer: Answer) -> bool:
    return answer.status == 422 and b"idempotency-key-reused" in answer.body


@planted("repetition", "createCase", kind="crm")
def key_ignored(request: Request, forward: Forward, memory: Memory) -> Answer:
    """The key is ignored: each repetition creates something."""
    answer = forward(request)
    return forward(another_key(request, memory)) if is_repetition(answer) else answer


@planted("repetition", "createCase", kind="crm")
def repetition_unmarked(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A repetition is not marked as such."""
    return without(forward(request), REPLAYED)


@planted("repetition", "createCase", kind="crm")
def repetition_refused(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A repetition is refused as a duplicate, so the caller never learns what came of it."""
    answer = forward(request)
    if not is_repetition(answer):
        return answer
    code = "idempotency-key-in-flight"
    told = {"title": "t", "detail": "d", "code": code, "status": 409}
    told["type"] = f"https://contracts.crossdock.example/problems/{code}"
    return saying(answer, told, 409, b"application/problem+json")


@planted("repetition", "createCase", kind="crm")
def repetition_as_read(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A repetition is answered with 200."""
    answer = forward(request)
    return saying(answer, payload(answer), 200) if is_repetition(answer) else answer


@planted("repetition", "createCase", kind="crm")
def repetition_elsewhere(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """The answer to a repetition has no Location."""
    answer = forward(request)
    return without(answer, b"location") if is_repetition(answer) else answer


@planted("repetition", "createCase", kind="crm")
def repetition_in_part(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A repetition is answered with the id alone."""
    answer = forward(request)
    return saying(answer, {"caseId": payload(answer)["caseId"]}) if is_repetition(answer) else answer


@planted("reused-key", "createCase", kind="crm")
def reuse_answered_as_the_first(request: Request, forward: Forward, memory: Memory) -> Answer:
    """A key that comes again with another body gets the first one's answer."""
    answer = forward(request)
    if created(answer):
        memory[request.headers.get(KEY)] = answer
    return memory.get(request.headers.get(KEY), answer) if is_reuse(answer) else answer


@planted("reused-key", "createCase", kind="crm")
def reuse_carried_out(request: Request, forward: Forward, memory: Memory) -> Answer:
    """A key that comes again with another body is carried out."""
    answer = forward(request)
    return forward(another_key(request, memory)) if is_reuse(answer) else answer


@planted("reused-key", "createCase", kind="crm")
def reuse_as_conflict(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A key that comes again with another body is answered 409, as if one only had to wait."""
    answer = forward(request)
    return saying(answer, {**payload(answer), "status": 409}, 409) if is_reuse(answer) else answer
