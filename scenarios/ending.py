"""What became of one order, as far as a scenario may expect something of it: plain facts, each with its proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Fact(NamedTuple):
    """What is so, in the parties' own word, and the journal number that proves it."""

    what: str
    seq: int


@dataclass(frozen=True, slots=True)
class Ending:
    """Of one order. `status` is by party (crm, erp), and so is `why`, the reason that it gives, where it gives one;
    `refused` is the last call about the order to which a party said no; `documents` by kind (invoice, shipment …), one
    fact for each; `cases` are named by their category, those that are `waiting` are not over; `arrived_after_h` is in
    business hours from the placing until the last parcel was there, None while it is not. `set_aside` are the dead
    letters that the layer lists of it, by the type of their event.
    """

    order_id: str
    placed: int
    status: Mapping[str, Fact]
    documents: Mapping[str, tuple[Fact, ...]]
    cases: tuple[Fact, ...]
    waiting: tuple[Fact, ...]
    set_aside: tuple[Fact, ...] = ()
    arrived_after_h: float | None = None
    arrived: int = 0
    why: Mapping[str, Fact] = field(default_factory=dict)
    refused: Fact | None = None
