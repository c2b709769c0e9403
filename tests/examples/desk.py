"""One order, customer or item at the reference layer: hands events to a workflow, and keeps what it sent."""

import itertools
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from crossdock.examples.reference_layer.documents import Event, Knowledge
from crossdock.examples.reference_layer.job import Job
from crossdock.examples.reference_layer.layer import Parts
from crossdock.examples.reference_layer.ports import Response
from crossdock.examples.reference_layer.store import Message
from crossdock.examples.reference_layer.worker import Handler
from crossdock.tests.examples.conftest import MakeCalls
from crossdock.tests.examples.virtual import WAREHOUSES_WITH_AN_API, Scripted, Sent, answer, settings


class Desk:
    """`replies` are by method and path (`GET erp/v1/items/A`), the content of a 200 or a whole answer; anything else is
    taken with 201.
    """

    def __init__(self, make_calls: MakeCalls, order: Knowledge | None = None, **replies: object) -> None:
        self.http = Scripted(self._reply)
        self.calls, self.order, self.parts = make_calls(self.http), order or Knowledge(), Parts()
        self.replies: dict[str, object] = dict(replies)
        self._numbers = itertools.count(1)

    def _reply(self, sent: Sent) -> Response:
        reply = self.replies.get(f"{sent.method} {place(sent)}")
        if isinstance(reply, Response):
            return reply
        if reply is not None:
            return answer(200, reply)
        if sent.method == "GET":
            return answer(200, {"items": []})
        return answer(201, {"caseId": "CASE-1", "rmaId": "RMA-1"})

    async def take(self, handler: Handler, party: str, data: Mapping[str, Any], *, replays: int = 0) -> None:
        """Raises: what the workflow raises."""
        event = Event(id=f"EV-{next(self._numbers)}", source=f"/parties/{party}", type="t", data=dict(data))
        message = Message(1, party, event.id, "CO-1", b"", replays=replays)
        await handler.handle(
            Job(message, event, self.order, self.calls, WAREHOUSES_WITH_AN_API, self.parts, settings())
        )

    def sent(self, what: str) -> list[Any]:
        """The bodies of what was sent by this method to this place (`POST erp/v1/invoices`)."""
        return [msgspec.json.decode(each.body) for each in self.http.sent if f"{each.method} {place(each)}" == what]

    def asked(self) -> list[str]:
        """All that was sent but look-ups, as method and place."""
        return [f"{each.method} {place(each)}" for each in self.http.sent if each.method != "GET"]


def place(sent: Sent) -> str:
    """`http://erp.test/v1/invoices?x=1` → `erp/v1/invoices`"""
    url = urlsplit(sent.url)
    return f"{url.netloc.partition('.')[0]}{url.path}"


def pieces(value: int, uom: str = "EA") -> dict[str, str]:
    return {"value": str(value), "uom": uom}
