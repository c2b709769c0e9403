"""The layer's ports for tests: a clock that jumps instead of waiting, and answers that were written down before."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import msgspec

from crossdock.examples.reference_layer.ports import Received, Response
from crossdock.examples.reference_layer.settings import SYSTEMS, Inlet, Party, Settings
from crossdock.examples.reference_layer.warehouses import ApiWarehouse

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr"


@dataclass
class VirtualTiming:
    """Sleeping moves the clock; `slept` tells by how much each time."""

    now: float = 1_000.0
    chance: float = 0.5
    slept: list[float] = field(default_factory=list)

    def unix(self) -> float:
        return 1_772_000_000.0 + self.now

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)

    def random(self) -> float:
        return self.chance


@dataclass(frozen=True)
class Sent:
    """A request as it went out."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


Reply = Response | Exception | Callable[[Sent], Response]


class Scripted:
    """Answers requests in the order of the script, tokens apart; the last answer is given for ever."""

    def __init__(self, *script: Reply) -> None:
        self.script = list(script)
        self.sent: list[Sent] = []
        self.tokens = 0

    async def request(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        if url.endswith("/oauth/token"):
            self.tokens += 1
            return answer(200, {"access_token": f"token-{self.tokens}", "expires_in": 1800})
        sent = Sent(method, url, dict(headers), body)
        self.sent.append(sent)
        reply = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(reply, Exception):
            raise reply
        return reply if isinstance(reply, Response) else reply(sent)

    async def close(self) -> None:
        pass


@dataclass
class Folders:
    """A partner's folders in memory. `troubles` are raised by the next calls, one each."""

    outbound: dict[str, bytes] = field(default_factory=dict)
    inbound: dict[str, bytes] = field(default_factory=dict)
    archive: dict[str, bytes] = field(default_factory=dict)
    troubles: list[Exception] = field(default_factory=list)
    puts: list[str] = field(default_factory=list)

    async def names(self, partner: str) -> list[str]:
        self._trouble()
        return list(self.outbound)

    async def fetch(self, partner: str, name: str) -> bytes:
        self._trouble()
        return self.outbound[name]

    async def finish(self, partner: str, name: str) -> None:
        self._trouble()
        self.archive[name] = self.outbound.pop(name)

    async def put(self, partner: str, name: str, content: bytes) -> None:
        self._trouble()
        self.puts.append(name)
        self.inbound[name] = content

    async def close(self) -> None:
        pass

    def _trouble(self) -> None:
        if self.troubles:
            raise self.troubles.pop(0)


@dataclass
class Taken:
    """A message in the layer's hands; `fate` is what the layer did with it."""

    headers: Mapping[str, str]
    body: bytes
    fate: str = ""

    async def acknowledge(self) -> None:
        self.fate = "acknowledged"

    async def refuse(self, reason: str) -> None:
        self.fate = f"refused: {reason}"


@dataclass
class Shelves:
    """A broker in memory: `standing` are messages by queue, `sent` what the layer has put. `troubles` are raised by the
    next calls, one each.
    """

    standing: dict[str, list[Taken]] = field(default_factory=dict)
    sent: list[tuple[str, Mapping[str, str], bytes]] = field(default_factory=list)
    troubles: list[Exception] = field(default_factory=list)

    async def receive(self, inlet: Inlet) -> list[Received]:
        self._trouble()
        return list(self.standing.pop(inlet.queue, []))

    async def put(self, address: str, headers: Mapping[str, str], body: bytes) -> None:
        self._trouble()
        self.sent.append((address, headers, body))

    async def close(self) -> None:
        pass

    def _trouble(self) -> None:
        if self.troubles:
            raise self.troubles.pop(0)


WAREHOUSES_WITH_AN_API = {name: ApiWarehouse(name) for name in ("east", "west")}


def answer(status: int, content: object = None, **headers: str) -> Response:
    """A JSON answer; header names are written with underscores."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, names, b"" if content is None else msgspec.json.encode(content))


def refusal(status: int, code: str) -> Response:
    return answer(status, {"code": code, "detail": "for the test"})


def settings(**changes: object) -> Settings:
    parties = {
        name: Party(name, f"http://{name}.test", "layer", "s3cret", SECRET) for name in (*SYSTEMS, "east", "west")
    }
    return replace(Settings(parties=parties, database=":memory:"), **changes)  # type: ignore[arg-type]  # by name
