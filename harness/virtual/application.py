"""An ASGI application served in process: its lifespan, and requests without a socket (https://asgi.readthedocs.io)."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, TextIO, TypeAlias

from ...simulators.virtual.wire import HOST

Message: TypeAlias = MutableMapping[str, Any]
AsgiApp: TypeAlias = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]
Headers: TypeAlias = list[tuple[str, str]]
VERSIONS = {"version": "3.0", "spec_version": "2.4"}
SERVER_ERROR = (500, [("content-type", "text/plain")], b"Internal Server Error")


class StartFailed(Exception):
    """The application says that it can't start, or doesn't say that it has; with its reason."""


class Application:
    """Serves one app on the running loop. `log` takes the traces of what it lets escape."""

    def __init__(self, app: AsgiApp, port: int, log: TextIO) -> None:
        self._app = app
        self._port = port
        self._log = log
        self._state: dict[str, Any] = {}
        self._lifespan: _Lifespan | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self, within_s: float) -> None:
        """Raises: StartFailed."""
        self._lifespan = _Lifespan(self._app, self._state)
        try:
            async with asyncio.timeout(within_s):
                await self._lifespan.tell("startup")
        except TimeoutError:
            raise StartFailed(f"its lifespan did not say within {within_s:g} s that it has started") from None

    async def stop(self, within_s: float) -> None:
        """What is still under way is called off."""
        if self._lifespan is not None:
            try:
                async with asyncio.timeout(within_s):
                    await self._lifespan.tell("shutdown")
            except (TimeoutError, StartFailed) as error:
                self._log.write(f"shutdown: {type(error).__name__} {error}\n")
            await self._lifespan.end()
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def ask(
        self, method: str, path: str, query: str, headers: Iterable[tuple[str, str]], body: bytes
    ) -> tuple[int, Headers, bytes]:
        """One request; `path` is percent-encoded. Whoever is cancelled while it waits has hung up.

        Raises: ConnectionResetError when the app breaks off in the middle of its answer.
        """
        exchange = _Exchange(body)
        task = asyncio.get_running_loop().create_task(self._serve(exchange, self._scope(method, path, query, headers)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            return await exchange.answer
        finally:
            exchange.gone.set()

    async def _serve(self, exchange: _Exchange, scope: Message) -> None:
        try:
            await self._app(scope, exchange.receive, exchange.send)
        except Exception:
            self._log.write(traceback.format_exc())
        finally:
            exchange.close()

    def _scope(self, method: str, path: str, query: str, headers: Iterable[tuple[str, str]]) -> Message:
        from urllib.parse import unquote

        return {
            "type": "http",
            "asgi": VERSIONS,
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
            "client": (HOST, 1),
            "server": (HOST, self._port),
            "state": dict(self._state),
            "extensions": {},
        }


class _Exchange:
    """One request and its answer."""

    def __init__(self, body: bytes) -> None:
        self.answer: asyncio.Future[tuple[int, Headers, bytes]] = asyncio.get_running_loop().create_future()
        self.gone = asyncio.Event()
        self._body: bytes | None = body
        self._start: Message | None = None
        self._parts: list[bytes] = []

    async def receive(self) -> Message:
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        elif message["type"] == "http.response.body":
            self._parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                self._settle()

    def close(self) -> None:
        """The app is done with it."""
        if self.answer.done():
            return
        if self._start is None:
            self.answer.set_result(SERVER_ERROR)
        else:
            self.answer.set_exception(ConnectionResetError("the answer broke off"))

    def _settle(self) -> None:
        if self._start is not None and not self.answer.done():
            fields = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in self._start["headers"]]
            self.answer.set_result((self._start["status"], fields, b"".join(self._parts)))


class _Lifespan:
    """The app's life as it is told of it. One that knows nothing of lifespans has none, as the specification says."""

    def __init__(self, app: AsgiApp, state: dict[str, Any]) -> None:
        self._said: asyncio.Queue[Message] = asyncio.Queue()
        self._asked: asyncio.Queue[Message] = asyncio.Queue()
        scope = {"type": "lifespan", "asgi": VERSIONS, "state": state}
        self._life = asyncio.ensure_future(app(scope, self._asked.get, self._said.put))
        self._unknown = False

    async def tell(self, what: str) -> None:
        """Have it start up or shut down. Raises: StartFailed when it says that it can't."""
        if self._unknown:
            return
        self._asked.put_nowait({"type": f"lifespan.{what}"})
        said = asyncio.ensure_future(self._said.get())
        try:
            await asyncio.wait((said, self._life), return_when=asyncio.FIRST_COMPLETED)
            if not said.done():
                self._unknown = True
                return
            answer = said.result()
        finally:
            said.cancel()
        if answer["type"].endswith(".failed"):
            raise StartFailed(f"it says: {answer.get('message') or 'nothing more'}")

    async def end(self) -> None:
        self._life.cancel()
        await asyncio.gather(self._life, return_exceptions=True)
