"""Defects in who is let in."""

from crossdock.simulators.channels.http.exchange import Answer, Request

from .plant import Forward, Memory, headed, payload, planted, saying, without

AUTHORIZATION = b"authorization"


def as_us(request: Request, forward: Forward, memory: Memory) -> Answer:
    """Carried out as the last caller who came in rightly; what is refused stays so until one has."""
    answer = forward(request)
    if answer.status in (401, 403) and "token" in memory:
        return forward(headed(request, AUTHORIZATION, memory["token"]))
    if answer.status < 300 and AUTHORIZATION in request.headers:
        memory["token"] = request.headers[AUTHORIZATION]
    return answer


def scheme(request: Request) -> bytes:
    return request.headers.get(AUTHORIZATION, b"").partition(b" ")[0]


@planted("credentials", "getCapacity")
def open_to_all(request: Request, forward: Forward, memory: Memory) -> Answer:
    """Nobody is asked who they are."""
    return as_us(request, forward, memory)


@planted("credentials", "getCapacity")
def open_without_a_token(request: Request, forward: Forward, memory: Memory) -> Answer:
    """A token is looked at only when there is one."""
    return _kept(request, forward, memory) if AUTHORIZATION in request.headers else as_us(request, forward, memory)


@planted("credentials", "getCapacity")
def any_token(request: Request, forward: Forward, memory: Memory) -> Answer:
    """Any token will do, nobody looks it up."""
    return (
        as_us(request, forward, memory)
        if b"unknown" in request.headers.get(AUTHORIZATION, b"")
        else _kept(request, forward, memory)
    )


@planted("credentials", "getCapacity")
def tokens_for_ever(request: Request, forward: Forward, memory: Memory) -> Answer:
    """A token is good for ever."""
    answer = _kept(request, forward, memory)
    expired = answer.status == 401 and b"has expired" in answer.body
    return as_us(request, forward, memory) if expired else answer


@planted("credentials", "getCapacity")
def any_scheme(request: Request, forward: Forward, memory: Memory) -> Answer:
    """The token is taken by whatever scheme it comes."""
    return as_us(request, forward, memory) if scheme(request) == b"Digest" else _kept(request, forward, memory)


@planted("credentials", "getCapacity")
def forbidden_for_unauthenticated(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Who shows no token is answered 403."""
    answer = forward(request)
    return saying(answer, {**payload(answer), "status": 403}, 403) if answer.status == 401 else answer


@planted("credentials", "getCapacity")
def no_challenge(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """401 does not say how to come in."""
    return without(forward(request), b"www-authenticate")


@planted("foreign-token", "getCapacity")
def tenants_mixed_up(request: Request, forward: Forward, memory: Memory) -> Answer:
    """A token that is good for another tenant is good here."""
    answer = _kept(request, forward, memory)
    stranger = answer.status == 401 and scheme(request) == b"Bearer" and b"unknown" in answer.body
    made_up = b"unknown" in request.headers.get(AUTHORIZATION, b"")
    return as_us(request, forward, memory) if stranger and not made_up else answer


@planted("scope", "getCapacity")
def scopes_ignored(request: Request, forward: Forward, memory: Memory) -> Answer:
    """Any token opens everything, whatever its scope."""
    answer = _kept(request, forward, memory)
    return as_us(request, forward, memory) if answer.status == 403 else answer


@planted("scope", "getCapacity")
def scope_as_unauthenticated(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A token that lacks the scope is answered 401, so callers get a new one for ever."""
    answer = forward(request)
    return saying(answer, {**payload(answer), "status": 401}, 401) if answer.status == 403 else answer


@planted("scope", "createFulfilmentRequest")
def reading_opens_writing(request: Request, forward: Forward, memory: Memory) -> Answer:
    """A token for reading opens writing."""
    answer = _kept(request, forward, memory)
    return as_us(request, forward, memory) if answer.status == 403 and request.method == "POST" else answer


def _kept(request: Request, forward: Forward, memory: Memory) -> Answer:
    """The true answer; the token of who came in is remembered."""
    answer = forward(request)
    if answer.status < 300 and AUTHORIZATION in request.headers:
        memory["token"] = request.headers[AUTHORIZATION]
    return answer
