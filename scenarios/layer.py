"""The layer under test as a scenario may reach it: its process, and the operations that it offers to whoever runs it.

A scenario only says what is to happen; who started the layer, and where its operations are, is the harness's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from .erp_table import ErpRow

PARTY = "layer"  # as the journal calls it

# What a layer may offer: that its process is ours to end and to start, and the operations that target.yaml names.
Offer = Literal["process", "dead-letters", "replay", "drain", "erps"]


@dataclass(frozen=True, slots=True)
class Downtime:
    """The layer's process ends `after_s` wire seconds from now, by SIGKILL or `gently` by SIGTERM, and is started again
    `for_s` later, with all that it had on disk. `cause` is the fault or action behind it.
    """

    cause: str
    for_s: float
    gently: bool = False
    after_s: float = 0.0


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that the layer has set aside. `order_id` is the CRM order that it is about, "" when nobody can tell;
    `is_set_aside` is false once it was replayed with success, or discarded.
    """

    letter_id: str
    order_id: str
    reason: str
    is_set_aside: bool


class NotAnswered(Exception):
    """An operation of the layer gave no usable answer; the journal has it, and so has whoever judges."""


class Layer(Protocol):
    """Every operation is an exchange in the journal."""

    @property
    def offers(self) -> frozenset[Offer]: ...

    @property
    def is_away(self) -> bool:
        """Whether its process has ended and is to come back."""

    def take_down(self, downtime: Downtime) -> None:
        """End its process at once. Nothing when it is away already."""

    async def dead_letters(self, order_id: str = "") -> Sequence[DeadLetter]:
        """All that it lists, or what is about one order. Raises: NotAnswered."""

    async def replay(self, letter: DeadLetter) -> DeadLetter:
        """Have it work on one again: as it is then. Raises: NotAnswered."""

    async def drain(self, within_s: float) -> int:
        """Have it work off what waits; how much is left. Raises: NotAnswered."""

    async def set_erps(self, rows: Sequence[ErpRow]) -> None:
        """Tell it by which ERP each region's orders are booked, and from when. Raises: NotAnswered."""


class NoLayer:
    """Nobody, or one that offers nothing."""

    offers: frozenset[Offer] = frozenset()
    is_away = False

    def take_down(self, downtime: Downtime) -> None:
        raise NotImplementedError(f"there is no process for {downtime.cause} to end")

    async def dead_letters(self, order_id: str = "") -> Sequence[DeadLetter]:
        raise NotAnswered("it offers no list of dead letters")

    async def replay(self, letter: DeadLetter) -> DeadLetter:
        raise NotAnswered("it offers no replay")

    async def drain(self, within_s: float) -> int:
        raise NotAnswered("it can't be drained")

    async def set_erps(self, rows: Sequence[ErpRow]) -> None:
        raise NotAnswered("it takes no table of ERPs")
