"""The operations that a layer offers to whoever runs it (contracts/layer/v1): each use is an exchange in the
journal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import msgspec

from ..contracts.openapi import api
from ..scenarios import erp_table
from ..scenarios.erp_table import ErpRow
from ..scenarios.layer import PARTY, DeadLetter, NotAnswered
from ..simulators.clock import Clock
from ..simulators.journal import Kind
from ..simulators.transport import NotDelivered
from ..simulators.world import World
from .layer_line import HttpLine, Line, wanted
from .set_aside import LIST, REPLAY, SET_ASIDE
from .target import Recovery

HEALTH, DRAIN, SET_ERPS = "getHealth", "drain", "setErps"
PATIENCE_S = 30.0
PAGES_AT_MOST = 100


class Letter(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """A dead letter as the layer tells of it; the rest is for people."""

    dead_letter_id: str
    reason: str
    status: str
    order_id: str = ""
    subject: str = ""


class Page(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """A page of the list."""

    items: tuple[Letter, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of an operation, and about which order."""

    name: str
    method: str
    url: str
    order_id: str = ""
    body: bytes = b""
    page: int = 0


class LayerOperations:
    """Of one layer, at the addresses that `recovery` names, and at `erps`, which want `token`; `line` leads there, on
    sockets where none is given.
    """

    def __init__(
        self, world: World, recovery: Recovery, erps: str = "", line: Line | None = None, token: str = ""
    ) -> None:
        self._world, self._recovery, self._erps, self._token = world, recovery, erps, token
        self._line: Line = line or HttpLine()

    @property
    def clock(self) -> Clock:
        """That of the world."""
        return self._world.clock

    async def health(self) -> int | None:
        """How many messages are set aside, by what it says of its health; None where it says nothing of that.

        Raises: NotAnswered, also when it is not well.
        """
        told: int | None = (await self._answer(Asked(HEALTH, "GET", self._recovery.health))).get("deadLetters")
        return told

    async def dead_letters(self, order_id: str = "") -> Sequence[DeadLetter]:
        """All pages of the list, or what is about one order. Raises: NotAnswered."""
        found: list[DeadLetter] = []
        cursor: str | None = ""
        for number in range(PAGES_AT_MOST):
            url = _with_cursor(self._recovery.dead_letters, cursor or "")
            page = msgspec.convert(await self._answer(Asked(LIST, "GET", url, order_id, page=number)), Page)
            found.extend(letter for each in page.items if order_id in ("", (letter := self._letter(each)).order_id))
            cursor = page.next_cursor
            if cursor is None:
                return found
        raise NotAnswered(
            f"{self._recovery.dead_letters}: more than {PAGES_AT_MOST} pages, or it goes round in circles"
        )

    async def replay(self, letter: DeadLetter) -> DeadLetter:
        """Raises: NotAnswered."""
        url = self._recovery.replay.replace("{id}", letter.letter_id)
        answer = await self._answer(Asked(REPLAY, "POST", url, letter.order_id))
        return self._letter(msgspec.convert(answer, Letter))

    async def drain(self, within_s: float) -> int:
        """Raises: NotAnswered."""
        body = msgspec.json.encode({"timeoutS": within_s})
        answer = await self._answer(Asked(DRAIN, "POST", self._recovery.drain, body=body), within_s + PATIENCE_S)
        return int(answer["pending"])

    async def set_erps(self, rows: Sequence[ErpRow]) -> None:
        """Raises: NotAnswered, also when it goes by another table than it was told."""
        body = msgspec.json.encode(erp_table.written(rows))
        taken = erp_table.read(await self._answer(Asked(SET_ERPS, "PUT", self._erps, body=body)))
        if set(taken) != set(rows):
            raise NotAnswered(f"PUT {self._erps}: it goes by another table than it was told")

    async def close(self) -> None:
        await self._line.close()

    def _letter(self, told: Letter) -> DeadLetter:
        order_id = told.order_id or self._world.lineage.order_of(told.subject)
        return DeadLetter(told.dead_letter_id, order_id, told.reason, told.status == SET_ASIDE)

    def _orders(self, letters: Sequence[Any]) -> dict[str, str]:
        """Dead letter → the CRM order that it is about, of those of which anybody can tell."""
        known = (self._letter(msgspec.convert(letter, Letter)) for letter in letters)
        return {letter.letter_id: letter.order_id for letter in known if letter.order_id}

    async def _answer(self, asked: Asked, patience_s: float = PATIENCE_S) -> Any:
        """The body of its answer, as the contract has it. Raises: NotAnswered."""
        exchange = self._write(asked, "invoke", 0, {"method": asked.method, "url": asked.url})
        try:
            status, body = await self._line.ask(asked.method, asked.url, asked.body, patience_s, token=self._token)
        except NotDelivered as error:
            kind: Kind = "fail" if error.definite else "info"
            raise self._unusable(asked, kind, exchange, str(error), {}) from error
        detail: dict[str, object] = {"status": status}
        if problem := _problem(asked.name, status, body):
            detail["text"] = body[:1000].decode("utf-8", "replace")
            raise self._unusable(asked, "fail", exchange, problem, detail)
        detail["body"] = content = msgspec.json.decode(body)
        if asked.name in (LIST, REPLAY):
            detail |= {
                "page": asked.page,
                "orders": self._orders(content["items"] if asked.name == LIST else [content]),
            }
        self._write(asked, "ok", exchange, detail)
        return content

    def _unusable(
        self, asked: Asked, kind: Kind, exchange: int, problem: str, detail: Mapping[str, object]
    ) -> NotAnswered:
        self._write(asked, kind, exchange, {**detail, "problem": problem})
        return NotAnswered(f"{asked.method} {asked.url}: {problem}")

    def _write(self, asked: Asked, kind: Kind, exchange: int, detail: Mapping[str, object]) -> int:
        return self._world.journal.append(
            kind, PARTY, "people", asked.name, exchange=exchange, order_id=asked.order_id, detail=detail
        )


def _with_cursor(url: str, cursor: str) -> str:
    if not cursor:
        return url
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'cursor': cursor})}"


def _problem(name: str, status: int, body: bytes) -> str:
    """What is wrong with an answer, in words; "" when it is as the contract has it."""
    if problem := wanted(status):
        return problem
    contract = api("layer").operations[name].response(200)
    assert contract is not None, f"{name} answers with a document"
    try:
        content = msgspec.json.decode(body)
    except msgspec.DecodeError as error:
        return f"expected JSON: {error}"
    errors = contract.errors(content)
    return "; ".join(f"{error.pointer or '/'} {error.message}" for error in errors[:3])
