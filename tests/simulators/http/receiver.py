"""A webhook receiver on a real socket, as somebody else's layer would be one."""

from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec
from aiohttp import web


@dataclass(frozen=True)
class Delivery:
    """A delivery as it arrived; header names in lower case."""

    headers: Mapping[str, str]
    body: bytes

    @property
    def event(self) -> Any:
        return msgspec.json.decode(self.body)


@dataclass
class Receiver:
    """Answers with the given statuses one after the other, then with 204."""

    url: str = ""
    answers: deque[tuple[int, dict[str, str]]] = field(default_factory=deque)
    deliveries: list[Delivery] = field(default_factory=list)

    def answer(self, *statuses: int, **headers: str) -> None:
        self.answers.extend((status, {k.replace("_", "-"): v for k, v in headers.items()}) for status in statuses)

    def types(self) -> list[str]:
        return [delivery.event["type"] for delivery in self.deliveries]

    async def handle(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.deliveries.append(Delivery(headers, await request.read()))
        status, answered = self.answers.popleft() if self.answers else (204, {})
        return web.Response(status=status, headers=answered)


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/events", receiver.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    listening = web.TCPSite(runner, "127.0.0.1", 0)
    await listening.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/events"
    try:
        yield receiver
    finally:
        await runner.cleanup()
