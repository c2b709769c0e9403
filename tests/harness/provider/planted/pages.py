"""Defects of lists."""

from urllib.parse import parse_qs, urlencode

from crossdock.simulators.channels.http.exchange import Answer, Request

from .plant import Forward, Memory, is_read, payload, planted, redone, saying

LIST = "listFulfilmentRequests"


def asked(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(request.query.decode("latin-1")).items()}


def asking(request: Request, query: dict[str, str]) -> Request:
    return redone(request, query=urlencode(query).encode())


@planted("pagination", LIST)
def one_too_far(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Each page but the first begins one item too far."""
    answer = forward(request)
    if not is_read(request, answer) or "cursor" not in asked(request):
        return answer
    page = payload(answer)
    return saying(answer, {**page, "items": page["items"][1:]})


@planted("pagination", LIST)
def one_twice(request: Request, forward: Forward, memory: Memory) -> Answer:
    """Each page but the first begins with the last item of the one before."""
    answer = forward(request)
    if not is_read(request, answer):
        return answer
    page = payload(answer)
    last = memory.get("last", [])
    memory["last"] = page["items"][-1:]
    return saying(answer, {**page, "items": [*last, *page["items"]]}) if "cursor" in asked(request) else answer


@planted("pagination", LIST)
def limit_ignored(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A page is as long as the provider likes."""
    query = asked(request)
    return forward(asking(request, query | {"limit": "50"}) if query.get("limit") == "2" else request)


@planted("pagination", LIST)
def cursor_ignored(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """Whatever the cursor, the first page comes."""
    answer = forward(request)
    query = {name: value for name, value in asked(request).items() if name != "cursor"}
    return forward(asking(request, query)) if is_read(request, answer) else answer


@planted("pagination", LIST)
def order_by_page(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """The items of a page come in no order of the list."""
    answer = forward(request)
    if not is_read(request, answer) or asked(request).get("limit") != "2":
        return answer
    page = payload(answer)
    return saying(answer, {**page, "items": page["items"][::-1]})


@planted("pagination", LIST)
def ends_early(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """The first page says that there is no other."""
    answer = forward(request)
    return saying(answer, {**payload(answer), "nextCursor": None}) if is_read(request, answer) else answer


@planted("pagination", LIST)
def any_cursor(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """A cursor that was made up is taken for the beginning."""
    answer = forward(request)
    query = {name: value for name, value in asked(request).items() if name != "cursor"}
    made_up = answer.status == 400 and b"invalid-cursor" in answer.body
    return forward(asking(request, query)) if made_up else answer
