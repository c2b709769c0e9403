"""What a provider puts out for a partner: whole and at once, unless a fault has it otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from ...clock import Timer
from ...journal import Kind
from .interference import FileMessage, Placement
from .layout import Folder
from .path import check_new_name
from .provider import Provider
from .room import Room
from .status import FileRefused, Status
from .storage import Storage

# While it is written; the name is gone before the loop turns, so only somebody else's look at the disk can see it.
_ASIDE = ".deposit"


@dataclass(slots=True)
class Deposit:
    """A file that was put out; `fetched` once it is over for the partner."""

    exchange: int
    octets: int
    sha256: str
    order_id: str
    fetched: bool = False


class Outgoing:
    """The files that one partner is to fetch."""

    def __init__(self, provider: Provider, storage: Storage, room: Room, partner: str) -> None:
        self._provider = provider
        self._storage = storage
        self._room = room
        self._partner = partner
        self._deposits: dict[str, Deposit] = {}
        self._timers: dict[int, Timer] = {}
        self._timed = 0

    def deposit(
        self, folder: Folder, name: str, content: bytes, *, order_id: str, correlation: str, replace: bool
    ) -> int:
        """Raises: FileRefused."""
        path = self._path(folder, name)
        if not replace and self._storage.find(path) is not None:
            raise FileRefused(Status.FAILURE, f"{path} is there already; choose another name, or replace it")
        sha256 = hashlib.sha256(content).hexdigest()
        record = self._provider.record
        exchange = record.begun(
            "deposit",
            self._partner,
            order_id=order_id,
            correlation=correlation,
            path=path,
            octets=len(content),
            sha256=sha256,
        )
        deposit = Deposit(exchange, len(content), sha256, order_id)
        message = FileMessage("out", self._provider.name, self._partner, "deposit", path, order_id=order_id)
        plan = self._provider.interference.deposit(message)
        if plan is None:
            self._place(path, content, deposit)
            return exchange
        for placement in plan.placements:
            record.struck(plan.fault, placement, self._partner, exchange, path=path, **_told(placement))
        if not plan.placements:
            record.struck(plan.fault, plan, self._partner, exchange, path=path)
        for placement in plan.placements:
            target = path if placement.name is None else self._path(folder, placement.name)
            self._at(placement.after, _place_as(self, target, content, placement, deposit))
        return exchange

    def find(self, path: str) -> Deposit | None:
        return self._deposits.get(path)

    def fetched(self, path: str, user: str, octets: int) -> None:
        """The partner has read so many octets of the file, all that it had."""
        deposit = self._deposits.get(path)
        if deposit is not None and octets == deposit.octets:
            self._end("ok", path, deposit, user, "download")

    def gone(self, path: str, user: str, by: str) -> None:
        """The partner removed or moved the file; whether it has it, nobody knows, unless it was fetched before."""
        if deposit := self._deposits.pop(path, None):
            self._end("info", path, deposit, user, by)

    def pending(self) -> int:
        """How many files are still to appear."""
        return len(self._timers)

    def close(self) -> None:
        """What has not appeared never will."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    def place(self, path: str, content: bytes, placement: Placement, deposit: Deposit) -> None:
        """Have a file appear as the fault wants it. There is nobody to tell that it does not fit."""
        try:
            head = content if placement.octets is None else content[: placement.octets]
            self._place(path, head, deposit)
            if placement.rest_after is not None:
                self._at(placement.rest_after, lambda: self._append(path, content[len(head) :]))
        except FileRefused as refused:
            self._provider.report(f"{self._provider.name}, {path} for {self._partner}: {refused}")

    def _end(self, kind: Kind, path: str, deposit: Deposit, user: str, by: str) -> None:
        if not deposit.fetched:
            deposit.fetched = True
            self._provider.record.ended(
                kind, "deposit", user, deposit.exchange, order_id=deposit.order_id, path=path, by=by
            )

    def _path(self, folder: Folder, name: str) -> str:
        path = f"{folder.path}/{name}"
        if "/" in name or name in ("", ".", "..") or len(name.encode()) > self._provider.limits.name_octets:
            raise FileRefused(Status.FAILURE, f"{name!r} can't be the name of a file")
        check_new_name(path, self._provider.limits)
        return path

    def _place(self, path: str, content: bytes, deposit: Deposit) -> None:
        self._room.grow(len(content), len(content))
        try:
            self._room.take_file()
        except FileRefused:
            self._room.shrink(len(content))
            raise
        aside = path.rpartition("/")[0] + "/" + _ASIDE
        file = self._storage.create(aside)
        file.write(0, content)
        file.mark(complete=True, mtime=self._provider.mtime())
        file.close()
        before = self._storage.find(path)
        self._storage.move(aside, path)
        if before is not None:
            self._room.give_back_file(before.octets)
        self._deposits[path] = deposit

    def _append(self, path: str, rest: bytes) -> None:
        found = self._storage.find(path)
        if found is None:
            return  # fetched and removed, half as it was
        self._room.grow(len(rest), found.octets + len(rest))
        file = self._storage.open(path)
        file.write(found.octets, rest)
        file.mark(complete=True, mtime=self._provider.mtime())
        file.close()

    def _at(self, seconds: float, call: Callable[[], None]) -> None:
        if seconds <= 0:
            call()
            return
        self._timed += 1
        number = self._timed

        def due() -> None:
            del self._timers[number]
            call()

        self._timers[number] = self._provider.clock.after(seconds, due)


def _place_as(
    outgoing: Outgoing, path: str, content: bytes, placement: Placement, deposit: Deposit
) -> Callable[[], None]:
    return lambda: outgoing.place(path, content, placement, deposit)


def _told(placement: Placement) -> dict[str, object]:
    """What differs from the normal."""
    values = {
        "after": placement.after or None,
        "name": placement.name,
        "cutTo": placement.octets,
        "restAfter": placement.rest_after,
    }
    return {name: value for name, value in values.items() if value is not None}
