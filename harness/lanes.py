"""Lanes: where things of many orders go through one after the other, so that one that can't may hold up the rest.

A lane is an effect (an operation) at one party. Something that a party refused for good is a poison; the lane is stuck
from then on until something else gets through. What is about no order that anybody could tell, as a file that can't be
read at all, is none: the very thing that is missing may stand in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from ..simulators.journal import Entry
from . import entry_detail

Lane: TypeAlias = tuple[str, str]
"""Operation and party."""
# Answers after which asking again is pointless: the party has decided. Others (401, 429, 5xx) ask for another try.
DECIDED = frozenset({"404", "409", "422"})
UNUSABLE = "unusable"
REQUEST = "createFulfilmentRequest"
# What E3 calls an effect that is missing → the operation by which it would have come about.
EFFECTS = {
    "order": "createSalesOrder",
    "release": REQUEST,
    "shipment": "confirmShipment",
    "bill": "createInvoice",
    "cancel": "cancelSalesOrder",
    "return": "createReturn",
    "announce": "createReturn",
    "receipt": "receiveReturn",
    "credit": "createCreditMemo",
}
# Such an operation → the workflow that it brings to its end (transaction.py).
WAITS = {
    "createSalesOrder": "intake",
    REQUEST: "release",
    "confirmShipment": "confirmation",
    "createInvoice": "billing",
    "cancelSalesOrder": "cancellation",
    "createReturn": "return",
    "receiveReturn": "receipt",
    "createCreditMemo": "credit",
}
IN_FLIGHT = "idempotency-key-in-flight"


@dataclass(frozen=True, slots=True)
class Poison:
    """What will never go through: what it is, in words, whose order, where the journal has it, and where the layer was
    told what it made of it (0 when nobody knows).
    """

    what: str
    order_id: str
    exchange: int
    told_at: int = 0


@dataclass(slots=True)
class Lanes:
    """One for all orders. `told_at`: order and workflow → where the journal has what still waits for its effect there,
    0 where nothing does.
    """

    told_at: Callable[[str, str], int] = field(compare=False)
    _stuck: dict[Lane, list[Poison]] = field(default_factory=dict)
    _first: dict[Lane, Poison] = field(default_factory=dict)

    def take(self, entry: Entry) -> bool:
        """A request of the layer was answered; whether it got through after a poison of another order."""
        if entry.name == UNUSABLE and entry.kind == "fail":
            self._poisoned((REQUEST, entry.party), entry)
        elif entry.name in WAITS:
            lane = (entry.name, entry.party)
            if entry.kind != "fail":
                return self._passed(lane, entry.order_id)
            if is_decided(entry):
                self._poisoned(lane, entry)
        return False

    def _poisoned(self, lane: Lane, entry: Entry) -> None:
        if not entry.order_id:
            return
        what = f"{lane[0]} of {entry.order_id} at {entry.party}"
        poison = Poison(what, entry.order_id, entry.exchange, self.told_at(entry.order_id, WAITS[lane[0]]))
        self._first.setdefault(lane, poison)
        stuck = self._stuck.setdefault(lane, [])
        if all(known.order_id != poison.order_id for known in stuck):
            stuck.append(poison)

    def _passed(self, lane: Lane, order_id: str) -> bool:
        self._stuck.pop(lane, None)
        before = self._first.get(lane)
        return before is not None and before.order_id != order_id

    def ahead(self, kind: str, party: str, order_id: str, told_at: int) -> Poison | None:
        """The first poison of another order behind which an effect of this one at a party may wait; `kind` is what E3
        calls it, `told_at` where the journal has its cause. What was refused itself waits behind nobody, and nothing
        waits behind what the layer was told later.
        """
        operation = EFFECTS.get(kind)
        if operation is None or not self._stuck:
            return None
        stuck = self._stuck.get((operation, party), ())
        if any(poison.order_id == order_id for poison in stuck):
            return None
        return next((poison for poison in stuck if poison.told_at < told_at), None)

    @property
    def stuck(self) -> bool:
        """Whether anything may wait behind anything."""
        return bool(self._stuck)


def is_decided(entry: Entry) -> bool:
    """Whether a call that failed was answered with a no that stands, however often it is made."""
    return entry_detail.text(entry, "status") in DECIDED and _code(entry) != IN_FLIGHT


def _code(entry: Entry) -> str:
    """The code of the problem with which a request was answered."""
    body = entry_detail.member(entry, "body")
    return str(body.get("code", "")) if isinstance(body, dict) else entry_detail.text(entry, "code")
