"""Defects of an answer's header fields."""

from crossdock.simulators.channels.http.exchange import Answer, Request

from .plant import Forward, Memory, created, having, planted, saying, without


@planted("answer-headers")
def no_etag(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Answers have no ETag, though the contract demands it."""
    return without(forward(request), b"etag")


@planted("answer-headers")
def bare_etag(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """The ETag is not quoted."""
    return having(forward(request), b"etag", b"1")


@planted("answer-headers")
def no_location(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A creation does not say where the object stands."""
    return without(forward(request), b"location")


@planted("location")
def location_of_nothing(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Location leads to where nothing is."""
    answer = forward(request)
    return having(answer, b"location", b"/v1/fulfilment-requests/FF-7K3F-999999") if created(answer) else answer


@planted("location")
def location_without_version(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Location leaves out the version of the API."""
    answer = forward(request)
    place = dict(answer.headers).get(b"location", b"").removeprefix(b"/v1")
    return having(answer, b"location", place) if created(answer) else answer


@planted("location", "createCase", "getCase", kind="crm")
def location_of_another(request: Request, forward: Forward, memory: Memory) -> Answer:
    """Location leads to the object that was created before."""
    answer = forward(request)
    if not created(answer):
        return answer
    place = dict(answer.headers)[b"location"]
    return having(answer, b"location", memory.setdefault("first", place))


@planted("correlation", "getCapacity")
def correlation_dropped(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """The correlation id does not come back."""
    answer = forward(request)
    request.correlation = ""
    return answer


@planted("correlation", "getCapacity")
def trace_dropped(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """The trace does not come back."""
    answer = forward(request)
    request.trace = ""
    return answer


@planted("correlation", "getCapacity")
def correlation_of_its_own(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """The provider puts a correlation id of its own in place of the caller's."""
    answer = forward(request)
    request.correlation = "CO-OWN-1"
    return answer


@planted("method-not-allowed", "getCapacity")
def every_method_served(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Methods that a path does not have are served."""
    answer = forward(request)
    return saying(answer, {}, 200, b"application/json") if answer.status == 405 else answer


@planted("method-not-allowed", "getCapacity")
def no_allow(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """405 comes without Allow."""
    return without(forward(request), b"allow")


@planted("allow", "getCapacity")
def allow_of_all(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Allow names methods that the path does not have."""
    return having(forward(request), b"allow", b"GET, POST, DELETE")
