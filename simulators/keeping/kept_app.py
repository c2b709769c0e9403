"""An app that answers only once what it did is kept."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from ..channels.http.exchange import Answer, App, Reply, Request
from .state_file import StateFileError

_LOST = b"the simulator can't keep what it did: its state file can't be written\n"


class KeptApp:
    """Implements `exchange.App` around another. `flush` may raise StateFileError; who asked then gets a 500, and never
    a word of what might be lost.
    """

    def __init__(self, app: App, flush: Callable[[], None], report: Callable[[str], None]) -> None:
        self._app = app
        self._flush = flush
        self._report = report

    def respond(self, request: Request) -> Reply:
        reply = self._app.respond(request)
        if reply is None or isinstance(reply, Answer):
            return self._kept(reply)
        return self._later(reply)

    def not_http(self, client: str) -> bytes:
        return self._app.not_http(client)

    def begin(self) -> None:
        self._app.begin()

    def end(self) -> None:
        self._app.end()

    async def _later(self, reply: Coroutine[Any, Any, Answer | None]) -> Answer | None:
        return self._kept(await reply)

    def _kept(self, answer: Answer | None) -> Answer | None:
        try:
            self._flush()
        except StateFileError as error:
            self._report(str(error))
            return Answer(500, _LOST, (), b"text/plain; charset=utf-8")
        return answer
