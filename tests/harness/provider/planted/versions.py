"""Defects of versions and entity tags."""

from crossdock.simulators.channels.http.exchange import Answer, Request

from .plant import Forward, Memory, having, headed, is_read, payload, planted, saying

CASES = ("createCase", "getCase", "updateCase")


@planted("entity-tag", *CASES, kind="crm")
def tag_of_the_moment(request: Request, forward: Forward, memory: Memory) -> Answer:
    """Each reading has another ETag."""
    memory["reads"] = memory.get("reads", 1000) + 1
    return having(forward(request), b"etag", b'"%d"' % memory["reads"])


@planted("entity-tag", *CASES, kind="crm")
def tag_of_always(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """The ETag is the same for every version and object."""
    return having(forward(request), b"etag", b'"77"')


@planted("entity-tag")
def tag_stays_behind(request: Request, forward: Forward, memory: Memory) -> Answer:
    """The body shows what changed, the ETag does not."""
    answer = forward(request)
    if not is_read(request, answer):
        return answer
    memory["reads"] = memory.get("reads", 0) + 1
    return saying(answer, {**payload(answer), "revision": memory["reads"]})


@planted("stale-version", *CASES, kind="crm")
def version_ignored(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """If-Match is demanded, but nobody looks at it."""
    return forward(headed(request, b"if-match", b"*") if b"if-match" in request.headers else request)


@planted("stale-version", *CASES, kind="crm")
def stale_as_malformed(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A version that is gone is answered 400."""
    answer = forward(request)
    return saying(answer, {**payload(answer), "status": 400}, 400) if answer.status == 412 else answer
