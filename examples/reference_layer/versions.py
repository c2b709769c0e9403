"""Which version of its API each party is called by: the one that we were told, until it names a successor.

All workflows write requests as the first version has them; what another one says differently is turned here, on the
way out. A party that brings out a new version says in each answer of the old one what follows it (`Link`, RFC 5829) and
that the old one is to end (`Deprecation`, RFC 9745; `Sunset`, RFC 8594). There is nothing to wait for: by the time the
old version is gone nobody should call it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

FIRST = "v1"
GONE = "version-gone"
PERSON = ("name", "company", "phone", "email")
_SUCCESSOR = re.compile(r'<[^>]*/(v[0-9]+)/?>; *rel="?successor-version"?')


def _request_of_v2(body: dict[str, Any]) -> dict[str, Any]:
    """A fulfilment request: person and place apart, and what is agreed with the carrier together."""
    address = body["shipTo"]
    carriage = {"service": body["serviceLevel"]}
    if "requestedShipDate" in body:
        carriage["shipOn"] = body["requestedShipDate"]
    kept = {name: value for name, value in body.items() if name not in ("serviceLevel", "requestedShipDate")}
    return kept | {
        "consignee": {name: address[name] for name in PERSON if name in address},
        "shipTo": {name: value for name, value in address.items() if name not in PERSON},
        "carriage": carriage,
    }


# (version, method, path without the version) → what to make of the body of the first version
TURNED: Mapping[tuple[str, str, str], Callable[[dict[str, Any]], dict[str, Any]]] = {
    ("v2", "POST", "/fulfilment-requests"): _request_of_v2
}
SPOKEN = frozenset({FIRST, "v2"})


class Versions:
    """`told` is party → version, where it is not the first."""

    def __init__(self, told: Mapping[str, str]) -> None:
        self._spoken = dict(told)
        self._moved: dict[str, asyncio.Event] = {}

    def of(self, party: str) -> str:
        return self._spoken.get(party, FIRST)

    def path(self, party: str, path: str) -> str:
        """A path of the first version, under the one that is spoken."""
        return path.replace(f"/{FIRST}/", f"/{self.of(party)}/", 1)

    def body(self, party: str, method: str, path: str, body: bytes) -> bytes:
        """A body of the first version, as the one that is spoken has it."""
        turn = TURNED.get((self.of(party), method, path.removeprefix(f"/{FIRST}")))
        return body if turn is None else msgspec.json.encode(turn(msgspec.json.decode(body)))

    def heard(self, party: str, headers: Mapping[str, str]) -> None:
        """Go over to the successor that an answer names, if we speak it."""
        found = _SUCCESSOR.search(headers.get("link", ""))
        if found is not None and found[1] in SPOKEN and found[1] != self.of(party):
            self._spoken[party] = found[1]
            self._event(party).set()

    async def moved(self, party: str) -> None:
        """Wait until the party is called by another version than when this was last waited for."""
        await self._event(party).wait()
        self._event(party).clear()

    def _event(self, party: str) -> asyncio.Event:
        return self._moved.setdefault(party, asyncio.Event())
