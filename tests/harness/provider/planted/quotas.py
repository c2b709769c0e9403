"""Defects of who is turned away for now."""

from crossdock.simulators.channels.http.exchange import Answer, Request

from .plant import Forward, Memory, having, plain, planted, saying, without


@planted("quota", "getCapacity")
def too_fast_for_how_long(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """429 does not say for how long."""
    return without(forward(request), b"retry-after")


@planted("quota", "getCapacity")
def retry_after_in_words(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Retry-After is no number of seconds."""
    return having(forward(request), b"retry-after", b"soon")


@planted("quota", "getCapacity")
def too_fast_in_words(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """429 is a sentence, not a problem document."""
    answer = forward(request)
    if answer.status != 429:
        return answer
    return Answer(429, b"slow down", answer.headers, b"text/plain")


@planted("quota", "getCapacity")
def never_again(request: Request, forward: Forward, memory: Memory) -> Answer:
    """Who was once too fast is turned away for good, whatever Retry-After says."""
    answer = forward(request)
    if answer.status == 429:
        memory["turned away"] = answer
    turned_away: Answer = memory.get("turned away", answer)
    return turned_away


@planted("retry-after", "getCapacity")
def down_for_how_long(request: Request, forward: Forward, memory: Memory) -> Answer:
    """503 does not say for how long."""
    answer = forward(request)
    memory["calls"] = memory.get("calls", 0) + 1
    if memory["calls"] % 3:
        return answer
    code = "unavailable"
    told = {"title": "Not available", "detail": "down", "code": code, "status": 503}
    told["type"] = f"https://contracts.crossdock.example/problems/{code}"
    return saying(answer, told, 503, b"application/problem+json")


@planted("documented-media-type", "getCapacity")
def proxy_page(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A proxy in front answers whatever is read, with a page of its own."""
    return plain(200, b"<html>Welcome</html>", b"text/html") if request.method == "GET" else forward(request)
