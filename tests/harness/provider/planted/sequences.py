"""Defects that take more than one call to be seen."""

from crossdock.simulators.channels.http.exchange import Answer, Request

from .plant import Forward, Memory, created, payload, planted, saying

SUBSCRIPTIONS = ("createWebhookSubscription", "getWebhookSubscription", "deleteWebhookSubscription")


def not_found(answer: Answer) -> Answer:
    told = {"title": "Not found", "detail": "gone", "code": "not-found", "status": 404}
    told["type"] = "https://contracts.crossdock.example/problems/not-found"
    return saying(Answer(404, b"{}"), told, 404, b"application/problem+json")


@planted("gone-is-gone", *SUBSCRIPTIONS)
def deleted_in_words(request: Request, forward: Forward, _memory: Memory) -> Answer:
    """What was deleted is still there."""
    if request.method != "DELETE":
        return forward(request)
    there = forward(Request("GET", request.path, b"", request.headers, b""))
    return Answer(204, b"") if there.status == 200 else there


@planted("created-is-there", "createCase", "getCase", kind="crm")
def created_in_words(request: Request, forward: Forward, memory: Memory) -> Answer:
    """What was created is not there."""
    answer = forward(request)
    if created(answer):
        memory[payload(answer)["caseId"]] = True
    return not_found(answer) if request.method == "GET" and request.path.rpartition("/")[2] in memory else answer


@planted("location", "createCase", "getCase", kind="crm")
def created_later(request: Request, forward: Forward, memory: Memory) -> Answer:
    """What was created can be read only at the second try."""
    answer = forward(request)
    if request.method == "GET" and answer.status == 200 and request.path not in memory:
        memory[request.path] = True
        return not_found(answer)
    return answer
