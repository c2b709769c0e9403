"""What a fault is: a small class with typed parameters, addressed to messages of some orders.

A fault only says what is to happen to a message; the simulators make it happen and write it into the journal. The
docstring of each is what `crossdock explain fault ID` prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import msgspec

from ..contracts.registry import Registry
from ..simulators.interference import Message, RequestEffect, Sendings
from ..simulators.world import World
from .address import Address
from .layer import Offer

Problem = tuple[str, str]
"""A field of the fault, and a sentence that leaves its name out."""


class Fault(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Base of all faults. `order` names the order of the scenario that is struck, "" all of them. `evadable` ones need
    not strike: a layer that is careful enough never comes to the message, and is no worse for it.

    `exclusive` faults hit more than their own orders, so their scenario runs alone; `once` ones strike one message
    only, whichever order's comes first. `channels` are those on which it can strike a warehouse; empty: all of them.
    `needs` is what the layer must offer for it. `on_broker` ones strike the broker itself, `on_the_wire` ones between
    the layer and the parties (wire_fault.py). `not_in_virtual_time` says why it can strike over sockets only, "" where
    it can in both. `by_webhook` ones strike events only where they are told by webhook.
    """

    exclusive: ClassVar[bool] = False
    once: ClassVar[bool] = False
    channels: ClassVar[frozenset[str]] = frozenset()
    needs: ClassVar[frozenset[Offer]] = frozenset()
    not_in_virtual_time: ClassVar[str] = ""
    by_webhook: ClassVar[bool] = False
    on_broker: ClassVar[bool] = False
    on_the_wire: ClassVar[bool] = False

    order: str = ""
    evadable: bool = False

    def contradictions(self) -> Iterator[Problem]:
        """What of its parameters does not go together."""
        yield from ()

    def address(self) -> Address | None:
        """Which messages it strikes; None when it listens to all (it decides by itself then)."""
        return None

    def request(self, world: World, message: Message) -> RequestEffect | None:
        """What happens to an addressed request before it is carried out."""
        return None

    def everywhere(self, message: Message, lasts_s: float) -> RequestEffect | None:
        """What an exclusive fault does to any request at all, addressed or not, `lasts_s` seconds after it struck."""
        return None

    def committed(self, world: World, message: Message, status: int) -> RequestEffect | None:
        """What happens to the answer of an addressed request after it was carried out."""
        return None

    def event(self, world: World, message: Message) -> Sendings | None:
        """What happens to an addressed event, or reply, instead of being sent once."""
        return None

    def end(self, world: World) -> None:
        """Undo what still lasts; called when the scenario heals."""


faults: Registry[type[Fault]] = Registry("fault", f"{__package__}.faults")
